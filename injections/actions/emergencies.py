"""Emergency access: one patient, a reason, at most an hour, and every administrator and manager is told."""

from __future__ import annotations

import contextlib
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from injections import reach
from injections.actions import outbox
from injections.actions.errors import Refused
from injections.actions.rights import need, same_practice
from injections.models import EmergencyAccess, EmergencyEnd, Patient, Staff
from injections.models.access import LONGEST
from injections.policy import CAPABILITIES

ALERT = "emergency"


@transaction.atomic
def open_record(*, mrn: str, birth_date: date, reason: str, by: Staff, now: datetime) -> EmergencyAccess:
    """Reach the whole record of one patient from now on. Asked again while it lasts, the access that stands.

    Raises :class:`Refused` when nobody here has that number and birth date, and when nothing is hidden anyway.
    """
    need(by, "emergency.open")
    patient = Patient.objects.filter(practice=by.practice, mrn=mrn, birth_date=birth_date).first()
    if patient is None:
        raise Refused(
            "No patient has this record number and this birth date", errors={"mrn": "Check both and try again"}
        )
    standing = EmergencyAccess.objects.filter(
        staff=by, patient=patient, since__lte=now, until__gt=now, end__isnull=True
    ).first()
    if standing is not None:
        return standing
    if not by.location_limits.exists() and not reach.hidden(Patient.objects.filter(pk=patient.pk), by).exists():
        raise Refused("You see the whole record of this patient already. Find the patient by name")
    access = EmergencyAccess.objects.create(
        practice=patient.practice, staff=by, patient=patient, reason=reason, since=now, until=now + LONGEST
    )
    outbox.put(kind=ALERT, subject=access, key=f"{ALERT}:{access.pk}")
    return access


@transaction.atomic
def close(*, access: EmergencyAccess, by: Staff, now: datetime) -> None:
    """Hide the record again at once: whoever opened it, or an administrator. One that is over stays as it is."""
    if access.staff_id == by.pk:
        same_practice(by, access)
    else:
        need(by, "emergency.see", access)
    if access.until > now:
        with contextlib.suppress(IntegrityError), transaction.atomic():  # somebody else was first
            EmergencyEnd.objects.create(practice_id=access.practice_id, access=access, by=by, at=now)


def alert(access_id: int) -> None:
    """Mail to every administrator and manager, where mail is set up. Nothing in it tells who the patient is."""
    access = EmergencyAccess.objects.select_related("staff", "practice").get(pk=access_id)
    told = Staff.objects.filter(practice=access.practice, role__in=CAPABILITIES["emergency.see"], is_active=True)
    addresses = list(told.exclude(email="").values_list("email", flat=True))
    if not addresses or not settings.EMAIL_HOST:
        return  # the list in the app and the notice on every page of theirs stand all the same
    since = access.since.astimezone(access.practice.zone)
    text = (
        f"{access.staff.signs_as} opened a patient's record by emergency access on {since:%B %-d, %Y at %-I:%M %p}.\n\n"
        "Sign in to Deltoid and open Audit, Emergency access, for the reason, and ask whether it was needed."
    )
    send_mail("Emergency access to a record", text, settings.DEFAULT_FROM_EMAIL, addresses)


outbox.register(ALERT, alert)
