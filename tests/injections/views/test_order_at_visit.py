"""The page of an order as far as it has come, and an order that is taken down while the patient's chart is open."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.actions import drafts
from injections.models import Appointment, Encounter, Order
from tests import clock
from tests.factories import EncounterFactory, OrderFactory, signed_dose
from tests.injections.views.charts import chart_of, save

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


def test_an_order_that_is_used_up_offers_nothing_more(clinic, physician):
    """Used up is not complete before its practitioner has signed it."""
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, signed_by=None, signed_at=None)
    before = physician.get(at("order", order.pk)).content.decode()
    assert "Stop this order" in before
    assert "What runs out first" in before
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, date=clock.today())
    signed_dose(order=order, encounter=visit, nurse=clinic.nurse, now=timezone.now())
    given = physician.get(at("order", order.pk))
    page = given.content.decode()
    assert given.context["state"].words == "Given, not signed"
    for offered in ("Stop this order", "What runs out first", at("appointment_new", clinic.patient.pk)):
        assert offered not in page
    assert "Sign this order" in page
    physician.post(at("order_sign", order.pk))
    assert physician.get(at("order", order.pk)).context["state"].words == "Complete"


def test_a_spoken_order_taken_at_an_open_chart_joins_its_visit(clinic, nurse, draft):
    """A second visit of the day could become a second claim; and what was typed without an order is not typed twice."""
    visit = draft.encounter
    other = drafts.start(encounter=visit, order=None, by=clinic.nurse)
    save(nurse, other, note="her arm is sore", route="IM")
    page = nurse.get(chart_of(draft), {"draft": other.pk}).content.decode()
    asking = f"{at('order_new', clinic.patient.pk)}?visit={visit.pk}"
    assert asking in page
    details = f"{at('order_details', clinic.patient.pk, clinic.drug.pk)}?visit={visit.pk}"
    assert nurse.post(asking, {"drug": "fictamine"})["Location"] == details
    typed = {
        "dose": "1,000",
        "unit": "mcg",
        "route": "IM",
        "diagnoses": "E53.8",
        "starts_on": clock.today().isoformat(),
        "ordered_by": clinic.physician.pk,
        "read_back": "on",
        "submission_key": str(uuid4()),
    }
    led = {nurse.post(details, typed)["Location"] for _ in range(2)}
    made = Order.objects.get(submission_key=typed["submission_key"])
    assert led == {f"{chart_of(draft)}?draft={other.pk}"}
    other.refresh_from_db()
    assert (other.order, other.entries["note"], other.entries["dose"]) == (made, "her arm is sore", "1,000 mcg")
    assert not Appointment.objects.exists()
    assert Encounter.objects.filter(patient=clinic.patient).count() == 1
    assert asking in nurse.get(chart_of(draft), {"choose": "yes"}).content.decode()


def test_what_was_begun_with_another_vial_stays_without_an_order(clinic, nurse, draft):
    bare = drafts.start(encounter=draft.encounter, order=None, by=clinic.nurse)
    save(nurse, bare, lot="ZZ9")
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    begun = drafts.start(encounter=draft.encounter, order=order, by=clinic.nurse)
    bare.refresh_from_db()
    assert begun.pk != bare.pk
    assert (bare.order, bare.entries["lot"]) == (None, "ZZ9")
