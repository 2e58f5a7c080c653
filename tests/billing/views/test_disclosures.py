"""What the bill sent about a patient stands in their accounting of disclosures, apart from what the law lists."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.actions import decisions
from injections.reading.disclosures import accounting
from tests.billing import making

pytestmark = pytest.mark.django_db


def sent(client, practice, biller, patient):
    visit = making.visit(practice, of=patient)
    decisions.approve(review=making.answer(visit, lines=[("96372", 1, "15.36"), ("J3420", 1, "0.64")]), by=biller)
    client.post(reverse("billing:export_make"), {"submission_key": uuid4()})
    return visit


def test_each_visit_that_went_to_the_practice_management_system_is_shown_once(client, practice, biller):
    patient, other = making.patient(practice), making.patient(practice)
    visit = sent(client, practice, biller, patient)
    sent(client, practice, biller, other)
    found = accounting(patient, timezone.now())
    assert found.listed == ()
    (one,) = found.exempt
    assert one.to_whom.startswith("Practice-management system")
    assert one.purpose == "Payment"
    assert one.by == biller.signs_as
    assert one.what == f"Claim lines of the visit of {visit.date.day} {visit.date:%b %Y}: 96372, J3420"


def test_what_went_more_than_six_years_ago_is_past(client, practice, biller):
    patient = making.patient(practice)
    sent(client, practice, biller, patient)
    assert accounting(patient, timezone.now() + timedelta(days=6 * 366 + 10)).exempt == ()
