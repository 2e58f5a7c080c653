"""`manage.py load_reference`: the shipped drugs, payers and codes into rows. May be repeated at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from billing.actions.formulary import load_products
from injections.formulary import load_products as shipped_products


class Command(BaseCommand):
    help = "Load the shipped drugs, payers and public tables into rows, in one transaction. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in load_products(shipped_products()).items():
            self.stdout.write(f"{what}: {count:,}")
