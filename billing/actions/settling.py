"""What a file makes of each key, and the difference that a person looks at before anything is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from billing.actions.merging import SEPARATOR, TELL_EVERY, Group, Line, Progress, Writer, groups
from billing.imports.reconcile import (
    BEFORE_MEMORY,
    DAY,
    OPEN,
    Outcome,
    Spell,
    Verdict,
    end_missing,
    state_as_a_whole,
    state_by_row,
)
from billing.imports.refusal import Refused
from billing.imports.tables import Published, Speaks

#: examples of each verdict that a difference keeps
EXAMPLES = 10


@dataclass(slots=True)
class Difference:
    """What a file changes, counted in lines (ended: keys that it no longer names), with some examples of each."""

    table: str
    since: date
    until: date | None
    lines: int = 0
    counts: Counter[Verdict] = field(default_factory=Counter)
    repeated: int = 0
    examples: dict[Verdict, list[str]] = field(default_factory=dict)
    remark: str = ""
    recorded: bool = False

    @property
    def writes(self) -> bool:
        """Whether any row changes."""
        return any(self.counts[verdict] for verdict in (Verdict.ADDED, Verdict.CHANGED, Verdict.ENDED))

    def count(self, verdict: Verdict, example: str) -> None:
        self.counts[verdict] += 1
        kept = self.examples.setdefault(verdict, [])
        if len(kept) < EXAMPLES:
            kept.append(example)


class Merge:
    """One file over one table, key by key."""

    def __init__(self, published: Published, difference: Difference, writer: Writer, next_file: date | None) -> None:
        self.published, self.difference, self.writer, self.next_file = published, difference, writer, next_file
        last = OPEN if published.table.lasting else published.rows_until or OPEN
        #: the last day that the file may say anything about
        self.last = min(last, next_file - DAY) if next_file else last

    def run(self, tell: Progress) -> None:
        for done, group in enumerate(groups(self.published.table), 1):
            self._settle(group)
            if done % TELL_EVERY == 0:
                tell(f"compared {done:,} keys")
        self.writer.flush()

    def _settle(self, group: Group) -> None:
        live = [row.spell for row in group.rows]
        lines = self._distinct(group)
        if self.published.bare:
            for line in lines:
                self._tell(_bare(live, self.published.since), group.key, line, live)
            return
        spells = live
        for line in lines:
            outcome = self._state(spells, line)
            self._tell(outcome, group.key, line, spells)
            spells = outcome.spells
        if not lines and self.published.whole:
            outcome = self._missing(live)
            if outcome.verdict is Verdict.ENDED:
                self._tell(outcome, group.key, None, live)
            spells = outcome.spells
        if spells != live:
            self.writer.replace(group.rows, spells)

    def _state(self, live: list[Spell], line: Line) -> Outcome:
        said = line.spell
        if self.published.table.speaks is Speaks.AS_A_WHOLE:
            return state_as_a_whole(live, said.cells, self.published.since, self.last)
        if said.until < said.since:
            return Outcome(live, Verdict.REFUSED, f"it ends on {said.until} before it begins on {said.since}")
        if self._unknown_to_the_next_file(live, said):
            said = said._replace(until=self.last)
        return state_by_row(live, said, self.published.since)

    def _unknown_to_the_next_file(self, live: list[Spell], said: Spell) -> bool:
        """Open in this file, but a later complete file no longer names it: it ended in between."""
        if self.next_file is None or not self.published.whole or not said.since < self.next_file <= said.until:
            return False
        return not any(spell.meets(self.next_file, said.until) for spell in live)

    def _missing(self, live: list[Spell]) -> Outcome:
        if self.published.table.speaks is Speaks.AS_A_WHOLE:
            return state_as_a_whole(live, None, self.published.since, self.last)
        if self.next_file is not None:  # a later complete file has already said what has ended
            return Outcome(live, Verdict.UNCHANGED)
        return end_missing(live, self.published.since)

    def _distinct(self, group: Group) -> list[Line]:
        """The lines of a key without repetitions. Two that contradict each other make the file wrong."""
        kept: list[Line] = []
        for line in group.lines:
            last = kept[-1] if kept else None
            if last is None or not last.spell.meets(line.spell.since, line.spell.until):
                kept.append(line)
            elif line.spell == last.spell or self.published.table.first_wins:
                self.difference.repeated += 1
            else:
                first, second = sorted((last.number, line.number))
                raise Refused(f"{shown_key(group.key)} stands on line {first:,} already, with other content", second)
        return kept

    def _tell(self, outcome: Outcome, key: str, line: Line | None, live: list[Spell]) -> None:
        where = f"line {line.number:,}: " if line else ""
        more = outcome.because or (self._changes(live, line) if outcome.verdict is Verdict.CHANGED and line else "")
        self.difference.count(outcome.verdict, f"{where}{shown_key(key)}{': ' if more else ''}{more}")

    def _changes(self, live: list[Spell], line: Line) -> str:
        """Which columns say something else than the row that stood last."""
        before, after = live[-1], line.spell
        changes = [
            f"{name.replace('_', ' ')} {old or 'empty'} → {new or 'empty'}"
            for name, old, new in zip(self.published.table.columns, before.cells, after.cells, strict=True)
            if old != new
        ]
        if not changes and self.published.table.speaks is Speaks.BY_ROW:
            changes = [f"{_days(before)} → {_days(after)}"]
        return ", ".join(changes)


def _bare(live: list[Spell], day: date) -> Outcome:
    """A list of codes proves no dates: it neither adds a code nor keeps one in force."""
    if any(spell.meets(day, day) for spell in live):
        return Outcome(live, Verdict.UNCHANGED)
    because = f"it ended on {live[-1].until}, and a list reopens nothing" if live else "a list tells no dates"
    return Outcome(live, Verdict.REFUSED, because)


def _days(spell: Spell) -> str:
    since = "before memory" if spell.since == BEFORE_MEMORY else spell.since.isoformat()
    return f"{since} to {'open' if spell.until == OPEN else spell.until.isoformat()}"


def shown_key(key: str) -> str:
    return " ".join(part for part in key.split(SEPARATOR) if part not in ("", "false"))
