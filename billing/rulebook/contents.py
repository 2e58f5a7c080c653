"""The table of contents: rules of the bill and checks of the chart, read into entries of one shape."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache

from billing import rules
from billing.rulebook.check_sources import source_of
from billing.rulebook.reading import demands_of, meaning, sentences, to_confirm
from billing.rulebook.trade_words import OF_CHAPTERS
from billing.rules.rule import Rule, Stage
from injections import checks

#: what a rule of each stage does, as a mark on the page
DOES = {Stage.DERIVE: "Bills", Stage.ADJUST: "Adjusts", Stage.EXPLAIN: "Explains", Stage.CHECK: "Checks"}
MEANS = {
    "Bills": "It decides what stands on the claim.",
    "Adjusts": "It changes lines that are there, or takes them off.",
    "Explains": "It says why a line that somebody may look for is not there, and changes none.",
    "Checks": "It looks at the finished lines and says what is still wrong, or still missing.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule or check.

    ``wants`` is the demand without which it is silent, ``asks`` are those that change what it says.
    """

    address: str
    title: str
    why: str
    does: str
    clinical: bool = False
    source: str = ""
    since: date | None = None
    until: date | None = None
    wants: str = ""
    asks: tuple[str, ...] = ()

    @property
    def chapter(self) -> str:
        return self.address.partition(".")[0]

    @property
    def file(self) -> str:
        return f"{'injections/checks' if self.clinical else 'billing/rules'}/{self.chapter}.py"

    @property
    def means(self) -> str:
        return "It looks at the chart before anybody signs." if self.clinical else MEANS[self.does]

    @property
    def to_confirm(self) -> bool:
        return to_confirm(self.source)

    @property
    def demands(self) -> tuple[str, ...]:
        return (self.wants, *self.asks) if self.wants else self.asks

    @property
    def words(self) -> str:
        """Everything that a search looks through."""
        wanted = " ".join(f"{key} {meaning(key)}" for key in self.demands)
        said = f"{self.address} {self.address.replace('_', ' ')} {self.title} {self.why} {self.source}"
        return f"{said} {wanted} {OF_CHAPTERS.get(self.chapter, '')}".casefold()

    @property
    def briefly(self) -> str:
        """The first sentence of the reason, for a line of a list."""
        return self.why.partition(". ")[0].rstrip(".") + "." if self.why else ""


@dataclass(frozen=True, slots=True)
class Chapter:
    key: str
    name: str
    about: str
    clinical: bool
    entries: tuple[Entry, ...]


def _of_rule(rule: Rule) -> Entry:
    asks = tuple(sorted(demands_of(rule.says) - {rule.wants}))
    why = " ".join(rule.why.split())
    return Entry(
        address=rule.name,
        title=rule.title,
        why=why,
        does=DOES[rule.stage],
        source=rule.cites,
        since=rule.since,
        until=rule.until,
        wants=rule.wants or "",
        asks=asks,
    )


def _of_check(check: checks.Check) -> Entry:
    address = checks.address(check)
    title, why = sentences(checks.title(check)), checks.reason(check)
    return Entry(address, title, why, "Checks", clinical=True, source=source_of(address))


def _chapter(module_name: str, clinical: bool, entries: list[Entry]) -> Chapter:
    key = module_name.rpartition(".")[2]
    name, _, about = " ".join((sys.modules[module_name].__doc__ or "").split()).partition(": ")
    return Chapter(key, name.rstrip("."), sentences(about), clinical, tuple(e for e in entries if e.chapter == key))


def _contents() -> tuple[Chapter, ...]:
    bill = [_of_rule(rule) for rule in rules.RULEBOOK]
    chart = [_of_check(check) for check in checks.CHECKS]
    care = dict.fromkeys(check.__module__ for check in checks.CHECKS)
    of_bill = (_chapter(module.__name__, False, bill) for module in rules.CHAPTERS)
    return (*of_bill, *(_chapter(name, True, chart) for name in care))


#: the chapters of the bill in the order of the manual, then those of the chart in the order of the form
CHAPTERS: tuple[Chapter, ...] = _contents()


@cache
def _by_address() -> dict[str, Entry]:
    return {found.address: found for chapter in CHAPTERS for found in chapter.entries}


def entry(address: str) -> Entry | None:
    return _by_address().get(address)


def find(text: str, *, clinical: bool) -> tuple[Chapter, ...]:
    """The chapters with the entries in which every word of the text begins one; chapters without any are left out."""
    words = [re.compile(rf"(?<!\w){re.escape(word)}") for word in text.casefold().split()]
    found = []
    for chapter in CHAPTERS:
        entries = tuple(e for e in chapter.entries if all(word.search(e.words) for word in words))
        if chapter.clinical is clinical and entries:
            found.append(Chapter(chapter.key, chapter.name, chapter.about, clinical, entries))
    return tuple(found)
