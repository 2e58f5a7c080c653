"""Asking about an order that cannot be given: one open question, answered by signing, renewing or stopping."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from injections.actions import order_requests, orders
from injections.actions.errors import NotAllowed, Refused
from injections.models import Order, OrderRequest
from tests import clock
from tests.factories import (
    PASSWORD,
    AppointmentFactory,
    LotFactory,
    OrderFactory,
    PhysicianFactory,
    SeriesFactory,
    StaffFactory,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unsigned():
    return OrderFactory(signed_by=None, signed_at=None)


@pytest.fixture
def nurse(unsigned):
    return StaffFactory(practice=unsigned.practice)


def ended(practice, **more):
    yesterday = clock.today() - timedelta(days=1)
    return SeriesFactory(practice=practice, patient__practice=practice, expires_on=yesterday, **more)


def test_two_taps_are_one_question_and_signing_answers_it(unsigned, nurse):
    asked = order_requests.ask(order=unsigned, by=nurse)
    assert order_requests.ask(order=unsigned, by=nurse) == asked
    assert asked.asked_of == unsigned.ordered_by
    orders.sign(order=unsigned, by=unsigned.ordered_by, proof=proof_of(unsigned.ordered_by))
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Signed", unsigned.ordered_by)
    with pytest.raises(Refused, match="as it stands"):
        order_requests.ask(order=unsigned, by=nurse)


def test_a_stranger_asks_nothing(unsigned):
    with pytest.raises(NotAllowed):
        order_requests.ask(order=unsigned, by=StaffFactory())


def test_renewing_goes_on_with_what_is_left_of_the_plan(unsigned, nurse):
    order = ended(unsigned.practice)
    dose = signed_dose(order=order, nurse=StaffFactory(practice=order.practice))
    booked = AppointmentFactory(order=order, starts_at=timezone.now())
    asked = order_requests.ask(order=order, by=nurse)
    by = order.ordered_by
    with pytest.raises(NotAllowed):
        order_requests.renew(order=order, by=PhysicianFactory(practice=order.practice), proof=None)
    renewed = order_requests.renew(order=order, by=by, proof=proof_of(by))
    for row in (order, booked, asked):
        row.refresh_from_db()
    assert (renewed.doses_planned, renewed.every_days, renewed.signed_by) == (5, 28, by)
    assert renewed.starts_on == max(clock.today(), dose.encounter.date + timedelta(days=28))
    assert booked.order == renewed, "today's appointment goes on with the new order"
    assert (order.stopped_by, order.stop_reason, asked.answer) == (by, "Renewed", "Renewed")


def test_a_plan_that_was_given_whole_is_not_renewed(unsigned):
    order = ended(unsigned.practice, doses_planned=1)
    signed_dose(order=order)
    with pytest.raises(Refused, match="Every dose"):
        order_requests.renew(order=order, by=order.ordered_by, proof=proof_of(order.ordered_by))


def test_from_the_list_to_the_physician_s_queue_and_back(unsigned, nurse):
    booked = AppointmentFactory(order=unsigned, starts_at=timezone.now())
    physician = unsigned.ordered_by
    LotFactory(location=booked.location, on_hand=2, expires_on=date(2099, 1, 31))
    at_the_desk, at_the_queue = Client(), Client()
    at_the_desk.force_login(nurse)
    at_the_queue.force_login(physician)
    today = reverse("injections:today")
    assert f"Ask {physician.short_name}" in at_the_desk.get(today).content.decode()
    answer = at_the_desk.post(reverse("injections:order_ask", args=[unsigned.pk]), {"back": today})
    assert answer.url == today
    assert f"{physician.short_name} was asked" in at_the_desk.get(today).content.decode()
    assert "Asked of you now" in at_the_queue.get(reverse("injections:cosign")).content.decode()
    away = at_the_desk.post(reverse("injections:order_ask", args=[unsigned.pk]), {"back": "https://example.org/"})
    page = reverse("injections:order", args=[unsigned.pk])
    assert away.url == page
    shown = at_the_desk.get(page).content.decode()
    assert "What runs out first" in shown
    assert "Lot A123 expires, 2 of 2 left here" in shown
    assert "Few left" in shown
    proof = {"proof_name": physician.username, "proof_secret": PASSWORD}
    at_the_queue.post(reverse("injections:order_sign", args=[unsigned.pk]), proof)
    assert "Asked of you now" not in at_the_queue.get(reverse("injections:cosign")).content.decode()
    order = ended(unsigned.practice, ordered_by=physician)
    assert "Renew and sign" in at_the_queue.get(reverse("injections:order", args=[order.pk])).content.decode()
    renew = reverse("injections:order_renew", args=[order.pk])
    assert at_the_queue.post(renew, {"proof_name": physician.username, "proof_secret": "wrong"}).status_code == 422
    assert at_the_queue.post(renew, proof).status_code == 302
    assert Order.objects.filter(patient=order.patient).count() == 2
    assert OrderRequest.objects.filter(answered_at=None).count() == 0
