"""Interval: whether enough time has passed since the last dose of the same drug."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from injections.checks.names import drug_names, names_any_of, without_suffix
from injections.checks.rule import check, softened, stop, treatments, warning
from injections.days import written_day
from injections.facts import Administration, Encounter, PastDose, Product, known
from injections.findings import Finding, Until
from injections.quantity import format_dose

LEAVES = Until.PATIENT_LEAVES
#: the label asks to rule out pregnancy after 13 weeks; the US SPR of 2024 lets a dose come up to 2 weeks late
PROTECTED_DAYS = 15 * 7


def last_dose(encounter: Encounter, dose: Administration) -> date | None:
    """The last day before this visit on which the patient got the same drug."""
    past = _last(encounter, dose)
    return past.given if past else None


def _earlier(encounter: Encounter, dose: Administration) -> list[PastDose]:
    """Earlier doses of the drug; a biosimilar and what it is like are one drug to the patient."""
    names = drug_names(dose)
    before = [past for past in encounter.history if past.given < encounter.date]
    alike = tuple(without_suffix(name) for name in names)
    return [p for p in before if names_any_of(p.drug, names) or names_any_of(without_suffix(p.drug), alike)]


def _last(encounter: Encounter, dose: Administration) -> PastDose | None:
    return max(_earlier(encounter, dose), key=lambda past: past.given, default=None)


def _days_after(past: PastDose | None, product: Product | None, known: int = 0) -> int | None:
    """The shortest time after that dose: of a series that begins faster, else of its strength, else of the drug.

    ``known`` is on how many days the chart knows of the drug: what went in as two shots of one day is one dose.
    """
    if product is None:
        return None
    if product.early_doses and 0 < known <= product.early_doses:
        return product.early_interval_days
    amount = past.dose if past else None
    reached = [i for i in product.intervals if amount and amount.dimension is i.after.dimension and amount >= i.after]
    strongest = max(reached, key=lambda i: i.after.in_smallest, default=None)
    usual = strongest.days if strongest else product.minimum_interval_days
    return min((usual, *_loading_gaps(product, known))) if usual else usual


def _loading_gaps(product: Product, known: int) -> Iterator[int]:
    """The days to the next dose of each of the label's own series that has loading doses left."""
    for series in product.loading:
        if 0 < known < len(series.doses):
            yield series.doses[known].after_days - series.doses[known - 1].after_days


@check(applies=("history",))
def too_early(encounter: Encounter) -> Iterator[Finding]:
    """The last dose was too recent

    The label asks for a shortest time between two doses. Some series begin faster than they go on: then the first
    doses may follow sooner.
    """
    for dose in treatments(encounter):
        past = _last(encounter, dose)
        known = len({before.given for before in _earlier(encounter, dose)})
        days, last = _days_after(past, dose.product, known), past.given if past else None
        if not days or last is None:
            continue
        next_day = last + timedelta(days=days)
        if encounter.date < next_day:
            because = f"last given {written_day(last)}, next no earlier than {written_day(next_day)} ({days} days)"
            if _prevents_pregnancy(dose):
                yield warning(dose, "drug", fix="Ask whether to wait", because=because)
            else:
                found = stop(dose, "drug", fix="Stop. Ask whether to wait", because=because)
                yield softened(found, dose.product, "minimum_interval_days")


@check(applies=("order.gap_days",))
def sooner_than_ordered(encounter: Encounter) -> Iterator[Finding]:
    """The dose comes sooner than it was ordered

    A series says how often, and how many days a dose may come early. Where the label asks for more time than that has
    passed, its own stop is told instead.
    """
    by_label = {name for finding in too_early(encounter) for name in finding.administrations}
    for dose in treatments(encounter):
        order, last = known(dose.order), last_dose(encounter, dose)
        if order is None or not order.gap_days or last is None or dose.id in by_label:
            continue
        first = last + timedelta(days=order.gap_days)
        if encounter.date < first and (order.starts is None or last >= order.starts):
            because = f"last given {written_day(last)}, by the order not before {written_day(first)}"
            fix = "Ask whether to give it now"
            yield warning(dose, "order.gap_days", fix=fix, because=because, until=LEAVES)


@check(applies=("history",))
def given_today_already(encounter: Encounter) -> Iterator[Finding]:
    """The same drug was given at another visit of this day

    A colleague may have been quicker. A second dose that is meant is told apart by its order or its note.
    """
    for dose in treatments(encounter):
        same_day = [past for past in encounter.history if past.given == encounter.date]
        twice = [past for past in same_day if names_any_of(past.drug, drug_names(dose))]
        if twice:
            amounts = " and ".join(format_dose(past.dose) for past in twice if past.dose is not None)
            because = f"charted there: {amounts or drug_names(dose)[0]}"
            fix = "Ask the patient and the colleague before you give it"
            yield warning(dose, "drug", fix=fix, because=because, until=LEAVES)


def _prevents_pregnancy(dose: Administration) -> bool:
    """An early contraceptive shot does no harm (CDC, US SPR 2024): it is a question and never a stop."""
    return dose.product is not None and "contraceptive" in dose.product.classes


@check(applies=("history",))
def too_late_for_contraception(encounter: Encounter) -> Iterator[Finding]:
    """The last contraceptive shot is more than 15 weeks ago

    Its protection has run out. Before the next dose somebody has to make sure that the patient is not pregnant.
    """
    for dose in treatments(encounter):
        last = last_dose(encounter, dose)
        if last is None or not _prevents_pregnancy(dose) or dose.screening.get("pregnancy", "").strip():
            continue
        if (encounter.date - last).days > PROTECTED_DAYS:
            because = f"last given {written_day(last)}, {(encounter.date - last).days} days ago"
            yield warning(
                dose, "drug", "screening.pregnancy", fix="Rule out pregnancy first", because=because, until=LEAVES
            )


CHECKS = (too_early, sooner_than_ordered, given_today_already, too_late_for_contraception)
