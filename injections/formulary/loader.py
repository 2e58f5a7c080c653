"""Product files to :class:`injections.facts.Product`. Strict: a file that is not wholly understood is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations
from pathlib import Path

from injections.facts import Coding, DoseLimit, Equation, Interval, Package, Product, ScreeningQuestion
from injections.formulary import ndc, words
from injections.formulary.loading import loading_series
from injections.formulary.table import FormularyError, Table

HERE = Path(__file__).parent
_CODE = re.compile(r"[A-Z][0-9]{4}|[0-9]{5}")
_DIAGNOSIS = re.compile(r"[A-Z]([0-9]([0-9A-Z](\.[0-9A-Z]{1,4})?)?)?")


def load_products(folder: Path = HERE) -> tuple[Product, ...]:
    """Every product of the folder, by key. Raises :class:`FormularyError` naming file and key."""
    products = tuple(load_product(path) for path in sorted(folder.glob("*.toml")))
    if not products:
        raise FormularyError(f"{folder.name}: holds no product file")
    return tuple(sorted(products, key=lambda product: product.key))


def load_product(path: Path) -> Product:
    """One product from its file; the file is named after the product's key."""
    try:
        with path.open("rb") as file:
            table = Table(tomllib.load(file), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FormularyError(f"{path.name}: is not TOML: {problem}") from problem
    product = _product(table)
    table.finish()
    if product.key != path.stem:
        raise table.error("key", f'is "{product.key}", but the file is named {path.stem}')
    return product


def _product(table: Table) -> Product:
    return Product(
        key=table.text("key", required=True),
        name=table.text("name", required=True),
        display=table.text("display", required=True),
        classes=frozenset(table.words("classes", words.CLASSES)),
        brands=table.texts("brands"),
        synonyms=table.texts("synonyms"),
        allergy_groups=frozenset(table.words("allergy_groups", words.ALLERGY_GROUPS)),
        routes=frozenset(table.words("routes", words.ROUTES)),
        sites=table.words("sites", words.SITES),
        codings=_codings(table),
        packages=_packages(table),
        sizes=tuple(_size(row) for row in table.tables("size")),
        equals=_equals(table),
        limits=tuple(_limit(row) for row in table.tables("limit")),
        minimum_interval_days=table.count("minimum_interval_days"),
        intervals=tuple(_interval(row) for row in table.tables("interval")),
        early_doses=table.count("early_doses"),
        early_interval_days=table.count("early_interval_days"),
        loading=tuple(loading_series(row) for row in table.tables("loading")),
        supports=_supports(table),
        screening=tuple(_question(row) for row in table.tables("screening")),
        observation_minutes=table.count("observation_minutes"),
        first_doses=table.count("first_doses"),
        first_observation_minutes=table.count("first_observation_minutes"),
        beyond_use_days=table.count("beyond_use_days"),
        schedule=table.word("schedule", words.SCHEDULES),
        high_alert=bool(table.flag("high_alert")),
        never_separately_billed=table.text("never_separately_billed"),
        notes=table.texts("notes"),
        unconfirmed=frozenset(table.words("unconfirmed", words.UNCONFIRMED)),
        source=table.text("source", required=True),
    )


def _codings(table: Table) -> tuple[Coding, ...]:
    codings = tuple(_coding(row) for row in table.tables("coding"))
    for one, other in combinations(codings, 2):
        if one.code == other.code and _overlap(one, other):
            raise table.error("coding", f"{one.code} stands twice for the same days")
    return codings


def _coding(row: Table) -> Coding:
    code = row.text("code", required=True)
    if _CODE.fullmatch(code) is None:
        raise row.error("code", f'"{code}" is not a HCPCS code')
    amount, per_dose, up_to = row.amount("amount"), row.flag("per_dose"), bool(row.flag("up_to"))
    if (amount is None) is not bool(per_dose):
        raise row.error("amount", "is either given, or the code is per_dose = true")
    if up_to and amount is None:
        raise row.error("up_to", "needs an amount")
    since, until = row.day("since", required=True), row.day("until")
    assert since is not None
    if until is not None and until < since:
        raise row.error("until", "comes before since")
    coding = Coding(
        code=code,
        amount=amount,
        since=since,
        until=until,
        up_to=up_to,
        routes=frozenset(row.words("routes", words.ROUTES)),
        payer_kinds=frozenset(row.words("payer_kinds", words.PAYER_KINDS)),
        source=row.text("source", required=True),
    )
    row.finish()
    return coding


def _overlap(one: Coding, other: Coding) -> bool:
    """Whether some day, route and kind of payer is covered by both."""
    same_days = (one.until is None or other.since <= one.until) and (other.until is None or one.since <= other.until)
    same_route = not one.routes or not other.routes or bool(one.routes & other.routes)
    same_payer = not one.payer_kinds or not other.payer_kinds or bool(one.payer_kinds & other.payer_kinds)
    return same_days and same_route and same_payer


def _equals(table: Table) -> Equation | None:
    """Two amounts in two measures that are the same drug."""
    amounts = table.amounts("equals")
    if not amounts:
        return None
    if len(amounts) != 2 or amounts[0].dimension is amounts[1].dimension:
        raise table.error("equals", "is not two amounts in two measures")
    return Equation(*amounts)


def _packages(table: Table) -> tuple[Package, ...]:
    packages = tuple(_package(row) for row in table.tables("package"))
    for one, other in combinations(packages, 2):
        if one.ndc == other.ndc:
            raise table.error("package", f"{one.ndc} stands twice")
    return packages


def _package(row: Table) -> Package:
    number = row.text("ndc", required=True)
    if not ndc.is_billing_form(number):
        raise row.error("ndc", f'"{number}" is not written 5-4-2 with hyphens')
    return _container(row, number, row.text("labeler", required=True))


def _size(row: Table) -> Package:
    """A container whose label is known and whose number is not: it has at least a content."""
    size = _container(row, "", row.text("labeler"))
    if size.holds is None:
        raise row.error("holds", "is missing")
    return size


def _container(row: Table, number: str, labeler: str) -> Package:
    package = Package(
        ndc=number,
        labeler=labeler,
        brand=row.text("brand"),
        container=row.word("container", words.CONTAINERS, "vial"),
        form=row.word("form", words.FORMS, "solution"),
        holds=row.amount("holds"),
        volume=row.amount("volume"),
        single_dose=row.flag("single_dose"),
        since=row.day("since"),
        until=row.day("until"),
        source=row.text("source", required=True),
    )
    if package.volume is not None and package.volume.unit != "mL":
        raise row.error("volume", "is not in mL")
    row.finish()
    return package


def _limit(row: Table) -> DoseLimit:
    weight = row.count("below_weight_kg")
    largest = row.amount("max_single", required=True)
    assert largest is not None
    limit = DoseLimit(
        max_single=largest,
        routes=frozenset(row.words("routes", words.ROUTES)),
        from_age=row.count("from_age"),
        below_age=row.count("below_age"),
        below_weight_kg=None if weight is None else Decimal(weight),
        impaired_kidneys=bool(row.flag("impaired_kidneys")),
        per_kg=bool(row.flag("per_kg")),
        max_daily=row.amount("max_daily"),
        source=row.text("source", required=True),
        per_m2=bool(row.flag("per_m2")),
    )
    if limit.per_kg and limit.per_m2:
        raise row.error("per_m2", "goes by weight already")
    if limit.max_daily is not None and limit.max_daily.dimension is not largest.dimension:
        raise row.error("max_daily", "measures something else than max_single")
    row.finish()
    return limit


def _interval(row: Table) -> Interval:
    after, days = row.amount("after", required=True), row.count("days")
    if after is None or not days:
        raise row.error("days", "is missing")
    row.finish()
    return Interval(after, days)


def _question(row: Table) -> ScreeningQuestion:
    stops = row.flag("stops")
    question = ScreeningQuestion(
        key=row.text("key", required=True),
        ask=row.text("ask", required=True),
        safe_answers=row.texts("safe_answers"),
        stops=True if stops is None else stops,
        applies_to_sex=row.word("applies_to_sex", ("F", "M", "")) or None,
        source=row.text("source", required=True),
    )
    if not question.safe_answers:
        raise row.error("safe_answers", "is missing")
    row.finish()
    return question


def _supports(table: Table) -> tuple[str, ...]:
    prefixes = table.texts("supports")
    _refuse(table, "supports", (p for p in prefixes if _DIAGNOSIS.fullmatch(p) is None))
    return prefixes


def _refuse(table: Table, key: str, wrong: Iterable[str]) -> None:
    for value in wrong:
        raise table.error(key, f'"{value}" is not the beginning of an ICD-10-CM code')
