"""Orders: whose they are, who signs them, and when the next dose of a series is due."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from injections.actions import drafts, order_requests, orders, signing
from injections.actions.errors import NotAllowed
from injections.chart import read_chart, signed_fact
from injections.chart.due import next_dose
from injections.chart.given import given_before, given_under, next_number
from injections.codec import encode
from injections.facts import LoadingDose
from injections.models import Order
from injections.models.order import OrderKind
from injections.quantity import Quantity
from injections.reading.charting import order_words
from injections.reading.orders import with_doses
from tests.factories import (
    NOW,
    TODAY,
    EncounterFactory,
    LocationFactory,
    OrderFactory,
    PatientFactory,
    PhysicianFactory,
    ProductFactory,
    SeriesFactory,
    StaffFactory,
    charted_draft,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    return PatientFactory()


@pytest.fixture
def physician(patient):
    return PhysicianFactory(practice=patient.practice)


@pytest.fixture
def nurse(patient):
    return StaffFactory(practice=patient.practice)


def place(patient, by, **how):
    said = {"product": ProductFactory(), "dose": Quantity.parse("1000 mcg"), "route": "IM", "now": NOW, **how}
    said.setdefault("proof", proof_of(by))
    return orders.place(patient=patient, by=by, **said)


# --- placing and signing ---


def test_a_practitioners_own_order_is_signed_as_it_is_placed(patient, physician):
    order = place(patient, physician)
    assert (order.kind, order.signed_by, order.signed_at, order.ordered_on) == ("once", physician, NOW, TODAY)


def test_a_practitioner_may_sign_later(patient, physician):
    order = place(patient, physician, sign=False)
    assert order.signed_at is None
    assert orders.sign(order=order, by=physician, proof=proof_of(physician), now=NOW).signed_at == NOW


def test_a_nurse_writes_down_a_spoken_order(patient, physician, nurse):
    order = place(patient, nurse, ordered_by=physician)
    assert (order.kind, order.ordered_by, order.recorded_by, order.signed_at) == ("spoken", physician, nurse, None)


def test_a_spoken_series_stays_a_series_and_waits(patient, physician, nurse):
    order = place(patient, nurse, ordered_by=physician, kind=OrderKind.SERIES, every_days=28)
    assert (order.kind, order.signed_at) == ("series", None)


@pytest.mark.parametrize("who", ["nurse", "biller"])
def test_nobody_else_orders(patient, nurse, who):
    with pytest.raises(NotAllowed):
        place(patient, StaffFactory(practice=patient.practice, role=who))


def test_an_order_is_not_taken_from_a_nurse(patient, nurse):
    with pytest.raises(NotAllowed):
        place(patient, nurse, ordered_by=StaffFactory(practice=patient.practice))


def test_another_practice_orders_nothing_here(patient):
    with pytest.raises(NotAllowed):
        place(patient, PhysicianFactory())


def test_placing_twice_under_one_key_makes_one_order(patient, physician):
    key = uuid4()
    assert place(patient, physician, submission_key=key) == place(patient, physician, submission_key=key)


def test_only_whoever_gave_the_order_signs_it(patient, physician, nurse):
    order = place(patient, nurse, ordered_by=physician)
    with pytest.raises(NotAllowed):
        orders.sign(order=order, by=PhysicianFactory(practice=patient.practice), proof=None)


def test_signing_an_order_is_told_to_the_visits_that_waited_for_it(amended):
    order = OrderFactory(signed_by=None, signed_at=None)
    dose = signed_dose(order=order)
    orders.sign(order=order, by=order.ordered_by, proof=proof_of(order.ordered_by))
    assert amended == [dose.encounter_id]


def test_a_stopped_order_says_who_and_why(patient, physician):
    order = orders.stop(order=place(patient, physician), by=physician, reason="pregnant", now=NOW)
    assert (order.stopped_on, order.stopped_by, order.stop_reason) == (TODAY, physician, "pregnant")
    assert orders.stop(order=order, by=physician, reason="again").stop_reason == "pregnant"


# --- the next dose ---


@pytest.fixture
def series():
    return SeriesFactory()


def give(order, day, **entries):
    visit = EncounterFactory(patient=order.patient, date=day)
    draft = charted_draft(encounter=visit, order=order, given_at="09:21", expires="2030-01-31", **entries)
    return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW + timedelta(days=400))


def test_the_first_dose_is_due_when_the_order_starts(series):
    due = next_dose(series)
    assert (due.on, due.earliest, due.number, due.last_given) == (date(2026, 10, 1), date(2026, 10, 1), 1, None)


def test_the_next_dose_counts_from_the_last_one(series):
    give(series, date(2026, 10, 6))
    due = next_dose(series)
    assert (due.earliest, due.on, due.latest) == (date(2026, 10, 31), date(2026, 11, 3), date(2026, 11, 10))
    assert (due.number, due.last_given) == (2, date(2026, 10, 6))


@pytest.mark.parametrize(("day", "is_due"), [(30, False), (31, True)])
def test_a_dose_is_due_from_its_earliest_day(series, day, is_due):
    give(series, date(2026, 10, 6))
    assert bool(orders.due_on(series.practice, date(2026, 10, day))) is is_due


def test_a_late_dose_stays_due(series):
    give(series, date(2026, 10, 6))
    (due,) = orders.due_on(series.practice, date(2026, 12, 24))
    assert due.is_late(date(2026, 12, 24))
    assert not due.is_late(date(2026, 11, 10))


def test_a_dose_entered_in_error_does_not_count(series):
    dose = give(series, date(2026, 10, 6))
    signing.enter_in_error(administration=dose, reason="Wrong patient", by=dose.given_by, proof=proof_of(dose.given_by))
    assert next_dose(series).number == 1


@pytest.mark.parametrize("how", [{"doses_planned": 1}, {"kind": OrderKind.ONCE, "every_days": None}])
def test_nothing_is_due_after_the_last_dose(how):
    order = SeriesFactory(**how)
    give(order, date(2026, 10, 6))
    assert next_dose(order) is None


def test_nothing_is_due_on_what_was_stopped_or_has_ended(series):
    SeriesFactory(patient=series.patient, expires_on=date(2026, 10, 31))
    orders.stop(order=series, by=series.ordered_by)
    assert orders.due_on(series.practice, date(2026, 12, 1)) == []


HALF = {"dose": "500 mcg", "discarded": "500 mcg"}


# --- a series that begins faster ---


@pytest.fixture
def loading():
    """500 mcg on day 1 and 750 mcg on day 8, 4 days early or late; then 1,000 mcg monthly."""
    first, second = LoadingDose(0, Quantity.parse("500 mcg")), LoadingDose(7, Quantity.parse("750 mcg"), 4, 4)
    return SeriesFactory(loading=encode([first, second]), every_days=30, doses_planned=None, early_days=7)


def test_loading_doses_come_by_their_own_days_and_amounts(loading):
    dose = give(loading, date(2026, 10, 6), **HALF)
    due = next_dose(loading)
    assert (due.earliest, due.on, due.latest) == (date(2026, 10, 9), date(2026, 10, 13), date(2026, 10, 17))
    assert (due.number, due.loads, loading.dose_of(2)) == (2, True, Quantity.parse("750 mcg"))
    second = give(loading, date(2026, 10, 15), dose="750 mcg", discarded="250 mcg")
    due = next_dose(loading)
    assert (due.on, due.number, due.loads) == (date(2026, 11, 14), 3, False)
    assert signed_fact(second).order.dose == Quantity.parse("750 mcg")
    signing.enter_in_error(administration=dose, reason="Wrong patient", by=dose.given_by, proof=proof_of(dose.given_by))
    assert signed_fact(second).order.dose == Quantity.parse("750 mcg"), "it was signed as the second dose"


def test_a_chart_of_a_loading_dose_begins_with_its_amount(loading):
    visit = EncounterFactory(patient=loading.patient, date=date(2026, 10, 6))
    draft = drafts.start(encounter=visit, order=loading, by=StaffFactory(practice=loading.practice))
    assert draft.entries["dose"] == "500 mcg"
    give(loading, date(2026, 10, 6), **HALF)
    later = EncounterFactory(patient=loading.patient, date=date(2026, 10, 13))
    draft = drafts.start(encounter=later, order=loading, by=StaffFactory(practice=loading.practice))
    assert draft.entries["dose"] == "750 mcg"


def test_a_renewed_series_goes_on_where_it_was(loading):
    give(loading, date(2026, 10, 6), **HALF)
    orders.stop(order=loading, by=loading.ordered_by, now=NOW)
    by = loading.ordered_by
    renewed = order_requests.renew(order=loading, by=by, proof=proof_of(by), now=NOW)
    assert [(step.after_days, step.dose) for step in renewed.schedule.loading] == [(0, Quantity.parse("750 mcg"))]


IN_PART = {"status": "partly", "stopped_at": "09:22", "not_given_reason": "fainted"}


# --- one rule for what counts ---


def test_a_dose_given_in_part_counts_and_may_be_completed_that_day(series):
    give(series, date(2026, 10, 6), **HALF, **IN_PART)
    assert (next_dose(series).number, next_number(series, date(2026, 10, 6))) == (2, 1)
    give(series, date(2026, 10, 6), **HALF, dose_change_reason="the rest")
    assert (next_dose(series).number, given_under(series).count()) == (2, 1)


def test_every_count_of_an_order_is_the_same_one(series):
    give(series, date(2026, 10, 6), **HALF, **IN_PART)
    wrong = give(series, date(2026, 11, 3))
    signing.enter_in_error(
        administration=wrong, reason="Wrong patient", by=wrong.given_by, proof=proof_of(wrong.given_by)
    )
    give(series, date(2026, 11, 4))
    other = SeriesFactory(patient=series.patient, product=series.product)
    give(other, date(2026, 11, 5))
    (listed,) = with_doses(Order.objects.filter(pk=series.pk))
    draft = charted_draft(encounter=EncounterFactory(patient=series.patient, date=date(2026, 12, 2)), order=series)
    counted = {listed.given, next_dose(series).number - 1, given_before(series, date(2026, 12, 2)).count()}
    assert counted == {2}
    assert "dose 3 of 6" in " ".join(order_words(draft, read_chart(draft.encounter, draft)))


def test_a_place_sees_its_own_patients(series):
    here = give(series, date(2026, 10, 6)).encounter.location
    elsewhere = LocationFactory(practice=series.practice)
    SeriesFactory()
    day = date(2026, 12, 1)
    assert [due.order for due in orders.due_on(here, day)] == [series]
    assert orders.due_on(elsewhere, day) == []
