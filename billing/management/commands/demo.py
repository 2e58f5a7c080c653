"""Load a believable practice of fictitious people, once; on a later day, the appointments of that day."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from billing.demo import access, nursing, ordering, past, protocols, review, shelf
from billing.demo.clock import ZONE, moment
from billing.demo.people import PASSWORD, PRACTICE, STAFF
from billing.demo.practice import Clinic, in_suite, open_clinic
from config.transactions import task_transaction
from injections.actions import outbox
from injections.models import Appointment, Location, Patient, Practice, Staff
from injections.models.staff import Role


class Command(BaseCommand):
    help = "Load the demo practice (fictitious people) and print how to sign in. Only where DEBUG is on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("the demo practice is only for trying: it is not loaded where DEBUG is off")
        call_command("load_reference", stdout=io.StringIO())
        today = timezone.now().astimezone(ZONE).date()
        practice = Practice.objects.filter(name=PRACTICE).first()
        if practice is None:
            practice = self._load(today)
        with task_transaction(practice.pk):
            self._new_day(practice, today)
            access.equip_all(list(Staff.objects.filter(practice=practice)))
        self._say_who_can_sign_in()

    @transaction.atomic
    def _load(self, today: date) -> Practice:
        self.stderr.write("Making the demo practice...")
        clinic = open_clinic(today)
        placed = ordering.place_all(clinic, today)
        standing = protocols.sign_all(clinic, today)
        shelf.fill(clinic, [*(order for _, order in placed), *standing], today)
        visits = past.relive(clinic, placed, today)
        shelf.add_odd_lots(clinic, [order for _, order in placed], today)
        shelf.add_others(clinic, today)
        nursing.look_back(clinic)
        outbox.drain(limit=10_000)
        review.work_through(clinic, today)
        ordering.book_today(clinic, placed, today)
        self._open_doors(clinic, today)
        past.unfinished(clinic)
        nursing.watch(clinic, today)
        self.stderr.write(f"30 patients, {len(placed)} orders and {visits} past doses are there.")
        return clinic.practice

    def _new_day(self, practice: Practice, today: date) -> None:
        """A demo that was started on an earlier day gets today's appointments."""
        if Appointment.objects.filter(practice=practice, starts_at__gte=moment(today, "00:00")).exists():
            return
        staff = {person.username: person for person in Staff.objects.filter(practice=practice)}
        patients = {patient.family_name: patient for patient in Patient.objects.filter(practice=practice)}
        clinic = Clinic(practice, tuple(Location.objects.filter(practice=practice).order_by("pk")), staff, patients)
        ordering.book_today(clinic, ordering.place_today(clinic, today), today)
        self._open_doors(clinic, today)
        nursing.watch(clinic, today)

    @staticmethod
    def _open_doors(clinic: Clinic, today: date) -> None:
        """A physician is in each suite since two past eight, or for half an hour of this day when it is earlier."""
        now = timezone.now()
        since: datetime = max(moment(today, "00:00"), min(moment(today, "08:02"), now - timedelta(minutes=30)))
        for location, who in zip(clinic.locations, ("adams", "okafor"), strict=True):
            in_suite(location, clinic.staff[who], clinic.staff["ito"], since)

    def _say_who_can_sign_in(self) -> None:
        self.stdout.write("")
        self.stdout.write("Sign in with one of these names; the password is the same for all:")
        for person in STAFF:
            named = f"{person.given_name} {person.family_name}" + (
                f", {person.credential}" if person.credential else ""
            )
            self.stdout.write(f"  {person.username:8} {named:22} {Role(person.role).label}")
        self.stdout.write(f"  password: {PASSWORD}")
        self.stdout.write(
            f"  code:     {access.code()} for the next seconds; a new one: python3 dev.py manage demo_code"
        )
        self.stdout.write(f"  PIN:      {access.PIN}, where a device is in its shift (your name, top right)")
