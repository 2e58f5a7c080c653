"""One tap on a standing order makes the patient's order for the day; what does not fit is shown with its reason."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from injections.actions import drafts, order_requests, standing_orders
from injections.actions.errors import NotAllowed
from injections.chart.protocol import misfit
from injections.days import months_on
from injections.models import Appointment, Location, Order
from injections.reading.downtime import told
from tests import clock, standing
from tests.factories import (
    EncounterFactory,
    OrderFactory,
    PatientFactory,
    ProductFactory,
    StaffFactory,
    StandingOrderFactory,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk_in(clinic):
    return reverse("injections:walk_in_for", args=[clinic.patient.pk])


def test_one_tap_makes_the_order_and_opens_the_chart(clinic, nurse, protocol, use, walk_in):
    page = nurse.get(walk_in)
    assert "No active order for this patient" in page.content.decode()
    assert [offer.protocol for offer in page.context["offers"].fitting] == [protocol]
    sent = {"protocol": protocol.pk, "submission_key": str(uuid4())}
    led = {nurse.post(use, sent)["Location"] for _ in range(2)}
    assert len(led) == 1
    order, booked = Order.objects.get(), Appointment.objects.get()
    assert (order.kind, order.protocol, order.planned) == ("protocol", protocol, None)
    assert (order.ordered_by, order.signed_by, order.recorded_by) == (clinic.physician, clinic.physician, clinic.nurse)
    assert (order.ordered_on, order.expires_on, order.diagnoses) == (clock.today(), clock.today(), ["E53.8"])
    assert order.signed_at == protocol.signed_at
    assert (booked.order, booked.walk_in) == (order, True)
    fact = order.as_fact()
    assert (fact.kind, fact.signed, fact.clinician.name) == ("protocol", True, clinic.physician.full_name)
    other = StandingOrderFactory(practice=clinic.practice, signed_by=clinic.physician, name="Another")
    again = nurse.post(use, sent | {"protocol": other.pk})
    assert again.status_code == 422, "a page that was gone back to makes no second order"
    assert Order.objects.count() == 1

    words = "under the protocol “Vitamin shot” of"
    assert f"{words} Dr Adams" in nurse.get(led.pop()).content.decode()
    assert f"{words} Dr Adams" in nurse.get(reverse("injections:patient", args=[clinic.patient.pk])).content.decode()
    assert f"{words} Dr Adams" in nurse.get(walk_in).content.decode()
    assert (
        f"Under the protocol “Vitamin shot” of {clinic.physician.signs_as}"
        in nurse.get(reverse("injections:order", args=[order.pk])).content.decode()
    )
    today = nurse.get(reverse("injections:today"))
    assert f"{words} Dr Adams" in today.content.decode()
    with timezone.override(clinic.practice.zone):  # as whoever makes the pack does
        (line,) = told(clinic.location, clock.today(), timezone.now())["due"]
    assert f"{words} {clinic.physician.signs_as}" in line["order"]


def test_what_does_not_fit_is_shown_with_its_reason_and_refused(clinic, nurse, protocol, use, walk_in):
    child = PatientFactory(practice=clinic.practice, birth_date=clock.today() - timedelta(days=365 * 5 + 40))
    elsewhere = StandingOrderFactory(
        practice=clinic.practice, signed_by=clinic.physician, name="Coast", states=["CA"], from_months=None
    )
    offers = nurse.get(reverse("injections:walk_in_for", args=[child.pk])).context["offers"]
    assert offers.fitting == ()
    assert [(offer.protocol, offer.why) for offer in offers.others] == [
        (elsewhere, "Not signed for TX, only for CA"),
        (protocol, "For patients from 18 years. This patient is 5 years"),
    ]
    page = nurse.get(walk_in).content.decode()
    assert "These do not fit today" in page
    assert f'value="{elsewhere.pk}"' not in page.partition("These do not fit today")[2]
    refused = nurse.post(use, {"protocol": elsewhere.pk, "submission_key": str(uuid4())})
    assert refused.status_code == 422
    assert "Coast cannot be used here. Not signed for TX" in refused.content.decode()
    assert nurse.post(use, {"protocol": "x"}).status_code == 422
    assert not Order.objects.exists()
    stranger = StaffFactory()
    with standing.for_practice(stranger.practice_id):
        theirs = StandingOrderFactory(practice=stranger.practice)
    assert nurse.post(use, {"protocol": theirs.pk}).status_code == 404
    with pytest.raises(NotAllowed):
        standing_orders.use(protocol=protocol, patient=child, location=clinic.location, by=clinic.front_desk)


def test_where_the_state_wants_an_order_for_each_patient_the_tile_says_so(clinic, nurse, use):
    """It warns and never decides: the sentence is to be looked up, and the claim waits for the physician."""
    Location.objects.filter(pk=clinic.location.pk).update(state="NY")
    StandingOrderFactory(practice=clinic.practice, signed_by=clinic.physician, states=["NY"])
    (offer,) = nurse.get(use).context["offers"].fitting
    assert offer.state_says.startswith("NY wants an order for each patient for this drug: NY Education Law")
    assert "NY wants an order for each patient" in nurse.get(use).content.decode()


def test_the_eight_most_used_are_offered_and_words_find_the_rest(clinic, nurse, protocol, use):
    other = ProductFactory(key="otherine", name="otherine", display="otherine")
    for number in range(8):
        StandingOrderFactory(practice=clinic.practice, signed_by=clinic.physician, product=other, name=f"A{number}")
    OrderFactory(patient=clinic.patient, kind="protocol", protocol=protocol, ordered_by=clinic.physician)
    offers = nurse.get(use).context["offers"]
    assert [offer.protocol.name for offer in offers.fitting] == ["Vitamin shot", *(f"A{number}" for number in range(7))]
    assert offers.more == 1
    found = nurse.get(use, {"find": "FICTAVIT"}).context["offers"]
    assert [offer.protocol.name for offer in found.fitting] == ["Vitamin shot"]
    assert [o.protocol.name for o in nurse.get(use, {"find": "a7"}).context["offers"].fitting] == ["A7"]
    assert "is called “nothing”" in nurse.get(use, {"find": "nothing"}).content.decode()


def test_days_and_ages_at_their_edges(clinic, protocol):
    born = clinic.patient.birth_date
    protocol.from_months, protocol.below_months = 216, 780
    protocol.since, protocol.until = date(1979, 3, 1), date(2030, 3, 1)
    asked = {"patient": clinic.patient, "state": "TX"}
    assert misfit(protocol, **asked, day=born.replace(year=born.year + 18)) == ""
    assert "17 years" in misfit(protocol, **asked, day=born.replace(year=born.year + 18, day=born.day - 1))
    assert "65 years" in misfit(protocol, **asked, day=born.replace(year=born.year + 65))
    assert misfit(protocol, **asked, day=date(1979, 2, 28)).startswith("Begins")
    assert misfit(protocol, **asked, day=date(2030, 3, 2)).startswith("Ended")
    assert months_on(date(2026, 1, 31), date(2026, 7, 30)) == 5


def test_a_renewed_one_is_an_order_of_its_own(clinic, protocol):
    """What was for one day under a protocol is, renewed, the practitioner's own order for this patient."""
    old = OrderFactory(
        patient=clinic.patient, kind="protocol", protocol=protocol, ordered_by=clinic.physician,
        starts_on=date(2026, 10, 1), expires_on=date(2026, 10, 1),
    )  # fmt: skip
    renewed = order_requests.renew(order=old, by=clinic.physician, proof=proof_of(clinic.physician))
    assert (renewed.kind, renewed.protocol) == ("once", None)
    with pytest.raises(DatabaseError), transaction.atomic():
        OrderFactory(patient=clinic.patient, kind="once", protocol=protocol, ordered_by=clinic.physician)


