"""For how many doses of an order an approval is enough: by the dose that is ordered and the vial that lies here."""

from datetime import timedelta
from decimal import Decimal

import pytest

from billing import engine
from injections.actions import approvals
from injections.codec import encode
from injections.facts.drug import LoadingDose
from injections.models import Order, Package, Product
from injections.models.staff import Role
from injections.quantity import Quantity
from injections.reading.approved import enough_for, left_for, left_of
from tests import clock
from tests.billing import making
from tests.factories import CoverageFactory, EncounterFactory, LotFactory, OrderFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def approval(visit):
    """A plan approved 100 units of infliximab, 10 mg each."""
    by = StaffFactory(practice=visit.practice, role=Role.FRONT_DESK)
    plan = CoverageFactory(patient=visit.patient, payer_key="commercial", rank=2)
    said = {"code": "J1745", "number": "A-17", "since": clock.today() - timedelta(days=99), "units": 100}
    return approvals.approve(coverage=plan, by=by, **said)


def ordered(approval, milligrams, **how):
    drug = Product.objects.get(key="infliximab")
    said = {"dose_amount": Decimal(milligrams), "dose_unit": "mg", "route": "IV-infusion"} | how
    return OrderFactory(patient=approval.coverage.patient, product=drug, kind="series", every_days=56, **said)


@pytest.fixture
def lot(visit):
    package = Package.objects.filter(product__key="infliximab", holds_amount=100, single_dose=True).first()
    return LotFactory(location=visit.location, product=package.product, package=package, on_hand=20)


def doses(order, place=None):
    (left,) = left_for(order, clock.today(), place)
    return left.units, left.doses


def test_what_is_left_of_the_last_vial_counts_where_it_is_thrown_away(approval, lot):
    assert doses(ordered(approval, 450), lot.location) == (100, 2), "450 mg and 50 mg of waste: 50 units"


def test_a_dose_counts_as_it_is_ordered_whatever_the_last_one_took(approval, lot):
    earlier = EncounterFactory(patient=approval.coverage.patient, date=clock.today() - timedelta(days=9))
    making.answer(earlier, lines=[("J1745", 20, None)], payer_key="commercial")
    assert doses(ordered(approval, 450), lot.location) == (80, 1)
    assert doses(ordered(approval, 200), lot.location) == (80, 4)


def test_without_a_vial_here_the_dose_alone_counts(approval, visit):
    assert doses(ordered(approval, 350), visit.location) == (100, 2), "35 units, twice"


def test_loading_doses_count_as_the_amounts_that_they_are(approval, lot):
    loading = [encode(LoadingDose(day, Quantity.parse("600 mg"))) for day in (0, 14)]
    assert doses(ordered(approval, 200, loading=loading), lot.location) == (100, 1)
    assert doses(ordered(approval, 200, loading=loading[:1]), lot.location) == (100, 3)


def test_the_page_of_the_patient_tells_by_the_order_that_stands(approval, lot):
    assert left_of(approval).doses is None
    order = ordered(approval, 350)
    assert left_of(approval).doses == 2
    Order.objects.filter(pk=order.pk).update(stopped_on=clock.today(), stopped_by=order.ordered_by)
    assert left_of(approval).doses is None


def test_where_no_units_can_be_worked_out_the_page_says_what_is_left(approval, lot, monkeypatch):
    def broken(*told, **more):
        raise RuntimeError("ROSSI, Anna, born 1961")

    monkeypatch.setattr(engine, "review", broken)
    assert doses(ordered(approval, 450), lot.location) == (100, None)


@pytest.mark.parametrize(
    ("units", "each", "doses"),
    [(100, [40, 10], 7), (30, [40, 10], 0), (0, [5], 0), (9, [], None), (9, [5, None], None)],
)
def test_units_are_enough_for_whole_doses_only(units, each, doses):
    assert enough_for(units, each) == doses
