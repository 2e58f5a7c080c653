"""The drug: its codes by date, its containers, its limits."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from injections.facts.once import Remembering, once
from injections.quantity import Concentration, Quantity

DAY = timedelta(days=1)


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
class Package(Remembering):
    """One container as it comes from the maker: what a vial says on its label.

    ``ndc`` keeps the label's own hyphens where known. ``holds`` is the labelled content of one container, ``volume``
    its liquid (``None`` for a powder), ``single_dose`` is ``None`` where the label was not seen. ``strength`` stands
    only where a concentration was read off without the content that it belongs to.
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
    strength: Concentration | None = None

    @property
    def concentration(self) -> Concentration | None:
        return _concentration(self)


@once
def _concentration(package: Package) -> Concentration | None:
    if package.holds is None or package.volume is None or package.volume.amount == 0:
        return package.strength
    return Concentration(package.holds, package.volume)


@dataclass(frozen=True, slots=True)
class DoseLimit:
    """The label's largest single dose for some patients. Bounds are whole years and kilograms; ``None`` = any.

    ``impaired_kidneys``: only where the chart says that the kidneys are impaired. ``per_kg`` and ``per_m2``: for each
    kilogram of weight, for each square meter of body surface.
    """

    max_single: Quantity
    routes: frozenset[str] = frozenset()
    from_age: int | None = None
    below_age: int | None = None
    below_weight_kg: Decimal | None = None
    impaired_kidneys: bool = False
    per_kg: bool = False
    max_daily: Quantity | None = None
    source: str = ""
    per_m2: bool = False


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
class Interval:
    """How many days must pass after a dose of that amount or more: longer-acting strengths wait longer."""

    after: Quantity
    days: int


@dataclass(frozen=True, slots=True)
class LoadingDose:
    """One of the doses that a series begins with: how many days after the first one, and its window.

    ``dose`` is ``None`` where it is as much as those that follow.
    """

    after_days: int
    dose: Quantity | None = None
    early_days: int = 0
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class LoadingSeries:
    """How a label begins a series, and how it goes on: ``then`` every ``every_days`` days.

    ``then`` is ``None`` where the label leaves the amount open, ``every_days`` where no further dose follows. ``use``
    is what the series is for, where a drug has several.
    """

    doses: tuple[LoadingDose, ...]
    then: Quantity | None = None
    every_days: int | None = None
    early_days: int = 0
    late_days: int = 0
    use: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """One amount of a drug in two measures, as its label says it: 300 mcg are 1500 units."""

    one: Quantity
    other: Quantity


@dataclass(frozen=True, slots=True)
class Product(Remembering):
    """A drug that has its own HCPCS code: generic, biosimilar or brand, from one file of the formulary.

    ``classes`` are the words that rules go by (``vaccine``, ``antineoplastic``, ``hormonal-antineoplastic``, ``esa``,
    ``immune-globulin``, ``allergen``, ``skin-test``, ``chemodenervation``, ``local-anaesthetic``, ``controlled``,
    ``implant``, ``rsv-antibody``, ``insulin``, ``diluent``, ...). ``unconfirmed`` names the facts that nobody has
    checked against a source yet: they are shown as such and never block.
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
    #: containers of which we know the label and not the number
    sizes: tuple[Package, ...] = ()
    #: how one measure of the drug turns into another, where the label says so
    equals: Equation | None = None
    limits: tuple[DoseLimit, ...] = ()
    minimum_interval_days: int | None = None
    #: the interval after a dose, where the strengths differ in rhythm
    intervals: tuple[Interval, ...] = ()
    #: how many first doses may be followed sooner, and after how many days: a series that loads before it holds
    early_doses: int | None = None
    early_interval_days: int | None = None
    #: the label's series that begin with loading doses
    loading: tuple[LoadingSeries, ...] = ()
    supports: tuple[str, ...] = ()
    screening: tuple[ScreeningQuestion, ...] = ()
    observation_minutes: int | None = None
    #: how many first doses ask for a longer wait, and how long
    first_doses: int | None = None
    first_observation_minutes: int | None = None
    #: for how many days an opened multi-dose vial may be used, where the label says so
    beyond_use_days: int | None = None
    schedule: str = ""
    high_alert: bool = False
    never_separately_billed: str = ""
    notes: tuple[str, ...] = ()
    unconfirmed: frozenset[str] = frozenset()
    source: str = ""

    @property
    def is_controlled(self) -> bool:
        """Whether a second person must see what is thrown away of it."""
        return bool(self.schedule) or "controlled" in self.classes

    def same_codes_since(self, day: date) -> date:
        """The first day since which the same codes are in force as on ``day``."""
        turns = _turns(self)
        return turns[bisect_right(turns, day) - 1]

    def codings_on(self, day: date) -> tuple[Coding, ...]:
        codings = self.codings
        if len(codings) == 1:  # as most drugs have
            return codings if codings[0].covers(day) else ()
        return tuple(coding for coding in codings if coding.covers(day))

    @property
    def containers(self) -> tuple[Package, ...]:
        """Every container that is known, with its NDC or without."""
        return self.packages + self.sizes

    def package(self, ndc: str) -> Package | None:
        """The package with that NDC in any of its written shapes."""
        digits = ndc.replace("-", "")
        return next((p for p in self.packages if p.ndc.replace("-", "") == digits), None)


@once
def _turns(product: Product) -> tuple[date, ...]:
    """The days on which a code of the drug begins or is over, in order, after the first day there is."""
    over = (coding.until + DAY for coding in product.codings if coding.until and coding.until < date.max)
    return tuple(sorted({date.min, *over, *(coding.since for coding in product.codings)}))
