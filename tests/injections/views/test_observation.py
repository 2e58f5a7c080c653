"""Watching after a dose: the board, the answers at the end, and the log of a reaction with its draft report."""

from datetime import UTC, datetime, time, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from injections.models import AuditEvent, Observation, Reaction
from tests import clock
from tests.factories import EncounterFactory, OrderFactory, PackageFactory, ProductFactory, signed_dose

pytestmark = pytest.mark.django_db
TODAY = reverse("injections:today")


@pytest.fixture
def given(clinic):
    """How long ago a dose with a wait of thirty minutes was given -> the dose."""

    def minutes_ago(minutes, classes=("vitamin",)):
        drug = ProductFactory(key="fictaway", name="fictaway", display="fictaway", classes=list(classes))
        drug.details = {**drug.details, "observation_minutes": 30}
        drug.save()
        PackageFactory(product=drug, ndc="99999-0002-01")
        order = OrderFactory(product=drug, patient=clinic.patient, ordered_by=clinic.physician)
        now = timezone.now() - timedelta(minutes=minutes)
        day = now.astimezone(clock.ZONE).date()  # soon after midnight it was given yesterday
        encounter = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse, date=day)
        return signed_dose(order=order, encounter=encounter, nurse=clinic.nurse, package_ndc="99999-0002-01", now=now)

    return minutes_ago


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def watching(dose):
    return reverse("injections:watch", args=[dose.pk])


def test_the_board_tells_the_minutes_of_the_server(given, nurse):
    dose = given(12)
    page = text(nurse.get(f"{TODAY}?tab=watching"))
    assert "18 min left" in page
    assert watching(dose) in page
    assert "RIVERA" not in text(nurse.get(f"{TODAY}?tab=done"))


@pytest.mark.parametrize("minutes", [20, 31])
def test_a_wait_past_midnight_stays_on_the_board_until_it_is_ended(given, nurse, minutes):
    midnight = datetime.combine(clock.today(), time.min, clock.ZONE)
    with time_machine.travel((midnight + timedelta(minutes=10)).astimezone(UTC)):
        dose = given(minutes)
        assert dose.encounter.date == clock.today() - timedelta(days=1)
        assert ("10 min left" if minutes == 20 else "Check now") in text(nurse.get(f"{TODAY}?tab=watching"))
        nurse.post(watching(dose), {"ended": "left-early", "why": "Had to leave"})
        assert "RIVERA" not in text(nurse.get(f"{TODAY}?tab=watching"))


def test_at_the_end_one_tap_says_that_nothing_happened(given, nurse):
    dose = given(31)
    assert "Check now" in text(nurse.get(f"{TODAY}?tab=watching"))
    assert "The wait is over" in text(nurse.get(watching(dose)))
    nurse.post(watching(dose), {"ended": "no-reaction"})
    assert (dose.observations.get().ended, dose.observations.get().minutes) == ("no-reaction", 31)
    assert "RIVERA" in text(nurse.get(f"{TODAY}?day={dose.encounter.date}&tab=done"))
    visit = text(nurse.get(reverse("injections:chart", args=[dose.encounter_id])))
    assert "tolerated well" in visit
    assert "watched 31 minutes" in visit


def test_before_the_end_only_leaving_is_an_answer_and_it_says_why(given, nurse):
    dose = given(5)
    assert 'value="no-reaction"' not in text(nurse.get(watching(dose)))
    assert "25 minutes of the wait are left" in text(nurse.post(watching(dose), {"ended": "no-reaction"}), 422)
    assert "why the patient left" in text(nurse.post(watching(dose), {"ended": "left-early"}), 422)
    nurse.post(watching(dose), {"ended": "left-early", "why": "Had to leave"})
    assert Observation.objects.get().response == "Had to leave"


def test_a_wait_that_was_forgotten_asks_for_the_minutes(given, nurse):
    dose = given(300)
    assert "How many minutes" in text(nurse.get(watching(dose)))
    assert "Enter the minutes" in text(nurse.post(watching(dose), {"ended": "no-reaction"}), 422)
    nurse.post(watching(dose), {"ended": "no-reaction", "minutes": "32"})
    assert Observation.objects.get().minutes == 32


