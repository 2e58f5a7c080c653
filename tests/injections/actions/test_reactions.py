"""A reaction: one log however often it is called, lines with their times, one end, and the allergy that it teaches."""

from datetime import timedelta
from uuid import uuid4

import pytest

from injections.actions import observations, patients, reactions
from injections.actions.errors import NotAllowed, Refused
from injections.models import Reaction, ReactionEntry
from injections.models.staff import Role
from tests.factories import NOW, TODAY, PhysicianFactory, ProductFactory, StaffFactory, signed_dose

pytestmark = pytest.mark.django_db


@pytest.fixture
def dose():
    return signed_dose()


@pytest.fixture
def nurse(dose):
    return dose.given_by


@pytest.fixture
def reaction(dose, nurse):
    return reactions.call(administration=dose, by=nurse, now=NOW + timedelta(minutes=4))


def test_called_twice_it_is_one(dose, nurse, reaction):
    assert reactions.call(administration=dose, by=nurse) == reaction
    assert Reaction.objects.count() == 1


def test_lines_carry_the_time_at_which_it_happened(reaction, nurse):
    later = NOW + timedelta(minutes=10)
    reactions.note(reaction=reaction, kind="sign", text="Hives", by=nurse, now=later)
    reactions.note(reaction=reaction, kind="step", text="Called 911", by=nurse, minutes_ago=5, now=later)
    assert [(line.text, line.happened_at) for line in reaction.entries.all()] == [
        ("Called 911", NOW + timedelta(minutes=5)),
        ("Hives", later),
    ]


def test_a_second_tap_writes_one_line(reaction, nurse):
    key = uuid4()
    for _ in range(2):
        reactions.note(reaction=reaction, kind="sign", text="Hives", by=nurse, submission_key=key)
    assert ReactionEntry.objects.count() == 1


def test_a_line_says_something(reaction, nurse):
    with pytest.raises(Refused):
        reactions.note(reaction=reaction, kind="note", text="  ", by=nurse)


def test_its_end_ends_the_wait_and_teaches_the_allergy(dose, reaction, nurse):
    reactions.note(reaction=reaction, kind="sign", text="Hives", by=nurse, now=NOW)
    reactions.note(reaction=reaction, kind="sign", text="Short of breath", by=nurse, now=NOW)
    end = NOW + timedelta(minutes=40)
    reactions.end(reaction=reaction, outcome="Recovered and went home", allergy=True, by=nurse, now=end)
    seen = dose.observations.get()
    assert (seen.ended, seen.minutes) == ("reaction", 40)
    assert seen.response == "hives, short of breath. Recovered and went home"
    allergy = dose.encounter.patient.allergies.get()
    assert (allergy.substance, allergy.reaction, allergy.waits) == ("fictamine", "hives, short of breath", False)
    with pytest.raises(Refused, match="has ended"):
        reactions.note(reaction=reaction, kind="drug", text="late", by=nurse)
    reactions.note(reaction=reaction, kind="note", text="Called at home, well", by=nurse)


def test_its_end_may_be_said_some_minutes_later_and_comes_after_what_was_seen(dose, reaction, nurse):
    seen, now = NOW + timedelta(minutes=20), NOW + timedelta(minutes=40)
    reactions.note(reaction=reaction, kind="sign", text="Hives", by=nurse, now=seen)
    told = {"reaction": reaction, "outcome": "Recovered and went home", "allergy": False, "by": nurse, "now": now}
    with pytest.raises(Refused, match="goes on after that"):
        reactions.end(**told, minutes_ago=30)
    assert reactions.end(**told, minutes_ago=10).happened_at == NOW + timedelta(minutes=30)
    assert dose.observations.get().minutes == 30


def test_it_ends_once(reaction, nurse):
    reactions.end(reaction=reaction, outcome="Recovered and went home", allergy=False, by=nurse)
    with pytest.raises(Refused):
        reactions.end(reaction=reaction, outcome="Died", allergy=False, by=nurse)


def test_what_an_assistant_proposes_counts_and_waits_for_a_nurse(dose, reaction):
    assistant = StaffFactory(practice=dose.practice, role=Role.MEDICAL_ASSISTANT)
    reactions.end(reaction=reaction, outcome="Recovered and went home", allergy=True, by=assistant)
    allergy = dose.encounter.patient.allergies.get()
    dose.encounter.patient.refresh_from_db()
    assert allergy.waits
    assert [known.substance for known in dose.encounter.patient.as_fact(TODAY).allergies] == ["fictamine"]
    with pytest.raises(NotAllowed):
        patients.confirm_allergy(allergy=allergy, by=assistant)
    physician = PhysicianFactory(practice=dose.practice)
    confirmed = patients.confirm_allergy(allergy=allergy, by=physician, now=NOW)
    assert (confirmed.waits, confirmed.confirmed_by) == (False, physician)


def test_a_stranger_calls_nothing(dose):
    with pytest.raises(NotAllowed):
        reactions.call(administration=dose, by=StaffFactory())


class TestTheWait:
    @pytest.fixture
    def watched(self):
        drug = ProductFactory(key="fictaway", name="fictaway", display="fictaway")
        drug.details = {**drug.details, "observation_minutes": 30}
        drug.save()
        from tests.factories import OrderFactory, PackageFactory

        PackageFactory(product=drug, ndc="99999-0002-01")
        return signed_dose(order=OrderFactory(product=drug), package_ndc="99999-0002-01")

    def test_nothing_to_see_is_not_said_too_early(self, watched):
        with pytest.raises(Refused, match="18 minutes of the wait are left"):
            observations.finish(
                administration=watched, ended="no-reaction", by=watched.given_by, now=NOW + timedelta(minutes=12)
            )

    def test_leaving_early_says_why(self, watched):
        seen = observations.finish(
            administration=watched,
            ended="left-early",
            response="Had to leave",
            by=watched.given_by,
            now=NOW + timedelta(minutes=12),
        )
        assert seen.minutes == 12

    def test_two_taps_are_one_answer(self, watched):
        key, over = uuid4(), NOW + timedelta(minutes=31)
        told = {"administration": watched, "ended": "no-reaction", "by": watched.given_by, "submission_key": key}
        assert observations.finish(**told, now=over) == observations.finish(**told, now=over)
        assert watched.observations.count() == 1

    def test_a_correction_keeps_what_was_seen(self, watched):
        from injections.actions import signing
        from tests.factories import proof_of

        nurse = watched.given_by
        observations.finish(administration=watched, ended="no-reaction", by=nurse, now=NOW + timedelta(minutes=31))
        corrected = signing.correct(
            administration=watched,
            entries={"site": "deltoid:right"},
            reason="wrong side",
            by=nurse,
            proof=proof_of(nurse),
            now=NOW + timedelta(minutes=60),
        )
        assert [seen.minutes for seen in corrected.observations.all()] == [31]