def test_at_an_open_visit_the_dose_joins_it(clinic, nurse, protocol, use, draft):
    visit, other = draft.encounter, EncounterFactory(patient=clinic.stranger, date=clock.today())
    chart = reverse("injections:chart", args=[visit.pk])
    drafts.start(encounter=visit, order=None, by=clinic.nurse)
    bare = visit.drafts.get(order=None)
    assert f"{use}?visit={visit.pk}" in nurse.get(f"{chart}?draft={bare.pk}").content.decode()
    page = nurse.get(use, {"visit": visit.pk})
    assert f'action="{use}?visit={visit.pk}"' in page.content.decode()
    sent = {"protocol": protocol.pk, "submission_key": str(uuid4())}
    led = {nurse.post(f"{use}?visit={visit.pk}", sent)["Location"] for _ in range(2)}
    made = Order.objects.get(protocol=protocol)
    assert led == {f"{chart}?draft={visit.drafts.get(order=made).pk}"}
    assert not Appointment.objects.exists()
    signed_dose(order=made, encounter=visit, nurse=clinic.nurse, now=timezone.now())
    note = nurse.get(reverse("injections:note", args=[visit.pk])).content.decode()
    assert f"under the protocol “Vitamin shot” of {clinic.physician.signs_as}" in note
    assert nurse.get(use, {"visit": other.pk}).context["visit"] is None, "a visit of somebody else is none"


def test_a_protocol_order_of_an_earlier_day_is_not_offered_again(clinic, nurse, protocol):
    day = clock.today() - timedelta(days=1)
    OrderFactory(
        patient=clinic.patient, kind="protocol", protocol=protocol, ordered_by=clinic.physician,
        ordered_on=day, starts_on=day, expires_on=day,
    )  # fmt: skip
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, date=clock.today())
    page = nurse.get(reverse("injections:chart", args=[visit.pk]))
    assert page.context["orders"] == []
    assert "Use a standing order" in page.content.decode()
