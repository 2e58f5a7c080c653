"""`manage.py locality`: where Medicare places the locations of a practice on its fee schedule."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from billing.actions.localities import NoLocality, place
from billing.models import Locality


class Command(BaseCommand):
    help = "List the locations with their fee schedule localities, or say one: manage.py locality 3 10112-00."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("location", nargs="?", type=int, help="the number of a location, as the list shows it")
        parser.add_argument("locality", nargs="?", help="contractor and locality, such as 10112-00")

    def handle(self, *, location: int | None, locality: str | None, **options: Any) -> None:
        locations = apps.get_model("injections", "Location").objects.select_related("practice").order_by("pk")
        if location is None or locality is None:
            said = {row.location_id: str(row) for row in Locality.objects.all()}
            for row in locations:
                where = said.get(row.pk) or f"by its state, {row.state}"
                self.stdout.write(f"{row.pk}  {row.practice}, {row}: {where}")
            return
        found = locations.filter(pk=location).first()
        if found is None:
            raise CommandError(f"there is no location {location}; without arguments the command lists them")
        try:
            self.stdout.write(f"{found}: {place(found, locality)}")
        except NoLocality as problem:
            raise CommandError(str(problem)) from problem
