"""The last day to file: in days, as a calendar year, and unknown."""

from datetime import date

import pytest

from billing.deadline import last_day


@pytest.mark.parametrize(
    ("start", "limit", "last"),
    [
        (date(2026, 10, 6), 90, date(2027, 1, 4)),
        (date(2025, 10, 6), "1 year", date(2026, 10, 6)),
        (date(2024, 1, 10), "1 year", date(2025, 1, 10)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2023, 3, 1), "1 year", date(2024, 3, 1)),
    ],
)
def test_the_last_day_is_counted_as_the_payer_says(start, limit, last):
    assert last_day(start, limit) == last


@pytest.mark.parametrize("limit", [None, True, False, "soon", ("90",)])
def test_what_is_no_limit_gives_no_day(limit):
    assert last_day(date(2026, 10, 6), limit) is None
