"""How a day and a moment read."""

from datetime import date, datetime

from injections.days import written_day, written_moment


def test_a_day_has_its_month_in_letters_and_its_year():
    assert [written_day(date(2025, month, 31 if month == 1 else 1)) for month in (1, 5, 9, 12)] == [
        "31 Jan 2025",
        "1 May 2025",
        "1 Sep 2025",
        "1 Dec 2025",
    ]


def test_a_moment_is_on_its_own_clock():
    assert written_moment(datetime(2026, 10, 6, 9, 5)) == "6 Oct 2026, 9:05"
    assert written_day(datetime(2026, 10, 6, 23, 59)) == "6 Oct 2026"
