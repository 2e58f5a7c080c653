"""What a recall reaches: who got the lot, what is left of it and where, and which charts have it in hand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Trim, Upper

from injections.chart.reading import GIVEN
from injections.models import Administration, AdministrationDraft, Lot, Patient, Product, Recall, RecallContact, Staff


@dataclass(slots=True)
class Reach:
    """One patient who got the lot: the doses, newest first, and every try to reach them."""

    patient: Patient
    doses: list[Administration] = field(default_factory=list)
    contacts: list[RecallContact] = field(default_factory=list)

    @property
    def last(self) -> RecallContact | None:
        return self.contacts[-1] if self.contacts else None


def products_of(number: str, by: Staff | Any) -> list[Product]:
    """The products of which this lot number stands on a shelf here or was given here."""
    shelves = _of(Lot.objects.for_user(by), "number", number).values_list("product_id", flat=True)
    given = _of(Administration.objects.for_user(by), "lot_number", number)
    return list(Product.objects.filter(pk__in={*shelves, *given.values_list("product_id", flat=True)}))


def doses(product: Product, number: str, by: Staff | Any) -> QuerySet[Administration]:
    """The doses of that lot that stand, newest first."""
    rows = Administration.objects.for_user(by).filter(product=product, status__in=GIVEN, superseded_by=None)
    return _of(rows, "lot_number", number).order_by("-given_at", "-pk")


def shelves(product: Product, number: str, by: Staff | Any) -> QuerySet[Lot]:
    """Where the lot lies, and how much of it."""
    return _of(Lot.objects.for_user(by).filter(product=product), "number", number).select_related("location", "package")


def reached(recall: Recall, by: Staff | Any) -> list[Reach]:
    """Every patient who got it, whoever was not reached yet first."""
    found: dict[int, Reach] = {}
    for dose in doses(recall.product, recall.number, by).select_related("encounter__patient", "encounter__location"):
        patient = dose.encounter.patient
        found.setdefault(patient.pk, Reach(patient)).doses.append(dose)
    for contact in recall.contacts.filter(patient__in=found).select_related("by"):
        found[contact.patient_id].contacts.append(contact)
    return sorted(found.values(), key=lambda one: (one.last is not None, one.patient.sort_name))


def open_charts(recall: Recall, by: Staff | Any) -> Iterator[AdministrationDraft]:
    """Charts that somebody is filling in with this lot at this moment. Signing will stop each of them."""
    lots = {str(lot.pk) for lot in shelves(recall.product, recall.number, by)}
    drafts = AdministrationDraft.objects.for_user(by).select_related("encounter__patient", "author", "order")
    for draft in drafts:
        drug = draft.entries.get("product") or (draft.order.product.key if draft.order else "")
        number = draft.entries.get("lot", "").strip().upper()
        if draft.entries.get("lot_id") in lots or (drug == recall.product.key and number == recall.number):
            yield draft


def _of(rows: Any, column: str, number: str) -> Any:
    return rows.alias(lot_key=Upper(Trim(column))).filter(lot_key=number.strip().upper())
