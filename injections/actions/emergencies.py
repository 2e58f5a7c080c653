"""Emergency access: one patient, a reason, at most an hour, and every administrator is told."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from injections import reach
from injections.actions import outbox
from injections.actions.errors import Refused
from injections.actions.rights import need
from injections.models import EmergencyAccess, Patient, Staff
from injections.models.access import LONGEST
from injections.models.staff import Role

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
    standing = EmergencyAccess.objects.filter(staff=by, patient=patient, since__lte=now, until__gt=now).first()
    if standing is not None:
        return standing
    if not by.location_limits.exists() and not reach.hidden(Patient.objects.filter(pk=patient.pk), by).exists():
        raise Refused("You see the whole record of this patient already. Find the patient by name")
    access = EmergencyAccess.objects.create(
        practice=patient.practice, staff=by, patient=patient, reason=reason, since=now, until=now + LONGEST
    )
    outbox.put(kind=ALERT, subject=access, key=f"{ALERT}:{access.pk}")
    return access


def alert(access_id: int) -> None:
    """Mail to every administrator of the practice, where mail is set up. Nothing in it tells who the patient is."""
    access = EmergencyAccess.objects.select_related("staff", "practice").get(pk=access_id)
    administrators = Staff.objects.filter(practice=access.practice, role=Role.ADMINISTRATOR, is_active=True)
    addresses = list(administrators.exclude(email="").values_list("email", flat=True))
    if not addresses or not settings.EMAIL_HOST:
        return  # the list in the app and the notice on every page of theirs stand all the same
    since = access.since.astimezone(access.practice.zone)
    text = (
        f"{access.staff.signs_as} opened a patient's record by emergency access on {since:%B %-d, %Y at %-I:%M %p}.\n\n"
        "Sign in to Deltoid and look under Emergencies for the reason, and ask whether it was needed."
    )
    send_mail("Emergency access to a record", text, settings.DEFAULT_FROM_EMAIL, addresses)


outbox.register(ALERT, alert)
