"""A lot that was given before anybody received it: listed, received, and its doses taken off its count."""

from datetime import date, timedelta
from decimal import Decimal
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from config.transactions import task_transaction
from injections.actions import arriving, recalls, signing, vials
from injections.models import Lot, OpenedVial, StockMove
from injections.reading import recalled
from injections.reading.unreceived import doses, taken_off, unreceived
from tests.factories import (
    NOW,
    TODAY,
    EncounterFactory,
    LocationFactory,
    OrderFactory,
    PackageFactory,
    PatientFactory,
    StaffFactory,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dose():
    return signed_dose()


@pytest.fixture
def nurse(dose):
    return dose.given_by


def another(dose, entries=None, *, at=None, days_ago=0, **changes):
    """One more dose of the same drug, for somebody else."""
    patient = PatientFactory(practice=dose.practice)
    order = OrderFactory(patient=patient, product=dose.product, ordered_by=dose.order.ordered_by)
    visit = EncounterFactory(patient=patient, location=at or dose.encounter.location, date=TODAY - timedelta(days_ago))
    how = {"nurse": dose.given_by, "now": NOW - timedelta(days_ago)}
    return signed_dose(entries, encounter=visit, order=order, **how, **changes)


def receive(dose, containers=10, **how):
    told = {"package": dose.package, "number": dose.lot_number, "expires_on": dose.expires_on, **how}
    where = how.pop("location", dose.encounter.location)
    told["location"] = where
    return arriving.receive(product=dose.product, containers=containers, by=dose.given_by, **told)


def two_vials(dose, **second):
    """Entries of a dose from two vials of half of it each."""
    PackageFactory(product=dose.product, ndc="99999-0003-01", holds_amount=500, volume_ml="0.5")
    vials = {"package_ndc": "99999-0003-01", "lot": "C7", "discarded": None, "vial2.lot": "C8"}
    return vials | {"vial2.expires": "2027-03-31", "vial2.ndc": "99999-0003-01"} | second


def test_a_lot_that_nobody_received_is_listed_with_its_doses(dose, nurse):
    another(dose, days_ago=3, lot=" a123")
    other = another(dose, lot="B456")
    first, second = unreceived(nurse)
    assert {first.number, second.number} == {"A123", "B456"}
    mine = first if first.number == "A123" else second
    assert (mine.doses, mine.first, mine.last) == (2, TODAY - timedelta(days=3), TODAY)
    assert (mine.expires, mine.ndcs, mine.location) == ([dose.expires_on], {dose.ndc}, dose.encounter.location)
    assert [one.lot_number for one in doses(mine, nurse)] == ["A123", "a123"], "as they were charted"
    receive(other)
    assert [one.number for one in unreceived(nurse)] == ["A123"]


def test_each_location_has_its_own_and_a_stranger_sees_none(dose, nurse):
    there = another(dose, at=LocationFactory(practice=dose.practice))
    assert len(unreceived(nurse)) == 2
    receive(dose)
    assert [one.location for one in unreceived(nurse)] == [there.encounter.location]
    assert unreceived(StaffFactory()) == []


def test_what_was_never_ours_to_receive_or_never_given_is_not_listed(dose, nurse):
    another(dose, lot="P1", source="patient")
    another(dose, lot="N1", status="not-given", not_given_reason="felt unwell")
    assert [one.number for one in unreceived(nurse)] == ["A123"]
    how = {"by": nurse, "proof": proof_of(nurse), "reason": "wrong chart", "now": NOW + timedelta(hours=1)}
    signing.enter_in_error(administration=dose, **how)
    assert unreceived(nurse) == []


def test_a_patients_own_lot_of_that_number_does_not_hide_ours(dose, nurse):
    receive(dose, source="patient")
    assert [one.number for one in unreceived(nurse)] == ["A123"]
    assert Lot.objects.get().on_hand == 10, "and nothing of ours is taken off it"


def test_a_further_vial_counts_by_its_own_lot_and_once(dose, nurse):
    receive(dose)
    two = another(dose, **two_vials(dose))
    same = another(dose, **two_vials(dose, **{"vial2.lot": "C7"}))
    found = {one.number: one for one in unreceived(nurse)}
    assert {number: one.doses for number, one in found.items()} == {"C7": 2, "C8": 1}
    assert found["C8"].expires == [date(2027, 3, 31)]
    assert found["C8"].ndcs == {"99999-0003-01"}
    assert {one.pk for one in doses(found["C7"], nurse)} == {two.pk, same.pk}
    lot = receive(dose, number="C8", package=two.package, expires_on=date(2027, 3, 31))
    assert (lot.on_hand, lot.moves.get(administration=two).containers) == (9, -1)
    both = receive(dose, number="C7", package=two.package, expires_on=two.expires_on)
    assert both.moves.filter(administration=same).aggregate(Sum("containers"))["containers__sum"] == -2
    assert unreceived(nurse) == []


def test_receiving_takes_off_what_was_given_before_and_once(dose, nurse):
    second, key = another(dose), uuid4()
    lot = receive(dose, submission_key=key)
    assert lot.on_hand == 8
    assert [move.note for move in lot.moves.filter(kind=StockMove.Kind.GIVEN)] == [
        "Given before the lot was received here"
    ] * 2
    assert taken_off(lot) == 2
    assert receive(dose, submission_key=key).on_hand == 8
    assert receive(dose, containers=5).on_hand == 13
    assert set(lot.moves.exclude(administration=None).values_list("administration", flat=True)) == {dose.pk, second.pk}
    assert taken_off(lot) == 2
    dose.refresh_from_db()
    assert dose.lot is None, "the signed record stays as it was signed"


def test_an_error_seen_later_puts_it_back(dose, nurse):
    lot = receive(dose)
    how = {"by": nurse, "proof": proof_of(nurse), "reason": "wrong chart", "now": NOW + timedelta(hours=1)}
    signing.enter_in_error(administration=dose, **how)
    lot.refresh_from_db()
    assert lot.on_hand == 10


def test_a_vial_for_several_doses_is_opened_by_the_first_of_them(dose, nurse):
    big = PackageFactory(
        product=dose.product, ndc="99999-0002-01", holds_amount=10_000, volume_ml=10, single_dose=False
    )
    entries = {"package_ndc": big.ndc, "lot": "M1", "discarded": None}
    first = another(dose, **entries)
    another(dose, **entries)
    lot = receive(dose, number="M1", package=big, expires_on=first.expires_on, containers=3)
    vial = OpenedVial.objects.get()
    assert (lot.on_hand, vial.given, vial.opened_at) == (2, Decimal(2000), first.given_at)
    assert taken_off(lot) == 2


def test_a_lot_that_is_moved_here_takes_its_doses_too(dose, nurse):
    elsewhere = LocationFactory(practice=dose.practice)
    lot = receive(dose, location=elsewhere)
    there = arriving.transfer(lot=lot, to=dose.encounter.location, containers=4, by=nurse)
    assert there.on_hand == 3


def test_a_lot_that_comes_in_an_opened_vial_takes_its_doses_too(dose, nurse):
    big = PackageFactory(
        product=dose.product, ndc="99999-0002-01", holds_amount=10_000, volume_ml=10, single_dose=False
    )
    earlier = another(dose, package_ndc=big.ndc, lot="M1", discarded=None)
    elsewhere = LocationFactory(practice=dose.practice)
    lot = receive(dose, number="M1", package=big, expires_on=earlier.expires_on, location=elsewhere)
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    there = arriving.bring(vial=vial, to=dose.encounter.location, by=nurse)
    there.refresh_from_db()
    assert (there.given, there.kept, there.lot.on_hand) == (1_000, 9_000, 0)
    assert [one.number for one in unreceived(nurse)] == ["A123"]


@pytest.mark.django_db(transaction=True)
def test_a_lot_that_comes_while_its_dose_is_being_signed_loses_it_no_more(dose, monkeypatch):
    """The dose is read as of no shelf here, then the carton is received, then the dose is written down."""
    write = signing.write_signature

    def receive_meanwhile():
        with task_transaction(dose.practice_id, dose.given_by_id):
            receive(dose, number="C9")
        connection.close()

    def sign_late(*args):
        if not Lot.objects.filter(number="C9").exists():
            carton = Thread(target=receive_meanwhile)
            carton.start()
            carton.join()
        return write(*args)

    monkeypatch.setattr(signing, "write_signature", sign_late)
    signed = another(dose, lot="C9")
    assert signed.lot is None, "it was read before the carton came"
    lot = Lot.objects.get(number="C9")
    assert (lot.on_hand, lot.moves.get(administration=signed).containers) == (9, -1)


@pytest.mark.parametrize("received", [False, True])
def test_a_recall_finds_them_either_way(dose, nurse, received):
    further = another(dose, **two_vials(dose, **{"vial2.lot": "A123"}))
    if received:
        receive(dose)
    assert len(recalled.found("a123", nurse)) == 1
    recall = recalls.stop(product=dose.product, number="A123", reason="particles", by=nurse, now=NOW)
    assert {one.pk for one in recalled.given(recall, nurse)} == {dose.pk, further.pk}


def test_the_list_costs_the_same_however_many_doses_there_are(dose, nurse):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            unreceived(nurse)
        return len(asked)

    before = cost()
    for number in ("L1", "L2", "L3"):
        another(dose, lot=number)
    assert cost() == before
