"""Who wants what: a demand with every payer that has it, and a payer with everything it wants or inherits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from billing.reference.demand_groups import group_of, place_of
from billing.reference.payers import Demand, Payer, PayerValue
from billing.rulebook.contents import CHAPTERS, Entry
from billing.rulebook.reading import meaning, to_confirm
from injections.days import written_day

WORDS: dict[tuple[str, PayerValue], str] = {
    ("discard-modifiers", "jw-jz"): "JW for what was thrown away, JZ for nothing",
    ("discard-modifiers", "jw-only"): "JW for what was thrown away, nothing for the rest",
    ("discard-modifiers", "round-up"): "no modifier: the opened vial is paid",
    ("split-dose", "per-dose"): "once for each ordered dose",
    ("split-dose", "per-injection"): "once for each stick",
    ("supervision", "direct"): "direct: in the suite and at hand",
    ("supervision", "general"): "general: within reach",
    ("virtual-supervision", "ask"): "not known: ask the plan",
    ("global-package", "act"): "the act; the drug stays payable",
    ("global-package", "act-and-drug"): "the act and the drug",
    ("vaccine-administration", "medicare"): "Medicare's own codes",
    ("distinct-modifiers", "x"): "the exact one of XE, XP, XS and XU",
    ("repeat-injections", "units"): "one line that counts them",
    ("noc-units", "1"): "one unit, whatever the dose",
    ("noc-units", "containers"): "the number of containers",
    ("fee-schedule", "medicare"): "Medicare's",
    ("both-sides", "sides"): "a line for each side",
    ("both-sides", "50"): "one line and one unit with 50",
    ("counseled-vaccines", "units"): "units of one line",
    ("counseled-vaccines", "lines"): "one line each",
    ("filing-starts", "service"): "the dose",
    ("filing-starts", "answer"): "the first payer's answer",
    ("obstetric-package", "ask"): "not known: ask the plan",
    ("obstetric-package", "included"): "within the package",
    ("virtual-supervision", "accepted"): "yes, it counts",
    ("distinct-modifiers", "59"): "59 always",
    ("supplied-drug-line", "SL"): "a line with SL",
    ("supplied-drug-line", "zero"): "a line with no charge",
    ("supplied-drug-line", "penny"): "a line with a charge of one cent",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row of one payer, as a page shows it. ``heir_of`` names the payer it is inherited from."""

    payer: Payer
    demand: Demand
    heir_of: Payer | None
    in_force: bool

    @property
    def means(self) -> str:
        return meaning(self.demand.key)

    @property
    def group(self) -> str:
        return group_of(self.demand.key)

    @property
    def value(self) -> str:
        return value_words(self.demand.key, self.demand.value)

    @property
    def plainly(self) -> bool:
        """A yes says no more than the demand itself."""
        return self.demand.value is True

    @property
    def days(self) -> str:
        """The dates of service that the row is for."""
        since, until = (written_day(d) if d else "" for d in (self.demand.since, self.demand.until))
        if since and until:
            return f"{since} to {until}"
        return f"From {since}" if since else f"Until {until}" if until else "Any day"

    @property
    def refused(self) -> bool:
        """The payer says that it does not ask for this: most often against the one that it follows."""
        return self.demand.value is False or self.demand.value == "none"

    @property
    def to_confirm(self) -> bool:
        return to_confirm(self.demand.source)

    @property
    def rules(self) -> tuple[Entry, ...]:
        """The rules that listen to the demand."""
        return listening(self.demand.key)


def value_words(key: str, value: PayerValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{code}: {said}" for code, said in value.items())
    if key == "filing-days":
        return f"{value} days" if isinstance(value, int) else str(value)
    if key in ("coinsurance", "sequestration"):
        return f"{value} percent"
    return WORDS.get((key, value), str(value))


def listening(key: str) -> tuple[Entry, ...]:
    return tuple(e for chapter in CHAPTERS for e in chapter.entries if key in e.demands)


def who_wants(key: str, payers: Iterable[Payer], day: date) -> tuple[Wanted, ...]:
    """Every payer's own rows for a demand, and what it inherits on the day."""
    return tuple(row for payer in payers for row in _rows(payer, key, day))


def wanted_by(payer: Payer, day: date) -> tuple[Wanted, ...]:
    """Everything that a payer wants, has wanted and will want, in the order of the manual."""
    return tuple(row for key in sorted(payer.wanted, key=place_of) for row in _rows(payer, key, day))


def _rows(payer: Payer, key: str, day: date) -> Iterator[Wanted]:
    """The payer's own rows by date; where they say nothing, those of the payer it follows."""
    own = sorted((d for d in payer.demands if d.key == key), key=lambda d: d.since or date.min)
    for demand in own:
        yield Wanted(payer, demand, None, demand.covers(day))
    if payer.follows is not None and not any(d.covers(day) for d in own):
        for row in _rows(payer.follows, key, day):
            yield Wanted(payer, row.demand, row.heir_of or payer.follows, row.in_force)
