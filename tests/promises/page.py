"""docs/promises.md: each promise with the tests that hold it and the last figure that each of them measured."""

from __future__ import annotations

import ast
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "promises.md"
FIGURES = HERE / "figures.json"
PREFIX = "test_promise_"

HEAD = """\
# Promises

What Deltoid holds under load, faults and bad input, and the running test that shows it. Written by
`python3 dev.py promises`, which runs these tests and keeps the figure that each one measured; do not edit it. With
`LONG=1` before it, posts, threads and mutated files are as many as the promise asks for; otherwise fewer. The
sentences stand in `tests/promises/promises.toml`. A promise whose subject is still to come says what it comes with.

| # | Promise | Test | Last figure |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Held:
    """One test that holds a promise: ``tests/faults/test_short.py::test_promise_01_...``."""

    number: str
    path: str
    name: str

    @property
    def address(self) -> str:
        return f"{self.path}::{self.name}"


def promises() -> dict[str, dict[str, str]]:
    """Number -> sentence, and what it waits for."""
    found: dict[str, dict[str, str]] = tomllib.loads((HERE / "promises.toml").read_text(encoding="utf-8"))
    return found


def tests() -> Iterator[Held]:
    """Every test function anywhere whose name says that it holds a promise."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith(PREFIX):
                number = node.name.removeprefix(PREFIX).partition("_")[0]
                yield Held(number, str(path.relative_to(ROOT)), node.name)


def figures() -> dict[str, str]:
    """Test -> what it measured last."""
    read: dict[str, str] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    return read


def rendered() -> str:
    by_number: dict[str, list[Held]] = defaultdict(list)
    for test in tests():
        by_number[test.number].append(test)
    measured = figures()
    return HEAD + "".join(_rows(number, row, by_number[number], measured) for number, row in promises().items())


def _rows(number: str, row: dict[str, str], held: list[Held], measured: dict[str, str]) -> str:
    if not held:
        instead = f"comes with {row['later']}" if "later" in row else "no test yet"
        return f"| {int(number)} | {row['promise']} | {instead} | |\n"
    lines = []
    for place, test in enumerate(held):
        first = f"{int(number)} | {row['promise']}" if place == 0 else " | "
        short = test.name.removeprefix(f"{PREFIX}{number}_").replace("_", " ")
        lines.append(f"| {first} | [{short}](../{test.path}) | {measured.get(test.address, '')} |\n")
    return "".join(lines)
