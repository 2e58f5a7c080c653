"""What a plan approved: kept once, used up by claim lines, and said before it runs out."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from billing.actions.context import context
from billing.loading import shipped_reference
from injections.actions import approvals
from injections.models import Approval, Coding
from injections.models.staff import Role
from injections.reading.approved import left_for
from injections.reading.runs_out import first_of
from tests.billing import making
from tests.factories import CoverageFactory, EncounterFactory, LocationFactory, OrderFactory, StaffFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 6)


@pytest.fixture
def order():
    order = OrderFactory(kind="series", every_days=28)
    Coding.objects.create(product=order.product, code="J1234", unit_amount=20, unit="mcg", since=date(2020, 1, 1))
    return order


@pytest.fixture
def approval(order):
    plan = CoverageFactory(patient=order.patient, payer_key="commercial")
    by = StaffFactory(practice=order.practice, role=Role.FRONT_DESK)
    said = {"code": "J1234", "number": "A-17", "since": DAY, "units": 180}
    made = approvals.approve(coverage=plan, by=by, **said)
    assert approvals.approve(coverage=plan, by=by, **said) == made
    return made


def billed(order, day, units=60, payer_key="commercial"):
    """A visit whose claim has that many units of the drug."""
    visit = EncounterFactory(patient=order.patient, date=day)
    making.answer(visit, lines=[("J1234", units, None)], payer_key=payer_key)
    return visit


def test_lines_of_the_plan_in_its_days_use_it_up(order, approval):
    billed(order, DAY - timedelta(days=1))
    billed(order, DAY, payer_key="medicare-b")
    visit = billed(order, DAY)
    billed(order, DAY + timedelta(days=28))
    (left,) = left_for(order, DAY)
    assert left.words == "Approval A-17: 60 of 180 units left, enough for 1 dose"
    (about,) = context(visit, shipped_reference()).authorizations
    assert (about.number, about.units_left) == ("A-17", 120)  # its own lines are not counted against it


def test_what_runs_out_first_names_the_approval_and_its_day(order, approval):
    billed(order, DAY, units=180)
    place = LocationFactory(practice=order.practice)
    (said,) = [limit for limit in first_of(order, place) if "Approval" in limit.words]
    assert said.words == "Approval A-17: 0 of 180 units left, enough for 0 doses"
    assert said.chip.words == "Ask for more"


def test_withdrawn_it_counts_no_more(client, order, approval):
    client.force_login(approval.entered_by)
    page = reverse("injections:patient", args=[order.patient_id])
    assert "Approval A-17: 180 of 180 units left" in client.get(page).content.decode()
    client.post(reverse("injections:approval_withdraw", args=[approval.pk]))
    assert "A-17:" not in client.get(page).content.decode()
    assert not list(left_for(order, DAY))
    assert Approval.objects.get().withdrawn_by == approval.entered_by


def test_a_code_of_another_shape_and_days_that_turn_are_refused(client, order, approval):
    client.force_login(approval.entered_by)
    typed = {"coverage": approval.coverage_id, "code": "j09", "number": "B", "since": "11/1/2026", "until": "10/1/2026"}
    page = client.post(reverse("injections:approval_new", args=[order.patient_id]), typed)
    assert page.status_code == 422
    assert "Enter five letters and digits" in page.content.decode()
    assert "ends before it begins" in page.content.decode()
