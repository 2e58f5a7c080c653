"""What a recall reaches: who got the lot, what is left of it and where, and which charts have it in hand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Trim, Upper

from injections.chart.reading import GIVEN
from injections.models import Administration, AdministrationDraft, Lot, Patient, Product, Recall, RecallContact, Staff
from injections.models.recall import may_be_of
from injections.ndc import labelers


@dataclass(slots=True)
class Reach:
    """One patient who got the lot: the doses, newest first, and every try to reach them."""

    patient: Patient
    doses: list[Administration] = field(default_factory=list)
    contacts: list[RecallContact] = field(default_factory=list)

    @property
    def last(self) -> RecallContact | None:
        return self.contacts[-1] if self.contacts else None


@dataclass(frozen=True, slots=True)
class Found:
    """A drug of which this lot number stands on a shelf here or was given here; of one maker where several use it."""

    product: Product
    labeler: str = ""
    maker: str = ""

    @property
    def key(self) -> str:
        return f"{self.product.pk}:{self.labeler}"

    def __str__(self) -> str:
        if not self.labeler:
            return f"{self.product.display}, every maker" if self.maker else self.product.display
        return f"{self.product.display}, {self.maker or 'a maker'} (NDC {self.labeler})"


def found(number: str, by: Staff | Any) -> list[Found]:
    """What a lot number may mean here: each drug, and where two makers use the number, each of them."""
    here = _of(Lot.objects.for_user(by), "number", number).values_list("product_id", "package__ndc", "manufacturer")
    given = _of(Administration.objects.for_user(by), "lot_number", number)
    rows = {*here, *given.order_by().values_list("product_id", "ndc", "manufacturer").distinct()}
    products = Product.objects.in_bulk({product for product, _, _ in rows})
    return [one for product in products.values() for one in _makers(product, rows)]


def _makers(product: Product, rows: set[tuple[int, str | None, str]]) -> Iterator[Found]:
    makers: dict[str, str] = {}
    for key, ndc, maker in sorted(rows, key=str):
        if key == product.pk and len(known := labelers(ndc or "")) == 1:
            makers[next(iter(known))] = maker or makers.get(next(iter(known)), "")
    if len(makers) > 1:
        yield from (Found(product, labeler, maker) for labeler, maker in sorted(makers.items()))
    yield Found(product, maker="every" if len(makers) > 1 else "")


def doses(product: Product, number: str, by: Staff | Any, labeler: str = "") -> QuerySet[Administration]:
    """The doses of that lot that stand, newest first; of one maker also those whose maker nobody charted."""
    rows = Administration.objects.for_user(by).filter(product=product, status__in=GIVEN, superseded_by=None)
    return _by(labeler, _of(rows, "lot_number", number), "ndc").order_by("-given_at", "-pk")


def shelves(product: Product, number: str, by: Staff | Any, labeler: str = "") -> QuerySet[Lot]:
    """Where the lot lies, and how much of it."""
    lots = _of(Lot.objects.for_user(by).filter(product=product), "number", number)
    return _by(labeler, lots, "package__ndc").select_related("location", "package")


def _by(labeler: str, rows: Any, column: str) -> Any:
    if not labeler:
        return rows
    written = rows.order_by().values_list(column, flat=True).distinct()
    its = [ndc for ndc in written if may_be_of(ndc, labeler)]
    return rows.filter(Q(**{f"{column}__in": its}) | Q(**{f"{column}__isnull": True}))


def reached(recall: Recall, by: Staff | Any) -> list[Reach]:
    """Every patient who got it, whoever was not reached yet first."""
    found: dict[int, Reach] = {}
    given = doses(recall.product, recall.number, by, recall.labeler)
    for dose in given.select_related("encounter__patient", "encounter__location"):
        patient = dose.encounter.patient
        found.setdefault(patient.pk, Reach(patient)).doses.append(dose)
    for contact in recall.contacts.filter(patient__in=found).select_related("by"):
        found[contact.patient_id].contacts.append(contact)
    return sorted(found.values(), key=lambda one: (one.last is not None, one.patient.sort_name))


def open_charts(recall: Recall, by: Staff | Any) -> Iterator[AdministrationDraft]:
    """Charts that somebody is filling in with this lot at this moment. Signing will stop each of them."""
    lots = {str(lot.pk) for lot in shelves(recall.product, recall.number, by, recall.labeler)}
    drafts = AdministrationDraft.objects.for_user(by).select_related("encounter__patient", "author", "order")
    for draft in drafts:
        drug = draft.entries.get("product") or (draft.order.product.key if draft.order else "")
        number = draft.entries.get("lot", "").strip().upper()
        typed = drug == recall.product.key and number == recall.number and recall.means(_ndc(draft))
        if draft.entries.get("lot_id") in lots or typed:
            yield draft


def _ndc(draft: AdministrationDraft) -> str:
    return draft.entries.get("package_ndc") or draft.entries.get("ndc") or ""


def _of(rows: Any, column: str, number: str) -> Any:
    return rows.alias(lot_key=Upper(Trim(column))).filter(lot_key=number.strip().upper())
