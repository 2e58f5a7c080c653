"""The rows of the bill, one file per noun."""

from billing.models.codeset import (
    DiagnosisRow,
    EditionRow,
    LimitRow,
    PairRow,
    PeriodRow,
    PlaceRow,
    PriceRow,
    ReplacementRow,
    SelfGivenRow,
)
from billing.models.decision import Decision
from billing.models.export import Export, ExportedLine
from billing.models.payer import Demand, Payer
from billing.models.review import ClaimLine, Gap, NotBilled, Review

__all__ = [
    "ClaimLine",
    "Decision",
    "Demand",
    "DiagnosisRow",
    "EditionRow",
    "Export",
    "ExportedLine",
    "Gap",
    "LimitRow",
    "NotBilled",
    "PairRow",
    "Payer",
    "PeriodRow",
    "PlaceRow",
    "PriceRow",
    "ReplacementRow",
    "Review",
    "SelfGivenRow",
]
