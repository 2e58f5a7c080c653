"""What the chart knows, as frozen values without any database behind them.

*Not charted* and *zero* are different facts. A field of type ``Stated[...]`` holds one of four things: the value, ``None``
(nobody has charted it), :class:`Unobtainable` (somebody charted why it cannot be known: a true record can always be
signed) or :data:`ASSUMED` (a question from outside asked us to take documentation for granted; never in a chart).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar, Union

from injections.quantity import Concentration, Quantity

T = TypeVar("T")
Day = date  #: the type, for classes that have a field of that name


@dataclass(frozen=True, slots=True)
class Unobtainable:
    """The fact cannot be had any more, and why: "vial already binned"."""

    reason: str


class Assumed(StrEnum):
    """Stands for a documentation fact that the asker told us to take as present and unremarkable."""

    DOCUMENTED = "assumed documented"


ASSUMED = Assumed.DOCUMENTED
Stated = Union[T, Unobtainable, Assumed, None]  # noqa: UP007 - a generic alias needs Union on Python 3.11


def known(value: Stated[T]) -> T | None:
    """The value itself where there is one, else ``None``."""
    if value is None or isinstance(value, Unobtainable | Assumed):
        return None
    return value


def is_charted(value: object) -> bool:
    """Whether anything was said: a value, an assumption, or why it cannot be known."""
    return value is not None


# --- the drug --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coding:
    """The HCPCS code that a product is billed under, and the amount that one unit of it stands for, by date.

    ``amount`` is ``None`` when one unit is one dose, whatever it holds. ``up_to`` marks descriptors that cover any dose
    up to the amount. ``until`` is the last day of service on which the code may be used.
    """

    code: str
    amount: Quantity | None
    since: date
    until: date | None = None
    up_to: bool = False
    routes: frozenset[str] = frozenset()
    payer_kinds: frozenset[str] = frozenset()
    source: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Package:
    """One container as it comes from the maker: what a vial says on its label.

    ``ndc`` keeps the label's own hyphens where known. ``holds`` is the labelled content of one container, ``volume`` its
    liquid (``None`` for a powder), ``single_dose`` is ``None`` where the label was not seen.
    """

    ndc: str
    labeler: str = ""
    brand: str = ""
    container: str = "vial"
    form: str = "solution"
    holds: Quantity | None = None
    volume: Quantity | None = None
    single_dose: bool | None = None
    since: date | None = None
    until: date | None = None
    source: str = ""

    @property
    def concentration(self) -> Concentration | None:
        if self.holds is None or self.volume is None or self.volume.amount == 0:
            return None
        return Concentration(self.holds, self.volume)


@dataclass(frozen=True, slots=True)
class DoseLimit:
    """The label's largest single dose for some patients. Bounds are whole years and kilograms; ``None`` = any."""

    max_single: Quantity
    routes: frozenset[str] = frozenset()
    from_age: int | None = None
    below_age: int | None = None
    below_weight_kg: Decimal | None = None
    per_kg: bool = False
    max_daily: Quantity | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningQuestion:
    """A question that this drug alone needs, answered before it is given."""

    key: str
    ask: str
    safe_answers: tuple[str, ...]
    stops: bool = True
    applies_to_sex: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A drug that has its own HCPCS code: generic, biosimilar or brand, from one file of the formulary.

    ``classes`` are the words that rules go by (``vaccine``, ``antineoplastic``, ``hormonal-antineoplastic``, ``esa``,
    ``immune-globulin``, ``allergen``, ``skin-test``, ``chemodenervation``, ``local-anaesthetic``, ``controlled``,
    ``implant``, ``rsv-antibody``, ``insulin``, ``diluent``, ...). ``unconfirmed`` names the facts that nobody has checked
    against a source yet: they are shown as such and never block.
    """

    key: str
    name: str
    display: str
    classes: frozenset[str] = frozenset()
    brands: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    allergy_groups: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    sites: tuple[str, ...] = ()
    codings: tuple[Coding, ...] = ()
    packages: tuple[Package, ...] = ()
    limits: tuple[DoseLimit, ...] = ()
    minimum_interval_days: int | None = None
    supports: tuple[str, ...] = ()
    screening: tuple[ScreeningQuestion, ...] = ()
    observation_minutes: int | None = None
    schedule: str = ""
    high_alert: bool = False
    never_separately_billed: str = ""
    notes: tuple[str, ...] = ()
    unconfirmed: frozenset[str] = frozenset()
    source: str = ""

    def codings_on(self, day: date) -> tuple[Coding, ...]:
        return tuple(coding for coding in self.codings if coding.covers(day))

    def package(self, ndc: str) -> Package | None:
        """The package with that NDC in any of its written shapes."""
        digits = ndc.replace("-", "")
        return next((p for p in self.packages if p.ndc.replace("-", "") == digits), None)


# --- people ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody who ordered, prepared, gave, supervised or witnessed. ``npi`` and ``credential`` as they stood that day."""

    name: str
    credential: str | None = None
    npi: str | None = None
    specialty: str | None = None


