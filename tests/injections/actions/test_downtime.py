"""The sheets for an outage: there before they are needed, safe to give by, and outside the database too."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from injections.actions import downtime
from injections.models import Allergy, DowntimePack, SparedSide
from injections.models.patient import AllergyStatus
from injections.reading import downtime as reading
from tests import standing
from tests.factories import (
    AppointmentFactory,
    EncounterFactory,
    LocationFactory,
    LotFactory,
    OrderFactory,
    PatientFactory,
    PracticeFactory,
    StaffFactory,
    charted_draft,
    signed_dose,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 7)
CLINIC = ZoneInfo("America/Chicago")


def at(hour, minute=0, *, on=DAY):
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=CLINIC)


@pytest.fixture
def location():
    return LocationFactory(name="Main Street")


def due(location, *, hour=9, signed=True, **patient):
    who = PatientFactory(practice=location.practice, **patient)
    kept = {} if signed else {"signed_by": None, "signed_at": None}
    order = OrderFactory(patient=who, **kept)
    return AppointmentFactory(order=order, location=location, starts_at=at(hour, 20))


def told(location, on=DAY):
    with timezone.override(CLINIC), standing.for_practice(location.practice_id):
        return reading.told(location, on, at(7))


def avoid_left_arm(patient):
    by = StaffFactory(practice=patient.practice)
    said = {"why": "mastectomy", "side": "left", "part": "arm", "since": DAY, "entered_by": by}
    SparedSide.objects.create(practice=patient.practice, patient=patient, **said)


def words_of(pack):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(pack.content))).pages)


def test_each_line_names_the_patient_the_allergies_and_the_order(location):
    booked = due(location, family_name="Fernhill", allergy_status=AllergyStatus.LISTED)
    with standing.for_practice(location.practice_id):
        by = StaffFactory(practice=location.practice)
        Allergy.objects.create(
            practice=location.practice, patient=booked.patient, substance="Latex", reaction="hives", recorded_by=by
        )
        avoid_left_arm(booked.patient)
    (line,) = told(location)["due"]
    assert line["avoid"] == "Avoid left arm: mastectomy"
    assert line["at"] == "9:20"
    assert line["name"] == "FERNHILL, Maria"
    assert line["born"].startswith("14 Mar 1961")
    assert line["allergies"] == "Latex (hives)"
    assert "fictamine 1,000\xa0mcg intramuscular, once" in line["order"]
    assert "ordered by" in line["order"]
    assert line["hold"] == ""


def test_not_asked_and_none_are_different_on_paper(location):
    due(location, hour=8, allergy_status=AllergyStatus.NOT_ASKED)
    due(location, hour=9, allergy_status=AllergyStatus.NONE)
    assert [line["allergies"] for line in told(location)["due"]] == ["Not recorded", "No known drug allergies"]


def test_two_names_that_a_busy_person_could_mix_up_say_so(location):
    due(location, hour=8, family_name="Lopez", given_name="Ana")
    due(location, hour=9, family_name="Lopes", given_name="Anna")
    due(location, hour=10, family_name="Haddad", given_name="Nour")
    assert [line["similar"] for line in told(location)["due"]] == ["yes", "yes", ""]


def test_an_order_that_nobody_signed_says_stop(location):
    due(location, signed=False)
    (line,) = told(location)["due"]
    assert line["hold"] == "Nobody has signed the order: ask before you give it"


def test_what_was_given_that_day_or_was_being_charted_is_on_the_sheet(location):
    given, begun = due(location, hour=8), due(location, hour=9)
    nurse = StaffFactory(practice=location.practice)
    at_visit = {"location": location, "opened_by": nurse, "date": DAY}
    visits = [EncounterFactory(patient=one.patient, **at_visit) for one in (given, begun)]
    dose = signed_dose(encounter=visits[0], order=given.order, nurse=nurse, now=at(9))
    charted_draft(encounter=visits[1], order=begun.order, nurse=nurse)
    first, second = (line["already"] for line in told(location)["due"])
    assert first == f"fictamine 1,000\xa0mcg was given at 9:00 by {dose.given_by_name}"
    assert second == f"{nurse.short_name} was charting a dose: ask whether it was given"


def test_the_last_places_come_newest_first(location):
    booked = due(location)
    nurse = StaffFactory(practice=location.practice)
    for on, site in ((6, "deltoid:left"), (7, "deltoid:right")):
        visit = EncounterFactory(
            patient=booked.patient, location=location, opened_by=nurse, date=date(2026, 10, on - 1)
        )
        signed_dose(encounter=visit, order=OrderFactory(patient=booked.patient), nurse=nurse, now=at(9, on=visit.date),
                    site=site)  # fmt: skip
    (line,) = told(location)["due"]
    assert line["sites"] == "right deltoid 6 Oct; left deltoid 5 Oct"


def test_only_that_place_and_that_day(location):
    due(location)
    due(LocationFactory(practice=location.practice, name="Elsewhere"))
    due(location, hour=1)  # an hour past midnight is still that day
    assert [line["at"] for line in told(location)["due"]] == ["1:20", "9:20"]
    assert told(location, DAY + timedelta(days=1))["due"] == []


def test_what_must_stay_on_the_shelf_says_so(location):
    LotFactory(location=location, number="OLD1", expires_on=date(2026, 9, 30), on_hand=2)
    LotFactory(location=location, number="NEW1", expires_on=date(2027, 9, 30), on_hand=5)
    LotFactory(location=location, number="NONE", expires_on=date(2027, 9, 30), on_hand=0)
    assert [(lot["lot"], lot["left"], lot["state"]) for lot in told(location)["lots"]] == [
        ("OLD1", "2", "Expired: do not give"),
        ("NEW1", "5", ""),
    ]


def test_the_pdf_says_it_all_and_remembers_whom_it_names(location):
    booked = due(location, family_name="Fernhill")
    with timezone.override(CLINIC), standing.for_practice(location.practice_id):
        avoid_left_arm(booked.patient)
        pack = downtime.make(location, DAY)
        again = downtime.make(location, DAY)
    assert again.pk == pack.pk
    assert pack.patients == [booked.patient_id]
    read = words_of(pack)
    assert "FERNHILL, Maria" in read
    assert "If Deltoid is down: Main Street" in read
    assert "Avoid left arm: mastectomy" in read
    assert "Supervised by" in read


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (at(4, 59), [DAY]),
        (at(5, 1), [DAY]),
        (at(17, 59), [DAY]),
        (at(18, 1), [DAY, DAY + timedelta(days=1)]),
    ],
)
def test_the_hours_are_the_clinics(location, now, days):
    with time_machine.travel(now.astimezone(UTC), tick=False):
        downtime.make_due()
        with standing.for_practice(location.practice_id):
            assert sorted(DowntimePack.objects.filter(location=location).values_list("day", flat=True)) == days
        assert downtime.make_due() == 0


def test_the_morning_brings_what_was_booked_overnight(location):
    with time_machine.travel(at(18, 1, on=DAY - timedelta(days=1)).astimezone(UTC), tick=False):
        downtime.make_due()
    due(location, family_name="Fernhill")
    with time_machine.travel(at(5, 1).astimezone(UTC), tick=False):
        assert downtime.make_due() >= 1
    with standing.for_practice(location.practice_id):
        assert "FERNHILL" in words_of(DowntimePack.objects.get(location=location, day=DAY))


def test_past_weeks_are_dropped(location):
    with time_machine.travel(at(6).astimezone(UTC), tick=False):
        downtime.make_due()
    with time_machine.travel(at(6, on=DAY + timedelta(days=8)).astimezone(UTC), tick=False):
        downtime.make_due()
    with standing.for_practice(location.practice_id):
        assert not DowntimePack.objects.filter(location=location, day=DAY).exists()


def test_a_copy_lies_outside_the_database_for_its_owner_alone(location, settings, tmp_path):
    settings.DOWNTIME_FOLDER = str(tmp_path / "sheets")
    due(location, family_name="Fernhill")
    with time_machine.travel(at(6).astimezone(UTC), tick=False):
        downtime.make_due()
    (file,) = (tmp_path / "sheets").glob(f"main-street-{location.pk}-*.pdf")
    assert file.name.endswith("2026-10-07.pdf")
    assert file.stat().st_mode & 0o777 == 0o600
    assert "FERNHILL" in words_of(type("Pack", (), {"content": file.read_bytes()}))


def test_every_practice_gets_its_own(location):
    other = LocationFactory(practice=PracticeFactory(time_zone="America/New_York"), name="Harbour")
    with time_machine.travel(at(12).astimezone(UTC), tick=False):
        downtime.make_due()
    for place in (location, other):
        with standing.for_practice(place.practice_id):
            assert DowntimePack.objects.filter(location=place).count() == 1
