"""Stock: the count follows the movements, also when two nurses reach for the last vial."""

from contextlib import suppress
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError, Thread
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.db.models import Sum

from config.transactions import task_transaction
from injections.actions import arriving, stock
from injections.actions.errors import NotAllowed, Refused
from injections.days import written_day
from injections.models import Lot, StockMove
from tests import clock
from tests.factories import LocationFactory, LotFactory, PackageFactory, PhysicianFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    return LocationFactory()


@pytest.fixture
def nurse(location):
    return StaffFactory(practice=location.practice)


def receive(location, nurse, **how):
    package = PackageFactory()
    said = {"number": "a123 ", "expires_on": date(2027, 3, 31), "containers": 10, **how}
    return arriving.receive(location=location, product=package.product, package=package, by=nurse, **said)


def balanced(lot):
    lot.refresh_from_db()
    return lot.on_hand == lot.moves.aggregate(Sum("containers"))["containers__sum"]


def test_a_carton_arrives(location, nurse):
    lot = receive(location, nurse)
    assert (lot.number, lot.on_hand, lot.manufacturer) == ("A123", 10, "Fictional Labs")
    assert balanced(lot)


def test_more_of_a_known_lot_is_added_to_it(location, nurse):
    assert receive(location, nurse) == receive(location, nurse, number="A123", containers=5)
    assert Lot.objects.get().on_hand == 15


def test_receiving_twice_under_one_key_receives_once(location, nurse):
    key = uuid4()
    assert receive(location, nurse, submission_key=key) == receive(location, nurse, submission_key=key)
    assert Lot.objects.get().on_hand == 10


def test_a_lot_has_one_expiry(location, nurse):
    receive(location, nurse)
    with pytest.raises(Refused) as refused:
        receive(location, nurse, expires_on=date(2027, 4, 30))
    assert "expires_on" in refused.value.errors


def test_nothing_is_not_received(location, nurse):
    with pytest.raises(Refused):
        receive(location, nurse, containers=0)


def test_who_may_not_touch_the_shelf(location):
    with pytest.raises(NotAllowed):
        receive(location, PhysicianFactory(practice=location.practice))
    with pytest.raises(NotAllowed):
        receive(location, StaffFactory())


def test_counting_writes_down_the_difference(location, nurse):
    lot = receive(location, nurse)
    stock.count(lot=lot, containers=8, by=nurse, note="two broken")
    assert lot.moves.last().containers == -2
    key = uuid4()
    for _ in range(2):
        stock.count(lot=lot, containers=8, by=nurse, submission_key=key)
    assert [move.containers for move in lot.moves.all()] == [10, -2, 0]  # one that agrees is written down, once
    stock.move(lot=lot, kind=StockMove.Kind.GIVEN, containers=-1, by=nurse)
    stock.count(lot=lot, containers=8, by=nurse, submission_key=key)  # sent again after a dose: nothing is put back
    lot.refresh_from_db()
    assert lot.on_hand == 7
    assert balanced(lot)


def test_a_controlled_drug_that_is_missing_is_explained_before_a_colleague(location, nurse):
    lot = receive(location, nurse)
    lot.product.details["schedule"] = "CIII"
    lot.product.save()
    other = StaffFactory(practice=location.practice)
    for field, how in (("witness", {"note": "broken"}), ("witness", {"witness": nurse}), ("note", {"witness": other})):
        with pytest.raises(Refused) as refused:
            stock.count(lot=lot, containers=9, by=nurse, **how)
        assert list(refused.value.errors) == [field]
    stock.count(lot=lot, containers=10, by=nurse)
    stock.count(lot=lot, containers=9, by=nurse, note="broken, found under the shelf", witness=other)
    assert [(move.containers, move.witness) for move in lot.moves.all()] == [(10, None), (0, None), (-1, other)]


def test_waste_says_why(location, nurse):
    lot = receive(location, nurse)
    with pytest.raises(Refused):
        stock.waste(lot=lot, containers=1, by=nurse, note=" ")
    stock.waste(lot=lot, containers=1, by=nurse, note="left out of the fridge")
    assert balanced(lot)


