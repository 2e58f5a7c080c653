"""For the administrator whom no other administrator can help: reset the phone from the server's own console."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.transactions import task_transaction
from injections.actions import second_factor
from injections.models import Staff
from injections.models.staff import Role


class Command(BaseCommand):
    help = "Reset the second factor of an administrator and print the code for a new phone, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Staff.objects.filter(username__iexact=options["username"], role=Role.ADMINISTRATOR, is_active=True)
        person = found.first()
        if person is None:
            raise CommandError("no active administrator signs in with this name; administrators help everybody else")
        with task_transaction(person.practice_id, person.pk):
            code = second_factor.reset(staff=person, by=person)
        self.stderr.write(f"{person.full_name} signs in with the password and types this code to enroll a phone:")
        self.stdout.write(code)
