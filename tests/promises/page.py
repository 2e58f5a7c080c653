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
`LONG=1` before it, posts, threads and mutated files are as many as the promise asks for, and the figure stands with its
day beside that of the short run. A test that counts nothing says in how many cases it held. The sentences stand in
`tests/promises/promises.toml`. A promise whose subject is still to come says what it comes with.

They run on the embedded PostgreSQL 18 in every test run. On Debian's 15.18 the same tests held on 22 November 2026
(short runs, 211 passed: `dev.py test tests/promises` with the addresses of a server of one's own), and signatures under
kills with `python3 dev.py faults --postgres /usr/lib/postgresql/15/bin`, as the first line says.

| # | Promise | Test | Last figure |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Held:
    """One test that holds a promise: any in a file named after it, and any other that is named after it itself."""

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


def holding() -> Iterator[Held]:
    """Every test function anywhere whose name says that it holds a promise."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            number = number_of(path.name, node.name) if isinstance(node, ast.FunctionDef) else ""
            if number:
                yield Held(number, str(path.relative_to(ROOT)), node.name)


def number_of(file: str, test: str) -> str:
    """The promise that a test holds, by its own name or that of its file; "" for none."""
    for name in (test, file):
        if test.startswith("test_") and name.startswith(PREFIX):
            return name.removeprefix(PREFIX).partition("_")[0]
    return ""


def figures() -> dict[str, dict[str, str]]:
    """Test -> what it measured: ``last``, and ``long`` with the day ``on`` which it ran at full length."""
    read: dict[str, dict[str, str]] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    return read


def rendered() -> str:
    by_number: dict[str, list[Held]] = defaultdict(list)
    for test in holding():
        by_number[test.number].append(test)
    measured = figures()
    return HEAD + "".join(_rows(number, row, by_number[number], measured) for number, row in promises().items())


def _figure(found: dict[str, str]) -> str:
    whole = f"at full length on {found['on']}: {found['long']}" if "long" in found else ""
    return "; ".join(part for part in (found.get("last", ""), whole) if part)


def _rows(number: str, row: dict[str, str], held: list[Held], measured: dict[str, dict[str, str]]) -> str:
    if not held:
        instead = f"comes with {row['later']}" if "later" in row else "no test yet"
        return f"| {int(number)} | {row['promise']} | {instead} | |\n"
    lines = []
    for place, test in enumerate(held):
        first = f"{int(number)} | {row['promise']}" if place == 0 else " | "
        short = test.name.removeprefix("test_").removeprefix(f"promise_{number}_").replace("_", " ")
        lines.append(f"| {first} | [{short}](../{test.path}) | {_figure(measured.get(test.address, {}))} |\n")
    return "".join(lines)
