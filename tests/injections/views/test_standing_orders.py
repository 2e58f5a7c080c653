"""A named protocol is signed by a physician for a while, read by everybody, and ended with a reason."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from injections.actions import standing_orders
from injections.actions.errors import NotAllowed, Refused
from injections.actions.proving import NotProved
from injections.forms.standing_order import read_age
from injections.imports.cells import CellError
from injections.models import Encounter, Order, StandingOrder, StandingOrderEnd
from injections.quantity import Quantity
from tests import clock
from tests.factories import (
    LocationFactory,
    StandingOrderFactory,
    proof_of,
)

pytestmark = pytest.mark.django_db

LIST, NEW = reverse("injections:standing_orders"), reverse("injections:standing_order_new")


def typed(**changes):
    """What a physician fills in."""
    return {
        "name": "Vitamin shot", "dose": "1,000", "unit": "mcg", "route": "IM", "criteria": "adults who ask for it",
        "from_months": "18", "below_months": "", "diagnoses": "e538", "reason": "", "states": ["TX"],
        "since": clock.today().isoformat(), "until": (clock.today() + timedelta(days=300)).isoformat(),
        "submission_key": str(uuid4()),
    } | changes  # fmt: skip


def signed(clinic, **changes):
    said = {
        "name": "Vitamin shot", "product": clinic.drug, "dose": Quantity(Decimal(1000), "mcg"), "route": "IM",
        "criteria": "adults", "states": ["TX"], "since": clock.today(), "until": clock.today(),
        "by": clinic.physician, "proof": proof_of(clinic.physician),
    } | changes  # fmt: skip
    return standing_orders.sign(**said)


def test_a_physician_signs_one_and_everybody_reads_it(clinic, nurse, physician):
    assert "None yet. A physician signs them" in nurse.get(LIST).content.decode()
    assert nurse.get(NEW).status_code == 404
    assert physician.post(NEW, {"drug": "no such drug"}).status_code == 422
    details = physician.post(NEW, {"drug": "fictavit"})["Location"]
    assert details == reverse("injections:standing_order_details", args=[clinic.drug.pk])
    LocationFactory(practice=clinic.practice, state="NY")
    page = physician.get(details)
    assert "NY limits standing orders: NY Education Law 6909" in page.content.decode()
    assert [choice for choice, _ in page.context["form"].fields["states"].choices] == ["NY", "TX"]
    wrong = {
        "below_months": "17", "criteria": "", "states": ["CA"], "until": clock.today() + timedelta(days=367)
    }  # fmt: skip
    refused = physician.post(details, typed(**wrong))
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == wrong.keys()
    unproved = physician.post(details, typed(proof_secret="wrong"))
    assert unproved.status_code == 422
    assert not StandingOrder.objects.exists()
    sent = typed(states=["NY", "TX"])
    assert [physician.post(details, sent)["Location"] for _ in range(2)] == [LIST, LIST]
    made = StandingOrder.objects.get()
    assert (made.from_months, made.below_months, made.states, made.diagnoses) == (216, None, ["NY", "TX"], ["E53.8"])
    assert (made.dose, made.signed_by, made.ages) == (Quantity(Decimal(1000), "mcg"), clinic.physician, "from 18 years")
    shown = nurse.get(LIST).content.decode()
    assert "Vitamin shot" in shown
    assert "NY wants an order for each patient for this drug: NY Education Law" in shown
    assert "Holds" in shown


def test_the_action_refuses_who_may_not_and_what_cannot_be(clinic):
    with pytest.raises(NotAllowed):
        signed(clinic, by=clinic.nurse)
    with pytest.raises(NotProved):
        signed(clinic, proof=None)
    with pytest.raises(Refused, match="no place there"):
        signed(clinic, states=["CA"])
    key = uuid4()
    assert signed(clinic, submission_key=key) == signed(clinic, submission_key=key)
    with pytest.raises(NotAllowed):
        standing_orders.end(protocol=StandingOrder.objects.get(), reason="no", by=clinic.nurse)


@pytest.mark.parametrize(
    "changes",
    [
        {"until": clock.today() + timedelta(days=400)},
        {"until": clock.today() - timedelta(days=31)},
        {"from_months": 24, "below_months": 24},
        {"from_months": 1441},
        {"states": []},
        {"criteria": " "},
        {"dose_amount": None, "dose_unit": ""},
        {"dose_amount": 0},
    ],
)
def test_the_table_itself_holds_the_bounds(clinic, changes):
    with pytest.raises(DatabaseError), transaction.atomic():
        StandingOrderFactory(practice=clinic.practice, signed_by=clinic.physician, **changes)


@pytest.mark.parametrize(
    ("text", "months"), [("18", 216), ("6 months", 6), ("1 Year", 12), ("0", 0), ("120 years", 1440)]
)
def test_an_age_is_read_in_years_or_months(text, months):
    assert read_age(text) == months


@pytest.mark.parametrize("text", ["old", "-1", "1.5", "121", "6 weeks", "१८"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(CellError):
        read_age(text)


def test_an_end_says_why_and_stops_the_orders_of_that_day(clinic, nurse, physician, protocol, use):
    nurse.post(use, {"protocol": protocol.pk, "submission_key": str(uuid4())})
    end = reverse("injections:standing_order_end", args=[protocol.pk])
    assert nurse.get(end).status_code == 404
    assert physician.post(end, {"reason": ""}).status_code == 422
    assert [physician.post(end, {"reason": "new vaccine"})["Location"] for _ in range(2)] == [LIST, LIST]
    assert physician.post(end, {"reason": "another"}).status_code == 422
    assert physician.get(end).status_code == 404
    assert StandingOrderEnd.objects.get().reason == "new vaccine"
    order = Order.objects.get()
    assert (order.stopped_on, order.stop_reason) == (clock.today(), "Protocol ended: new vaccine")
    begun = Encounter.objects.get()
    assert "The order was stopped" in nurse.get(reverse("injections:chart", args=[begun.pk])).content.decode()
    offers = nurse.get(use).context["offers"]
    assert (offers.fitting, offers.others) == ((), ())
    protocol = StandingOrder.objects.get()
    with pytest.raises(Refused, match="has ended"):
        standing_orders.use(protocol=protocol, patient=clinic.patient, location=clinic.location, by=clinic.nurse)
    assert "new vaccine" in nurse.get(LIST).content.decode()
    anew = f"{reverse('injections:standing_order_details', args=[protocol.product_id])}?like={protocol.pk}"
    assert anew in physician.get(LIST).content.decode()
    shown = physician.get(anew).context["form"]
    kept = {
        name: shown[name].value() for name in ("name", "dose", "unit", "route", "from_months", "diagnoses", "until")
    }
    assert kept == {
        "name": "Vitamin shot", "dose": "1000", "unit": "mcg", "route": "IM", "from_months": "18 years",
        "diagnoses": "E53.8", "until": None,
    }  # fmt: skip
    assert physician.post(anew, typed(from_months="18 years")).status_code == 302
    assert StandingOrder.objects.filter(end=None).count() == 1
