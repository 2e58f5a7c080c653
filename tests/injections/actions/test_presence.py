"""Where a practitioner is: one suite at a time, and a forgotten check-in ends with its day."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from injections.actions import presence
from injections.actions.errors import Refused
from injections.reading import staffing
from tests.factories import NOW, LocationFactory, PhysicianFactory, StaffFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def here():
    return LocationFactory()


@pytest.fixture
def there(here):
    return LocationFactory(practice=here.practice, name="Riverside Clinic")


@pytest.fixture
def physician(here):
    return PhysicianFactory(practice=here.practice)


@pytest.fixture
def nurse(here):
    return StaffFactory(practice=here.practice)


@pytest.fixture
def comes(physician, nurse):
    def come(location, now=NOW, **how):
        return presence.check_in(location=location, clinician=physician, by=nurse, now=now, **how)

    return come


@pytest.fixture
def was(physician, nurse):
    def say(location, since, until=None, mode="in-suite", now=NOW + 12 * HOUR):
        return presence.say_later(
            location=location, clinician=physician, mode=mode, since=since, until=until, by=nurse, now=now
        )

    return say


def midnight(location, day):
    local = day.astimezone(ZoneInfo(location.practice.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def covered(location, moment):
    return presence.covering(location, moment).exists()


def test_a_check_in_that_nobody_ended_covers_its_own_day_to_the_end(here, comes):
    comes(here)
    over = midnight(here, NOW + DAY)
    assert covered(here, over - timedelta(minutes=1))
    assert not covered(here, over)
    assert not covered(here, NOW + DAY)


def test_an_end_that_somebody_said_covers_a_night(here, comes, nurse):
    night = comes(here)
    presence.check_out(presence=night, by=nurse, now=NOW + DAY)
    assert covered(here, NOW + 23 * HOUR)


def test_the_list_of_a_day_leaves_out_whoever_was_forgotten_the_day_before(here, comes):
    came = comes(here)
    day = NOW.astimezone(here.practice.zone).date()
    assert list(staffing.present_on(here, day)) == [came]
    assert not staffing.present_on(here, day + DAY).exists()


def test_whoever_comes_back_the_next_day_begins_anew_and_the_forgotten_stretch_ends_with_its_day(here, comes):
    forgotten, again = comes(here), comes(here, now=NOW + DAY)
    forgotten.refresh_from_db()
    assert forgotten.until == midnight(here, NOW + DAY)
    assert (again.since, again.until) == (NOW + DAY, None)


def test_a_forgotten_stretch_does_not_stand_in_the_way_of_what_is_said_later(here, comes, was):
    comes(here)
    assert was(here, NOW + DAY, now=NOW + DAY + HOUR).until is None


def test_nobody_is_in_two_suites(here, there, comes):
    first, second = comes(here), comes(there, now=NOW + HOUR)
    first.refresh_from_db()
    assert (first.until, second.until) == (NOW + HOUR, None)
    assert not covered(here, NOW + 2 * HOUR)


def test_on_video_somebody_covers_a_second_place_beside_their_own(here, there, comes):
    comes(here)
    comes(there, now=NOW + HOUR, mode="audio-video")
    assert covered(here, NOW + 2 * HOUR)
    assert covered(there, NOW + 2 * HOUR)


def test_the_minutes_of_one_suite_are_not_said_again_for_another(here, there, was):
    was(here, NOW, NOW + 2 * HOUR)
    with pytest.raises(Refused, match="was in the suite of"):
        was(there, NOW + HOUR, NOW + 3 * HOUR)
    assert was(there, NOW + 2 * HOUR, NOW + 3 * HOUR).location == there
    assert was(there, NOW, NOW + HOUR, mode="audio-video").mode == "audio-video"
