"""The rulebook as one document, for whoever reads on paper or without signing in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from billing.reference.payers import Payer
from billing.rulebook.contents import CHAPTERS, Chapter, Entry
from billing.rulebook.demanded import Wanted, wanted_by, who_wants
from billing.rulebook.examples import Side, examples
from billing.rulebook.reading import meaning
from injections.days import written_day

HEADING = """# Rulebook

Every rule by which Deltoid works out a claim, every check it makes before a chart is signed, and what each payer wants.
Written by `manage.py rulebook` from the rules themselves: change a rule, not this page. A source that says "confirm",
"contested" or "differ" has to be asked about at the payer before anybody relies on it.
"""


#: the page is of no particular day: what a payer wants is what it wants for as long as anybody knows
LATEST = date.max
#: so many payers that do not want something are named in place of all that do
FEW = 3


def book(payers: Mapping[str, Payer]) -> str:
    """The whole text."""
    return "\n".join([HEADING, *_contents(), *_chapters(payers), *_payers(payers)]).rstrip() + "\n"


def _contents() -> Iterator[str]:
    for clinical, name in ((False, "Rules of the bill"), (True, "Checks of the chart")):
        chapters = [chapter for chapter in CHAPTERS if chapter.clinical is clinical]
        yield f"**{name}:** " + ", ".join(f"[{c.name}](#{_anchor(_heading(c))})" for c in chapters) + ".\n"


def _chapters(payers: Mapping[str, Payer]) -> Iterator[str]:
    for chapter in CHAPTERS:
        yield f"## {_heading(chapter)}\n\n{chapter.about}\n"
        for found in chapter.entries:
            yield from _entry(found, payers)


def _heading(chapter: Chapter) -> str:
    return f"{chapter.name} ({'check' if chapter.clinical else 'bill'})"


def _anchor(heading: str) -> str:
    return "".join(c for c in heading.casefold().replace(" ", "-") if c.isalnum() or c == "-")


def _entry(found: Entry, payers: Mapping[str, Payer]) -> Iterator[str]:
    yield f"### {found.title.rstrip('.')}\n"
    yield f"`{found.address}` {found.means}{_dates(found)}\n"
    if found.why:
        yield f"{found.why}\n"
    for key in found.demands:
        opening = "It speaks only where the payer's file says" if key == found.wants else "What it says depends on"
        yield f"- {opening} “{meaning(key)}” (`{key}`): {_who(key, payers)}"
    yield f"- Source: {found.source or 'safe practice; it does not depend on who pays'}"
    example = examples().get(found.address)
    if example:
        yield f"- It speaks: {_side(example.speaks)}"
        yield f"- It stays silent: {_side(example.silent)}"
    yield ""


def _who(key: str, payers: Mapping[str, Payer]) -> str:
    """The payers that want it, those with one answer since one day together."""
    names: dict[str, list[str]] = {}
    for row in who_wants(key, payers.values(), LATEST):
        if row.in_force and not row.refused:
            since = f", since {written_day(row.demand.since)}" if row.demand.since else ""
            names.setdefault(row.value + since, []).append(row.payer.name)
    answers = (f"{_named(who, payers)} ({value})" for value, who in names.items())
    return "; ".join(answers) or "none of the payers that come with Deltoid"


def _named(who: list[str], payers: Mapping[str, Payer]) -> str:
    """Their names, or everybody but the few that are missing."""
    others = [payer.name for payer in payers.values() if payer.name not in who]
    if len(others) > FEW:
        return ", ".join(who)
    return "every payer" + (f" but {' and '.join(others)}" if others else "")


def _dates(found: Entry) -> str:
    since = f" From {written_day(found.since)}." if found.since else ""
    return since + (f" Until {written_day(found.until)}." if found.until else "")


def _side(side: Side) -> str:
    visit = "; ".join(f"{fact.label} {fact.text}" for fact in side.facts)
    said = " / ".join(s.does + (f" ({s.because})" if s.because else "") for s in side.said) or "nothing"
    bill = "" if side.bill is None else f" Billed: {', '.join(side.bill) or 'no line'}."
    return f"{visit}. **Said:** {said}.{bill}"


def _payers(payers: Mapping[str, Payer]) -> Iterator[str]:
    """Each payer with what it says itself: what it takes over stands with the one that it follows."""
    yield "## What each payer wants\n"
    for payer in payers.values():
        own = [row for row in wanted_by(payer, LATEST) if row.heir_of is None]
        follows = f" It follows {payer.follows.name} in everything" if payer.follows else ""
        rest = (" else." if own else ".") if follows else ""
        yield f"### {payer.name}\n\n`{payer.key}`{follows}{rest}\n"
        if own:
            yield "| wants | value | since | until | source |\n|---|---|---|---|---|"
            yield from map(_row, own)
            yield ""


def _row(row: Wanted) -> str:
    since, until = (written_day(d) if d else "" for d in (row.demand.since, row.demand.until))
    return f"| {row.means} (`{row.demand.key}`) | {row.value} | {since} | {until} | {row.demand.source} |"
