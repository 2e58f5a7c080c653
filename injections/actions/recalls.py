"""A recall: a lot is stopped everywhere at once, also where it is on no shelf, and who was called about it is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from injections.actions.errors import NotAllowed, Refused
from injections.actions.once import made_before
from injections.actions.rights import need
from injections.models import Lot, Patient, Practice, Product, Recall, RecallContact, Staff
from injections.models.lot_number import numbered, written
from injections.models.recall import may_be_of


@transaction.atomic
def stop(
    *, product: Product, number: str, reason: str, by: Staff, labeler: str = "", now: datetime | None = None
) -> Recall:
    """From this moment nobody in the practice gets this lot, of one maker or ("") of all.

    Stopped already, the first stop is answered.
    """
    need(by, "recall.write")
    number = written(number)
    if not number or not reason.strip():
        raise Refused("Say which lot, and why", errors={"number" if not number else "reason": "Fill this in"})
    now = now or timezone.now()
    held = Lot.objects.select_for_update(of=("self",), no_key=True)
    mine = held.filter(practice=_practice(by), product=product, recalled_at=None)
    for lot in numbered(mine.select_related("package").order_by("pk"), number):
        if may_be_of(lot.package.ndc if lot.package else None, labeler):
            lot.recalled_at = now
            lot.save(update_fields=["recalled_at"])
    try:
        with transaction.atomic():
            return Recall.objects.create(
                practice=_practice(by),
                product=product,
                number=number,
                labeler=labeler,
                reason=reason.strip()[:200],
                stopped_by=by,
                stopped_at=now,
            )
    except IntegrityError:
        return numbered(Recall.objects.filter(practice=_practice(by), product=product, labeler=labeler), number).get()


def _practice(by: Staff) -> Practice:
    """Only somebody of a practice stops a lot, and only there."""
    if by.practice is None:
        raise NotAllowed("This belongs to another practice")
    return by.practice


@transaction.atomic
def contact(
    *,
    recall: Recall,
    patient: Patient,
    reached: str,
    by: Staff,
    note: str = "",
    submission_key: UUID | None = None,
) -> RecallContact:
    """One try to reach a patient; twice under one key is one try."""
    need(by, "recall.see", recall, patient)
    already = made_before(RecallContact.objects.all(), submission_key)
    return already or RecallContact.objects.create(
        practice_id=recall.practice_id,
        recall=recall,
        patient=patient,
        reached=reached,
        note=note.strip()[:200],
        by=by,
        submission_key=submission_key,
    )
