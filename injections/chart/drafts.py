"""A draft as facts: its entries read, and the rows that they name looked up in the practice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from injections import facts
from injections.chart.doses import was_recalled
from injections.chart.held import held_because
from injections.chart.opened import in_hand
from injections.chart.ordered import order_for
from injections.chart.products import product_fact
from injections.chart.supervision import Supervising, supervising
from injections.entries import Charted, parse_entries
from injections.facts import known
from injections.models import AdministrationDraft, Lot, OpenedVial, Order, Package, Product, Recall, Staff
from injections.models.lot_number import numbered, written
from injections.owners import facts_of

PEOPLE = ("given_by", "prepared_by", "discard_witness", "second_check_by")


@dataclass(slots=True)
class Drafted:
    """A draft read as a dose: the fact, the rows behind it, and a sentence for each entry that could not be read."""

    draft: AdministrationDraft
    fact: facts.Administration
    order: Order | None
    product: Product | None
    package: Package | None
    lot: Lot | None
    vial: OpenedVial | None
    people: dict[str, Staff]
    supervising: Supervising
    errors: dict[str, str] = field(default_factory=dict)


def read_draft(draft: AdministrationDraft, *, by: Staff | None = None, now: datetime | None = None) -> Drafted:
    """The draft as it would be signed by that person (its author unless said) at that moment."""
    by, now = by or draft.author, now or timezone.now()
    product, product_error = _product(draft)
    charted = parse_entries(
        draft.entries,
        product=product_fact(product) if product else None,
        day=draft.encounter.date,
        zone=draft.encounter.practice.zone,
        signer=by.signs_as,
    )
    charted.errors.update(product_error)
    return _Drafting(draft, by, now, product, charted).finish()


def _product(draft: AdministrationDraft) -> tuple[Product | None, dict[str, str]]:
    """The drug that was scanned or chosen, else the one that was ordered."""
    key = str(draft.entries.get("product", "")).strip()
    if not key:
        return (draft.order.product if draft.order else None), {}
    found = Product.objects.filter(key=key, withdrawn_on=None).first()
    return found, ({} if found else {"product": "Choose the drug from the list"})


class _Drafting:
    """One draft on its way to a fact."""

    def __init__(
        self, draft: AdministrationDraft, by: Staff, now: datetime, product: Product | None, charted: Charted
    ) -> None:
        self.draft, self.by, self.now, self.product, self.charted = draft, by, now, product, charted
        self.stated: dict[str, Any] = charted.facts
        self.order = draft.order

    def finish(self) -> Drafted:
        lot = self._lot()
        self._from_lot(lot)
        people = self._people()
        self._drug(lot)
        vial = self._vial(lot)
        if not self._was_given():
            # What was ordered stands in these entries; nothing of it entered the patient.
            self.stated.pop("dose", None)
            self.stated.pop("volume", None)
            self.stated.pop("containers", None)
            self.stated.pop("split", None)
        self.stated.setdefault("given_at", self._time())
        self._held(lot)
        found = self._supervision(people)
        if self.order is not None:
            self.stated["order"] = order_for(self.draft, self.order)
            self.stated.setdefault("diagnoses", tuple(self.order.diagnoses))
        return Drafted(
            draft=self.draft,
            fact=facts.Administration(id=f"draft-{self.draft.pk}", charted_at=self.now, **self.stated),
            order=self.order,
            product=self.product,
            package=self._package(),
            lot=lot,
            vial=vial,
            people=people,
            supervising=found,
            errors=dict(self.charted.errors),
        )

    def _supervision(self, people: dict[str, Staff]) -> Supervising:
        """What the entries say, else what the presences show; a stated reason for not knowing stands."""
        if "supervision" in self.stated and not self.charted.supervisor:
            return Supervising()
        found = supervising(self.draft.encounter.location, self.charted, self.stated["given_at"], people)
        self.charted.errors.update(found.errors)
        if found.fact is not None:
            self.stated["supervision"] = found.fact
        return found

    def _time(self) -> datetime | None:
        """Now, unless the entry says otherwise or cannot be read."""
        return None if "given_at" in self.charted.errors or not self._was_given() else self.now

    def _was_given(self) -> bool:
        return self.stated.get("status", facts.Status.GIVEN) in (facts.Status.GIVEN, facts.Status.PARTLY)

    def _drug(self, lot: Lot | None) -> None:
        self.stated["drug"] = self.product.key if self.product else None
        self.stated["product"] = product_fact(self.product) if self.product else None
        self.stated.setdefault("source", None)
        self.stated["recalled"] = was_recalled(lot, self.now) or self._number_recalled()

    def _number_recalled(self) -> bool:
        """A recalled lot is stopped also where it was typed from the label and lies on no shelf of ours."""
        containers = [(container.lot, container.ndc) for container in self.stated.get("containers", ())]
        charted = [(self.stated.get("lot"), self.stated.get("ndc")), *containers]
        vials = [(written(lot), known(ndc)) for lot, ndc in charted if isinstance(lot, str)]
        if not vials or self.product is None:
            return False
        stopped = Recall.objects.filter(practice_id=self.draft.practice_id, product=self.product)
        here = numbered(stopped, *(lot for lot, _ in vials)).filter(stopped_at__lte=self.now)
        return any(written(recall.number) == lot and recall.means(ndc) for recall in here for lot, ndc in vials)

    def _lot(self) -> Lot | None:
        """The lot that was picked, else the one of that number: here before elsewhere, and of whoever owns the drug."""
        lots = Lot.objects.filter(practice_id=self.draft.practice_id)
        if "lot_id" in self.charted.rows:
            picked = lots.filter(pk=self.charted.rows["lot_id"], product=self.product).first()
            if picked is None:
                self.charted.errors["lot_id"] = "Choose a lot of this drug"
            return picked
        number = self.stated.get("lot")
        if not isinstance(number, str) or self.product is None:
            return None
        same = numbered(lots.filter(product=self.product), number)
        here, owner = self.draft.encounter.location_id, self.draft.entries.get("source", "")
        return min(same, key=lambda lot: (lot.location_id != here, lot.source != owner, lot.pk), default=None)

    def _held(self, lot: Lot | None) -> None:
        """Stock on hold stops the dose, whichever of its vials it is."""
        if not self._was_given() or self.product is None:
            return
        numbers = [c.lot for c in self.stated.get("containers", ()) if isinstance(c.lot, str)]
        here = Lot.objects.filter(location_id=self.draft.encounter.location_id, product=self.product)
        same = numbered(here, *numbers)
        lots = [*([lot] if lot is not None else ()), *(same if numbers else ())]
        because = held_because(lots, known(self.stated.get("given_at")) or self.now) if lots else None
        if because is not None:
            self.stated["held"] = because

    def _vial(self, lot: Lot | None) -> OpenedVial | None:
        """The opened multi-dose vial that the dose is drawn from; none where this dose is said to open one."""
        package, corrects = self.stated.get("package"), self.draft.corrects
        if lot is None or package is None or package.single_dose is not False or self.draft.entries.get("opened"):
            return None
        vial = next(iter(in_hand(lot, self.draft.encounter.date, corrects=corrects)), None)
        if vial is not None and self._was_given():
            self.stated["beyond_use"] = vial.use_by
        return vial

    def _from_lot(self, lot: Lot | None) -> None:
        """What the shelf knows of a picked lot, where the entries say nothing else."""
        if lot is None or "lot_id" not in self.charted.rows:
            return
        self.stated.setdefault("lot", lot.number)
        self.stated.setdefault("expires", lot.expires_on)
        for name, owner in facts_of(lot.source).items():
            self.stated.setdefault(name, owner)
        if lot.manufacturer:
            self.stated.setdefault("manufacturer", lot.manufacturer)

    def _package(self) -> Package | None:
        package = self.stated.get("package")
        return Package.objects.filter(ndc=package.ndc).first() if package is not None else None

    def _people(self) -> dict[str, Staff]:
        """Colleagues that the entries name; whoever signs is who gave it, unless they say otherwise."""
        colleagues = Staff.objects.filter(practice_id=self.draft.practice_id)
        people: dict[str, Staff] = {}
        for role in PEOPLE:
            if role not in self.charted.rows:
                continue
            found = colleagues.filter(pk=self.charted.rows[role]).first()
            if found is None:
                self.charted.errors[role] = "Choose a colleague from the list"
            else:
                people[role] = found
        if self._was_given() and not self.stated.get("self_given"):
            people.setdefault("given_by", self.by)
        for role, person in people.items():
            self.stated[role] = person.as_fact()
        return people
