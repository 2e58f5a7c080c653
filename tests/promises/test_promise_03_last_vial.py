"""Many sign at once from a shelf that has too few: the count is exact, and whoever came too late is told so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction
from django.db.models import Sum

from config.transactions import task_transaction
from injections.actions import arriving, signing, stock
from injections.actions.drafts import save
from injections.actions.errors import Refused
from injections.models import StockMove
from tests import standing
from tests.factories import NOW, EncounterFactory, LotFactory, OrderFactory, charted_draft, proof_of

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, DOSES = 50, 10


@pytest.fixture
def drafts():
    """Fifty charted doses at one place."""
    with transaction.atomic():
        first = OrderFactory()
        here = EncounterFactory(patient=first.patient)
        made = [charted_draft(encounter=here, order=first)]
        for _ in range(THREADS - 1):
            order = OrderFactory(patient__practice=first.practice, ordered_by=first.ordered_by, product=first.product)
            visit = EncounterFactory(patient=order.patient, location=here.location)
            made.append(charted_draft(encounter=visit, order=order))
        lot = LotFactory(location=here.location, on_hand=0)
    standing.name(lot.practice_id)
    return lot, made


def at_once(work, many, practice_id):
    start = Barrier(len(many))

    def run(one):
        start.wait(60)
        try:
            with task_transaction(practice_id):
                return work(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(many)) as pool:
        return list(pool.map(run, many))


def test_promise_03_ten_of_fifty_find_a_vial_and_forty_are_told(drafts, long, record_property):
    lot, waiting = drafts
    per_run = THREADS if long else 20
    doses = DOSES if long else 4
    by = waiting[0].author
    arriving.receive(location=lot.location, product=lot.product, package=lot.package, number=lot.number,
                  expires_on=lot.expires_on, containers=doses, by=by)  # fmt: skip

    def sign(draft):
        try:
            return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)
        except Refused as refused:
            return refused.errors["short_of"]

    def sign_what_is_true(draft):
        told = save(draft=draft, entries={"short_of": "yes"}, version=draft.version, by=draft.author)
        return sign(told)

    answers = at_once(sign, waiting[:per_run], lot.practice_id)
    late = [draft for draft, answer in zip(waiting, answers, strict=False) if isinstance(answer, str)]
    lot.refresh_from_db()
    assert (lot.on_hand, len(late)) == (0, per_run - doses)
    assert all("took the last one at" in answer for answer in answers if isinstance(answer, str))
    signed = at_once(sign_what_is_true, late, lot.practice_id)
    assert not [answer for answer in signed if isinstance(answer, str)]
    lot.refresh_from_db()
    given = StockMove.objects.filter(lot=lot, kind=StockMove.Kind.GIVEN)
    assert given.count() == per_run
    assert given.filter(note="").count() == doses
    assert given.filter(note=stock.SHORT).count() == per_run - doses
    assert lot.on_hand == doses - per_run == lot.moves.aggregate(all=Sum("containers"))["all"]
    record_property(
        "figure",
        f"{per_run} signatures on {doses} vials: {doses} found one, {per_run - doses} were told and signed",
    )


def test_promise_03_the_shelf_is_never_counted_below_zero_by_what_is_not_care(drafts, long, record_property):
    """Throwing away is refused where there is nothing: one winner for each vial, a clear sentence for the others."""
    lot, waiting = drafts
    by, runs = waiting[0].author, 20 if long else 2

    def waste(_):
        try:
            stock.waste(lot=lot, containers=1, by=by, note="broken")
        except Refused as refused:
            return refused.message
        return ""

    for _ in range(runs):
        arriving.receive(location=lot.location, product=lot.product, package=lot.package, number=lot.number,
                      expires_on=lot.expires_on, containers=DOSES, by=by)  # fmt: skip
        said = at_once(waste, range(THREADS), lot.practice_id)
        lot.refresh_from_db()
        assert said.count("") == DOSES
        assert all("on the shelf" in sentence for sentence in said if sentence)
        assert lot.on_hand == 0 == lot.moves.aggregate(all=Sum("containers"))["all"]
    record_property(
        "figure", f"{THREADS} threads on {DOSES} vials x {runs}: {DOSES} winners each time, never below zero"
    )
