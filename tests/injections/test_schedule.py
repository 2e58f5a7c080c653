"""When the doses of an order come, and how a page says it."""

from datetime import date

import pytest

from injections.facts import LoadingDose, Schedule
from injections.quantity import Quantity


def loads(*days, doses=None, **more):
    amounts = [Quantity.parse(dose) for dose in doses] if doses else [None] * len(days)
    return Schedule(loading=tuple(LoadingDose(d - 1, a, 2, 3) for d, a in zip(days, amounts, strict=True)), **more)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(planned=1), "once"),
        (Schedule(every_days=28), "every 4 weeks"),
        (Schedule(every_days=10), "every 10 days"),
        (Schedule(every_days=61), "every 2 months"),
        (loads(1, 15, 29, every_days=28), "loading doses at weeks 0, 2 and 4, then every 4 weeks"),
        (loads(1, 8, every_days=30), "loading doses on days 1 and 8, then monthly"),
        (loads(1, doses=["240 mg"], every_days=28), "loading dose of 240 mg on day 1, then every 4 weeks"),
        (
            loads(1, 8, doses=["234 mg", "156 mg"], every_days=30),
            "loading doses of 234 mg on day 1 and 156 mg on day 8, then monthly",
        ),
        (loads(1, 4, 8, 15, every_days=7, planned=4), "doses on days 1, 4, 8 and 15"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_how_often_in_words(schedule, words):
    assert schedule.words.replace("\xa0", " ") == words


def test_a_loading_dose_keeps_its_day_and_its_distance():
    schedule = loads(1, 15, 29, every_days=28, early_days=5, late_days=6)
    first = date(2026, 10, 1)
    assert schedule.due(2, first, first) == date(2026, 10, 15)
    assert schedule.due(3, first, date(2026, 10, 13)) == date(2026, 10, 29), "one early moves nothing"
    assert schedule.due(3, first, date(2026, 10, 20)) == date(2026, 11, 3), "one late moves the next"
    assert schedule.due(4, first, date(2026, 10, 29)) == date(2026, 11, 26)
    assert [schedule.window(n) for n in (1, 2, 4)] == [(0, 3), (2, 3), (5, 6)]


@pytest.mark.parametrize(("planned", "days"), [(None, 14 + 28), (4, 14 + 28), (3, None)])
def test_how_far_off_a_later_dose_is(planned, days):
    assert loads(1, 15, 29, every_days=28, planned=planned).days_until(2, 2) == days


def test_what_is_left_begins_anew():
    assert [step.after_days for step in loads(1, 15, 29, every_days=28).left_after(1)] == [0, 14]
    assert loads(1, 15, every_days=28).left_after(2) == ()
