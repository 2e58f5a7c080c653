"""Interval: whether enough time has passed since the last dose of the same drug."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from injections.checks.names import drug_names, names_any_of
from injections.checks.rule import check, softened, stop, treatments
from injections.facts import Administration, Encounter
from injections.findings import Finding


def last_dose(encounter: Encounter, dose: Administration) -> date | None:
    """The last day before this visit on which the patient got the same drug."""
    names = drug_names(dose)
    days = [past.given for past in encounter.history if past.given < encounter.date and names_any_of(past.drug, names)]
    return max(days, default=None)


@check
def too_early(encounter: Encounter) -> Iterator[Finding]:
    """The last dose was too recent

    The label asks for a shortest time between two doses.
    """
    for dose in treatments(encounter):
        days = dose.product.minimum_interval_days if dose.product else None
        last = last_dose(encounter, dose)
        if not days or last is None:
            continue
        next_day = last + timedelta(days=days)
        if encounter.date < next_day:
            because = f"last given {last}, next no earlier than {next_day} ({days} days)"
            found = stop(dose, "drug", fix="Stop. Ask whether to wait", because=because)
            yield softened(found, dose.product, "minimum_interval_days")


CHECKS = (too_early,)
