"""`manage.py demo`: a believable practice, once, and only where it is safe."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.demo.people import PASSWORD, PATIENTS, STAFF
from billing.models import Decision, ExportedLine, Review
from injections.models import (
    Administration,
    Appointment,
    HeldLot,
    Incident,
    Location,
    Lot,
    Order,
    OrderRequest,
    Patient,
    Signature,
    SparedSide,
    Staff,
    StandingOrder,
    StockMove,
)
from injections.reading.approved import left_for
from injections.reading.known_codes import read
from injections.reading.orders import with_doses
from injections.reading.presence import open_at
from injections.records import digest
from injections.scan import read_scan
from tests import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for this file and rolled back after it."""
    from django.conf import settings
    from django.db import transaction

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEBUG", True)
        with transaction.atomic():
            call_command("demo")
            yield
            transaction.set_rollback(True)


def test_is_refused_where_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("demo")
    assert not Staff.objects.exists()


def test_everybody_is_there_and_can_sign_in(loaded):
    assert Patient.objects.count() == len(PATIENTS) == 30
    assert {person.role for person in Staff.objects.all()} == {person.role for person in STAFF}
    assert all(person.check_password(PASSWORD) for person in Staff.objects.filter(username__in=["lee", "novak"]))


def test_both_places_expect_patients_today_and_have_stock(loaded):
    today = Appointment.objects.filter(starts_at__gte=timezone.now() - timedelta(hours=36), encounter=None)
    assert today.values("location").distinct().count() == 2
    assert Lot.objects.filter(on_hand__gt=0).values("location").distinct().count() == 2


def test_past_is_signed_and_every_signature_fits_its_content(loaded):
    assert Administration.objects.filter(status="given").count() > 50
    assert all(signature.content_hash == digest(signature.content) for signature in Signature.objects.all())


def test_no_series_has_more_doses_than_were_ordered(loaded):
    planned = with_doses(Order.objects.filter(doses_planned__isnull=False))
    assert planned
    assert all(order.given < order.doses_planned for order in planned)


def test_review_shows_gaps_and_work_done(loaded):
    current = Review.objects.filter(superseded_by=None)
    assert current.filter(gaps__gate="claim").exists()
    assert not current.filter(state="failed").exists()
    assert {"approved", "held"} <= set(Decision.objects.values_list("what", flat=True))
    assert ExportedLine.objects.exists()


def test_the_workbench_shows_what_it_can(loaded):
    assert OrderRequest.objects.filter(answered_at=None, order__patient__family_name="Dubois").exists()
    assert Order.objects.get(pause__isnull=False).patient.family_name == "Greene"
    assert StockMove.objects.filter(lot__product__key="testosterone-cypionate", kind="wasted").exclude(witness=None)
    assert Incident.objects.get(notes__isnull=False).reported_by.username == "walker"
    signed = Incident.objects.filter(administration__isnull=False)
    assert {incident.rule for incident in signed} == {"vial.lot_expired"}
    assert HeldLot.objects.filter(end=None).count() == 1
    known = read(read_scan("0150304093795498"), Lot.objects.first().practice_id)
    assert (known.package.product.key, known.units) == ("ketorolac", 25)
    assert HeldLot.objects.filter(end__outcome="released").exists()
    assert "Avoid left arm: mastectomy" in {str(spared) for spared in SparedSide.objects.all()}
    (left,) = left_for(Order.objects.get(product__key="omalizumab"), clock.today())
    assert left.doses
    assert left.units < 240


def test_second_start_on_the_same_day_adds_nothing(loaded, settings):
    settings.DEBUG = True
    before = (Patient.objects.count(), Administration.objects.count(), Appointment.objects.count())
    call_command("demo")
    assert (Patient.objects.count(), Administration.objects.count(), Appointment.objects.count()) == before


def test_start_on_a_later_day_books_that_day(loaded, settings):
    settings.DEBUG = True
    before = Appointment.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=True):
        call_command("demo")
        assert all(open_at(place).exists() for place in Location.objects.all()), "somebody supervises on that day"
    assert Appointment.objects.count() > before


def test_what_a_standing_order_needs_is_here_and_every_kind_of_owner(loaded):
    flu = Lot.objects.filter(product__key="influenza-vaccine", on_hand__gt=0)
    assert flu.values("location").distinct().count() == 2
    owners = {
        lot.source
        for lot in flu.filter(number=flu.get(source="state").number, location=flu.get(source="state").location)
    }
    assert owners == {"stock", "state"}, "whose vial it is, is asked"
    assert {"stock", "340b", "patient", "sample", "state"} == set(Lot.objects.values_list("source", flat=True))
    assert flu.filter(source="stock").values("number").distinct().count() == 4, "and a lot that one owner has"


def test_standing_orders_hold_but_for_one_that_was_ended(loaded):
    held = StandingOrder.objects.on(clock.today())
    assert {protocol.product.key for protocol in held} == {"influenza-vaccine", "epinephrine"}
    assert StandingOrder.objects.exclude(end=None).get().end.reason
