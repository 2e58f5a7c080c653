"""Today: who is on the list, under which tab, and what stands in the way."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.actions import encounters
from tests import clock
from tests.factories import (
    AppointmentFactory,
    EncounterFactory,
    LocationFactory,
    OrderFactory,
    PatientFactory,
    charted_draft,
    signed_dose,
)

pytestmark = pytest.mark.django_db
TODAY = reverse("injections:today")


def book(clinic, **order):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, **order)
    return AppointmentFactory(order=order, location=clinic.location, starts_at=timezone.now(), room="Room 2")


@pytest.fixture
def booked(clinic):
    return book(clinic)


@pytest.fixture
def visit(booked, clinic):
    return encounters.open_for(appointment=booked, by=clinic.nurse)


def shown(browser, query=""):
    answer = browser.get(TODAY + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_booked_dose_is_ready_to_give(booked, nurse):
    page = shown(nurse)
    assert "RIVERA, Maria" in page
    assert "Ready" in page
    assert "1,000\xa0mcg" in page
    assert "Room 2" in page


def test_an_unsigned_order_says_for_whom_it_waits(clinic, nurse):
    book(clinic, signed_by=None, signed_at=None)
    page = shown(nurse)
    assert "Order unsigned" in page
    assert "Ask Dr Adams" in page


@pytest.mark.parametrize(("column", "word"), [("expires_on", "Order expired"), ("stopped_on", "Order stopped")])
def test_an_order_that_has_ended_says_so(nurse, clinic, column, word):
    yesterday = clock.today() - timedelta(days=1)
    changes = {column: yesterday} | ({"stopped_by": clinic.physician} if column == "stopped_on" else {})
    booked = book(clinic, starts_on=yesterday, **changes)
    assert word in shown(nurse)
    nurse.post(reverse("injections:open", args=[booked.pk]))
    chart = nurse.get(reverse("injections:chart", args=[booked.encounter.pk])).content.decode()
    assert {"Order expired": "This order ended ", "Order stopped": "This order was stopped"}[word] in chart
    assert "Ask Dr Adams</button>" in chart


def test_a_series_of_which_every_dose_was_given_is_not_ready(nurse, clinic):
    series = {"kind": "series", "every_days": 7, "doses_planned": 1, "starts_on": clock.today() - timedelta(days=9)}
    booked = book(clinic, **series, ordered_on=series["starts_on"])
    assert "weekly, dose 1 of 1" in shown(nurse)
    then = timezone.now() - timedelta(days=7)
    day = then.astimezone(clock.ZONE).date()
    before = EncounterFactory(patient=clinic.patient, location=clinic.location, date=day, opened_by=clinic.nurse)
    signed_dose(order=booked.order, encounter=before, nurse=clinic.nurse, now=then)
    page = shown(nurse)
    assert "weekly, all 1 doses given" not in page
    assert "weekly, every dose given" in page
    assert "All doses given" in page
    assert "Ask Dr Adams" in page
    nurse.post(reverse("injections:open", args=[booked.pk]))
    chart = nurse.get(reverse("injections:chart", args=[booked.encounter.pk])).content.decode()
    assert chart.count("Every dose of the order has been given") == 1
    assert "All doses of this order were given" not in chart


def test_a_dose_that_is_corrected_is_counted_once(nurse, clinic):
    booked = book(clinic, kind="series", every_days=7, starts_on=clock.today(), ordered_on=clock.today())
    visit = encounters.open_for(appointment=booked, by=clinic.nurse)
    dose = signed_dose(order=booked.order, encounter=visit, nurse=clinic.nurse, now=timezone.now())
    nurse.post(reverse("injections:correct", args=[dose.pk]))
    assert "weekly, dose 1" in shown(nurse)


def test_names_that_look_alike_are_flagged(booked, nurse, clinic):
    other = PatientFactory(practice=clinic.practice, family_name="Rivero", given_name="Mario")
    AppointmentFactory(order=OrderFactory(patient=other), location=clinic.location, starts_at=timezone.now())
    assert shown(nurse).count("Similar name") == 2


def test_names_that_differ_are_not_flagged(booked, nurse, clinic):
    other = PatientFactory(practice=clinic.practice, family_name="Okafor", given_name="Ben")
    AppointmentFactory(order=OrderFactory(patient=other), location=clinic.location, starts_at=timezone.now())
    assert "Similar name" not in shown(nurse)


def test_a_colleague_s_draft_says_who_is_charting(booked, visit, nurse, clinic, as_):
    charted_draft(encounter=visit, order=booked.order, nurse=clinic.nurse)
    assert "You are charting" in shown(nurse)
    assert f"{clinic.nurse.short_name} charting" in shown(as_(clinic.medical_assistant))


def test_a_signed_dose_moves_to_done(booked, visit, nurse, clinic):
    signed_dose(now=timezone.now(), encounter=visit, order=booked.order, nurse=clinic.nurse)
    assert "RIVERA" not in shown(nurse)
    assert "RIVERA" in shown(nurse, "?tab=done")


def test_a_dose_that_was_not_given_has_its_own_tab_with_the_reason(booked, visit, nurse, clinic):
    reason = {"status": "not-given", "not_given_reason": "Ill today"}
    signed_dose(now=timezone.now(), entries=reason, encounter=visit, order=booked.order, nurse=clinic.nurse)
    assert "Ill today" in shown(nurse, "?tab=not-given")


def test_what_i_have_not_signed_waits_under_to_sign(booked, visit, nurse, clinic):
    charted_draft(encounter=visit, order=booked.order, nurse=clinic.nurse)
    assert "Needs signature" in shown(nurse, "?tab=to-sign")


def test_the_front_desk_sees_the_list_but_opens_no_chart(booked, clinic, as_):
    page = shown(as_(clinic.front_desk))
    assert reverse("injections:walk_in") in page, "and takes in whoever walks in"
    assert "RIVERA, Maria" in page
    assert reverse("injections:open", args=[booked.pk]) not in page
    assert "To sign" not in page


def test_a_search_keeps_the_words_out_of_the_address(booked, nurse, clinic):
    answer = nurse.post(TODAY, {"q": "river"})
    assert answer.url == TODAY
    assert "RIVERA" in shown(nurse)
    nurse.post(TODAY, {"q": "okafor"})
    assert "Nobody on this list matches" in shown(nurse)
    assert "RIVERA" not in shown(nurse)


@pytest.mark.parametrize("words", ["Rivera", "maria rivera", "0017", "3/14/1961", "1961-03-14"])
def test_a_patient_is_found_by_name_number_and_birth_date(booked, nurse, words):
    nurse.post(TODAY, {"q": words})
    assert "RIVERA" in shown(nurse)


def test_an_empty_day_points_to_tomorrow(nurse, clinic):
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(12), clock.ZONE)
    AppointmentFactory(order=OrderFactory(patient=clinic.patient), location=clinic.location, starts_at=tomorrow)
    assert "ee tomorrow (1)" in shown(nurse)


def test_a_question_is_one_tap_away(nurse, clinic, visit):
    from injections.actions import questions

    questions.ask(encounter=visit, text="Was it the left arm?", by=clinic.biller)
    assert "Was it the left arm?" in shown(nurse, "?tab=to-sign")


def test_another_location_is_chosen_until_signing_out(nurse, clinic, booked):
    other = LocationFactory(practice=clinic.practice, name="Lakeview")
    nurse.post(reverse("injections:work_at", args=[other.pk]))
    assert "RIVERA" not in shown(nurse)


def test_a_location_of_another_practice_does_not_exist(nurse):
    assert nurse.post(reverse("injections:work_at", args=[LocationFactory().pk])).status_code == 404


@pytest.mark.parametrize(
    "query", ["?day=nonsense", "?day=9999-12-31", "?day=0001-01-01", "?tab=x", "?day=%F0%9F%92%89"]
)
def test_an_address_that_makes_no_sense_shows_today(nurse, query):
    assert "Deltoid" in shown(nurse, query)


def test_pages_are_not_kept_by_the_browser(nurse):
    assert "no-store" in nurse.get(TODAY)["Cache-Control"]
