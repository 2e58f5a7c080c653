"""`manage.py replay --since DATE [--with DRAFT]`: what would be billed differently, without billing it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.actions.replay import Replay, draft_from
from billing.loading.draft import DraftError
from billing.replay import Difference, Line, LineMove, Tally, Totals
from injections import codec
from injections.actions.outbox import without_data

#: visits listed for people; ``--json`` lists all
SHOWN = 200


class Command(BaseCommand):
    help = (
        "Ask the signed visits since a day of service again with the rules of this version and the loaded reference, "
        "and show what would move against the stored reviews. Writes nothing. Told in docs/replay.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="the first day of service")
        parser.add_argument("--with", dest="draft", type=Path, help="a payer file that changes what is loaded")
        parser.add_argument("--json", action="store_true", help="a line of JSON for each difference, then the counts")
        parser.add_argument("--show", type=int, default=SHOWN, help=f"how many differing visits to list ({SHOWN})")

    def handle(self, *, since: date, draft: Path | None, show: int, **options: Any) -> None:
        try:
            replay = Replay(since, draft_from(draft) if draft else None, self._tell)
        except DraftError as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self._for_machines(replay)
        else:
            self._for_people(replay, show)

    def _tell(self, encounter: int, problem: Exception) -> None:
        self.stderr.write(f"visit {encounter}: the rules failed, {without_data(problem)}")

    def _for_machines(self, replay: Replay) -> None:
        for difference in replay:
            self.stdout.write(json.dumps(as_data(difference), ensure_ascii=False))
        self.stdout.write(json.dumps({"totals": codec.encode(replay.totals)}, ensure_ascii=False))

    def _for_people(self, replay: Replay, show: int) -> None:
        listed: list[Difference] = []
        for difference in replay:
            if len(listed) < show:
                listed.append(difference)
        for line in (*counts(replay.totals), *(line for d in listed for line in visit(d))):
            self.stdout.write(line)
        if replay.totals.differ > len(listed):
            self.stdout.write(f"\nand {replay.totals.differ - len(listed)} more; --json lists all of them")


def as_data(difference: Difference) -> dict[str, Any]:
    """A difference with what its lines come to."""
    data: Any = codec.encode(difference)
    for shown, move in zip(data["lines"], difference.lines, strict=True):
        shown |= {"rule": move.rule, "units": move.units, "dollars": codec.encode(move.dollars)}
    return dict(data)


def counts(totals: Totals) -> Iterator[str]:
    """How many visits stay and how many differ, then by rule and by payer."""
    yield f"Visits: {totals.unchanged} unchanged, {totals.differ} differ"
    if totals.without_answer:
        yield f"{totals.without_answer} have no stored answer to compare with"
    if totals.failed:
        yield f"{totals.failed} could not be asked: the rules failed"
    if totals.differ:
        yield f"In all: {_tally(totals.whole)}"
    yield from _each("By rule", totals.by_rule)
    yield from _each("By payer", totals.by_payer)


def _each(heading: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    if tallies:
        yield f"\n{heading}"
    for name, tally in sorted(tallies.items()):
        yield f"  {name or '(none)'}: {_tally(tally)}"


def _tally(tally: Tally) -> str:
    words = f"visits {tally.visits}, lines {tally.lines}, units {tally.units:+}, expected {_moved(tally.dollars)}"
    return f"{words}, of unknown price {tally.unpriced}" if tally.unpriced else words


def visit(difference: Difference) -> Iterator[str]:
    """One visit with its lines before and after."""
    payer = difference.payer or "(none)"
    if difference.payer_before != difference.payer:
        payer = f"{difference.payer_before or '(none)'} -> {payer}"
    yield f"\nvisit {difference.encounter} of {difference.day}, {payer}"
    for move in difference.lines:
        yield f"  {move.rule}: {_said(move.before)} -> {_said(move.after)}{_dollars_of(move)}"
    for rule in difference.rules:
        yield f"  {rule.rule}: {'now' if rule.begins else 'no longer'} {rule.what}"


def _said(line: Line | None) -> str:
    if line is None:
        return "nothing"
    code = "-".join((line.code, *line.modifiers))
    amount = "no known price" if line.expected is None else f"${line.expected}"
    ndc = f", NDC {dict(line.ndc).get('code', '')}" if line.ndc else ""
    return f"{code} x{line.units} for {', '.join(line.diagnoses) or 'no diagnosis'}{ndc}, {amount}"


def _dollars_of(move: LineMove) -> str:
    return f" ({_moved(move.dollars)})" if move.dollars else ""


def _moved(dollars: Decimal) -> str:
    return f"{'-' if dollars < 0 else '+'}${abs(dollars)}"
