"""Co-signing: the practitioner's queue, one signature each, and what is worth reading closely."""

from datetime import timedelta

import pytest

from injections import records
from injections.actions import cosigning, observations, questions, reactions, signing
from injections.actions.errors import NotAllowed, Refused
from injections.models.signature import Meaning
from injections.reading import cosigning as reading
from tests.factories import (
    NOW,
    EncounterFactory,
    OrderFactory,
    PhysicianFactory,
    PresenceFactory,
    StaffFactory,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dose():
    return signed_dose()


@pytest.fixture
def physician(dose):
    return dose.order.ordered_by


def test_a_nurses_dose_waits_for_whoever_ordered_it(dose, physician):
    assert list(cosigning.waiting_for(physician)) == [dose]
    assert not cosigning.waiting_for(PhysicianFactory(practice=dose.practice))


def test_a_dose_waits_for_whoever_supervised_it():
    order = OrderFactory()
    encounter = EncounterFactory(patient=order.patient)
    presence = PresenceFactory(location=encounter.location)
    dose = signed_dose(order=order, encounter=encounter, supervisor=None)
    assert (dose.supervisor, dose.supervision["mode"]) == (presence.clinician, "in-suite")
    assert list(cosigning.waiting_for(presence.clinician)) == [dose]


def test_the_oldest_dose_comes_first(dose, physician):
    earlier = signed_dose(order=OrderFactory(patient=dose.encounter.patient, ordered_by=physician), given_at="08:00")
    assert list(cosigning.waiting_for(physician)) == [earlier, dose]


def test_a_physicians_own_dose_waits_for_nobody():
    order = OrderFactory()
    signed_dose(order=order, nurse=order.ordered_by)
    assert not cosigning.waiting_for(order.ordered_by)


def test_cosigning_signs_the_same_content(dose, physician):
    signature = cosigning.cosign(
        administration=dose, by=physician, proof=proof_of(physician), now=NOW + timedelta(hours=2)
    )
    assert (signature.meaning, signature.credential) == (Meaning.COSIGNED, "MD")
    signed = records.read_signed(signature.content)
    (first,) = [records.read_signed(s.content) for s in dose.signatures.filter(meaning=Meaning.ADMINISTERED)]
    assert signed.encounter.administrations == first.encounter.administrations
    assert not cosigning.waiting_for(physician)


def test_cosigning_twice_makes_one_signature(dose, physician):
    first = cosigning.cosign(administration=dose, by=physician, proof=proof_of(physician), now=NOW)
    assert cosigning.cosign(administration=dose, by=physician, proof=proof_of(physician), now=NOW) == first


def test_a_colleague_who_was_faster_is_named(dose, physician):
    colleague = PhysicianFactory(practice=dose.practice, family_name="Faster")
    cosigning.cosign(administration=dose, by=colleague, proof=proof_of(colleague), now=NOW)
    with pytest.raises(Refused, match="Faster"):
        cosigning.cosign(administration=dose, by=physician, proof=proof_of(physician), now=NOW)


def test_only_practitioners_cosign(dose):
    with pytest.raises(NotAllowed):
        cosigning.cosign(administration=dose, by=StaffFactory(practice=dose.practice), proof=None)


def test_a_replaced_record_is_not_cosigned(dose, physician):
    better = signing.correct(
        administration=dose,
        entries={"lot": "B7"},
        reason="Label",
        by=dose.given_by,
        proof=proof_of(dose.given_by),
        now=NOW,
    )
    with pytest.raises(Refused, match="latest"):
        cosigning.cosign(administration=dose, by=physician, proof=proof_of(physician))
    assert list(cosigning.waiting_for(physician)) == [better]


# --- what is worth reading ---


def test_an_ordinary_dose_has_no_exceptions(dose):
    assert cosigning.exceptions(dose) == []


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        (
            {"dose": "500 mcg", "discarded": "0.5 mL", "dose_change_reason": "nausea last time"},
            "Dose differs from the order",
        ),
        ({"adverse_effects": "hives"}, "A reaction is charted"),
        ({"response": "Reaction"}, "A reaction is charted"),
        ({"given_at": "01:00"}, "Charted late"),
        ({"lot": None, "unobtainable.lot": "label torn"}, "Something could not be recorded"),
    ],
)
def test_exceptions_are_named_and_never_signed_in_a_batch(entries, sentence):
    dose = signed_dose(**entries)
    assert sentence in cosigning.exceptions(dose)
    with pytest.raises(Refused, match="one by one"):
        cosigning.cosign_clean(administrations=[dose], by=dose.order.ordered_by, proof=proof_of(dose.order.ordered_by))


def test_what_happened_after_the_signature_is_read_closely_too(dose, physician):
    """A reaction that was called later, a patient who left: not "as ordered", and in no batch."""
    observations.finish(
        administration=dose, by=dose.given_by, ended="left-early", minutes=5, response="Had to leave", now=NOW
    )
    opened = reactions.call(administration=dose, by=dose.given_by, now=NOW)
    reactions.note(reaction=opened, by=dose.given_by, kind="sign", text="Hives", now=NOW)
    (row,) = reading.queue(physician)
    assert row.exceptions[:2] == ("Reaction: hives", "The patient left before the end of the wait")


def test_clean_doses_are_signed_together_but_separately(dose, physician):
    other = signed_dose(order=OrderFactory(patient=dose.encounter.patient, ordered_by=physician))
    signatures = cosigning.cosign_clean(administrations=[other, dose], by=physician, proof=proof_of(physician), now=NOW)
    assert {signature.administration for signature in signatures} == {dose, other}


# --- questions ---


def test_returning_asks_whoever_gave_it_and_keeps_it_in_the_queue(dose, physician):
    question = cosigning.return_with_question(administration=dose, text="Which arm?", by=physician)
    assert (question.asked_of, question.administration) == (dose.given_by, dose)
    assert list(cosigning.waiting_for(physician)) == [dose]
    answered = questions.answer(question=question, text="Left", by=dose.given_by, now=NOW)
    assert (answered.answer, answered.answered_at) == ("Left", NOW)


def test_asking_twice_asks_once(dose, physician):
    first = questions.ask(encounter=dose.encounter, text="Which arm?", by=physician)
    assert questions.ask(encounter=dose.encounter, text="Which arm?", by=physician) == first
    assert first.asked_of == dose.given_by


def test_a_question_is_answered_by_whom_it_asks_and_once(dose, physician):
    question = questions.ask(encounter=dose.encounter, text="Which arm?", by=physician)
    with pytest.raises(NotAllowed):
        questions.answer(question=question, text="Left", by=StaffFactory(practice=dose.practice))
    with pytest.raises(Refused):
        questions.answer(question=question, text=" ", by=dose.given_by)
    questions.answer(question=question, text="Left", by=dose.given_by)
    with pytest.raises(Refused):
        questions.answer(question=question, text="Right", by=dose.given_by)


def test_a_visit_without_a_dose_is_asked_of_whoever_opened_it():
    encounter = EncounterFactory()
    biller = StaffFactory(practice=encounter.practice, role="biller")
    assert questions.ask(encounter=encounter, text="No dose?", by=biller).asked_of == encounter.opened_by
