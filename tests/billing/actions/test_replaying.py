"""A replay on the workers: cut once, each part counted once whoever brings it, tried again, and stopped."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from billing import engine, tasks
from billing.actions import replaying
from billing.models import ReplayBatch, ReplayedVisit, ReplayRun
from billing.replay import Difference
from injections import codec
from tests.billing import making
from tests.billing.signing import signed
from tests.factories import NOW, PracticeFactory

pytestmark = pytest.mark.django_db
State = ReplayRun.State
DRAFT = """
[[payer]]
key = "medicaid"
[[payer.wants]]
demand = "line-modifiers"
value = { 96372 = "UD" }
source = "a letter of the plan"
"""


@pytest.fixture
def practice():
    return PracticeFactory()


@pytest.fixture(autouse=True)
def queue(monkeypatch):
    """What the workers were told, instead of a broker."""
    sent = []
    monkeypatch.setattr(tasks.replay_batch, "apply_async", lambda arguments, **how: sent.append(arguments[0]))
    monkeypatch.setattr(replaying, "BATCH", 2)
    replaying._asker.cache_clear()
    return sent


@pytest.fixture
def visits(practice):
    """Five visits of this practice, two of Medicaid, and one of another practice."""
    payers = ("medicare", "medicaid", "commercial", "medicaid", "medicare")
    found = [signed(payer, practice=practice) for payer in payers]
    signed("medicaid")
    return found


def asked(practice, draft=DRAFT, **how):
    by = making.person(practice, "biller")
    return replaying.begin(
        by=by, since=NOW.date(), title="A trial", draft=draft, submission_key=how.get("key", uuid4())
    )


def all_done(queue):
    """Let the workers do everything that they were told, and tell them again while something is left."""
    tasks.sweep_replays()
    while queue:
        tasks.replay_batch(queue.pop())


def test_it_is_cut_into_parts_and_counted(practice, visits, queue):
    run = asked(practice)
    assert tasks.sweep_replays() == 3
    assert sorted(len(batch.encounters) for batch in ReplayBatch.objects.all()) == [1, 2, 2]
    all_done(queue)
    run.refresh_from_db()
    totals = replaying.totals_of(run)
    assert (run.state, run.visits, totals.unchanged, totals.differ) == (State.DONE, 5, 3, 2)
    assert totals.by_rule["modifiers.modifier_of_the_payer"].lines == 2
    kept = ReplayedVisit.objects.filter(run=run)
    assert {row.encounter_id for row in kept} == {visits[1].pk, visits[3].pk}
    assert {tuple(row.rules) for row in kept} == {("modifiers.modifier_of_the_payer",)}
    assert codec.decode(Difference, kept[0].difference).lines[0].after.modifiers == ("UD",)
    assert kept[0].dollars == Decimal(0)


def test_a_part_that_is_delivered_twice_counts_once(practice, visits, queue):
    run = asked(practice)
    tasks.sweep_replays()
    told = list(queue)
    for batch in [*told, *told, *reversed(told)]:
        tasks.replay_batch(batch)
    run.refresh_from_db()
    assert replaying.totals_of(run).visits == 5
    assert ReplayedVisit.objects.count() == 2


def test_two_workers_on_one_part_write_it_once(practice, visits, queue):
    run = asked(practice)
    tasks.sweep_replays()
    batch = replaying.take(queue[0])
    assert replaying.take(queue[0]) is None
    later = timezone.now() - timedelta(seconds=1)
    ReplayBatch.objects.filter(pk=batch.pk).update(taken_until=later)
    second = replaying.take(batch.pk)
    from billing.tallies import Totals

    assert replaying.keep(second, [], Totals(unchanged=2))
    assert not replaying.keep(batch, [], Totals(unchanged=9))
    batch.refresh_from_db()
    assert (batch.visits, run.batches.filter(done_at=None).count()) == (2, 2)


def test_what_the_queue_forgets_is_told_again(practice, visits, queue):
    asked(practice)
    tasks.sweep_replays()
    queue.clear()
    assert tasks.sweep_replays() == 0
    long_ago = timezone.now() - replaying.SILENCE * 2
    ReplayBatch.objects.update(sent_at=long_ago)
    assert tasks.sweep_replays() == 3
    all_done(queue)
    assert ReplayRun.objects.get().state == State.DONE


def test_a_part_whose_worker_died_is_taken_again(practice, visits, queue):
    run = asked(practice)
    tasks.sweep_replays()
    replaying.take(queue[0])
    long_ago = timezone.now() - replaying.LEASE * 2
    ReplayBatch.objects.filter(pk=queue[0]).update(taken_until=long_ago, sent_at=long_ago)
    all_done(queue)
    run.refresh_from_db()
    assert (run.state, replaying.totals_of(run).visits) == (State.DONE, 5)


def test_a_part_that_fails_is_tried_again_and_given_up_in_the_end(practice, visits, queue, monkeypatch):
    run = asked(practice)
    tasks.sweep_replays()

    def torn(*arguments):
        raise RuntimeError("named Doe, Alan")

    monkeypatch.setattr(replaying, "asker", torn)
    for _ in range(replaying.MOST_ATTEMPTS):
        all_done(queue)
    tasks.sweep_replays()
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "Doe" not in run.problem
    assert replaying.totals_of(run).visits == 0


def test_a_run_that_cannot_be_cut_fails_and_says_where(practice, visits, monkeypatch):
    run = asked(practice)
    monkeypatch.setattr(replaying, "visits_since", lambda *rest: 1 / 0)
    tasks.sweep_replays()
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert run.problem.startswith("ZeroDivisionError at ")


def test_a_stopped_run_keeps_what_is_known_and_takes_no_more(practice, visits, queue):
    run = asked(practice)
    tasks.sweep_replays()
    tasks.replay_batch(queue.pop())
    late = replaying.take(queue[0])
    assert replaying.cancel(run)
    assert not replaying.cancel(run)
    from billing.tallies import Totals

    assert not replaying.keep(late, [], Totals(unchanged=2))
    while queue:
        tasks.replay_batch(queue.pop())
    run.refresh_from_db()
    assert (run.state, ReplayBatch.objects.exclude(done_at=None).count()) == (State.CANCELLED, 1)
    assert replaying.totals_of(run).visits in (1, 2)
    assert tasks.sweep_replays() == 0


def test_a_waiting_run_can_be_stopped_before_it_is_cut(practice, visits):
    run = asked(practice)
    replaying.cancel(run)
    tasks.sweep_replays()
    assert not ReplayBatch.objects.exists()


def test_no_visits_is_done_at_once(practice):
    run = asked(practice)
    tasks.sweep_replays()
    run.refresh_from_db()
    assert (run.state, run.visits, replaying.totals_of(run).visits) == (State.DONE, 0, 0)


def test_cutting_twice_and_the_same_form_twice_change_nothing(practice, visits):
    key = uuid4()
    by = making.person(practice, "biller")
    runs = [replaying.begin(by=by, since=NOW.date(), title="A trial", draft="", submission_key=key) for _ in range(2)]
    assert runs[0].pk == runs[1].pk
    replaying.cut(runs[0].pk)
    replaying.cut(runs[0].pk)
    assert ReplayBatch.objects.count() == 3


def test_rules_that_raise_about_one_visit_are_counted_and_the_run_goes_on(practice, visits, queue, monkeypatch):
    whole = engine.review

    def torn(visit, *rest, **more):
        if visit.id == str(visits[0].pk):
            raise RuntimeError
        return whole(visit, *rest, **more)

    monkeypatch.setattr(engine, "review", torn)
    run = asked(practice)
    all_done(queue)
    run.refresh_from_db()
    totals = replaying.totals_of(run)
    assert (run.state, totals.failed, totals.differ, totals.unchanged) == (State.DONE, 1, 2, 2)


def test_the_run_keeps_to_the_edition_under_which_it_was_cut(practice, visits, queue):
    from billing.models import EditionRow

    run = asked(practice)
    tasks.sweep_replays()
    run.refresh_from_db()
    before = replaying.asker(run).reference(practice.pk)
    EditionRow.objects.create(digest="f" * 64, counts={})
    after = replaying.asker(run).reference(practice.pk)
    assert after.edition == before.edition
