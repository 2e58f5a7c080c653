"""Which table answers on a day, and what it proves."""

from __future__ import annotations

from datetime import date

import pytest

from billing.reference.published import PublishedFile
from billing.reference.standing import EXCERPT, NOTHING_LOADED, Standing, standing
from billing.reference.tables import Period

SUMMER, AUTUMN = date(2026, 8, 4), date(2026, 10, 6)
SHIPPED = Period("asp", date(2026, 7, 1), date(2026, 9, 30), "starter")
OLD = Period("asp", date(2024, 7, 1), date(2024, 9, 30), "starter of old")


def file(table: str = "asp", *, whole: bool = True, part: int | None = None, quarter: int = 3) -> PublishedFile:
    since = date(2026, quarter * 3 - 2, 1)
    until = {2: date(2026, 6, 30), 3: date(2026, 9, 30)}[quarter]
    return PublishedFile(table, f"{table} q{quarter} {part or ''}".strip(), "e1", since, until, whole, part)


def stands(*files: PublishedFile, periods: tuple[Period, ...] = (), day: date = SUMMER, table: str = "asp") -> Standing:
    return standing(table, files, periods, day)


def test_nothing_is_loaded() -> None:
    assert stands() == Standing(unspoken=NOTHING_LOADED)
    assert stands(file("mue"), periods=(Period("mue", SUMMER, SUMMER),)).unspoken == NOTHING_LOADED


def test_a_whole_file_answers_alone_on_its_days() -> None:
    found = stands(file(), periods=(SHIPPED,))
    assert (found.imported, found.complete, found.unspoken, found.edition) == (True, True, None, "e1")
    assert found.period == Period("asp", date(2026, 7, 1), date(2026, 9, 30), "asp q3")


@pytest.mark.parametrize(("periods", "unspoken"), [((), EXCERPT), ((OLD,), EXCERPT), ((SHIPPED,), None)])
def test_beside_an_excerpt_the_starter_is_asked(periods: tuple[Period, ...], unspoken: str | None) -> None:
    found = stands(file(whole=False), periods=periods)
    assert (found.imported, found.complete, found.unspoken) == (True, False, unspoken)


def test_what_ships_answers_where_no_file_speaks() -> None:
    found = stands(file(quarter=2), periods=(SHIPPED,))
    assert (found.imported, found.period, found.unspoken) == (False, SHIPPED, None)


def test_on_a_day_of_nobody_the_newest_that_has_begun_answers_and_says_its_end() -> None:
    found = stands(file(), periods=(OLD,), day=AUTUMN)
    assert (found.imported, found.unspoken) == (True, "newest table ends 30 Sep 2026")
    found = stands(file(quarter=2), periods=(SHIPPED,), day=AUTUMN)
    assert (found.imported, found.unspoken) == (False, "newest table ends 30 Sep 2026")


def test_a_file_of_the_future_says_nothing_yet() -> None:
    assert stands(file(), day=date(2026, 6, 30)).unspoken == NOTHING_LOADED
    assert not stands(file(), periods=(OLD,), day=date(2026, 6, 30)).imported


def test_a_file_without_an_end_lasts() -> None:
    lasting = PublishedFile("place-of-service", "places", "e1", date(2026, 1, 1))
    assert stands(lasting, day=AUTUMN, table="place-of-service").unspoken is None


@pytest.mark.parametrize("parts", range(1, 5))
def test_a_quarter_of_pairs_has_four_parts(parts: int) -> None:
    found = stands(*(file("ncci-pairs", whole=False, part=n + 1) for n in range(parts)), table="ncci-pairs")
    said = None if parts == 4 else f"{parts} of 4 parts of the table are loaded for this date"
    assert (found.unspoken, found.complete) == (said, parts == 4)


def test_parts_of_two_quarters_make_no_quarter() -> None:
    files = [file("ncci-pairs", whole=False, part=n, quarter=2 if n < 3 else 3) for n in range(1, 5)]
    assert stands(*files, table="ncci-pairs").unspoken == "2 of 4 parts of the table are loaded for this date"


def test_a_piecemeal_table_speaks_and_never_for_what_it_leaves_out() -> None:
    found = stands(file("add-on-codes", whole=False), table="add-on-codes")
    assert (found.unspoken, found.complete) == (None, False)