def test_a_lot_moves_to_another_shelf_once(location, nurse):
    lot, other, key = receive(location, nurse), LocationFactory(practice=location.practice), uuid4()
    there = arriving.transfer(lot=lot, to=other, containers=4, by=nurse, submission_key=key)
    assert arriving.transfer(lot=lot, to=other, containers=4, by=nurse, submission_key=key) == there
    there.refresh_from_db()
    assert (there.number, there.expires_on, there.on_hand, there.location) == ("A123", lot.expires_on, 4, other)
    assert balanced(lot)
    assert balanced(there)
    assert lot.on_hand == 6
    with pytest.raises(Refused):
        arriving.transfer(lot=lot, to=location, containers=1, by=nurse)
    with pytest.raises(NotAllowed):
        arriving.transfer(lot=lot, to=LocationFactory(), containers=1, by=nurse)


def test_a_controlled_drug_is_thrown_away_before_a_colleague(location, nurse):
    lot = receive(location, nurse)
    lot.product.details["schedule"] = "CIII"
    lot.product.save()
    other = StaffFactory(practice=location.practice)
    for witness in (None, nurse):
        with pytest.raises(Refused) as refused:
            stock.waste(lot=lot, containers=1, by=nurse, note="broken", witness=witness)
        assert "witness" in refused.value.errors
    stock.waste(lot=lot, containers=1, by=nurse, note="broken", witness=other)
    assert lot.moves.last().witness == other


@pytest.mark.django_db(transaction=True)
def test_no_movement_is_lost_in_a_race():
    """Eight hands at once on three vials: eight movements, and the count goes below zero with notes."""
    location = LocationFactory()
    nurse = StaffFactory(practice=location.practice)
    lot = receive(location, nurse, containers=3)
    together = Barrier(8)

    def take_one():
        together.wait()
        with task_transaction(nurse.practice_id, nurse.pk):
            stock.move(lot=Lot.objects.get(pk=lot.pk), kind=StockMove.Kind.GIVEN, containers=-1, by=nurse)
        connection.close()

    hands = [Thread(target=take_one) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert balanced(lot)
    assert lot.on_hand == -5
    assert lot.moves.filter(note=stock.SHORT).count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_lot_that_two_move_both_ways_at_once_arrives_on_both_shelves(monkeypatch):
    """Each has taken from one shelf when the other begins: neither waits for what the other holds."""
    north = LocationFactory()
    south, nurse = LocationFactory(practice=north.practice), StaffFactory(practice=north.practice)
    lots = [receive(north, nurse, containers=5), receive(south, nurse, containers=5)]
    both, take_off, wrong = Barrier(2), arriving.take_off, []

    def take_off_together(*args, **told):
        done = take_off(*args, **told)
        with suppress(BrokenBarrierError):  # where one waits for the other, only one comes as far
            both.wait(0.4)
        return done

    monkeypatch.setattr(arriving, "take_off", take_off_together)

    def bring(lot, to, containers):
        try:
            with task_transaction(nurse.practice_id, nurse.pk):
                arriving.transfer(lot=Lot.objects.get(pk=lot.pk), to=to, containers=containers, by=nurse)
        except OperationalError as problem:
            wrong.append(problem)
        connection.close()

    hands = [Thread(target=bring, args=args) for args in ((lots[0], south, 3), (lots[1], north, 1))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert not wrong
    assert [Lot.objects.get(pk=lot.pk).on_hand for lot in lots] == [3, 7]


def test_no_more_is_thrown_away_than_there_is(location, nurse):
    lot = LotFactory(location=location, on_hand=2)
    with pytest.raises(Refused, match="Only 2 of lot"):
        stock.waste(lot=lot, containers=3, by=nurse, note="broken")
    stock.waste(lot=lot, containers=2, by=nurse, note="broken")
    with pytest.raises(Refused, match="Nothing of lot"):
        stock.waste(lot=lot, containers=1, by=nurse, note="broken")


def test_a_lot_that_is_still_good_is_not_taken_out_as_expired(location, nurse):
    lot = LotFactory(location=location, on_hand=2, expires_on=clock.today())
    how = {"containers": 1, "by": nurse, "note": "Expired, taken out", "kind": StockMove.Kind.EXPIRED}
    with pytest.raises(Refused, match=f"The label says {written_day(clock.today())}: lot A123 may be used") as refused:
        stock.waste(lot=lot, **how)
    assert "act" in refused.value.errors
    lot.expires_on -= timedelta(days=1)
    lot.save()
    stock.waste(lot=lot, **how)
    assert lot.moves.last().kind == StockMove.Kind.EXPIRED
