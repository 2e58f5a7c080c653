"""An order that waits until a day: nothing is due before it, and who may let it go on."""

from datetime import timedelta

import pytest

from injections.actions import order_requests, orders, pauses
from injections.actions.errors import NotAllowed, Refused
from injections.chart.due import due_on, next_dose
from injections.models import OrderPause
from tests import clock
from tests.factories import PhysicianFactory, SeriesFactory, StaffFactory

pytestmark = pytest.mark.django_db

WHY = "platelet count first"


def day(after):
    return clock.today() + timedelta(days=after)


@pytest.fixture
def series():
    return SeriesFactory(starts_on=day(-10))


@pytest.fixture
def nurse(series):
    return StaffFactory(practice=series.practice)


def wait(order, by, after=14, why=WHY):
    return pauses.pause(order=order, until=day(after), reason=why, by=by)


def test_nothing_is_due_before_the_day(series, nurse):
    assert [due.order for due in due_on(series.practice, day(0))] == [series]
    wait(series, nurse)
    assert due_on(series.practice, day(13)) == []
    (due,) = due_on(series.practice, day(14))
    assert (due.on, due.earliest, due.latest) == (day(14), day(14), day(21))


def test_a_wait_that_ends_before_the_next_dose_moves_nothing(nurse):
    series = SeriesFactory(practice=nurse.practice, patient__practice=nurse.practice, starts_on=day(20))
    before = next_dose(series)
    wait(series, nurse)
    assert before == next_dose(series)
    assert (before.on, before.earliest) == (day(20), day(20))


def test_said_twice_is_said_once_and_said_anew_counts(series, nurse):
    assert wait(series, nurse) == wait(series, nurse)
    longer = wait(series, nurse, after=30, why="still no count")
    series.refresh_from_db()
    assert (series.pause, OrderPause.objects.count()) == (longer, 2)


def test_a_nurse_ends_her_own_wait_and_not_the_physician_s(series, nurse):
    wait(series, nurse)
    assert pauses.go_on(order=series, by=nurse).lets_go_on
    assert pauses.go_on(order=series, by=nurse) is None, "it goes on already"
    wait(series, series.ordered_by)
    with pytest.raises(NotAllowed, match="decides whether it goes on"):
        pauses.go_on(order=series, by=nurse)
    colleague = PhysicianFactory(practice=series.practice)
    assert pauses.go_on(order=series, by=colleague).said_by == colleague
    assert [due.order for due in due_on(series.practice, day(0))] == [series]


def test_going_on_answers_who_asked_and_leaves_the_first_day_due(series, nurse):
    due = next_dose(series).on
    wait(series, series.ordered_by)
    asked = order_requests.ask(order=series, by=nurse)
    pauses.go_on(order=series, by=series.ordered_by)
    asked.refresh_from_db()
    series.refresh_from_db()
    assert (asked.answer, asked.answered_by, next_dose(series).on) == ("May go on", series.ordered_by, due)


@pytest.mark.parametrize("after", [0, -1])
def test_it_waits_for_a_day_to_come(series, nurse, after):
    with pytest.raises(Refused, match="day to come") as refused:
        wait(series, nurse, after)
    assert set(refused.value.errors) == {"until"}


def test_what_is_stopped_waits_for_nothing(series, nurse):
    orders.stop(order=series, by=series.ordered_by)
    with pytest.raises(Refused, match="Nothing more"):
        wait(series, nurse)


def test_a_stranger_says_nothing(series):
    with pytest.raises(NotAllowed):
        wait(series, StaffFactory())
