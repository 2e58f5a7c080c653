"""derive: charges and findings of a visit that stands in a file."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand

from billing.loading import shipped_reference
from billing.loading.loaded import NoTables, loaded_reference
from billing.reference import Reference
from billing.visit_json import VisitError, derive, explain
from billing.visit_json.parsing import parse

#: bytes that are no text are kept, so that the line with them is refused and the others are answered
KEPT = "surrogateescape"


class Command(BaseCommand):
    help = "Read a visit as JSON and answer with charges and findings. The contract is docs/visit-json.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file with one visit, or - for standard input")
        parser.add_argument("--lines", action="store_true", help="one visit per line, one answer per line")
        parser.add_argument("--explain", action="store_true", help="answer in words")

    def handle(self, *, file: str, lines: bool, explain: bool, **options: Any) -> None:
        stream = _standard_input() if file == "-" else _opened(file)
        self.reference = self._loaded()
        with stream:
            right = self._each_line(stream, explain) if lines else self._one(stream.read(), explain)
        if not right:
            sys.exit(2)

    def _loaded(self) -> Reference:
        """Answers need no database. Without one they rest on what ships, and that is said."""
        try:
            return loaded_reference()
        except NoTables as problem:
            self.stderr.write(f"Imported tables are left out, the database does not answer: {problem}")
            return shipped_reference()

    def _one(self, text: str, in_words: bool) -> bool:
        try:
            self.stdout.write(_answered(text, self.reference, in_words, indent=2))
        except VisitError as problem:
            self.stderr.write(str(problem))
            return False
        return True

    def _each_line(self, stream: TextIO, in_words: bool) -> bool:
        """A line that is no visit is answered with an error, and the rest go on."""
        right = True
        for place, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                self.stdout.write(_answered(line, self.reference, in_words))
            except VisitError as problem:
                right = False
                told = {"error": problem.why, "field": problem.path, "line": place}
                self.stdout.write(json.dumps(told, ensure_ascii=False))
        return right


def _answered(text: str, reference: Reference, in_words: bool, indent: int | None = None) -> str:
    answer = derive(parse(text), reference)
    return explain(answer) if in_words else json.dumps(answer, ensure_ascii=False, indent=indent)


def _standard_input() -> TextIO:
    """Standard input as UTF-8, whatever the terminal is set to."""
    raw = getattr(sys.stdin, "buffer", None)
    return TextIOWrapper(raw, encoding="utf-8-sig", errors=KEPT) if raw is not None else sys.stdin


def _opened(file: str) -> TextIO:
    try:
        return Path(file).open(encoding="utf-8-sig", errors=KEPT)
    except OSError as problem:
        sys.stderr.write(f"{file}: {problem.strerror}\n")
        sys.exit(2)
