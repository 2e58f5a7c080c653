"""Undo, entered in error, and corrections: new rows, reversed stock, and the first version still readable."""

from datetime import timedelta

import pytest

from injections.actions import drafts, signing
from injections.actions.errors import NotAllowed, Refused
from injections.chart import read_chart, signed_encounter
from injections.facts import Status
from injections.models import Administration
from injections.models.signature import Meaning
from tests.factories import NOW, EncounterFactory, LotFactory, OrderFactory, StaffFactory, charted_draft, proof_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot():
    order = OrderFactory()
    return LotFactory(location=EncounterFactory(patient=order.patient).location, on_hand=5)


@pytest.fixture
def dose(lot):
    encounter = lot.location.encounters.get()
    draft = charted_draft(encounter=encounter, order=encounter.patient.orders.get())
    return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)


def on_hand(lot):
    lot.refresh_from_db()
    return lot.on_hand


# --- undo ---


@pytest.mark.parametrize("seconds", [0, 59, 60])
def test_whoever_signed_may_undo_within_a_minute_without_typing(dose, lot, seconds):
    undone = signing.enter_in_error(
        administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW + timedelta(seconds=seconds)
    )
    assert (undone.supersedes, undone.status) == (dose, "entered-in-error")
    assert undone.signatures.get().meaning == Meaning.ENTERED_IN_ERROR
    assert on_hand(lot) == 5
    assert dose.signatures.get().meaning == Meaning.ADMINISTERED


def test_later_it_needs_a_reason(dose, lot):
    later = NOW + timedelta(seconds=61)
    with pytest.raises(Refused):
        signing.enter_in_error(administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), now=later)
    assert on_hand(lot) == 4
    undone = signing.enter_in_error(
        administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), reason="Wrong patient", now=later
    )
    assert undone.correction_reason == "Wrong patient"


def test_a_colleague_needs_a_reason_at_once(dose):
    colleague = StaffFactory(practice=dose.practice)
    with pytest.raises(Refused):
        signing.enter_in_error(administration=dose, by=colleague, proof=proof_of(colleague), now=NOW)


def test_undoing_twice_makes_one_row(dose, lot):
    first = signing.enter_in_error(administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW)
    assert (
        signing.enter_in_error(administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW) == first
    )
    assert on_hand(lot) == 5


def test_what_was_entered_in_error_is_no_dose(dose):
    signing.enter_in_error(administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW)
    assert signed_encounter(dose.encounter).administrations == ()
    (shown,) = read_chart(dose.encounter, with_errors=True).administrations
    assert shown.status is Status.ENTERED_IN_ERROR


def test_the_rest_of_the_product_is_told(dose, amended):
    signing.enter_in_error(administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW)
    assert amended == [dose.encounter_id]


def test_another_practice_cannot(dose):
    with pytest.raises(NotAllowed):
        signing.enter_in_error(administration=dose, by=StaffFactory(), proof=None, reason="Wrong")


# --- correct ---


def correct(dose, reason="Read the label again", **entries):
    return signing.correct(
        administration=dose, entries=entries, reason=reason, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW
    )


def test_a_correction_is_a_new_version(dose, lot):
    other = LotFactory(location=lot.location, number="B777", on_hand=2)
    better = correct(dose, lot="B777")
    assert (better.supersedes, better.correction_reason, better.lot_number) == (dose, "Read the label again", "B777")
    assert better.given_at == dose.given_at
    assert (on_hand(lot), on_hand(other)) == (5, 1)
    assert [fact.lot for fact in signed_encounter(dose.encounter).administrations] == ["B777"]


def test_the_first_version_stays_readable(dose):
    correct(dose, lot="B777")
    dose.refresh_from_db()
    assert (dose.lot_number, dose.signatures.count()) == ("A123", 1)


def test_a_correction_is_not_undone_because_the_dose_was_given(dose):
    draft = drafts.start_correction(administration=dose, by=dose.given_by)
    draft = drafts.save(draft=draft, entries={"correction_reason": "Label"}, version=draft.version, by=dose.given_by)
    better = signing.sign(draft=draft, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW)
    assert not signing.may_undo(better, dose.given_by, NOW)
    with pytest.raises(Refused):
        signing.enter_in_error(administration=better, by=dose.given_by, proof=None, now=NOW)
    assert not Administration.objects.filter(status="entered-in-error").exists()


def test_a_correction_without_a_reason_is_refused(dose):
    with pytest.raises(Refused):
        correct(dose, reason="  ", lot="B777")


def test_a_correction_must_be_complete_too(dose):
    with pytest.raises(Refused):
        correct(dose, lot="")
    assert Administration.objects.count() == 1


def test_a_version_is_corrected_once_and_then_its_correction(dose):
    second = correct(dose, lot="B777")
    with pytest.raises(Refused, match="latest version"):
        correct(dose, lot="C888")
    assert correct(second, lot="C888").supersedes == second


def test_a_correction_that_was_overtaken_is_refused(dose):
    draft = drafts.start_correction(administration=dose, by=dose.given_by)
    draft = drafts.save(draft=draft, entries={"correction_reason": "Label"}, version=draft.version, by=dose.given_by)
    signing.enter_in_error(administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW)
    with pytest.raises(Refused, match="latest version"):
        signing.sign(draft=draft, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW)


def test_the_reason_may_stand_on_the_page(dose):
    draft = drafts.start_correction(administration=dose, by=dose.given_by)
    with pytest.raises(Refused) as refused:
        signing.sign(draft=draft, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW)
    assert "correction_reason" in refused.value.errors
    draft = drafts.save(draft=draft, entries={"correction_reason": "Label"}, version=draft.version, by=dose.given_by)
    assert (
        signing.sign(draft=draft, by=dose.given_by, proof=proof_of(dose.given_by), now=NOW).correction_reason == "Label"
    )


def test_only_the_giver_corrects(dose):
    with pytest.raises(Refused):
        signing.correct(
            administration=dose,
            entries={"lot": "B777"},
            reason="Wrong",
            by=StaffFactory(practice=dose.practice),
            proof=None,
            now=NOW,
        )
