"""`manage.py locality`: where Medicare places the locations of a practice on its fee schedule."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from billing.actions.localities import NoLocality, place
from billing.models import Locality
from config.transactions import task_transaction
from injections import chart


class Command(BaseCommand):
    help = "List the locations with their fee schedule localities, or say one: manage.py locality 3 10112-00."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("location", nargs="?", type=int, help="the number of a location, as the list shows it")
        parser.add_argument("locality", nargs="?", help="contractor and locality, such as 10112-00")

    def handle(self, *, location: int | None, locality: str | None, **options: Any) -> None:
        if location is None or locality is None:
            self._list()
        elif not any(self._placed(practice_id, location, locality) for practice_id in chart.practices()):
            raise CommandError(f"there is no location {location}; without arguments the command lists them")

    def _list(self) -> None:
        for practice_id in chart.practices():
            with task_transaction(practice_id):
                said = {row.location_id: str(row) for row in Locality.objects.all()}
                for row in self._locations():
                    where = said.get(row.pk) or f"by its state, {row.state}"
                    self.stdout.write(f"{row.pk}  {row.practice}, {row}: {where}")

    def _placed(self, practice_id: int, location: int, locality: str) -> bool:
        """Whether the location is of this practice; then it stands in that locality now."""
        with task_transaction(practice_id):
            found = self._locations().filter(pk=location).first()
            if found is None:
                return False
            try:
                self.stdout.write(f"{found}: {place(found, locality)}")
            except NoLocality as problem:
                raise CommandError(str(problem)) from problem
        return True

    @staticmethod
    def _locations() -> Any:
        return apps.get_model("injections", "Location").objects.select_related("practice").order_by("pk")
