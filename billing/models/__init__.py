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
    ShippedFiles,
)
from billing.models.decision import Decision
from billing.models.edit import AddOnCode, MueLimit, NcciPair
from billing.models.export import Export, ExportedLine
from billing.models.hcpcs import HcpcsCode
from billing.models.icd import Icd10Code
from billing.models.locality import Locality
from billing.models.ndc_listing import AspPackage, NdcPackage, NdcProduct
from billing.models.payer import Demand, Payer
from billing.models.place import PlaceOfService
from billing.models.price import AspLimit, GpciLocality, LocalityAmount, RelativeValue
from billing.models.published import PublishedRow, SourceFile, StagedRow
from billing.models.replay import ReplayBatch, ReplayedVisit, ReplayRun
from billing.models.review import ClaimLine, Gap, NotBilled, Review

__all__ = [
    "AddOnCode",
    "AspLimit",
    "AspPackage",
    "ClaimLine",
    "Decision",
    "Demand",
    "DiagnosisRow",
    "EditionRow",
    "Export",
    "ExportedLine",
    "Gap",
    "GpciLocality",
    "HcpcsCode",
    "Icd10Code",
    "LimitRow",
    "Locality",
    "LocalityAmount",
    "MueLimit",
    "NcciPair",
    "NdcPackage",
    "NdcProduct",
    "NotBilled",
    "PairRow",
    "Payer",
    "PeriodRow",
    "PlaceOfService",
    "PlaceRow",
    "PriceRow",
    "PublishedRow",
    "RelativeValue",
    "ReplacementRow",
    "ReplayBatch",
    "ReplayRun",
    "ReplayedVisit",
    "Review",
    "SelfGivenRow",
    "ShippedFiles",
    "SourceFile",
    "StagedRow",
]
