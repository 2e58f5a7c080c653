"""The demo's past: where nobody supervised, the chart says so, whatever the weekday the demo is started on."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from billing.demo.clock import moment, working_days
from billing.demo.past import _alone, _presences
from injections.models import Presence
from tests import clock
from tests.factories import LocationFactory, PhysicianFactory, PracticeFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_who_gives_a_dose_on_the_afternoon_without_a_physician_says_so():
    practice = PracticeFactory()
    places = [LocationFactory(practice=practice, name=name) for name in ("First", "Second")]
    people = {"ito": StaffFactory(practice=practice)}
    people |= {name: PhysicianFactory(practice=practice) for name in ("adams", "okafor")}
    today = clock.today()
    _presences(SimpleNamespace(locations=places, staff=people), today)
    assert Presence.objects.exists()
    thursday = next(
        day for day in working_days(today - timedelta(days=9), today - timedelta(days=1)) if day.weekday() == 3
    )

    def alone(place, at):
        return _alone(SimpleNamespace(location=places[place], given_at=moment(thursday, at)))

    assert [alone(1, "11:25"), alone(1, "13:15"), alone(0, "13:15")] == [False, True, False]
