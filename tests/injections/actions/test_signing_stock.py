"""What signing does to the shelf: the vial leaves it, and counting never comes before care."""

import pytest

from injections.actions import drafts, signing, stock
from injections.actions.errors import Refused
from injections.models import StockMove
from tests.factories import (
    NOW,
    EncounterFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    charted_draft,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


def sign(draft):
    return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)


def test_the_vial_leaves_the_shelf():
    order = OrderFactory()
    encounter = EncounterFactory(patient=order.patient)
    lot = LotFactory(location=encounter.location, on_hand=5)
    dose = sign(charted_draft(encounter=encounter, order=order))
    lot.refresh_from_db()
    assert (dose.lot, lot.on_hand) == (lot, 4)
    assert dose.stock_moves.get().containers == -1


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (lambda lot, by: stock.count(lot=lot, containers=0, by=by, note="counted"), "counted the shelf at"),
        (lambda lot, by: stock.waste(lot=lot, containers=1, by=by, note="broken"), "threw away the last one at"),
    ],
    ids=["counted", "broken"],
)
def test_what_became_of_the_last_vial_is_said_as_it_was(moved, said):
    draft = charted_draft()
    lot = LotFactory(location=draft.encounter.location, product=draft.order.product, on_hand=1)
    moved(lot, draft.author)
    with pytest.raises(Refused) as refused:
        sign(draft)
    assert said in refused.value.errors["short_of"]


def test_who_comes_second_to_the_last_vial_is_told_and_may_sign_what_is_true():
    first = OrderFactory()
    order = OrderFactory(patient__practice=first.practice)
    encounter = EncounterFactory(patient=order.patient)
    lot = LotFactory(location=encounter.location, on_hand=1)
    here = EncounterFactory(patient=first.patient, location=encounter.location)
    winner = sign(charted_draft(encounter=here, order=first))
    draft = charted_draft(encounter=encounter, order=order, note="typed before")
    with pytest.raises(Refused) as refused:
        sign(draft)
    assert f"{winner.given_by.short_name} took the last one at" in refused.value.errors["short_of"]
    draft.refresh_from_db()
    assert draft.entries["note"] == "typed before"
    assert not encounter.administrations.exists()
    draft = drafts.save(draft=draft, entries={"short_of": "yes"}, version=draft.version, by=draft.author)
    dose = sign(draft)
    lot.refresh_from_db()
    assert lot.on_hand == -1
    assert dose.stock_moves.get().note == "More was used than the count showed"
    correction = {"entries": {"note": "another word"}, "reason": "slip", "by": dose.given_by}
    signing.correct(administration=dose, proof=proof_of(dose.given_by), now=NOW, **correction)
    lot.refresh_from_db()
    assert lot.on_hand == -1, "a correction is never asked"


def test_a_lot_that_is_not_on_the_shelf_moves_nothing():
    assert not signed_dose().stock_moves.exists()
    assert not StockMove.objects.exists()


def test_a_vial_for_several_doses_leaves_the_shelf_when_it_is_opened():
    order = OrderFactory()
    encounter = EncounterFactory(patient=order.patient)
    package = PackageFactory(
        product=order.product, ndc="99999-0002-01", holds_amount=10_000, volume_ml=10, single_dose=False
    )
    lot = LotFactory(location=encounter.location, package=package, number="M1", on_hand=3)
    entries = {"package_ndc": package.ndc, "lot": "M1", "discarded": None}
    sign(charted_draft(encounter=encounter, order=order, **entries, opened="1"))
    sign(charted_draft(encounter=encounter, order=OrderFactory(patient=order.patient), **entries, site="deltoid:right"))
    lot.refresh_from_db()
    assert lot.on_hand == 2