def test_the_front_desk_watches_nobody(given, clinic, as_):
    assert as_(clinic.front_desk).get(watching(given(5))).status_code == 404


@pytest.mark.parametrize(("classes", "form"), [(("vitamin",), "FDA 3500"), (("vaccine",), "VAERS")])
def test_a_reaction_is_logged_and_told_on_the_right_form(given, nurse, clinic, classes, form):
    dose = given(6, classes)
    opened = nurse.post(reverse("injections:reaction_call", args=[dose.pk]))
    log, reaction = opened.url, Reaction.objects.get()
    note = reverse("injections:reaction_note", args=[reaction.pk])
    nurse.post(note, {"line": "step:Called 911"})
    begun = {"line": "sign:Hives", "kind": "measured", "text": "BP 90/", "minutes_ago": "0"}
    nurse.post(note, begun)
    assert 'value="BP 90/"' in text(nurse.get(log)), "a tap elsewhere keeps the words that were begun"
    nurse.post(note, begun | {"line": "", "then": "visit"})
    assert 'value="BP 90/"' in text(nurse.get(log))
    nurse.post(note, {"kind": "measured", "text": "BP 92/54", "minutes_ago": "2"})
    assert "Write a few words" in text(nurse.post(note, {"kind": "note"}), 422)
    page = text(nurse.get(log))
    assert page.index("Do first") < page.index("What is seen")
    assert "BP 92/54" in page
    assert "BP 90/" not in page
    end = reverse("injections:reaction_end", args=[reaction.pk])
    assert "Choose how it ended" in text(nurse.post(end, {}), 422)
    nurse.post(end, {"outcome": "Taken to the emergency department", "allergy": "yes"})
    assert "Allergy: fictaway (hives)" in text(nurse.get(log))
    last = AuditEvent.objects.order_by("-pk").first().pk
    answer = nurse.get(reverse("injections:reaction_report", args=[reaction.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert "ivera" not in answer["Content-Disposition"]
    pages = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for words in (form, "fictaway", "A123", "hives", "Called 911", "MR, MRN 0017", "emergency department"):
        assert words in pages
    assert ("Maria Rivera" in pages) == (form == "VAERS"), "VAERS asks for the name, MedWatch for a mark"
    assert "fictaway (hives)" not in pages, "the allergies are those from before"
    assert [row.action for row in AuditEvent.objects.filter(pk__gt=last)] == ["printed"]


def test_looking_for_changes_shows_nobody_and_records_nobody(given, nurse, clinic):
    dose = given(12)
    before = AuditEvent.objects.count()
    told = nurse.get(reverse("injections:today_versions")).json()
    key = f"e{dose.encounter_id}"
    assert told["lines"][key][0] == "watching"
    assert told["counts"] == {"watching": 1}
    assert AuditEvent.objects.count() == before
    line = text(nurse.get(reverse("injections:today_lines"), {"line": key}))
    assert told["lines"][key][1] in line
    assert AuditEvent.objects.filter(action="read", patient_id=clinic.patient.pk).count() == 1
    assert "RIVERA" not in text(nurse.get(reverse("injections:today_lines"), {"line": "a0"}))


def test_looking_does_not_keep_a_screen_open(given, nurse, clinic):
    from injections.models import SignIn

    given(1)
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    before = SignIn.objects.get(staff=clinic.nurse).seen_at
    nurse.get(reverse("injections:today_versions"))
    assert SignIn.objects.get(staff=clinic.nurse).seen_at == before


def test_a_wristband_opens_the_chart_and_typing_only_searches(clinic, nurse):
    from tests.factories import AppointmentFactory

    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    AppointmentFactory(order=order, location=clinic.location, starts_at=timezone.now())
    assert nurse.post(TODAY, {"q": "0017"}).url == TODAY
    assert "/visits/" in nurse.post(TODAY, {"q": "0017", "by": "scan"}).url