@dataclass(frozen=True, slots=True)
class Allergy:
    """What the patient must not get. ``groups`` are allergy groups of the formulary that it names."""

    substance: str
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient as known on the day. ``allergies`` is ``None`` when nobody asked and ``()`` when there are none."""

    birth_date: date | None = None
    sex: str | None = None
    weight_kg: Decimal | None = None
    established: bool | None = None
    on_dialysis: bool | None = None
    snf_part_a_stay: bool | None = None
    allergies: tuple[Allergy, ...] | None = None

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; a birthday on 29 February counts from 1 March in other years."""
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class SupervisionMode(StrEnum):
    """How the supervising practitioner could be reached while the dose was given."""

    IN_SUITE = "in-suite"
    AUDIO_VIDEO = "audio-video"
    AUDIO_ONLY = "audio-only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Supervision:
    """Who was immediately available, how, from when to when, and who says so."""

    mode: SupervisionMode
    clinician: Clinician | None = None
    since: datetime | None = None
    until: datetime | None = None
    technology: str | None = None
    asserted_by: str | None = None


# --- what was ordered and given --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """What the practitioner asked for. ``kind`` is ``once``, ``series``, ``protocol`` or ``spoken``."""

    present: bool = True
    kind: str = "once"
    signed: bool | None = None
    date: Day | None = None
    expires: Day | None = None
    drug: str | None = None
    dose: Quantity | None = None
    route: str | None = None
    frequency: str | None = None
    clinician: Clinician | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """One of several containers that a dose came from. Amounts are of the drug, not of the liquid."""

    ndc: str | None = None
    package: Package | None = None
    lot: Stated[str] = None
    expires: Stated[date] = None
    holds: Quantity | None = None
    single_dose: bool | None = None
    used: Quantity | None = None
    discarded: Stated[Quantity] = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SplitSite:
    """One stick of an ordered dose that was divided."""

    site: str | None = None
    side: str | None = None
    volume: Quantity | None = None
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """One ordered dose over several sticks, and why."""

    parts: int
    reason: str | None = None
    sites: tuple[SplitSite, ...] = ()


@dataclass(frozen=True, slots=True)
class Lab:
    """A result that supports the dose."""

    name: str
    value: Decimal | None = None
    unit: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agreed, and through whom."""

    given: bool
    by: str | None = None
    interpreter: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """The wait after the dose: minutes watched, how it ended and the response at its end."""

    minutes: int | None = None
    ended: str | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A stop that a named person answered with a reason: the act had already happened, or was judged right."""

    rule: str
    reason: str
    by: str = ""


class Status(StrEnum):
    """What became of the dose."""

    GIVEN = "given"
    PARTLY = "partly"
    NOT_GIVEN = "not-given"
    REFUSED = "refused"
    ENTERED_IN_ERROR = "entered-in-error"


class Source(StrEnum):
    """Whose drug it was."""

    STOCK = "stock"
    PATIENT = "patient"
    SPECIALTY_PHARMACY = "specialty-pharmacy"
    SAMPLE = "sample"
    STATE = "state"
    FACILITY = "facility"
    ALREADY_BILLED = "already-billed"


@dataclass(frozen=True, slots=True)
class Administration:
    """One dose: what, how much, where, when, by whom, from which vial, and how the patient took it.

    ``package`` is what the vial says (from the formulary by NDC, or as stated), ``opened`` how many of them were opened.
    ``syringe``: doses with the same value went in with one stick. ``anticancer`` is ``None`` when the purpose must be
    judged from the diagnoses.
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
    containers: tuple[Container, ...] = ()
    source: Stated[Source] = Source.STOCK
    acquired_340b: bool | None = None
    status: Status = Status.GIVEN
    not_given_reason: str | None = None
    lot: Stated[str] = None
    expires: Stated[date] = None
    recalled: bool = False
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


# --- the visit -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Service:
    """Another service of the day that a practitioner reports: an office visit, a procedure."""

    code: str
    units: int = 1
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    separately_identifiable: bool | None = None
    clinician: Clinician | None = None


@dataclass(frozen=True, slots=True)
class PastDose:
    """An earlier dose of the same patient."""

    drug: str
    given: date
    dose: Quantity | None = None
    site: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Encounter:
    """One visit: everything that the checks of the chart and the rules of the bill may look at.

    ``date`` is the date of service in the practice's own time zone: rules go by it and never by today.
    """

    date: date
    id: str = ""
    time_zone: str = "UTC"
    patient: Patient = field(default_factory=Patient)
    place_of_service: str | None = None
    state: str | None = None
    supervision: Stated[Supervision] = None
    reason: str | None = None
    diagnoses: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    counselled_by_physician: bool | None = None
    administrations: tuple[Administration, ...] = ()
    history: tuple[PastDose, ...] = ()

    def supervision_of(self, administration: Administration) -> Stated[Supervision]:
        """Who supervised this dose: its own statement, else the visit's."""
        return administration.supervision if administration.supervision is not None else self.supervision

    def diagnoses_of(self, administration: Administration) -> tuple[str, ...]:
        """Why this dose was given: its own diagnoses, else the visit's."""
        return administration.diagnoses or self.diagnoses

    @property
    def doses_given(self) -> tuple[Administration, ...]:
        return tuple(a for a in self.administrations if a.was_given)
