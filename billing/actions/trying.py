"""Trying a whole file: imported in a transaction that is undone, so that what would be loaded can be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction

from billing.actions.imports import Order, import_file
from billing.loading import rows
from billing.reference import Reference


@dataclass(frozen=True, slots=True)
class Tried:
    """What would be loaded after an import."""

    reference: Reference

    def __call__(self, practice_id: int) -> Reference:
        """The same with the payers of a practice."""
        return replace(self.reference, payers=rows.read_payers(practice_id))


def tried(order: Order, tell: Callable[[str], None] = lambda _: None) -> Tried:
    """The reference with a file imported, of which no row stays. Raises ``Refused`` as the import would."""
    with transaction.atomic():
        import_file(order, tell)
        reference = rows.reference()
        transaction.set_rollback(True)
    return Tried(replace(reference, edition=f"{reference.edition}+draft"))
