"""A replay as its page shows it: how far it is, what would move by rule and payer, and each visit's lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from billing.actions.replaying import SILENCE, totals_of
from billing.draft import Draft, DraftError
from billing.draft.document import draft_from_text
from billing.models import ReplayedVisit, ReplayRun
from billing.replay import PRICE, Difference, Line
from billing.rulebook.demanded import value_words
from billing.rulebook.reading import meaning
from billing.tallies import Tally
from billing.words import rule_title
from config.transactions import task_transaction
from injections import codec
from injections.spreadsheet import Cell, streamed

VISITS = 25
#: visits of the table that are read at once
AT_ONCE = 500
STATES = {
    "waiting": ("info", "◷", "Waiting"),
    "running": ("info", "◷", "Asking"),
    "done": ("ok", "✓", "Done"),
    "cancelled": ("", "■", "Stopped"),
    "failed": ("stop", "■", "Failed"),
}
COLUMNS = (
    "visit", "date_of_service", "mrn", "family_name", "given_name", "payer_before", "payer", "rule",
    "code_before", "units_before", "modifiers_before", "diagnoses_before", "expected_before",
    "code_after", "units_after", "modifiers_after", "diagnoses_after", "expected_after", "units_move", "expected_move",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One rule or one payer with what moves under it; ``url`` lists its visits."""

    name: str
    title: str
    tally: Tally
    url: str
    current: bool


def state(run: ReplayRun) -> dict[str, str]:
    """A tint, a shape and a word."""
    tint, mark, word = STATES[run.state]
    return {"tint": tint, "mark": mark, "word": word}


def summary(run: ReplayRun) -> str:
    """One line for the list."""
    if run.is_open or run.totals is None:
        return ""
    totals = totals_of(run)
    return f"{totals.unchanged:,} unchanged, {totals.differ:,} differ{'s' if totals.differ == 1 else ''}"


def title(draft: str, payers: Mapping[str, str]) -> str:
    """What was tried, in one line."""
    if not draft:
        return "Today’s rules and tables"
    told = list(said(draft_from_text(draft), payers))
    more = f", and {len(told) - 1} more" if len(told) > 1 else ""
    words = told[0][: 118 - len(more)] if told else "A draft that changes nothing"
    return f"{words}{more}"


def said(draft: Draft, payers: Mapping[str, str]) -> Iterator[str]:
    """Each change in words."""
    for change in draft.payers:
        name = payers.get(change.key, change.name or change.key)
        for row in change.wants:
            words = meaning(row.key)
            yield f"{name}: {words[:1].lower()}{words[1:]}: {value_words(row.key, row.value)}"
        if not change.wants:
            yield f"{name}: name, kind or whom it follows"
    for coding in draft.codings:
        yield f"{coding.drug}: {coding.coding.code} {'ends' if coding.ended else 'changes'}"
    for changed in draft.tables:
        key = " with ".join(changed.key) if isinstance(changed.key, tuple) else changed.key
        yield f"{_TABLE[changed.table]} {key} {'ends' if changed.row is None else 'changes'}"


_TABLE = {
    "prices": "the price of",
    "pairs": "the pair",
    "limits": "the unit limit of",
    "replacements": "what replaced",
    "diagnoses": "the diagnosis",
}


def shown(run: ReplayRun, query: Mapping[str, Any], payers: Mapping[str, str], reader: Any) -> dict[str, Any]:
    """What the templates ask for."""
    context: dict[str, Any] = {"run": run, "state": state(run), "changes": changes(run, payers)}
    if run.is_open:
        return {**context, "progress": progress(run)}
    totals = totals_of(run)
    rule, payer = query.get("rule", ""), query.get("payer", "")
    page = Paginator(differing(run, reader, rule, payer), VISITS).get_page(query.get("page"))
    return {
        **context,
        "totals": totals,
        "by_rule": rows(totals.by_rule, "rule", rule, {name: rule_words(name) for name in totals.by_rule}),
        "by_payer": rows(totals.by_payer, "payer", payer, payers),
        "page": page,
        "visits": [(row, codec.decode(Difference, row.difference)) for row in page],
        "rule": rule,
        "rule_title": rule_words(rule) if rule else "",
        "payer": payer,
        "payer_name": payers.get(payer, payer),
        "payers": payers,
        "left": (run.visits or 0) - totals.visits,
    }


