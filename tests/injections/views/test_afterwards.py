"""What followed a dose stands wherever the dose is read, and a correction of the record loses nothing of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from injections.actions import cosigning, drafts, observations, reactions, signing
from injections.models import Reaction
from injections.models.observation import Ended
from tests import clock
from tests.factories import (
    NOW,
    EncounterFactory,
    OrderFactory,
    PackageFactory,
    PresenceFactory,
    ProductFactory,
    charted_draft,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dose(clinic):
    """Given forty minutes ago, with a wait of thirty."""
    drug = ProductFactory(key="fictaway", name="fictaway", display="fictaway")
    drug.details = {**drug.details, "observation_minutes": 30}
    drug.save()
    PackageFactory(product=drug, ndc="99999-0002-01")
    order = OrderFactory(product=drug, patient=clinic.patient, ordered_by=clinic.physician)
    now = timezone.now() - timedelta(minutes=40)
    day = now.astimezone(clock.ZONE).date()
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse, date=day)
    return signed_dose(order=order, encounter=visit, nurse=clinic.nurse, package_ndc="99999-0002-01", now=now)


def corrected(dose, **changes):
    by = dose.given_by
    draft = drafts.start_correction(administration=dose, by=by)
    entries = {"correction_reason": "Read the label again", **changes}
    draft = drafts.save(draft=draft, entries=entries, version=draft.version, by=by)
    return signing.sign(draft=draft, by=by, proof=proof_of(by))


def note_of(dose, nurse):
    return nurse.get(reverse("injections:note", args=[dose.encounter_id])).content.decode()


def visit_of(dose, nurse):
    return nurse.get(reverse("injections:chart", args=[dose.encounter_id])).content.decode()


def test_the_note_says_that_a_wait_has_no_end_yet(dose, nurse):
    assert "to be watched 30 minutes" in note_of(dose, nurse)


def test_the_note_says_how_the_wait_ended(dose, nurse, clinic):
    observations.finish(
        administration=dose, ended=Ended.LEFT_EARLY, response="Had to leave", by=clinic.nurse, minutes=12
    )
    page = note_of(dose, nurse)
    assert "Left before the end: Had to leave. Watched 12 minutes." in page
    assert "to be watched" not in page


def test_the_note_and_the_visit_tell_a_reaction(dose, nurse, clinic):
    called = reactions.call(administration=dose, by=clinic.nurse)
    reactions.note(reaction=called, kind="sign", text="Hives", by=clinic.nurse)
    reactions.note(reaction=called, kind="measured", text="BP 88/50", by=clinic.nurse)
    reactions.end(reaction=called, outcome="Taken to the emergency department", by=clinic.nurse, allergy=False)
    page = note_of(dose, nurse)
    assert page.count("<dt>Reaction called") == 1
    for words in ("Reaction called", "Seen: Hives", "Measured: BP 88/50", "Ended: Taken to the emergency department"):
        assert words in page
    assert "hives. taken to the emergency department" in visit_of(dose, nurse)


def test_a_correction_keeps_the_reaction_and_its_report_tells_what_stands(dose, nurse, clinic):
    called = reactions.call(administration=dose, by=clinic.nurse)
    reactions.note(reaction=called, kind="sign", text="Hives", by=clinic.nurse)
    later = corrected(dose, lot="ZZ900")
    assert reverse("injections:reaction", args=[called.pk]) in visit_of(later, nurse)
    assert "Corrected: Read the label again" in visit_of(later, nurse)
    assert "A reaction is charted" in cosigning.exceptions(later)
    assert reactions.call(administration=later, by=clinic.nurse) == called
    assert Reaction.objects.count() == 1
    reactions.end(reaction=called, outcome="Recovered and went home", by=clinic.nurse, allergy=False)
    assert later.observations.get().ended == Ended.REACTION
    answer = nurse.get(reverse("injections:reaction_report", args=[called.pk]))
    pages = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "ZZ900" in pages
    assert "A123" not in pages


def test_a_step_that_was_done_twice_shows_both_times(dose, nurse, clinic):
    called, words = reactions.call(administration=dose, by=clinic.nurse), "EPINEPHrine given by the emergency order"
    now = timezone.now()
    for minutes in (9, 4):
        reactions.note(reaction=called, kind="step", text=words, by=clinic.nurse, minutes_ago=minutes, now=now)
    page = nurse.get(reverse("injections:reaction", args=[called.pk])).content.decode()
    first, second = ((now - timedelta(minutes=minutes)).astimezone(clock.ZONE) for minutes in (9, 4))
    assert f"{first:%-H:%M}, {second:%-H:%M}" in page


def test_whoever_looks_at_today_sees_a_reaction_before_the_minutes(dose, nurse, clinic):
    reactions.call(administration=dose, by=clinic.nurse)
    page = nurse.get(reverse("injections:watch", args=[dose.pk])).content.decode()
    assert "</span> Reaction</span>" in page
    assert "Check now" not in page


def test_the_note_names_who_began_the_chart_and_why_it_was_ordered(clinic, nurse):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, reason="pernicious anemia")
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse)
    draft = charted_draft(order=order, encounter=visit, nurse=clinic.medical_assistant, reason=None)
    draft = drafts.take_over(draft=draft, by=clinic.nurse)
    draft = drafts.save(draft=draft, entries={"checks": "yes"}, version=draft.version, by=clinic.nurse)
    dose = signing.sign(draft=draft, by=clinic.nurse, proof=proof_of(clinic.nurse), now=NOW)
    page = note_of(dose, nurse)
    assert f"<dt>Chart begun by</dt><dd>{clinic.medical_assistant.signs_as}" in page
    assert "pernicious anemia" in page


def test_the_note_names_the_credentials_of_whoever_gave_and_supervised(clinic, nurse):
    PresenceFactory(location=clinic.location, clinician=clinic.physician)
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse)
    dose = signed_dose(order=OrderFactory(patient=clinic.patient), encounter=visit, nurse=clinic.nurse, supervisor=None)
    page = note_of(dose, nurse)
    assert f"<dt>Given by</dt><dd>{clinic.nurse.full_name}, RN</dd>" in page
    assert f"<dt>Supervised by</dt><dd>{clinic.physician.full_name}, MD, in the suite</dd>" in page


def test_an_addendum_is_three_taps_and_both_versions_stay(dose, nurse):
    visit = visit_of(dose, nurse)
    assert "Add something to it" in visit
    correct = reverse("injections:correct", args=[dose.pk])
    assert "Write what to add" in nurse.post(correct, {"addendum": "  "}, follow=True).content.decode()
    page = nurse.post(correct, {"addendum": "She called at 5 pm: no swelling"}, follow=True)
    draft = page.context["draft"]
    assert draft.corrects == dose
    signed = nurse.post(reverse("injections:sign", args=[draft.pk]), draft.entries | {"version": draft.version})
    assert signed.status_code == 302
    page = note_of(dose, nurse)
    assert "She called at 5 pm: no swelling" in page
    assert "<b>Corrected.</b> Addendum" in page
    assert "Replaced by a later version below." in page


def test_a_divided_dose_names_every_site_wherever_it_is_read(clinic, nurse, as_):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse)
    divided = {"site": "ventrogluteal:right", "site2": "ventrogluteal:left", "split_reason": "Volume over 3 mL"}
    dose = signed_dose(order=order, encounter=visit, nurse=clinic.nurse, **divided)
    both = "right ventrogluteal and left ventrogluteal"
    assert both in visit_of(dose, nurse)
    cosigned = as_(clinic.physician).get(reverse("injections:cosign_one", args=[dose.pk])).content.decode()
    assert both.capitalize() in cosigned


def test_the_note_of_a_dose_that_was_declined_says_what_was_ordered(clinic, nurse):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse)
    entries = {"status": "refused", "not_given_reason": "The patient declined"}
    dose = signed_dose(entries, order=order, encounter=visit, nurse=clinic.nurse)
    assert "<dt>Ordered</dt><dd>1,000\xa0mcg" in note_of(dose, nurse)


def test_the_note_names_who_saw_the_rest_thrown_away(clinic, nurse):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, dose_amount=500)
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse)
    seen = {"discarded": "500 mcg", "discard_witness": str(clinic.medical_assistant.pk)}
    dose = signed_dose(order=order, encounter=visit, nurse=clinic.nurse, **seen)
    assert f"<dt>Seen thrown away by</dt><dd>{clinic.medical_assistant.signs_as}" in note_of(dose, nurse)


def test_whoever_walks_in_again_is_shown_what_was_given_today(dose, nurse, clinic):
    page = nurse.get(reverse("injections:walk_in_for", args=[clinic.patient.pk])).content.decode()
    given_today = dose.encounter.date == clock.today()
    assert ("Given today" in page and f"by {clinic.nurse.full_name}" in page) == given_today
    assert "This patient is booked today" not in page
