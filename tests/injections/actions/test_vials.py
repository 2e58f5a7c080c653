"""Opened vials: what a dose draws from them, how long they may be used, and that nothing in them goes missing."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from django.db.utils import IntegrityError

from injections.actions import signing, vials
from injections.actions.errors import NotAllowed, Refused
from injections.chart import signed_fact
from injections.days import written_day
from injections.models import OpenedVial, StockMove, VialMove
from injections.quantity import Quantity
from tests.factories import (
    NOW,
    TODAY,
    EncounterFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    StaffFactory,
    charted_draft,
    proof_of,
)

pytestmark = pytest.mark.django_db
MULTI = "99999-0002-01"


@pytest.fixture
def lot():
    """Three vials of 10 mL for several doses of 1 mL."""
    order = OrderFactory()
    package = PackageFactory(product=order.product, ndc=MULTI, holds_amount=10_000, volume_ml=10, single_dose=False)
    visit = EncounterFactory(patient=order.patient)
    return LotFactory(location=visit.location, package=package, number="M1", on_hand=3)


@pytest.fixture
def nurse(lot):
    return StaffFactory(practice=lot.practice)


def charted(lot, nurse, **entries):
    order = OrderFactory(patient__practice=lot.practice, product=lot.product)
    visit = EncounterFactory(patient=order.patient, location=lot.location)
    typed = {"package_ndc": MULTI, "lot": lot.number, "discarded": None} | entries
    return charted_draft(encounter=visit, order=order, nurse=nurse, **typed)


def sign(draft, now=NOW):
    return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=now)


def give(lot, nurse, **entries):
    return sign(charted(lot, nurse, **entries))


def adds_up():
    for vial in OpenedVial.objects.all():
        sums = dict(vial.moves.values_list("kind").annotate(Sum("amount")))
        assert vial.given == sums.get("given", 0)
        assert vial.wasted == sums.get("wasted", 0)
        assert vial.content == vial.given + vial.wasted + vial.kept
    return True


def figures(vial):
    vial.refresh_from_db()
    return vial.content, vial.given, vial.wasted, vial.kept


def test_a_dose_opens_a_vial_and_the_next_ones_are_drawn_from_it(lot, nurse):
    first = give(lot, nurse)
    vial = OpenedVial.objects.get()
    assert (vial.use_by, vial.opened_by, vial.administration) == (TODAY + timedelta(28), nurse, first)
    second = give(lot, nurse)
    lot.refresh_from_db()
    assert lot.on_hand == 2
    assert figures(vial) == (10_000, 2_000, 0, 8_000)
    assert second.beyond_use_on == vial.use_by
    assert first.beyond_use_on is None
    assert adds_up()


def test_a_vial_that_runs_out_is_followed_by_the_next(lot, nurse):
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    OpenedVial.objects.filter(pk=vial.pk).update(kept=400, content=400)
    give(lot, nurse)
    lot.refresh_from_db()
    assert lot.on_hand == 1
    assert figures(vial) == (400, 400, 0, 0)
    assert vial.ended_at is not None
    assert figures(OpenedVial.objects.exclude(pk=vial.pk).get()) == (10_000, 600, 0, 9_400)
    assert adds_up()


def test_opening_by_hand_takes_one_off_the_shelf_once(lot, nurse):
    key = uuid4()
    one, again = (vials.open_by_hand(lot=lot, by=nurse, now=NOW, submission_key=key) for _ in range(2))
    lot.refresh_from_db()
    assert one == again
    assert lot.on_hand == 2
    assert lot.moves.get().kind == StockMove.Kind.OPENED
    give(lot, nurse)
    assert figures(one) == (10_000, 1_000, 0, 9_000)


@pytest.mark.parametrize(
    "change", [{"on_hand": 0}, {"recalled_at": NOW}, {"expires_on": date(2026, 10, 5)}, {"package": None}], ids=str
)
def test_what_must_not_be_used_is_not_opened(lot, nurse, change):
    for name, value in change.items():
        setattr(lot, name, value)
    lot.save()
    with pytest.raises(Refused):
        vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    assert not OpenedVial.objects.exists()


def test_past_its_use_date_the_chart_stops_it_and_a_new_vial_goes_on(lot, nurse):
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW - timedelta(29))
    draft = charted(lot, nurse)
    with pytest.raises(Refused) as refused:
        sign(draft)
    (stop,) = refused.value.findings
    assert stop.rule == "vial.past_beyond_use"
    assert f"to be used by {written_day(vial.use_by)}" in stop.because
    told = give(lot, nurse, **{"waive.vial.past_beyond_use": "seen only afterwards"})
    assert (told.beyond_use_on, told.incidents.get().rule) == (vial.use_by, "vial.past_beyond_use")
    assert figures(vial) == (10_000, 1_000, 0, 9_000)
    vials.discard(vial=vial, by=nurse, note="past its use date")
    sign(draft)
    assert figures(OpenedVial.objects.latest("pk")) == (10_000, 1_000, 0, 9_000)
    assert adds_up()


def test_the_rest_is_thrown_away_once_with_the_reason_and_a_witness_where_the_drug_asks(lot, nurse):
    give(lot, nurse)
    vial = OpenedVial.objects.get()
    with pytest.raises(Refused):
        vials.discard(vial=vial, by=nurse, note=" ")
    for _ in range(2):
        vials.discard(vial=vial, by=nurse, note="left out")
    assert figures(vial) == (10_000, 1_000, 9_000, 0)
    assert vial.moves.get(kind="wasted").note == "left out"
    lot.product.details["schedule"] = "CIII"
    lot.product.save()
    other = vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    with pytest.raises(Refused):
        vials.discard(vial=other, by=nurse, note="left out")
    vials.discard(vial=other, by=nurse, note="left out", witness=StaffFactory(practice=lot.practice))
    assert adds_up()
    with pytest.raises(NotAllowed):
        vials.discard(vial=other, by=StaffFactory(role="biller", practice=lot.practice), note="left out")


def test_a_dose_in_error_gives_back_what_it_drew(lot, nurse):
    first, second = give(lot, nurse), give(lot, nurse)
    vial = OpenedVial.objects.get()
    undo = {"by": nurse, "proof": proof_of(nurse), "reason": "wrong patient", "now": NOW}
    signing.enter_in_error(administration=first, **undo)
    lot.refresh_from_db()
    assert lot.on_hand == 2, "the second dose still draws from the vial that the first one opened"
    assert figures(vial) == (10_000, 1_000, 0, 9_000)
    signing.enter_in_error(administration=second, **undo | {"proof": proof_of(nurse)})
    assert figures(vial) == (10_000, 0, 0, 10_000)
    assert vial.ended_at is None
    assert adds_up()


def test_a_single_vial_in_error_is_whole_on_the_shelf_again(lot, nurse):
    dose = give(lot, nurse)
    signing.enter_in_error(administration=dose, by=nurse, proof=None, now=NOW)
    lot.refresh_from_db()
    vial = OpenedVial.objects.get()
    assert (lot.on_hand, vial.ended_at is None, figures(vial)) == (3, False, (10_000, 0, 0, 10_000))


def test_a_correction_draws_from_the_same_vial(lot, nurse):
    first, second = give(lot, nurse), give(lot, nurse)
    signing.correct(administration=second, entries={"dose": "0.5 mL", "dose_change_reason": "small patient"},
                    reason="half of it", by=nurse, proof=proof_of(nurse), now=NOW)  # fmt: skip
    vial = OpenedVial.objects.get()
    assert figures(vial) == (10_000, 1_500, 0, 8_500)
    signing.correct(administration=first, entries={"note": "looked again"}, reason="a note", by=nurse,
                    proof=proof_of(nurse), now=NOW)  # fmt: skip
    lot.refresh_from_db()
    assert (lot.on_hand, figures(vial)) == (2, (10_000, 1_500, 0, 8_500))
    assert adds_up()


def test_of_a_single_dose_vial_the_same_figures_make_the_bill():
    order = OrderFactory(dose_amount=600)
    encounter = EncounterFactory(patient=order.patient)
    lot = LotFactory(location=encounter.location, on_hand=2)
    dose = sign(charted_draft(encounter=encounter, order=order, discarded="400 mcg"))
    vial = OpenedVial.objects.get(lot=lot)
    assert figures(vial) == (1_000, 600, 400, 0)
    assert (vial.given, vial.wasted) == (dose.dose_amount, dose.discarded_amount)
    assert vial.ended_at is not None
    fact = signed_fact(dose)  # what JW and JZ are worked out from, and nothing else
    assert (fact.dose, fact.discarded) == (Quantity(vial.given, "mcg"), Quantity(vial.wasted, "mcg"))


@pytest.mark.parametrize("change", [{"kept": 1}, {"given": -1, "kept": 10_001}, {"unit": ""}, {"use_by": None}])
def test_the_table_refuses_what_does_not_add_up(lot, nurse, change):
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        OpenedVial.objects.filter(pk=vial.pk).update(**change)


def test_more_than_the_label_is_found_and_not_lost(lot, nurse):
    vial = vials.open_by_hand(lot=lot, by=nurse, now=NOW)
    OpenedVial.objects.filter(pk=vial.pk).update(kept=0, given=10_000)
    give(lot, nurse, opened="0")
    assert figures(vial)[1] == 10_000, "nobody knows which vial it was"
    assert not VialMove.objects.exists()
    assert Decimal(lot.moves.aggregate(all=Sum("containers"))["all"]) == -1
