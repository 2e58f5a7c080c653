"""A drug's row as the fact that the formulary's loader would give, and the part of it that is kept as JSON.

Columns hold what is searched for; ``details`` holds the rest, written by the codec.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from injections import facts
from injections.codec import Data, decode, encode
from injections.models.columns import quantity_or_none
from injections.models.product import Coding, Package, Product

#: the facts of a drug that are only read whole
DETAILS = (
    "allergy_groups",
    "sites",
    "sizes",
    "equals",
    "limits",
    "minimum_interval_days",
    "intervals",
    "early_doses",
    "early_interval_days",
    "loading",
    "supports",
    "screening",
    "observation_minutes",
    "first_doses",
    "first_observation_minutes",
    "beyond_use_days",
    "schedule",
    "high_alert",
    "never_separately_billed",
    "notes",
    "unconfirmed",
    "source",
)


def product_fact(row: Product) -> facts.Product:
    """The drug with its codings and packages. Prefetch ``codings`` and ``packages`` when reading many."""
    kept = {name: value for name, value in row.details.items() if name in DETAILS}
    product = decode(facts.Product, {"key": row.key, "name": row.name, "display": row.display, **kept})
    return replace(
        product,
        classes=frozenset(row.classes),
        brands=tuple(row.brands),
        synonyms=tuple(row.synonyms),
        routes=frozenset(row.routes),
        codings=tuple(coding_fact(coding) for coding in _in_file_order(row.codings.all())),
        packages=tuple(package_fact(package) for package in _in_file_order(row.packages.all())),
    )


def product_details(product: facts.Product) -> dict[str, Data]:
    """What ``details`` keeps of a drug: the counterpart of :func:`product_fact`."""
    return {name: encode(getattr(product, name), name) for name in DETAILS}


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


def _in_file_order(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.pk)
