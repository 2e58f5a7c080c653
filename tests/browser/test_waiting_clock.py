"""The end of a wait is the server's: tablets whose clocks differ show the same minutes, and both hear of the end."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from billing.demo import nursing
from injections.chart.supervision import beginning

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS_EVERY = 10_000
#: the first dose of omalizumab is watched for two hours
WAIT, LEFT = 120, 2


@pytest.fixture
def watched(clinic, monkeypatch):
    """Erin Walsh has two minutes left."""
    monkeypatch.setattr(nursing, "ALREADY", WAIT - LEFT)
    for presence in clinic.locations[0].presences.all():
        presence.since = beginning(presence.location, timezone.now())
        presence.save()
    nursing.watch(clinic, timezone.now().astimezone(nursing.ZONE).date())
    if not clinic.patients["Walsh"].encounters.exists():
        pytest.skip("just after midnight nobody has been watched for two hours")
    return clinic


def line(person):
    return person.page.locator("[data-line]").filter(has_text="WALSH, Erin")


def test_tablets_whose_clocks_differ_show_the_same_minutes(watched, person, another_person):
    fast, right = person, another_person()
    fast.page.clock.install(time=timezone.now() + timedelta(hours=3))
    for tablet in (fast, right):
        tablet.signs_in_as("ito")
        tablet.opens("/today/?tab=watching")
        line(tablet).get_by_text(re.compile(rf"[1-{LEFT}] min left")).wait_for()
    fast.page.locator("h1").click()  # a browser sounds only where it was touched
    fast.page.evaluate("""() => {
        window.tones = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
    }""")
    with time_machine.travel(timezone.now() + timedelta(minutes=LEFT + 1), tick=True):
        fast.page.clock.run_for(LOOKS_EVERY)
        line(fast).get_by_text("Check now").wait_for()
        assert fast.page.evaluate("window.tones") > 0
        right.opens("/today/?tab=watching")
        line(right).get_by_text("Check now").wait_for()
        line(right).click()
        right.sees("The wait is over")
        right.page.get_by_role("button", name="No reaction").click()
        fast.page.clock.run_for(LOOKS_EVERY)
        fast.page.locator("[data-count=watching]").get_by_text("0", exact=True).wait_for()
