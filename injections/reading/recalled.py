"""What a recall reaches: who got the lot, what is left of it and where, and which charts have it in hand now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from injections.chart.held import on_hold
from injections.chart.recalled import doses_of, further_of, of_maker
from injections.entries.several import FURTHER
from injections.models import (
    Administration,
    AdministrationDraft,
    Lot,
    OpenedVial,
    Package,
    Patient,
    Product,
    Recall,
    RecallContact,
    Staff,
)
from injections.models.lot_number import numbered, written
from injections.ndc import labelers
from injections.reading.opened import Opened, open_of

#: the entries that hold a lot number: the vial and each further one of the same dose
LOTS_TYPED = ("lot", *(f"vial{place}.lot" for place in FURTHER))


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
    here = numbered(Lot.objects.for_user(by), number).values_list("product_id", "package__ndc", "manufacturer")
    mine = Administration.objects.for_user(by)
    given = numbered(mine, number, column="lot_number").order_by().values_list("product_id", "ndc", "manufacturer")
    further = {(one.product_id, one.ndc, "") for one in further_of(mine, number)}
    rows: set[tuple[int, str | None, str]] = {*here, *given.distinct(), *further}
    products = Product.objects.in_bulk({product for product, _, _ in rows})
    return [one for product in products.values() for one in _makers(product, rows)]


def said_by(package: Package | None, found: Sequence[Found]) -> str | None:
    """The one that a scanned package names, of its maker where several use the number; else the only one."""
    if package is not None:
        found = [one for one in found if one.product == package.product]
        own = [one for one in found if one.labeler in labelers(package.ndc)]
        found = own or found
    return found[0].key if len(found) == 1 else None


def _makers(product: Product, rows: set[tuple[int, str | None, str]]) -> Iterator[Found]:
    makers: dict[str, str] = {}
    for key, ndc, maker in sorted(rows, key=str):
        if key == product.pk and len(known := labelers(ndc or "")) == 1:
            makers[next(iter(known))] = maker or makers.get(next(iter(known)), "")
    if len(makers) > 1:
        yield from (Found(product, labeler, maker) for labeler, maker in sorted(makers.items()))
    yield Found(product, maker="every" if len(makers) > 1 else "")


def shelves(product: Product, number: str, by: Staff | Any, labeler: str = "") -> QuerySet[Lot]:
    """Where the lot lies, and how much of it."""
    lots = numbered(Lot.objects.for_user(by).filter(product=product), number)
    return of_maker(labeler, lots, "package__ndc").select_related("location", "package")


def left(lots: QuerySet[Lot]) -> list[tuple[Lot, list[Opened]]]:
    """Each of these lots with the vials of it that stand opened: they are put aside too."""
    vials = Prefetch("vials", OpenedVial.objects.filter(ended_at=None), to_attr="open_vials")
    return [(lot, open_of(lot, lot.open_vials)) for lot in lots.prefetch_related(vials)]


#: what a list of patients says of a dose
SHOWN = ("given_at", "encounter__date", "encounter__patient", "encounter__location")


def given(recall: Recall, by: Staff | Any) -> QuerySet[Administration]:
    """The doses of it: found once, for everything that a page says of them."""
    return doses_of(recall.product, recall.number, by, recall.labeler)


def patients(recall: Recall, doses: QuerySet[Administration]) -> QuerySet[Patient]:
    """Every patient who got one, whoever was not called yet first; ``called`` says whether somebody tried."""
    return _in_order(recall, set(doses.order_by().values_list("encounter__patient", flat=True)))


def _in_order(recall: Recall, people: set[int]) -> QuerySet[Patient]:
    called = Exists(recall.contacts.filter(patient=OuterRef("pk")))
    return Patient.objects.filter(pk__in=people).annotate(called=called).order_by("called", "sort_name", "pk")


def reached(recall: Recall, given: QuerySet[Administration], people: Iterable[Patient] | None = None) -> list[Reach]:
    """Those of ``people`` who got it with what they got, in that order; everybody where nobody is named."""
    given = given.select_related("encounter").only(*SHOWN)
    if people is not None:
        people = list(people)
        given = given.filter(encounter__patient__in=people)
    doses = list(given.prefetch_related("encounter__location"))
    if people is None:
        people = _in_order(recall, {dose.encounter.patient_id for dose in doses})
    found = {patient.pk: Reach(patient) for patient in people}
    for dose in doses:
        found[dose.encounter.patient_id].doses.append(dose)
    for contact in recall.contacts.filter(patient__in=found).select_related("by"):
        found[contact.patient_id].contacts.append(contact)
    return list(found.values())


def open_charts(recall: Recall, by: Staff | Any) -> Iterator[AdministrationDraft]:
    """Charts that somebody is filling in with this lot at this moment. Signing will stop each of them."""
    lots = {str(lot.pk) for lot in shelves(recall.product, recall.number, by, recall.labeler)}
    drafts = AdministrationDraft.objects.for_user(by).select_related("encounter__patient", "author", "order")
    for draft in drafts:
        drug = _drug(draft)
        typed = {written(draft.entries.get(name, "")) for name in LOTS_TYPED}
        same = drug == recall.product.key and recall.number in typed and recall.means(_ndc(draft))
        if draft.entries.get("lot_id") in lots or same:
            yield draft


def stopped(drafts: Iterable[AdministrationDraft]) -> Iterator[AdministrationDraft]:
    """Those with a vial in hand that is recalled or on hold now, also where it was neither when it was picked."""
    for draft in drafts:
        lot, drug = draft.entries.get("lot_id", ""), _drug(draft)
        typed = {written(draft.entries.get(name, "")) for name in LOTS_TYPED} - {""}
        bad = Lot.objects.filter(practice_id=draft.practice_id).filter(Q(recalled_at__isnull=False) | on_hold())
        recalls = Recall.objects.filter(practice_id=draft.practice_id, product__key=drug) if typed else ()
        if (lot.isdecimal() and bad.filter(pk=lot).exists()) or any(
            recall.number in typed and recall.means(_ndc(draft)) for recall in recalls
        ):
            yield draft


def _drug(draft: AdministrationDraft) -> str:
    return draft.entries.get("product") or (draft.order.product.key if draft.order else "")


def _ndc(draft: AdministrationDraft) -> str:
    return draft.entries.get("package_ndc") or draft.entries.get("ndc") or ""
