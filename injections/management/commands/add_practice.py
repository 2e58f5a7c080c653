"""The first steps of a new installation: the practice, its first location and its first administrator."""

from __future__ import annotations

import getpass
import sys
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from config.transactions import SIGN_IN, name_actor, through
from injections.models import Location, Practice, Staff
from injections.models.staff import Role


class Command(BaseCommand):
    help = "Add a practice with its first location and administrator. The password is read from the keyboard or stdin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the practice is called")
        parser.add_argument("--time-zone", required=True, help="for example America/Chicago")
        parser.add_argument("--state", required=True, help="two letters, of the first location")
        parser.add_argument("--administrator", required=True, help="the name that the administrator signs in with")
        parser.add_argument("--family-name", required=True, help="the administrator's family name")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_mistakes(options)
        practice = Practice.objects.create(name=options["name"], time_zone=options["time_zone"])
        name_actor(practice.pk, None)
        location = Location.objects.create(practice=practice, name=options["name"], state=options["state"].upper())
        Staff.objects.create_user(
            options["administrator"],
            self._password(),
            practice=practice,
            location=location,
            family_name=options["family_name"],
            role=Role.ADMINISTRATOR,
        )
        self.stdout.write(f"{practice.name} is there. Sign in as {options['administrator'].lower()}.")

    def _refuse_mistakes(self, options: dict[str, Any]) -> None:
        if options["time_zone"] not in available_timezones():
            raise CommandError(f"{options['time_zone']} is not a time zone; try America/Chicago")
        if len(options["state"]) != 2 or not options["state"].isalpha():
            raise CommandError("the state is two letters, such as TX")
        with through(SIGN_IN):
            taken = Staff.objects.filter(username__iexact=options["administrator"]).exists()
        if taken:
            raise CommandError(f"somebody already signs in as {options['administrator']}")

    def _password(self) -> str:
        """From the keyboard where there is one, else the first line of standard input."""
        password = getpass.getpass("Password: ") if self.stdin_is_a_terminal() else input()
        try:
            validate_password(password)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        return password

    @staticmethod
    def stdin_is_a_terminal() -> bool:
        return sys.stdin.isatty()
