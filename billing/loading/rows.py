"""Rows to :class:`billing.reference.Reference`: what runs. Tested equal to what the files say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from billing.loading import HERE
from billing.loading.archive import unpack
from billing.loading.edition import edition_of
from billing.loading.imported import imported
from billing.models import (
    Demand,
    DiagnosisRow,
    EditionRow,
    LimitRow,
    PairRow,
    Payer,
    PeriodRow,
    PlaceRow,
    PriceRow,
    ReplacementRow,
    SelfGivenRow,
    ShippedFiles,
)
from billing.reference import Reference, payers, tables
from billing.reference.products import ProductIndex
from injections.chart import product_fact

#: row -> the pure type of the same columns
PURE: dict[type[models.Model], type] = {
    PlaceRow: tables.Place,
    PairRow: tables.PairEdit,
    LimitRow: tables.UnitLimit,
    PriceRow: tables.Price,
    ReplacementRow: tables.Replacement,
    SelfGivenRow: tables.UsuallySelfGiven,
    PeriodRow: tables.Period,
}
#: columns that a row keeps as a list and the pure type as something else
SHAPED: dict[str, Callable[[Any], Any]] = {"routes": frozenset}


def edition_row() -> EditionRow | None:
    """The load in force."""
    return EditionRow.objects.first()


def edition(as_of: int | None = None) -> str:
    """The rules of this process over the rows of a load: one fingerprint where they came together."""
    ours, row = edition_of(HERE), edition_row() if as_of is None else EditionRow.objects.filter(pk=as_of).first()
    loaded = row.digest if row else ""
    return ours if loaded == ours else f"{ours}+{loaded}"


def edition_named(edition: str) -> EditionRow | None:
    """The load that an answer's edition names; ``None`` where it was given before any load."""
    return EditionRow.objects.filter(digest=edition.rpartition("+")[2]).first()


def reference(practice_id: int | None = None, as_of: int | None = None) -> Reference:
    """Everything that rules look up, with the payers of this practice beside the shipped ones.

    ``as_of`` is the key of an :class:`EditionRow`: the reference as it stood then, under the rules of today. Payers
    that a practice added are as they are now.
    """
    if as_of is not None and (shipped := shipped_then(as_of)) is not None:
        own = {key: payer for key, payer in read_payers(practice_id).items() if key not in shipped.payers}
        payers_then = {**shipped.payers, **own}
        return replace(shipped, edition=edition(as_of), payers=payers_then, imported=imported(as_of))
    return Reference(
        edition=edition(as_of),
        products=ProductIndex.of(products()),
        payers=read_payers(practice_id),
        places={row.code: row for row in table(PlaceRow)},
        pairs={(row.column1, row.column2): row for row in table(PairRow)},
        limits={row.code: row for row in table(LimitRow)},
        prices=by_code(table(PriceRow)),
        replacements=by_code(table(ReplacementRow)),
        self_given=by_code(table(SelfGivenRow)),
        diagnoses=diagnoses(),
        periods=tuple(table(PeriodRow)),
        imported=imported(as_of),
    )


def shipped_then(as_of: int) -> Reference | None:
    """What shipped in an edition; ``None`` where the rows still say it, or where nothing older is kept.

    Raises :class:`billing.loading.archive.ArchiveError` when the files of that release cannot be read any more.
    """
    loads = ShippedFiles.objects.order_by("-edition_id")
    then = loads.filter(edition__lte=as_of).first()
    return None if then is None or then == loads.first() else unpack(bytes(then.content), then.digest)


def products() -> Iterator[Any]:
    """The formulary by key."""
    rows = apps.get_model("injections", "Product").objects.filter(withdrawn_on=None)
    for row in rows.order_by("key").prefetch_related("codings", "packages"):
        yield product_fact(row)


def table(model: type[models.Model]) -> Iterator[Any]:
    """The rows of a public table as pure values, in the order in which they were loaded."""
    pure = PURE[model]
    held = {field.name for field in model._meta.concrete_fields}
    names = [field.name for field in fields(pure) if field.name in held]
    for values in model._default_manager.order_by("pk").values(*names):
        yield pure(**{name: SHAPED.get(name, unchanged)(value) for name, value in values.items()})


def unchanged(value: Any) -> Any:
    return value


def by_code(rows: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.code] += (row,)
    return dict(found)


def diagnoses() -> tables.DiagnosisCodes | None:
    rows = DiagnosisRow.objects
    complete, headings = (rows.filter(complete=kind).values_list("code", flat=True) for kind in (True, False))
    if not complete and not headings:
        return None
    return tables.DiagnosisCodes(frozenset(complete), frozenset(headings))


def read_payers(practice_id: int | None = None) -> dict[str, payers.Payer]:
    """Shipped payers, and a practice's own ones before them. Whom a payer follows is built first."""
    visible = Payer.objects.filter(models.Q(practice=None) | models.Q(practice=practice_id))
    rows = {row.pk: row for row in visible}
    wanted = Demand.objects.filter(payer__in=rows).order_by("payer_id", "pk")
    demands = {pk: tuple(map(demand, group)) for pk, group in groupby(wanted, key=lambda row: row.payer_id)}
    built: dict[int, payers.Payer] = {}

    def build(pk: int) -> payers.Payer:
        if pk not in built:
            row = rows[pk]
            follows = build(row.follows_id) if row.follows_id else None
            built[pk] = payers.Payer(row.key, row.name, row.kind, demands.get(pk, ()), follows)
        return built[pk]

    shipped_first = sorted(rows.values(), key=lambda row: (row.practice_id is not None, row.pk))
    return {row.key: build(row.pk) for row in shipped_first}


def demand(row: Demand) -> payers.Demand:
    return payers.Demand(row.key, hard(row.value), row.since, row.until, row.source)


def hard(value: Any) -> payers.PayerValue:
    """JSON knows no tuples."""
    return tuple(value) if isinstance(value, list) else value


def soft(value: Any) -> Any:
    """The same for JSON on the way in."""
    return dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
