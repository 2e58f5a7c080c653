"""What a replay found, in lines of text and in lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from billing.replay import Answer, Difference, Line, LineMove
from billing.tallies import Tally, Totals
from injections import codec


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
    words = f"visits {tally.visits}, lines {tally.lines}, units {tally.units:+}, expected {_moved(tally.expected)}"
    partly = tally.unpriced and tally.expected is not None
    return f"{words}, of unknown price {tally.unpriced}" if partly else words


def visit(difference: Difference) -> Iterator[str]:
    """One visit with its lines before and after."""
    payer = difference.payer or "(none)"
    if difference.payer_before != difference.payer:
        payer = f"{difference.payer_before or '(none)'} -> {payer}"
    yield f"\nvisit {difference.encounter} of {difference.day}, {payer}"
    yield from moves(difference)


def moves(difference: Difference) -> Iterator[str]:
    """What moves in it."""
    for move in difference.lines:
        yield f"  {move.rule}: {_said(move.before)} -> {_said(move.after)}{_dollars_of(move)}"
    for rule in difference.rules:
        yield f"  {rule.rule}: {'now' if rule.begins else 'no longer'} {rule.what}"


def answer(given: Answer) -> Iterator[str]:
    """An answer by itself."""
    for line in given.lines:
        yield f"  {_said(line)} ({line.rule})"
    if not given.lines:
        yield "  no line"
    for rule in sorted(given.holding):
        yield f"  {rule} holds the claim up"
    for rule in sorted(given.leaving_out):
        yield f"  {rule} leaves out"


def _said(line: Line | None) -> str:
    if line is None:
        return "nothing"
    code = "-".join((line.code, *line.modifiers))
    amount = "no known price" if line.expected is None else f"${line.expected}"
    ndc = f", NDC {dict(line.ndc).get('code', '')}" if line.ndc else ""
    return f"{code} x{line.units} for {', '.join(line.diagnoses) or 'no diagnosis'}{ndc}, {amount}"


def _dollars_of(move: LineMove) -> str:
    return f" ({_moved(move.dollars)})" if move.dollars else ""


def _moved(dollars: Decimal | None) -> str:
    if dollars is None:
        return "not known"
    return f"{'-' if dollars < 0 else '+'}${abs(dollars)}"
