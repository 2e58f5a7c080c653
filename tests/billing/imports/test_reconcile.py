"""What a file's statement makes of the rows that stand, checked day by day against a plain model."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.imports.reconcile import (
    BEFORE_MEMORY,
    OPEN,
    Spell,
    Verdict,
    end_missing,
    state_as_a_whole,
    state_by_row,
)

FIRST = date(2024, 1, 1)
LAST = FIRST + timedelta(days=60)
DAYS = [FIRST + timedelta(days=n) for n in range(61)]
OLD, NEW = ("old",), ("new",)

days = st.sampled_from(DAYS)
cells = st.sampled_from([OLD, NEW])


@st.composite
def standing(draw):
    """Spells that never overlap."""
    edges = sorted(set(draw(st.lists(days, max_size=8))))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    spells = [Spell(since, until, draw(cells)) for since, until in pairs]
    if spells and draw(st.booleans()):
        spells[-1] = spells[-1]._replace(until=OPEN)
    return spells


@st.composite
def spell(draw):
    since, until = sorted((draw(days), draw(days)))
    return Spell(since, draw(st.sampled_from([until, OPEN])), draw(cells))


def on(spells, day):
    return next((s.cells for s in spells if s.since <= day <= s.until), None)


def never_overlap(spells):
    return all(one.until < other.since for one, other in pairwise(spells))


@given(standing(), st.one_of(st.none(), cells), days, st.sampled_from([*DAYS, OPEN]))
def test_as_a_whole_every_day_reads_as_the_file_says_or_as_it_did(live, said, since, until):
    if until < since:
        return
    outcome = state_as_a_whole(live, said, since, until)
    later = min((s.since for s in live if s.since > since), default=OPEN)
    assert never_overlap(outcome.spells)
    for day in DAYS:
        spoken = since <= day <= until and (day < later)
        assert on(outcome.spells, day) == (said if spoken else on(live, day))


@given(standing(), st.one_of(st.none(), cells), days)
def test_as_a_whole_the_same_again_changes_nothing(live, said, since):
    once = state_as_a_whole(live, said, since, OPEN)
    twice = state_as_a_whole(once.spells, said, since, OPEN)
    assert twice.verdict is Verdict.UNCHANGED
    assert twice.spells == once.spells


@given(standing(), spell(), days)
def test_by_row_never_reopens_what_is_closed(live, said, begins):
    outcome = state_by_row(live, said, begins)
    assert never_overlap(outcome.spells)
    met = [s for s in live if s.meets(said.since, said.until)]
    for day in DAYS:
        if met and day > met[-1].until and on(live, day) is None:
            assert on(outcome.spells, day) is None


@given(standing(), spell(), days)
def test_by_row_the_same_again_changes_nothing(live, said, begins):
    once = state_by_row(live, said, begins)
    twice = state_by_row(once.spells, said, begins)
    assert twice.spells == once.spells
    assert twice.verdict in (Verdict.UNCHANGED, Verdict.REFUSED)


@given(standing(), spell(), days)
def test_by_row_the_days_of_the_line_read_as_the_file_says_from_when_it_speaks(live, said, begins):
    outcome = state_by_row(live, said, begins)
    met = [s for s in live if s.meets(said.since, said.until)]
    end = min(said.until, met[-1].until) if met else said.until
    for day in DAYS:
        if said.since <= day <= end:
            older = on(live, day) if day < begins else None
            assert on(outcome.spells, day) == (older or said.cells)


class TestByRow:
    def test_an_end_closes_an_open_row(self):
        outcome = state_by_row([Spell(FIRST, OPEN, OLD)], Spell(FIRST, LAST, OLD), LAST)
        assert (outcome.spells, outcome.verdict) == ([Spell(FIRST, LAST, OLD)], Verdict.CHANGED)

    def test_other_content_closes_the_old_and_opens_the_new_when_the_file_begins(self):
        outcome = state_by_row([Spell(FIRST, OPEN, OLD)], Spell(FIRST, OPEN, NEW), DAYS[30])
        assert outcome.spells == [Spell(FIRST, DAYS[29], OLD), Spell(DAYS[30], OPEN, NEW)]

    def test_a_new_period_with_its_own_first_day_is_no_reopening(self):
        closed, again = Spell(FIRST, DAYS[9], OLD), Spell(DAYS[20], OPEN, OLD)
        assert state_by_row([closed], again, DAYS[20]) == state_by_row([closed], again, FIRST)
        assert state_by_row([closed], again, FIRST).verdict is Verdict.ADDED

    def test_a_first_day_that_becomes_known_replaces_one_that_was_not(self):
        outcome = state_by_row([Spell(BEFORE_MEMORY, OPEN, OLD)], Spell(FIRST, OPEN, OLD), LAST)
        assert outcome.spells == [Spell(FIRST, OPEN, OLD)]

    def test_an_unknown_first_day_takes_nothing_back(self):
        outcome = state_by_row([Spell(FIRST, OPEN, OLD)], Spell(BEFORE_MEMORY, OPEN, OLD), LAST)
        assert (outcome.spells, outcome.verdict) == ([Spell(FIRST, OPEN, OLD)], Verdict.UNCHANGED)

    @pytest.mark.parametrize(("until", "verdict"), [(OPEN, Verdict.ENDED), (DAYS[9], Verdict.UNCHANGED)])
    def test_what_a_complete_file_leaves_out_ends_the_day_before(self, until, verdict):
        outcome = end_missing([Spell(FIRST, until, OLD)], DAYS[20])
        assert outcome.verdict is verdict
        assert on(outcome.spells, DAYS[20]) is None
