"""Putting the shipped reference into rows. Rows are what runs; the files are where shipped rows come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from django.db import connection, models, transaction

from billing.actions.editions import record_shipped
from billing.actions.formulary import load_products
from billing.loading.rows import soft
from billing.models import (
    Demand,
    DiagnosisRow,
    LimitRow,
    PairRow,
    Payer,
    PeriodRow,
    PlaceRow,
    PriceRow,
    ReplacementRow,
    SelfGivenRow,
)
from billing.models.rows import Origin
from billing.reference import Reference, payers, tables

BATCH = 2000
COPY_DIAGNOSES = "COPY billing_diagnosisrow (code, complete, origin) FROM STDIN"
#: what the count of a table is called
NAMES: dict[type[models.Model], str] = {
    PlaceRow: "places of service",
    PairRow: "pairs",
    LimitRow: "unit limits",
    PriceRow: "prices",
    ReplacementRow: "replaced codes",
    SelfGivenRow: "drugs usually self-given",
    PeriodRow: "periods",
}


@transaction.atomic
def load(shipped: Reference) -> dict[str, int]:
    """Make the shipped rows say what the files say, and count them. What practices and importers added stays."""
    counts = load_products(shipped.products.products)
    counts |= load_payers(tuple(shipped.payers.values()))
    counts |= load_tables(shipped)
    record_shipped(shipped.edition, counts)
    return counts


# --- payers ---


def load_payers(shipped: tuple[payers.Payer, ...]) -> dict[str, int]:
    """Payers keep their rows; shipped demands are written anew. A payer that is shipped no longer stays as it was."""
    rows: dict[str, Payer] = {}
    for payer in shipped:
        store_payer(payer, rows)
    Demand.objects.filter(payer__in=rows.values(), origin=Origin.SHIPPED).delete()
    wanted = [
        Demand(payer=rows[payer.key], key=d.key, value=soft(d.value), since=d.since, until=d.until, source=d.source)
        for payer in shipped
        for d in payer.demands
    ]
    Demand.objects.bulk_create(wanted, batch_size=BATCH)
    return {"payers": len(rows), "demands": len(wanted)}


def store_payer(payer: payers.Payer, rows: dict[str, Payer]) -> Payer:
    """The row of a shipped payer; whom it follows comes first."""
    if payer.key not in rows:
        follows = store_payer(payer.follows, rows) if payer.follows else None
        columns = {"name": payer.name, "kind": payer.kind, "follows": follows, "origin": Origin.SHIPPED}
        rows[payer.key], _ = Payer.objects.update_or_create(practice=None, key=payer.key, defaults=columns)
    return rows[payer.key]


# --- public tables ---


def load_tables(shipped: Reference) -> dict[str, int]:
    held: dict[type[models.Model], Iterable[Any]] = {
        PlaceRow: shipped.places.values(),
        PairRow: shipped.pairs.values(),
        LimitRow: shipped.limits.values(),
        PriceRow: flat(shipped.prices.values()),
        ReplacementRow: flat(shipped.replacements.values()),
        SelfGivenRow: flat(shipped.self_given.values()),
        PeriodRow: shipped.periods,
    }
    counts = {NAMES[model]: replace(model, [columns(model, row) for row in rows]) for model, rows in held.items()}
    return counts | {"diagnosis codes": load_diagnoses(shipped.diagnoses)}


def flat(groups: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    for group in groups:
        yield from group


def columns(model: type[models.Model], pure: Any) -> dict[str, Any]:
    """A pure row as columns of the same names. What only imported rows know has no column here."""
    held = {field.name for field in model._meta.concrete_fields}
    values = {field.name: getattr(pure, field.name) for field in fields(pure) if field.name in held}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}


def load_diagnoses(codes: tables.DiagnosisCodes | None) -> int:
    """A hundred thousand codes: written in one stream, and only when they differ."""
    wanted = {(code, True) for code in codes.complete} | {(code, False) for code in codes.headings} if codes else set()
    shipped = DiagnosisRow.objects.filter(origin=Origin.SHIPPED)
    if set(shipped.values_list("code", "complete")) != wanted:
        shipped.delete()
        with connection.cursor() as cursor, cursor.copy(COPY_DIAGNOSES) as stream:
            for code, complete in sorted(wanted):
                stream.write_row((code, complete, Origin.SHIPPED.value))
    return len(wanted)


def replace(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Write the shipped rows of a table anew, unless they already say the same."""
    wanted = [model(**row) for row in rows]
    shipped = model._default_manager.filter(origin=Origin.SHIPPED)
    if says(shipped.order_by("pk")) != says(wanted):
        shipped.delete()
        model._default_manager.bulk_create(wanted, batch_size=BATCH)
    return len(wanted)


def says(rows: Iterable[models.Model]) -> list[tuple[Any, ...]]:
    """What rows hold beside their keys."""
    rows = list(rows)
    names = [field.attname for field in rows[0]._meta.concrete_fields if not field.primary_key] if rows else []
    return [tuple(getattr(row, name) for name in names) for row in rows]
