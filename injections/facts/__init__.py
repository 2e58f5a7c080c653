"""What the chart knows, as frozen values without any database behind them.

*Not charted* and *zero* are different facts. A field of type ``Stated[...]`` holds one of four things: the value,
``None`` (nobody has charted it), :class:`Unobtainable` (somebody charted why it cannot be known: a true record can
always be signed) or :data:`ASSUMED` (a question from outside asked us to take documentation for granted; never in a
chart).
"""

from injections.facts.dose import Administration
from injections.facts.drug import (
    Coding,
    DoseLimit,
    Equation,
    Interval,
    LoadingDose,
    LoadingSeries,
    Package,
    Product,
    ScreeningQuestion,
)
from injections.facts.order import (
    Consent,
    Container,
    InformationStatement,
    Lab,
    Observation,
    Order,
    Source,
    Split,
    SplitSite,
    Status,
    Waiver,
)
from injections.facts.people import Allergy, Clinician, Patient, SparedSide, Supervision, SupervisionMode
from injections.facts.schedule import Schedule
from injections.facts.stated import ASSUMED, Assumed, Stated, Unobtainable, is_charted, known
from injections.facts.visit import Encounter, PastDose, Service

__all__ = [
    "ASSUMED",
    "Administration",
    "Allergy",
    "Assumed",
    "Clinician",
    "Coding",
    "Consent",
    "Container",
    "DoseLimit",
    "Encounter",
    "Equation",
    "InformationStatement",
    "Interval",
    "Lab",
    "LoadingDose",
    "LoadingSeries",
    "Observation",
    "Order",
    "Package",
    "PastDose",
    "Patient",
    "Product",
    "Schedule",
    "ScreeningQuestion",
    "Service",
    "Source",
    "SparedSide",
    "Split",
    "SplitSite",
    "Stated",
    "Status",
    "Supervision",
    "SupervisionMode",
    "Unobtainable",
    "Waiver",
    "is_charted",
    "known",
]
