"""A replay holds some visits at a time, however many there are."""

import gc
import json
import tracemalloc
from datetime import timedelta

import pytest

from billing.actions import replay as replays
from billing.actions.again import Asker
from billing.actions.replay import Replay
from billing.draft.document import draft_from_text
from tests.bench.replaying import DRAFT, make_visits
from tests.factories import NOW, PracticeFactory

pytestmark = pytest.mark.django_db
SINCE = NOW.date() - timedelta(days=1)


VISITS = 60


@pytest.fixture
def held(monkeypatch):
    """What a replay holds, in kilobytes, whenever it reads some more visits; no visit is in the words of another."""
    monkeypatch.setattr(replays, "CHUNK", 10)
    make_visits(VISITS, PracticeFactory())
    whole, found = replays.answers_stored, []

    def answers_stored(some):
        gc.collect()
        found.append(tracemalloc.get_traced_memory()[0] / 1000)
        stored = whole(some)
        for review in stored.values():
            review.input = in_own_words(review)
        return stored

    monkeypatch.setattr(replays, "answers_stored", answers_stored)
    return found


def in_own_words(review):
    asked = json.loads(review.input)
    asked["encounter"]["id"] = str(review.encounter_id)
    for dose in asked["encounter"]["administrations"]:
        dose["id"] += f"-{review.pk}"
        dose |= {"lot": f"LOT{review.pk}", "note": f"note {review.pk}", "given_by": {"name": f"N {review.pk}"}}
    return json.dumps(asked)


def grows(held):
    """Kilobytes that a replay of all visits, one in five of which differs, gains from its second part to its last.

    What is kept of words in tables of a fixed size is full before: they are asked twice.
    """
    asker = Asker(draft_from_text(DRAFT))
    tracemalloc.start()
    try:
        for _ in range(2):
            held.clear()
            replay = Replay(SINCE, asker)
            differing = sum(1 for _ in replay)
    finally:
        tracemalloc.stop()
    assert (replay.totals.visits, len(held)) == (VISITS, VISITS // 10)
    assert differing >= VISITS // 5
    return held[-1] - held[1]


def test_many_visits_take_no_more_memory_than_some(held):
    assert grows(held) < 0.2 * VISITS


def test_visits_that_were_kept_would_show(held, monkeypatch):
    kept, whole = [], Replay._one

    def keeping(replay, pk, before, chart):
        kept.append(before)
        return whole(replay, pk, before, chart)

    monkeypatch.setattr(Replay, "_one", keeping)
    assert grows(held) > 2 * VISITS
