"""A visit that the plan may not be told of: never approved, never sent, whenever the restriction was entered."""

from uuid import uuid4

import pytest

from billing.actions import claim_rows, decisions, export
from billing.actions.context import context
from billing.actions.errors import Refused
from billing.actions.review import in_force
from injections.actions import restrictions
from tests import clock
from tests.billing import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return making.visit(making.clinic())


@pytest.fixture
def biller(visit):
    return making.person(visit.practice, "biller")


def keep(visit, kind="paid-in-full"):
    nurse = making.person(visit.practice, "nurse", credential="RN")
    return restrictions.restrict(patient=visit.patient, kind=kind, since=visit.date, reason="asked", by=nurse)


@pytest.mark.parametrize("kind", ["paid-in-full", "minor", "part-2"])
def test_the_rules_are_told(visit, kind):
    reference = in_force(visit.practice_id)
    assert not context(visit, reference).restricted_disclosure
    keep(visit, kind)
    assert context(visit, reference).restricted_disclosure


def test_a_review_from_before_is_not_approved(visit, biller):
    review = making.answer(visit)
    keep(visit)
    with pytest.raises(Refused, match="may not be told"):
        decisions.approve(review=review, by=biller)


def test_approved_before_it_is_not_sent(visit, biller):
    decisions.approve(review=making.answer(visit), by=biller)
    other = making.visit(visit.practice)
    decisions.approve(review=making.answer(other), by=biller)
    kept = keep(visit)
    sent = export.send(by=biller, today=clock.today(), submission_key=uuid4())
    assert {carried.line.review.encounter_id for carried in sent.exported.all()} == {other.pk}
    restrictions.end(restriction=kept, reason="taken back", by=making.person(visit.practice, "nurse"))
    sent = export.send(by=biller, today=clock.today(), submission_key=uuid4())
    assert {carried.line.review.encounter_id for carried in sent.exported.all()} == {visit.pk}


@pytest.mark.parametrize("kind", ["paid-in-full", "part-2"])
def test_what_was_sent_is_not_in_the_file_that_is_asked_for_again(visit, biller, kind):
    decisions.approve(review=making.answer(visit), by=biller)
    sent = export.send(by=biller, today=clock.today(), submission_key=uuid4())
    assert visit.patient.mrn in claim_rows.file(sent, biller)
    keep(visit, kind)
    assert visit.patient.mrn not in claim_rows.file(sent, biller)
