"""The tests hold at any hour: they ask for the clinic's day, and a run can be moved to another moment."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from config.local.places import ROOT
from tests import clock

#: the day of UTC, or of the machine. Written so that this file does not find itself
NO_CLINIC_S_DAY = re.compile(r"timezone\.loc" + r"aldate\(\)|\bdate\.tod" + r"ay\(\)")


def test_the_day_is_the_clinic_s():
    with time_machine.travel(datetime(2026, 11, 22, 1, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 21)


def test_a_run_begins_at_the_moment_that_was_asked_for():
    with clock.moved({clock.NAME: "2026-03-08T07:30Z"}):
        assert datetime.now(UTC).replace(second=0, microsecond=0) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


def test_a_run_stays_in_the_present_unless_asked():
    assert clock.moved({}) is None


@pytest.mark.parametrize("moment", ["2026-03-08T07:30", "2026-03-08T07:30-06:00", "noon"])
def test_only_a_moment_in_utc_is_taken(moment):
    with pytest.raises(ValueError, match=r"2026-03-08T07:30|noon"):
        clock.moved({clock.NAME: moment})


def test_no_test_asks_for_another_day():
    texts = {path: path.read_text() for path in (ROOT / "tests").rglob("*.py")}
    assert not [str(path) for path, text in texts.items() if NO_CLINIC_S_DAY.search(text)]
