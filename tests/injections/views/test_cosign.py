"""Co-signing, the question that goes back, its answer, and the office visit of the day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.models import Question, Service, Signature
from injections.models.signature import Meaning
from tests import clock
from tests.factories import (
    EncounterFactory,
    OrderFactory,
    PackageFactory,
    PatientFactory,
    PhysicianFactory,
    PresenceFactory,
    signed_dose,
)

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


@pytest.fixture
def give(clinic):
    """A dose that the nurse gave on the physician's order, so many hours ago."""
    PackageFactory()
    PresenceFactory(
        location=clinic.location,
        clinician=clinic.physician,
        since=timezone.now() - timedelta(days=9),
        until=timezone.now() + timedelta(hours=1),
        ended_by=clinic.nurse,
        asserted_by=clinic.nurse,
    )

    def given(hours=1, name="Rivera", **changes):
        moment = timezone.now() - timedelta(hours=hours)
        day = moment.astimezone(clock.ZONE).date()
        patient = PatientFactory(practice=clinic.practice, family_name=name)
        order = OrderFactory(patient=patient, product=clinic.drug, ordered_by=clinic.physician)
        visit = EncounterFactory(patient=patient, location=clinic.location, opened_by=clinic.nurse, date=day)
        typed = {"given_at": moment.isoformat(timespec="minutes"), "supervisor": None, **changes}
        return signed_dose(now=moment + timedelta(minutes=2), order=order, encounter=visit, nurse=clinic.nurse, **typed)

    return given


def cosigned(dose):
    return Signature.objects.filter(administration=dose, meaning=Meaning.COSIGNED).first()


def test_an_empty_queue_says_so(clinic, physician):
    assert "Nothing to co-sign. 0 signed today." in physician.get(at("cosign")).content.decode()


def test_the_oldest_comes_first_and_the_late_ones_are_counted(clinic, physician, give):
    newer, older = give(hours=2), give(hours=30, name="Oldest")
    page = physician.get(at("cosign"))
    assert [row.dose for row in page.context["queue"]] == [older, newer]
    assert page.context["current"].dose == older
    assert "1 older than 24 h" in page.content.decode()


def test_co_signing_goes_on_to_the_next(clinic, physician, give):
    first, second = give(hours=3), give(hours=2)
    answer = physician.post(at("cosign_sign", first.pk))
    assert answer["Location"] == at("cosign_one", second.pk)
    assert cosigned(first).signer == clinic.physician
    answer = physician.post(at("cosign_sign", second.pk), follow=True)
    assert "Nothing to co-sign. 2 signed today." in answer.content.decode()


def test_co_signing_twice_signs_once(clinic, physician, give):
    dose = give()
    for _ in range(2):
        physician.post(at("cosign_sign", dose.pk))
    assert Signature.objects.filter(administration=dose, meaning=Meaning.COSIGNED).count() == 1


def test_a_colleague_who_was_faster_is_named(clinic, as_, physician, give):
    dose = give()
    other = PhysicianFactory(practice=clinic.practice, family_name="Baker")
    as_(other).post(at("cosign_sign", dose.pk))
    answer = physician.post(at("cosign_sign", dose.pk), follow=True)
    assert "Ada Baker has co-signed this already" in answer.content.decode()


def test_what_differs_stands_on_top_with_both_values(clinic, physician, give):
    change = {"dose": "500 mcg", "dose_change_reason": "half asked by phone", "discarded": "500 mcg"}
    dose = give(**change, discard_reason="rest of the vial")
    page = physician.get(at("cosign_one", dose.pk)).content.decode()
    assert "Ordered 1,000\u00a0mcg, given 500\u00a0mcg: half asked by phone" in page


def test_no_physician_in_the_suite_is_an_exception(clinic, physician, give):
    dose = give(supervisor="none")
    assert "No physician in the suite" in physician.get(at("cosign_one", dose.pk)).content.decode()


def test_who_asserted_the_presence_is_shown(clinic, physician, give):
    page = physician.get(at("cosign_one", give().pk)).content.decode()
    assert f"Entered by {clinic.nurse.full_name}: co-signing confirms it" in page


def test_only_clean_records_are_signed_together(clinic, physician, give):
    clean, other, odd = give(hours=4), give(hours=3), give(hours=2, supervisor="none")
    physician.post(at("cosign_clean"), {"dose": [clean.pk, other.pk, odd.pk, "abc", "9" * 40, "-1"]})
    assert cosigned(clean) is not None
    assert cosigned(other) is not None
    assert cosigned(odd) is None


def test_what_was_not_on_the_page_is_not_signed_with_the_others(clinic, physician, give):
    shown, meanwhile = give(hours=4), give(hours=3)
    physician.post(at("cosign_clean"), {"dose": [shown.pk]})
    assert cosigned(meanwhile) is None


def test_a_question_goes_to_the_author_and_the_record_stays(clinic, physician, nurse, give):
    dose, key = give(), str(uuid4())
    for _ in range(2):
        physician.post(at("cosign_return", dose.pk), {"text": "Which arm?", "submission_key": key})
    question = Question.objects.get()
    assert question.asked_of == clinic.nurse
    assert "Which arm?" in nurse.get(at("questions")).content.decode()
    assert cosigned(dose) is None


@pytest.mark.parametrize("text", ["", "   ", "x" * 501, "a\u202eb"])
def test_a_refused_question_keeps_what_was_typed(clinic, physician, give, text):
    answer = physician.post(at("cosign_return", give().pk), {"text": text})
    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == text


def test_spoken_orders_wait_in_the_same_place(clinic, physician):
    OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, signed_by=None, signed_at=None)
    page = physician.get(at("cosign")).content.decode()
    assert "Orders to sign" in page
    assert "RIVERA, Maria" in page


# --- answers ---


@pytest.fixture
def question(clinic, physician, give):
    physician.post(at("cosign_return", give().pk), {"text": "Which arm?"})
    return Question.objects.get()


def test_an_answer_is_given_once_and_by_the_one_who_was_asked(clinic, as_, nurse, question):
    page = at("question_answer", question.pk)
    assert as_(clinic.medical_assistant).post(page, {"answer": "Left"}).status_code == 404
    assert nurse.post(page, {"answer": ""}).status_code == 422
    nurse.post(page, {"answer": "The left one"})
    nurse.post(page, {"answer": "The right one"})
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("The left one", clinic.nurse)
    assert "The left one" in nurse.get(at("questions")).content.decode()


def test_nobody_has_asked(nurse):
    assert "Nobody has asked you anything" in nurse.get(at("questions")).content.decode()


# --- office visits ---


def test_an_office_visit_is_reported_under_the_physicians_name(clinic, physician):
    visit = EncounterFactory(patient=clinic.patient)
    typed = {"code": "99213", "separately_identifiable": "yes", "diagnoses": "I10"}
    physician.post(at("service_new", visit.pk), typed)
    service = Service.objects.get(encounter=visit)
    assert (service.code, service.separately_identifiable, service.clinician) == ("99213", True, clinic.physician)
    answer = physician.post(at("service_new", visit.pk), typed)
    assert answer.status_code == 422
    assert "99213 is recorded for this visit already" in answer.content.decode()
    physician.post(at("service_withdraw", service.pk))
    service.refresh_from_db()
    assert service.withdrawn_at is not None


def test_a_known_patient_cannot_get_the_code_of_a_new_one(clinic, physician):
    visit = EncounterFactory(patient=clinic.patient)
    typed = {"code": "99203", "separately_identifiable": "yes", "diagnoses": "I10"}
    assert "code" in physician.post(at("service_new", visit.pk), typed).context["form"].errors
