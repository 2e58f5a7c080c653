"""Which dose of how many is next under an order, and when, in the words of every page."""

from __future__ import annotations

from typing import NamedTuple

from injections.chart.due import Due
from injections.chart.reading import GIVEN
from injections.models import Administration, Order
from injections.quantity import Quantity
from injections.templatetags.words import day


def which_dose(order: Order, number: int) -> str:
    """ "dose 2 of the loading doses", "dose 2 of 3", "dose 7"; "every dose given" when none of it is left."""
    schedule = order.schedule
    if used_up(order, number - 1):
        return "every dose given"
    if schedule.goes_on and schedule.loading_dose(number) is not None:
        return f"dose {number} of the loading doses" if len(schedule.loading) > 1 else "the loading dose"
    return f"dose {number} of {schedule.planned}" if schedule.planned else f"dose {number}"


def next_in_words(order: Order, given: int, due: Due | None = None) -> str:
    """How often, which dose and when; of loading doses the whole rhythm is left to the page of the order."""
    number = given + 1
    which = which_dose(order, number)
    loads = order.schedule.goes_on and order.schedule.loading_dose(number) is not None
    said = [which] if loads else [order.frequency, which]
    if due is not None and given:
        said.append(f"due {day(due.on)}")
    return ", ".join(said)


class Loading(NamedTuple):
    """One loading dose of an order; ``day`` counts from the first dose, which is on day 1. Windows are in days."""

    which: str
    dose: Quantity | None
    day: int
    early: int
    late: int


def loading_doses(order: Order) -> list[Loading]:
    """The doses that a series begins with, as its page lists them."""
    steps = enumerate(order.schedule.loading, 1)
    return [Loading(f"dose {n}", order.dose_of(n), s.after_days + 1, s.early_days, s.late_days) for n, s in steps]


def used_up(order: Order, given: int) -> bool:
    """Whether that many doses are all that were ordered."""
    return order.planned is not None and given >= order.planned


def what_became(dose: Administration) -> str:
    """Who gave it, or why it was not given."""
    if dose.status not in GIVEN:
        return dose.not_given_reason
    return f"given by {dose.given_by_name}" if dose.given_by_name else "given by the patient"
