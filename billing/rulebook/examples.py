"""The examples of the rulebook, as they were told from the tests' twins: for each rule a visit for each answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from billing.rulebook.retelling import Said

FILE = Path(__file__).parent / "examples.json"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the visit. ``parts`` says that the twin's differs."""

    label: str
    text: str
    parts: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A visit, the lines it is billed with (``None`` where the bill is not asked), and what the rule says of it."""

    facts: tuple[Fact, ...]
    bill: tuple[str, ...] | None
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Example:
    speaks: Side
    silent: Side

    @property
    def holds(self) -> tuple[str, ...]:
        """What waits for an answer when the rule speaks."""
        return tuple(dict.fromkeys(said.holds for said in self.speaks.said if said.holds))


@cache
def examples() -> dict[str, Example]:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: Example(_side(pair["speaks"]), _side(pair["silent"])) for name, pair in told.items()}


def _side(data: dict[str, Any]) -> Side:
    bill = None if data["bill"] is None else tuple(data["bill"])
    facts = tuple(Fact(label, text, parts) for label, text, parts in data["facts"])
    return Side(facts, bill, tuple(Said(**said) for said in data["said"]))


def written(told: dict[str, Any]) -> str:
    """The text of the file: one line for each rule, so that a change shows where it is."""
    rows = (f"{json.dumps(name)}: {json.dumps(told[name], ensure_ascii=False)}" for name in sorted(told))
    return "{\n" + ",\n".join(rows) + "\n}\n"
