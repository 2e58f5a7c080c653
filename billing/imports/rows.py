"""What each public table says, one type per table. Fields are named as the columns of the model of the same name.

Codes are text and stay as published. No type has a place for a CPT descriptor: those belong to the AMA.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class HcpcsCode(NamedTuple):
    """A HCPCS Level II code (five characters) or modifier (two). ``replaced_by``: codes CMS refers to, with blanks.

    The action code is left out: it tells what the release did, and would make every code look changed each year.
    """

    code: str
    short_description: str
    coverage: str
    pricing: str
    type_of_service: str
    replaced_by: str


class AspLimit(NamedTuple):
    """What Medicare allows for one billing unit of a drug, in dollars; ``None`` where only the notes tell a price."""

    code: str
    dosage: str
    amount: Decimal | None
    coinsurance: Decimal
    vaccine_limit: Decimal | None
    blood_limit: Decimal | None
    furnishing_fee: bool
    notes: str


class AspPackage(NamedTuple):
    """A package that CMS assigns to a code: items per package, billing units per item and per package."""

    code: str
    ndc: str
    labeler: str
    drug: str
    dosage: str
    package_size: Decimal
    package_quantity: Decimal
    units_per_item: Decimal
    units_per_package: Decimal


class NcciPair(NamedTuple):
    """Column 1 is paid, column 2 is not. ``never`` was taken back on the day it would have begun."""

    column1: str
    column2: str
    never: bool
    modifier_indicator: str
    before_1996: bool
    rationale: str


class MueLimit(NamedTuple):
    """The most units of a code. ``indicator``: 1 line, 2 day by policy, 3 day by clinical benchmark."""

    code: str
    units: int
    indicator: str
    rationale: str


class AddOnCode(NamedTuple):
    """A code that is billed only beside a primary one. ``CCCCC``: the contractor decides which."""

    add_on: str
    primary: str
    edit_type: str
    note: str


class Icd10Code(NamedTuple):
    """A diagnosis code with its point; ``complete`` ones can be billed, headings need more characters."""

    code: str
    complete: bool
    description: str


class RelativeValue(NamedTuple):
    """The physician fee schedule of one code. An NA mark: Medicare does not expect the service in that setting."""

    code: str
    modifier: str
    status: str
    work: Decimal
    practice_office: Decimal
    office_na: bool
    practice_facility: Decimal
    facility_na: bool
    malpractice: Decimal
    pctc: str
    global_days: str
    multiple: str
    bilateral: str
    assistant: str
    cosurgeon: str
    team: str
    supervision: str
    conversion_factor: Decimal


class LocalityAmount(NamedTuple):
    """What the fee schedule pays in one locality, in dollars."""

    contractor: str
    locality: str
    code: str
    modifier: str
    office: Decimal
    facility: Decimal
    pctc: str
    status: str


class GpciLocality(NamedTuple):
    """The three price indices of a locality. A contractor may serve states that number their localities alike."""

    state: str
    contractor: str
    locality: str
    name: str
    work: Decimal
    practice: Decimal
    malpractice: Decimal


class PlaceOfService(NamedTuple):
    """A place of service; ``facility`` is ``None`` for numbers that are not assigned."""

    code: str
    name: str
    facility: bool | None


class NdcProduct(NamedTuple):
    """A product of the FDA directory. ``ndc`` has two segments as FDA writes them."""

    ndc: str
    kind: str
    name: str
    suffix: str
    generic: str
    form: str
    routes: str
    category: str
    application: str
    labeler: str
    substances: str
    strengths: str
    units: str
    schedule: str
    excluded: bool


class NdcPackage(NamedTuple):
    """A package of the FDA directory. ``ndc`` has three segments of no fixed length: 10 digits now, 12 from 2033."""

    ndc: str
    product: str
    description: str
    sample: bool
    excluded: bool