def changes(run: ReplayRun, payers: Mapping[str, str]) -> list[str]:
    """What was tried; a draft of an older shape is shown as it was written."""
    try:
        return list(said(draft_from_text(run.draft), payers)) if run.draft else []
    except DraftError:
        return []


def progress(run: ReplayRun) -> dict[str, Any]:
    """How many visits have been asked, of how many, and whether for a while nobody has brought any."""
    sums = {"visits": Sum("visits", default=0), "differ": Sum("differ", default=0), "last": Max("done_at")}
    counted = run.batches.aggregate(**sums)
    whole = run.visits or 0
    stands_still = timezone.now() - (counted["last"] or run.at) > SILENCE
    percent = 100 * counted["visits"] // whole if whole else 0
    return {**counted, "stands_still": stands_still, "whole": whole, "percent": percent}


def differing(run: ReplayRun, reader: Any, rule: str = "", payer: str = "") -> QuerySet[ReplayedVisit, ReplayedVisit]:
    """The visits that this person reaches; the counts are of all."""
    found = ReplayedVisit.objects.for_user(reader).filter(run=run).select_related("encounter__patient")
    found = found.filter(rules__contains=[rule]) if rule else found
    return found.filter(payer_key=payer) if payer else found


def rows(tallies: Mapping[str, Tally], word: str, current: str, titles: Mapping[str, str]) -> list[Row]:
    """The most visits first."""
    found = sorted(tallies.items(), key=lambda row: (-row[1].visits, row[0]))
    return [
        Row(
            name,
            titles.get(name, name) or "No coverage on file",
            tally,
            "?" + urlencode({} if name == current else {word: name}) + "#visits",
            name == current,
        )
        for name, tally in found
    ]


def rule_words(name: str) -> str:
    return "The price" if name == PRICE else rule_title(name)


def table(run: ReplayRun, reader: Any) -> Iterator[str]:
    """Every line that would move, one row each; a visit in which only a stop comes or goes has a row too."""
    return streamed(COLUMNS, (cells for row in _all(run, reader) for cells in _cells(row)))


def patients(run: ReplayRun, reader: Any) -> QuerySet[ReplayedVisit, int]:
    """Whom the table names."""
    return differing(run, reader).order_by().values_list("encounter__patient", flat=True).distinct()


def _all(run: ReplayRun, reader: Any) -> Iterator[ReplayedVisit]:
    """Some at a time, each time in a transaction of its own: that of the request ends before its answer is written."""
    last = 0
    while True:
        with task_transaction(run.practice_id, reader.pk):
            some = list(differing(run, reader).filter(encounter__gt=last).order_by("encounter_id")[:AT_ONCE])
        yield from some
        if len(some) < AT_ONCE:
            return
        last = some[-1].encounter_id


def _cells(row: ReplayedVisit) -> Iterator[list[Cell]]:
    difference, patient = codec.decode(Difference, row.difference), row.encounter.patient
    start: list[Cell] = [row.encounter_id, difference.day, patient.mrn, patient.family_name, patient.given_name]
    start += [difference.payer_before, difference.payer]
    for move in difference.lines:
        yield [*start, move.rule, *_line(move.before), *_line(move.after), move.units, move.dollars]
    for rule in difference.rules:
        words = f"{'now' if rule.begins else 'no longer'} {rule.what}"
        yield [*start, rule.rule, *_line(None), words, *_line(None)[1:], None, None]


def _line(line: Line | None) -> list[Cell]:
    if line is None:
        return [None] * 5
    return [line.code, line.units, " ".join(line.modifiers), " ".join(line.diagnoses), line.expected]
