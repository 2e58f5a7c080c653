"""One dose: the fact that everything else is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from injections.facts.drug import Package, Product
from injections.facts.once import Remembering
from injections.facts.order import (
    Consent,
    Container,
    InformationStatement,
    Lab,
    Observation,
    Order,
    Source,
    Split,
    Status,
    Waiver,
)
from injections.facts.people import Clinician, Supervision
from injections.facts.stated import Stated
from injections.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Administration(Remembering):
    """One dose: what, how much, where, when, by whom, from which vial, and how the patient took it.

    ``package`` is what the vial says (from the formulary by NDC, or as stated), ``opened`` how many were opened.
    ``syringe``: doses with the same value went in with one stick. ``anticancer`` is ``None`` when the purpose must be
    judged from the diagnoses. ``beyond_use`` is the last day of the opened multi-dose vial that it was drawn
    from, ``held`` why stock of its lot was on hold at that moment.
    ``vial_assumed``: a question from outside asked us to take the vial for granted; never in a chart.
    """

    id: str
    drug: str | None = None
    product: Product | None = None
    drug_class: str | None = None
    ndc: Stated[str] = None
    claimed_hcpcs: str | None = None
    claimed_modifiers: tuple[str, ...] = ()
    dose: Quantity | None = None
    volume: Quantity | None = None
    ordered_dose: Quantity | None = None
    dose_change_reason: str | None = None
    route: Stated[str] = None
    site: Stated[str] = None
    side: Stated[str] = None
    technique: str | None = None
    purpose: str = "treatment"
    indication: str | None = None
    anticancer: bool | None = None
    package: Package | None = None
    opened: int = 1
    discarded: Stated[Quantity] = None
    discard_reason: str | None = None
    discard_witness: Clinician | None = None
    vial_shared: bool | None = None
    vial_assumed: bool = False
    containers: tuple[Container, ...] = ()
    source: Stated[Source] = Source.STOCK
    acquired_340b: bool | None = None
    status: Status = Status.GIVEN
    not_given_reason: str | None = None
    lot: Stated[str] = None
    expires: Stated[date] = None
    recalled: bool = False
    beyond_use: date | None = None
    held: str | None = None
    manufacturer: Stated[str] = None
    given_at: Stated[datetime] = None
    stopped_at: Stated[datetime] = None
    charted_at: datetime | None = None
    signed_at: datetime | None = None
    given_by: Stated[Clinician] = None
    prepared_by: Clinician | None = None
    second_check_by: Clinician | None = None
    self_given: bool = False
    supervision: Stated[Supervision] = None
    order: Stated[Order] = None
    syringe: str | None = None
    split: Split | None = None
    needle_sticks: int = 1
    guidance: str | None = None
    muscles: int | None = None
    lesions: int | None = None
    diagnoses: tuple[str, ...] = ()
    reason: Stated[str] = None
    labs: tuple[Lab, ...] = ()
    identity_checked: Stated[bool] = None
    allergies_checked: Stated[bool] = None
    consent: Stated[Consent] = None
    information_statement: Stated[InformationStatement] = None
    screening: Mapping[str, str] = field(default_factory=dict)
    response: Stated[str] = None
    adverse_effects: str | None = None
    observation: Stated[Observation] = None
    waivers: tuple[Waiver, ...] = ()
    note: str = ""

    @property
    def was_given(self) -> bool:
        """Whether any of the drug entered the patient."""
        return self.status in (Status.GIVEN, Status.PARTLY)

    @property
    def called(self) -> str:
        """The drug's name for a sentence."""
        return self.product.display if self.product else (self.drug or "the drug")

    def waiver(self, rule: str) -> Waiver | None:
        return next((w for w in self.waivers if w.rule == rule), None)
