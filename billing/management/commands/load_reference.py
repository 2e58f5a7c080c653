"""`manage.py load_reference`: the shipped drugs, payers and codes into rows. May be repeated at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from billing.actions.reference import load
from billing.loading import shipped_reference


class Command(BaseCommand):
    help = "Load the shipped drugs, payers and public tables into rows, in one transaction. May be repeated."

    requires_system_checks: list[str] = []  # it needs tables, not pages

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in load(shipped_reference()).items():
            self.stdout.write(f"{what.capitalize()}: {count:,}")
