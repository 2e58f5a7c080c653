"""Unsafe acts are stopped before they happen, with both values and what to do; a true record can still be signed."""

import re

import pytest

from billing.demo import access
from billing.demo.clock import moment
from injections.actions import appointments, orders
from injections.models import Administration, Lot, Product
from injections.quantity import Quantity
from tests import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ketorolac_for_an_old_patient(clinic):
    """Ketorolac 60 mg into the muscle, ordered for a patient of 80; the label allows 30 mg from 65."""
    patient, doctor = clinic.patients["Young"], clinic.staff["adams"]
    order = orders.place(
        patient=patient,
        product=Product.objects.get(key="ketorolac"),
        dose=Quantity.parse("60 mg"),
        route="IM",
        diagnoses=["M54.50"],
        reason="acute low back pain",
        by=doctor,
        proof=access.proof_of(doctor),
    )
    today = clock.today()
    return appointments.book(
        patient=patient,
        location=clinic.locations[0],
        order=order,
        starts_at=moment(today, "08:30"),
        by=clinic.staff["reyes"],
    )


def test_dose_over_the_maximum_for_the_age_is_stopped(ketorolac_for_an_old_patient, person, picture):
    page = person.page
    person.signs_in_as("ito")
    page.get_by_text("YOUNG, Peter").click()
    person.sees("30 mg")
    stop = page.get_by_role("region", name=re.compile("Stop|stop")).or_(page.locator(".stop-card, .card.stop, .stops"))
    assert re.search(r"60\smg", stop.first.inner_text())
    picture(person, "stopped")
    page.get_by_role("button", name=re.compile("Sign for Peter Young")).click()
    person.sees("There is a problem")
    assert not Administration.objects.filter(encounter__patient__family_name="Young").exists()
    person.complaints.clear()  # the browser itself notes the 422 that refuses the signature


def test_expired_lot_is_stopped_and_another_is_offered(clinic, person):
    old = Lot.objects.filter(product__key="cyanocobalamin", location=clinic.locations[0]).earliest("expires_on")
    Lot.objects.filter(pk=old.pk).update(expires_on="2026-01-31")
    page = person.page
    person.signs_in_as("lee")
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_text("Type it", exact=True).click()
    page.locator("#id_lot").fill(old.number)
    page.locator("#id_expires").fill("2026-01-31")
    page.keyboard.press("Tab")
    person.sees(re.compile("expired|ended", re.IGNORECASE))
    page.get_by_role("button", name=re.compile("Sign for Maria Rivera")).click()
    person.sees("There is a problem")
    assert page.locator("#id_lot").input_value() == old.number
    assert not Administration.objects.exists()
    person.complaints.clear()


def test_what_to_do_first_in_a_reaction_opens_in_sight(clinic, person):
    page = person.page
    page.set_viewport_size({"width": 1024, "height": 768})
    person.signs_in_as("ito")
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_role("radio", name="Reaction…").check(force=True)
    first, bar = page.get_by_text("Call for help").bounding_box(), page.locator(".bar").bounding_box()
    assert first["y"] + first["height"] <= bar["y"], "not behind the bar"
