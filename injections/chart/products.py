"""A drug's row as the fact that the formulary's loader would give, and the part of it that is kept as JSON.

Amounts are text with a unit, sets are sorted lists. Columns hold what is searched for; ``details`` holds the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from injections import facts
from injections.facts import DoseLimit, ScreeningQuestion
from injections.models.columns import quantity_or_none
from injections.models.product import Coding, Package, Product
from injections.quantity import Quantity, plain


def product_fact(row: Product) -> facts.Product:
    """The drug with its codings and packages. Prefetch ``codings`` and ``packages`` when reading many."""
    details = row.details
    return facts.Product(
        key=row.key,
        name=row.name,
        display=row.display,
        classes=frozenset(row.classes),
        brands=tuple(row.brands),
        synonyms=tuple(row.synonyms),
        routes=frozenset(row.routes),
        codings=tuple(coding_fact(coding) for coding in _in_file_order(row.codings.all())),
        packages=tuple(package_fact(package) for package in _in_file_order(row.packages.all())),
        limits=tuple(_limit(limit) for limit in details.get("limits", ())),
        screening=tuple(_question(question) for question in details.get("screening", ())),
        **_lists(details),
        **_plain_values(details),
    )


def product_details(product: facts.Product) -> dict[str, Any]:
    """What ``details`` keeps of a drug: the counterpart of :func:`product_fact`."""
    return {
        "limits": [_limit_json(limit) for limit in product.limits],
        "screening": [_question_json(question) for question in product.screening],
        **{name: sorted(getattr(product, name)) for name in SETS},
        **{name: list(getattr(product, name)) for name in TUPLES},
        **{name: getattr(product, name) for name in PLAIN},
    }


def coding_fact(row: Coding) -> facts.Coding:
    return facts.Coding(
        code=row.code,
        amount=quantity_or_none(row.unit_amount, row.unit),
        since=row.since,
        until=row.until,
        up_to=row.up_to,
        routes=frozenset(row.routes),
        payer_kinds=frozenset(row.payer_kinds),
        source=row.source,
    )


def package_fact(row: Package) -> facts.Package:
    return facts.Package(
        ndc=row.ndc,
        labeler=row.labeler,
        brand=row.brand,
        container=row.container,
        form=row.form,
        holds=quantity_or_none(row.holds_amount, row.holds_unit),
        volume=quantity_or_none(row.volume_ml, "mL"),
        single_dose=row.single_dose,
        since=row.since,
        until=row.until,
        source=row.source,
    )


SETS = ("allergy_groups", "unconfirmed")
TUPLES = ("sites", "supports", "notes")
PLAIN: dict[str, Any] = {
    "minimum_interval_days": None,
    "observation_minutes": None,
    "schedule": "",
    "high_alert": False,
    "never_separately_billed": "",
    "source": "",
}


def _in_file_order(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.pk)


def _lists(details: Mapping[str, Any]) -> dict[str, Any]:
    sets = {name: frozenset(details.get(name, ())) for name in SETS}
    return sets | {name: tuple(details.get(name, ())) for name in TUPLES}


def _plain_values(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: details.get(name, otherwise) for name, otherwise in PLAIN.items()}


def _limit(limit: Mapping[str, Any]) -> DoseLimit:
    weight, daily = limit.get("below_weight_kg"), limit.get("max_daily")
    return DoseLimit(
        max_single=Quantity.parse(limit["max_single"]),
        routes=frozenset(limit.get("routes", ())),
        from_age=limit.get("from_age"),
        below_age=limit.get("below_age"),
        below_weight_kg=None if weight is None else Decimal(weight),
        per_kg=limit.get("per_kg", False),
        max_daily=None if daily is None else Quantity.parse(daily),
        source=limit.get("source", ""),
    )


def _limit_json(limit: DoseLimit) -> dict[str, Any]:
    weight = limit.below_weight_kg
    return {
        "max_single": str(limit.max_single),
        "routes": sorted(limit.routes),
        "from_age": limit.from_age,
        "below_age": limit.below_age,
        "below_weight_kg": None if weight is None else plain(weight),
        "per_kg": limit.per_kg,
        "max_daily": None if limit.max_daily is None else str(limit.max_daily),
        "source": limit.source,
    }


def _question(question: Mapping[str, Any]) -> ScreeningQuestion:
    return ScreeningQuestion(
        key=question["key"],
        ask=question["ask"],
        safe_answers=tuple(question["safe_answers"]),
        stops=question.get("stops", True),
        applies_to_sex=question.get("applies_to_sex"),
        source=question.get("source", ""),
    )


def _question_json(question: ScreeningQuestion) -> dict[str, Any]:
    return {
        "key": question.key,
        "ask": question.ask,
        "safe_answers": list(question.safe_answers),
        "stops": question.stops,
        "applies_to_sex": question.applies_to_sex,
        "source": question.source,
    }
