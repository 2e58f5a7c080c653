"""Pausing an order from its page: what it says, where it shows, and what is refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from injections.actions import pauses
from injections.models import OrderPause
from injections.reading import downtime as pack
from injections.templatetags.words import full_day
from tests import clock
from tests.factories import (
    AppointmentFactory,
    EncounterFactory,
    PhysicianFactory,
    SeriesFactory,
    StaffFactory,
    charted_draft,
)

pytestmark = pytest.mark.django_db

WHY = "platelet count first"


@pytest.fixture
def order():
    return SeriesFactory(starts_on=clock.today())


@pytest.fixture
def nurse(order):
    return StaffFactory(practice=order.practice)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page(order, kind=""):
    return reverse(f"injections:order{kind}", args=[order.pk])


def pause(client, order, until, reason=WHY):
    return client.post(page(order, "_pause"), {"until": until.isoformat(), "reason": reason})


def test_from_the_page_and_back(order, nurse):
    client, until = signed_in(nurse), clock.today() + timedelta(days=14)
    assert "Nothing is given before" in client.get(page(order, "_pause")).content.decode()
    assert pause(client, order, until).url == page(order)
    shown = client.get(page(order)).content.decode()
    assert f"until {full_day(until)}: {WHY}" in shown
    assert "Let it go on today" in shown
    assert client.post(page(order, "_go_on")).url == page(order)
    assert "Let it go on today" not in client.get(page(order)).content.decode()


def test_the_physician_s_pause_is_theirs_and_one_tap_asks(order, nurse):
    pauses.pause(order=order, until=clock.today() + timedelta(days=3), reason=WHY, by=order.ordered_by)
    client = signed_in(nurse)
    shown = client.get(page(order)).content.decode()
    assert "Let it go on today" not in shown
    assert f"Ask {order.ordered_by.short_name}" in shown
    client.post(page(order, "_go_on"))
    assert OrderPause.objects.count() == 1
    client.post(page(order, "_ask"))
    theirs = signed_in(order.ordered_by).get(reverse("injections:cosign")).content.decode()
    assert "Asked of you now" in theirs
    assert "Paused" in theirs


def test_the_list_the_chart_and_the_sheet_say_it(order, nurse):
    booked = AppointmentFactory(order=order, starts_at=timezone.now())
    until = clock.today() + timedelta(days=14)
    pauses.pause(order=order, until=until, reason=WHY, by=order.ordered_by)
    client = signed_in(nurse)
    assert "Paused until" in client.get(reverse("injections:today")).content.decode()
    visit = EncounterFactory(patient=order.patient, date=clock.today())
    draft = charted_draft(order=order, encounter=visit, nurse=nurse)
    chart = client.get(reverse("injections:chart", args=[draft.encounter_id])).content.decode()
    assert f"This order is paused until {full_day(until)}: {WHY}" in chart
    with timezone.override(booked.practice.zone):
        (line,) = pack.told(booked.location, clock.today(), timezone.now())["due"]
    assert line["hold"] == f"Paused until {full_day(until)}: {WHY}. Ask before you give it"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"until": "", "reason": WHY}, "Choose the day on which it may go on"),
        ({"until": "2026-02-31", "reason": WHY}, "Enter a real date"),
        ({"until": "2020-01-01", "reason": WHY}, "Choose tomorrow or later"),
        ({"until": "2099-01-01", "reason": " "}, "Say what it waits for"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_changes_nothing(order, nurse, typed, problem):
    answer = signed_in(nurse).post(page(order, "_pause"), typed)
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert typed["reason"].strip() in answer.content.decode()
    assert not OrderPause.objects.exists()


def test_another_practice_finds_nothing(order):
    stranger = signed_in(PhysicianFactory())
    assert stranger.get(page(order, "_pause")).status_code == 404
    assert stranger.post(page(order, "_go_on")).status_code == 404
