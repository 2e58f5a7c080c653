"""What else is to be given at a visit."""

from __future__ import annotations

from django.db.models import Q

from injections.chart.due import next_dose
from injections.chart.reading import current_doses
from injections.models import AdministrationDraft, Appointment, Encounter, Order, Staff
from injections.models.order import OrderKind


def next_at_visit(encounter: Encounter, by: Staff) -> Order | None:
    """The order to go on with after a signature: one that this person has begun, else one that is due that day.

    An order with an appointment of its own waits for it.
    """
    begun = AdministrationDraft.objects.filter(encounter=encounter, author=by, order__isnull=False, corrects=None)
    draft = begun.select_related("order__product").order_by("pk").first()
    if draft is not None:
        return draft.order
    return next((order for order in _open(encounter, by) if _is_due(order, encounter)), None)


def _open(encounter: Encounter, by: Staff) -> list[Order]:
    """Signed orders of the patient that run on that day, and that nobody has charted at this visit."""
    day = encounter.date
    running = Q(stopped_on__isnull=True, signed_at__isnull=False, starts_on__lte=day)
    running &= Q(expires_on__isnull=True) | Q(expires_on__gte=day)
    booked = Appointment.objects.filter(cancelled_at__isnull=True, encounter__isnull=True, order__isnull=False)
    orders = Order.objects.for_user(by).filter(running, patient=encounter.patient_id)
    orders = orders.exclude(pk__in=booked.filter(patient=encounter.patient_id).values("order"))
    orders = orders.exclude(pk__in=[dose.order_id for dose in current_doses(encounter) if dose.order_id])
    orders = orders.exclude(pk__in=encounter.drafts.filter(order__isnull=False).values("order"))
    return list(orders.select_related("product", "ordered_by", "pause").order_by("ordered_on", "pk"))


def _is_due(order: Order, encounter: Encounter) -> bool:
    """A series goes by its own days; a single dose is due on the day of its order."""
    if order.kind != OrderKind.SERIES and order.ordered_on != encounter.date:
        return False
    due = next_dose(order)
    return due is not None and due.is_due(encounter.date)
