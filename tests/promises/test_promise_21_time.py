"""Times over clock changes, zones at the ends of the world, and a server clock that is set back."""

# ruff: noqa: E501 - tables of examples keep to a line

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
import time_machine
from django.urls import reverse

from injections.actions import signing
from injections.chart.reading import read_chart
from injections.checks import examine
from injections.entries import values
from injections.entries.values import Unreadable
from injections.forms.appointment import at_clinic
from injections.models import Administration
from tests.factories import (
    EncounterFactory,
    LocationFactory,
    OrderFactory,
    PatientFactory,
    PracticeFactory,
    StaffFactory,
    charted_draft,
    proof_of,
)

NEW_YORK = ZoneInfo("America/New_York")
FORWARD, BACK = date(2026, 3, 8), date(2026, 11, 1)
#: the ends of the world, halves and quarters of an hour, and the zones that clinics live in
ZONES = ["Pacific/Honolulu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe",
         "America/St_Johns", "America/New_York", "America/Chicago", "America/Phoenix", "America/Anchorage", "UTC"]  # fmt: skip


def moment(text, day):
    return values.read_moment(text, day, NEW_YORK)


def test_promise_21_the_hour_that_comes_twice_is_charted_by_saying_which(record_property):
    first, second = moment("1:30 first", BACK), moment("1:30 second", BACK)
    assert second - first == timedelta(hours=1)
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    with pytest.raises(Unreadable, match="first"):
        moment("1:30", BACK)
    record_property("figure", "1:30 twice on 11/1: charted as first or second")


@pytest.mark.parametrize("text", ["2:30", "2:00", "2:59", "2:30 first", "2:30 second"])
def test_promise_21_the_hour_that_never_was_is_refused(text):
    with pytest.raises(Unreadable, match="put forward"):
        moment(text, FORWARD)


@pytest.mark.parametrize("text", ["9:05 first", "9:05 second"])
def test_promise_21_an_ordinary_hour_comes_once(text):
    assert moment(text, BACK) == moment("9:05", BACK)


def changes(zone, year):
    """Every moment of the year at which the clocks of that zone change, to the hour."""
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while at < end:
        if at.astimezone(zone).utcoffset() != (at + timedelta(hours=1)).astimezone(zone).utcoffset():
            yield at
        at += timedelta(hours=1)


def test_promise_21_an_appointment_is_at_the_hour_that_was_said_in_every_zone(long, record_property):
    """Every half hour round every change of this year and next: exact, or refused."""
    checked = refused = 0
    for name in sorted(available_timezones()) if long else ZONES:
        zone = ZoneInfo(name)
        for year in (2026, 2027):
            for change in changes(zone, year):
                for half in range(-6, 8):
                    wall = (change + timedelta(minutes=30 * half)).astimezone(zone).replace(tzinfo=None)
                    found = at_clinic(wall.date(), wall.time(), zone)
                    checked += 1
                    refused += found is None
                    assert found is None or found.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
    assert refused
    record_property("figure", f"{checked:,} hours round the clock changes of two years: exact or refused ({refused:,})")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ZONES)
def test_promise_21_today_is_the_practices_own_day(client, name, record_property):
    """A minute before and after its midnight, and at noon, wherever the server is."""
    zone = ZoneInfo(name)
    practice = PracticeFactory(time_zone=name)
    location = LocationFactory(practice=practice)
    nurse = StaffFactory(practice=practice, location=location)
    for wall in (time(0, 1), time(12), time(23, 59)):
        at = datetime.combine(date(2026, 11, 20), wall, tzinfo=zone)
        with time_machine.travel(at, tick=False):
            client.force_login(nurse)
            form = client.get(reverse("injections:weight_new", args=[PatientFactory(practice=practice).pk])).context[
                "form"
            ]
            assert form["weight_on"].value() == date(2026, 11, 20)
    record_property("figure", f"{len(ZONES)} zones at 00:01, 12:00 and 23:59")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Chicago"])
def test_promise_21_a_lot_expires_at_the_end_of_the_practices_day(name):
    zone = ZoneInfo(name)
    practice = PracticeFactory(time_zone=name)
    location = LocationFactory(practice=practice)
    order = OrderFactory(patient=PatientFactory(practice=practice))
    for day, late in ((date(2026, 11, 20), False), (date(2026, 11, 21), True)):
        for wall in (time(0, 1), time(23, 58)):
            at = datetime.combine(day, wall, tzinfo=zone)
            with time_machine.travel(at, tick=False):
                visit = EncounterFactory(patient=order.patient, location=location, date=day)
                draft = charted_draft(encounter=visit, order=order, expires="2026-11-20", given_at=f"{wall:%H:%M}")
                found = {finding.rule for finding in examine(read_chart(visit, draft))}
            assert ("vial.lot_expired" in found) is late, (name, at)


@pytest.mark.django_db
def test_promise_21_a_clock_set_back_changes_no_order_and_makes_no_negative_wait(client, record_property):
    """Signed, clock back by an hour, signed again: the rows stand in the order in which they were signed."""
    first, second = OrderFactory(), None
    visit = EncounterFactory(patient=first.patient, date=date(2026, 10, 6))
    before = datetime(2026, 10, 6, 15, 0, tzinfo=UTC)
    with time_machine.travel(before, tick=False):
        draft = charted_draft(encounter=visit, order=first)
        one = signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author))
    with time_machine.travel(before - timedelta(hours=1), tick=False):
        second = OrderFactory(patient=first.patient, product=first.product, ordered_by=first.ordered_by)
        draft = charted_draft(encounter=visit, order=second, site="deltoid:right")
        two = signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author))
        person = StaffFactory(practice=visit.practice, location=visit.location)
        client.force_login(person)
        page = client.get(reverse("injections:note", args=[visit.pk])).content.decode()
    assert two.pk > one.pk
    assert list(Administration.objects.filter(encounter=visit).order_by("pk")) == [one, two]
    assert one.signatures.get().pk < two.signatures.get().pk
    assert "-60" not in page
    assert " -1 " not in page
    record_property("figure", "clock back 1 h between two signatures: order kept, no negative age")
