"""A visit that leaves nothing to say, and the words in which a test changes one fact of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from injections.checks import examine
from injections.facts import (
    Administration,
    Allergy,
    Clinician,
    DoseLimit,
    Encounter,
    Observation,
    Order,
    Package,
    Patient,
    Product,
    ScreeningQuestion,
    Supervision,
    SupervisionMode,
)
from injections.findings import Finding
from injections.quantity import Quantity

DAY = date(2026, 10, 6)
LEE = Clinician("Lee", "CMA")
ADAMS = Clinician("Adams", "MD", "1234567893")


def q(text: str) -> Quantity:
    return Quantity.parse(text)


VIAL = Package(
    ndc="00517-0031-25",
    labeler="American Regent",
    holds=q("1000 mcg"),
    volume=q("1 mL"),
    single_dose=True,
)
B12 = Product(
    key="cyanocobalamin",
    name="cyanocobalamin",
    display="cyanocobalamin",
    synonyms=("vitamin B12",),
    routes=frozenset({"IM", "SC"}),
    sites=("deltoid", "ventrogluteal", "abdomen"),
    packages=(VIAL,),
)
ORDER = Order(
    kind="series",
    signed=True,
    date=date(2026, 10, 1),
    drug="cyanocobalamin",
    dose=q("1000 mcg"),
    route="IM",
    clinician=ADAMS,
    reason="B12 deficiency",
)


def dose(**changes: Any) -> Administration:
    """One B12 injection, charted to the last fact."""
    routine = Administration(
        id="1",
        drug="cyanocobalamin",
        product=B12,
        ndc="00517-0031-25",
        dose=q("1000 mcg"),
        volume=q("1 mL"),
        route="IM",
        site="deltoid",
        side="left",
        package=VIAL,
        discarded=q("0 mcg"),
        lot="A123",
        expires=date(2027, 3, 31),
        manufacturer="American Regent",
        given_at=datetime(2026, 10, 6, 9, 21),
        charted_at=datetime(2026, 10, 6, 9, 24),
        given_by=LEE,
        order=ORDER,
        identity_checked=True,
        allergies_checked=True,
        response="tolerated",
    )
    return replace(routine, **changes)


def visit(*doses: Administration, **changes: Any) -> Encounter:
    """The visit of that injection, or of the doses given here."""
    routine = Encounter(
        date=DAY,
        time_zone="America/Chicago",
        patient=Patient(birth_date=date(1956, 3, 14), sex="F", weight_kg=Decimal("71.5"), allergies=()),
        supervision=Supervision(SupervisionMode.IN_SUITE, ADAMS),
        diagnoses=("E53.8",),
        administrations=doses or (dose(),),
    )
    return replace(routine, **changes)


def patient(**changes: Any) -> Patient:
    return replace(visit().patient, **changes)


def product(**changes: Any) -> Product:
    return replace(B12, **changes)


def order(**changes: Any) -> Order:
    return replace(ORDER, **changes)


def vial(**changes: Any) -> Package:
    return replace(VIAL, **changes)


def said(encounter: Encounter, rule: str) -> list[Finding]:
    """What one check says about the visit."""
    return [finding for finding in examine(encounter) if finding.rule == rule]


@dataclass(frozen=True)
class Case:
    """A visit about which a check speaks, or stays silent, and why."""

    rule: str
    why: str
    encounter: Encounter

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


def case(rule: str, why: str, encounter: Encounter | None = None, **changes: Any) -> Case:
    """The routine visit with these facts of its dose changed, or the visit given here."""
    return Case(rule, why, encounter if encounter is not None else visit(dose(**changes)))


__all__ = [
    "ADAMS",
    "B12",
    "DAY",
    "LEE",
    "Allergy",
    "Case",
    "DoseLimit",
    "Observation",
    "ScreeningQuestion",
    "case",
    "dose",
    "order",
    "patient",
    "product",
    "q",
    "said",
    "vial",
    "visit",
]
