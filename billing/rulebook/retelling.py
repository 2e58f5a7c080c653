"""A visit and the answer to it, in the words of an example: only what matters, and where the twins part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from billing.case import Case
from billing.context import BillingContext
from billing.outcomes import Charge, ClaimField, Finding, Modifier, Outcome, Repeat, Withheld
from billing.rulebook.facts_told import told
from injections.facts import Encounter

#: what is shown even where it is nothing out of the ordinary
ALWAYS = ("Payer", "Drug", "Route", "For")
_NUMBER = re.compile(r"^Dose \d+: ")
HOLDS = {
    "giving": "Stops the dose",
    "sign-off": "Holds the signature",
    "claim": "Holds the claim",
    "nothing": "Only tells",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the rule said: what it does, the evidence, what to do, and what waits for that."""

    does: str
    because: str = ""
    fix: str = ""
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One side of a pair: the visit, and what came of it."""

    encounter: Encounter
    context: BillingContext | None
    said: tuple[Said, ...]
    bill: tuple[str, ...] | None = None
    #: what the tables of the day say of it: shown only where it parts the twins
    tables: dict[str, str] = field(default_factory=dict)


def pair(speaks: Heard, silent: Heard, usual: Heard) -> dict[str, Any]:
    """Both sides as plain data, each with the facts worth showing."""
    sides = told(speaks.encounter, speaks.context), told(silent.encounter, silent.context)
    ordinary = told(usual.encounter, usual.context)
    shown = [label for label in dict.fromkeys([*sides[0], *sides[1]]) if _worth(label, sides, ordinary)]
    if speaks.tables != silent.tables:
        sides = sides[0] | speaks.tables, sides[1] | silent.tables
        shown += [label for label in speaks.tables if speaks.tables[label] != silent.tables.get(label)]
    return {"speaks": _side(speaks, sides[0], sides[1], shown), "silent": _side(silent, sides[1], sides[0], shown)}


def _worth(label: str, sides: tuple[Mapping[str, str], ...], ordinary: Mapping[str, str]) -> bool:
    """Shown is what always is, what parts the twins, and what is out of the ordinary."""
    first = _NUMBER.sub("Dose 1: ", label)
    one, other = (side.get(label, ordinary.get(first)) for side in sides)
    return _NUMBER.sub("", label) in ALWAYS or one != other or one != ordinary.get(first)


def _side(heard: Heard, facts: Mapping[str, str], others: Mapping[str, str], shown: Iterable[str]) -> dict[str, Any]:
    alone = not any(label.startswith("Dose 2: ") for label in facts)
    rows = [
        [_NUMBER.sub("", label) if alone else label, facts[label], facts[label] != others.get(label)]
        for label in shown
        if label in facts
    ]
    bill = None if heard.bill is None else list(heard.bill)
    return {"facts": rows, "bill": bill, "said": [asdict(said) for said in heard.said]}


def lines(case: Case) -> tuple[str, ...]:
    """The lines as a biller reads them, like ones counted: ``J1071 JZ × 100``."""
    counted = Counter(" ".join((c.code, *c.modifiers)) + f" × {c.units}" for c in case.charges)
    return tuple(line if count == 1 else f"{count} lines {line}" for line, count in counted.items())


def said(outcomes: Iterable[Outcome]) -> tuple[Said, ...]:
    """What was said, each thing once."""
    return tuple(dict.fromkeys(map(_said, outcomes)))


def _said(outcome: Outcome) -> Said:
    because = outcome.because.replace("\u00a0", " ")
    if isinstance(outcome, Finding):
        summary, fix = outcome.summary.replace("\u00a0", " "), outcome.fix.replace("\u00a0", " ")
        return Said(summary, because, fix, HOLDS[outcome.gate.value])
    return Said(_does(outcome), because)


def _does(outcome: Charge | Modifier | Repeat | Withheld | ClaimField) -> str:
    if isinstance(outcome, Charge):
        return f"Bills {outcome.code} × {outcome.units}"
    if isinstance(outcome, Modifier):
        return f"Adds {outcome.code} to {outcome.charge.code}"
    if isinstance(outcome, Repeat):
        if outcome.way == "50":
            return f"Puts the {outcome.charges[0].code} lines together with 50"
        way = "by counting them on one line" if outcome.way == "units" else f"with {outcome.way}"
        return f"Tells the {outcome.charges[0].code} lines apart {way}"
    if isinstance(outcome, Withheld):
        return f"Does not bill {'the act of giving' if outcome.what == 'administration' else outcome.what}"
    return f"Puts on the claim: {outcome.name.replace('_', ' ').replace('npi', 'NPI')} {outcome.value}"
