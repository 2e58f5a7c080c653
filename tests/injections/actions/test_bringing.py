"""An opened vial that is brought to another location: nothing of it goes missing on the way, nor afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from django.db.utils import IntegrityError

from injections.actions import bringing, holds, signing, vials
from injections.actions.errors import NotAllowed, Refused
from injections.models import Lot, OpenedVial, StockMove
from injections.reading.ledger import as_rows, controlled
from tests.factories import NOW, LocationFactory, StaffFactory, proof_of
from tests.injections.actions.test_vials import adds_up, figures, give, lot, nurse

__all__ = ["lot", "nurse"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(lot):
    return LocationFactory(practice=lot.practice, name="North")


def moved(vial):
    return vial.moves.filter(kind="moved").aggregate(all=Sum("amount"))["all"] or 0


def balances(*vials):
    """Each figure is the sum of the moves, and what left one place came to another."""
    assert adds_up()
    assert sum(moved(vial) for vial in OpenedVial.objects.all()) == 0
    return [figures(vial) for vial in vials]


def undo(dose, nurse):
    signing.enter_in_error(administration=dose, by=nurse, proof=proof_of(nurse), reason="wrong patient", now=NOW)


def test_the_rest_goes_along_with_its_use_date_and_both_ledgers_say_so(lot, nurse, north):
    give(lot, nurse)
    here, key = OpenedVial.objects.get(), uuid4()
    told = {"vial": here, "to": north, "by": nurse, "note": "for the afternoon", "submission_key": key}
    there, again = (bringing.bring(**told) for _ in range(2))
    assert there == again
    assert balances(here, there) == [(1_000, 1_000, 0, 0), (9_000, 0, 0, 9_000)]
    here.refresh_from_db()
    assert (there.opened_at, there.opened_by, there.use_by) == (here.opened_at, here.opened_by, here.use_by)
    assert (here.ended_at is None, there.ended_at) == (False, None)
    out, came = here.moves.get(kind="moved"), there.moves.get()
    assert (out.amount, out.note) == (-9_000, "to North. for the afternoon")
    assert (came.amount, came.note) == (9_000, f"from {lot.location.name}. for the afternoon")
    assert (there.lot.location, there.lot.number, there.lot.on_hand) == (north, lot.number, 0)
    dose = give(there.lot, nurse)
    assert dose.beyond_use_on == here.use_by
    assert balances(there) == [(9_000, 1_000, 0, 8_000)]
    assert not there.lot.moves.exists(), "no container left the shelf there: it was open already"


def test_what_is_not_here_does_not_move(lot, nurse, north):
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    for to in (lot.location, LocationFactory()):
        with pytest.raises((Refused, NotAllowed)):
            bringing.bring(vial=vial, to=to, by=nurse)
    with pytest.raises(NotAllowed):
        bringing.bring(vial=vial, to=north, by=StaffFactory(role="biller", practice=lot.practice))
    vials.discard(vial=vial, by=nurse, note="left out")
    with pytest.raises(Refused, match="Nothing of this vial is here"):
        bringing.bring(vial=vial, to=north, by=nurse)
    assert not Lot.objects.filter(location=north).exists()


def test_on_hold_and_recalled_go_along_and_a_way_on_is_held_too(lot, nurse, north):
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW - timedelta(days=1))
    Lot.objects.filter(pk=lot.pk).update(recalled_at=NOW)
    lot.refresh_from_db()
    span = {"began_at": NOW - timedelta(hours=3), "ended_at": NOW, "reason": "door open", "by": nurse}
    excursion = holds.report(location=lot.location, **span)
    there = bringing.bring(vial=vial, to=north, by=nurse)
    assert excursion.held.filter(lot=there.lot).exists()
    assert there.lot.recalled_at == lot.recalled_at
    later = holds.report(location=lot.location, **span | {"reason": "seen on the logger"})
    assert set(later.held.values_list("lot", flat=True)) == {lot.pk, there.lot_id}
    before = holds.report(location=north, **span)
    assert not before.held.exists(), "it came there after that span"


def test_a_dose_in_error_gives_back_to_where_the_vial_is_now(lot, nurse, north):
    dose = give(lot, nurse)
    here = OpenedVial.objects.get()
    there = bringing.bring(vial=here, to=north, by=nurse)
    undo(dose, nurse)
    lot.refresh_from_db()
    assert balances(here, there) == [(0, 0, 0, 0), (10_000, 0, 0, 10_000)]
    assert lot.on_hand == 2, "the vial that it opened is still open, at the other location"
    assert (here.ended_at is None, there.ended_at) == (False, None)
    back = bringing.bring(vial=there, to=lot.location, by=nurse)
    assert (back.lot, balances(here, there, back)[2]) == (lot, (10_000, 0, 0, 10_000))


@pytest.mark.parametrize(("amount", "left"), [("0.5 mL", 9_500), ("1.5 mL", 8_500), ("1 mL", 9_000)])
def test_a_correction_draws_from_the_vial_that_went_on(lot, nurse, north, amount, left):
    dose = give(lot, nurse)
    here = OpenedVial.objects.get()
    there = bringing.bring(vial=here, to=north, by=nurse)
    signing.correct(administration=dose, entries={"dose": amount, "dose_change_reason": "read again"},
                    reason="read again", by=nurse, proof=proof_of(nurse), now=NOW)  # fmt: skip
    lot.refresh_from_db()
    given = 10_000 - left
    assert balances(here, there) == [(given, given, 0, 0), (left, 0, 0, left)]
    assert (lot.on_hand, OpenedVial.objects.count()) == (2, 2)
    assert lot.moves.aggregate(all=Sum("containers"))["all"] == -1


def test_thrown_away_there_it_stays_thrown_away(lot, nurse, north):
    dose = give(lot, nurse)
    there = bringing.bring(vial=OpenedVial.objects.get(), to=north, by=nurse)
    vials.discard(vial=there, by=nurse, note="past its use date")
    undo(dose, nurse)
    assert balances(there) == [(10_000, 0, 9_000, 1_000)]
    assert there.ended_at is not None


@pytest.mark.parametrize("change", [{"brought_at": None}, {"came_from": None}])
def test_from_where_and_when_stand_together(lot, nurse, north, change):
    vial = bringing.bring(vial=vials.open_by_hand(lot=lot, by=nurse, now=NOW), to=north, by=nurse)
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenedVial.objects.filter(pk=vial.pk).update(**change)


def test_the_log_of_controlled_drugs_tells_what_left_an_opened_vial(lot, nurse, north):
    lot.product.details["schedule"] = "CIII"
    lot.product.save()
    vial, witness = vials.open_by_hand(lot=lot, by=nurse, now=NOW), StaffFactory(practice=lot.practice)
    dose = give(lot, nurse)
    undo(give(lot, nurse), nurse)
    there = bringing.bring(vial=vial, to=north, by=nurse)
    vials.discard(vial=there, by=nurse, note="left out", witness=witness)
    told = {log: [(line.what, line.containers, line.left) for line in lines] for log, lines in controlled(nurse)}
    assert told[lot] == [
        ("Opened", -1, -1),
        ("Opened vial: given", 0, -1),
        ("Opened vial: given", 0, -1),
        ("Opened vial: given, taken back", 0, -1),
        ("Opened vial: moved 9\u00a0mL", 0, -1),
    ]
    assert told[there.lot] == [("Opened vial: moved 9\u00a0mL", 0, 0), ("Opened vial: thrown away 9\u00a0mL", 0, 0)]
    rows = list(as_rows(controlled(nurse)))
    assert [row[8] for row in rows].count(dose.encounter.patient.mrn) == 1
    assert rows[-1][10:13] == ("9\u00a0mL", nurse.signs_as, witness.signs_as)


def test_the_count_of_whole_vials_is_as_it_was(lot, nurse, north):
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    bringing.bring(vial=vial, to=north, by=nurse)
    lot.refresh_from_db()
    assert lot.on_hand == 2
    assert [move.kind for move in StockMove.objects.all()] == ["opened"]
