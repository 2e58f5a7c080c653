"""`manage.py import_reference KIND FILE`: a public table as its publisher lays it out, into dated rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.actions.imports import Order, import_file
from billing.actions.settling import Difference
from billing.imports import KINDS
from billing.imports.periods import Asked
from billing.imports.reconcile import Verdict
from billing.imports.refusal import Refused

#: what people read before "3 of these"
_SHOWN = {
    Verdict.ADDED: "added",
    Verdict.CHANGED: "changed (closed and opened)",
    Verdict.ENDED: "ended (in force here, not named by the file)",
    Verdict.UNCHANGED: "unchanged",
    Verdict.REFUSED: "refused (left as they are)",
}
_WITH_EXAMPLES = (Verdict.CHANGED, Verdict.ENDED, Verdict.REFUSED)


class Command(BaseCommand):
    help = (
        "Import a public table (.txt, .csv, .xlsx, or one of them as .gz or .zip). Prints the difference; writes "
        "all of it or nothing. The same file again changes nothing. Layouts: docs/reference-tables.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), help="which table the file holds")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only print the difference")
        parser.add_argument("--since", type=date.fromisoformat, help="first day of service that the file speaks for")
        parser.add_argument("--until", type=date.fromisoformat, help="its last day, where it is not the usual one")
        extent = parser.add_mutually_exclusive_group()
        extent.add_argument("--excerpt", action="store_true", help="the file is a part: end nothing that it leaves out")
        extent.add_argument("--complete", action="store_true", help="end what it leaves out, however much that is")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Asked(options["since"], options["until"], options["excerpt"])
        order = Order(options["kind"], options["file"], asked, options["complete"], options["dry_run"])
        try:
            difference = import_file(order, self._tell)
        except Refused as refused:
            raise CommandError(f"{options['file'].name}: {refused}. Nothing was imported.") from refused
        self._print(difference, dry_run=order.dry_run)

    def _tell(self, progress: str) -> None:
        self.stderr.write(progress)

    def _print(self, difference: Difference, *, dry_run: bool) -> None:
        until = f"to {difference.until}" if difference.until else "on"
        self.stdout.write(f"{difference.table}, days of service from {difference.since} {until}")
        self.stdout.write(f"  {difference.lines:>12,} lines")
        for verdict, words in _SHOWN.items():
            self.stdout.write(f"  {difference.counts[verdict]:>12,} {words}")
            if verdict in _WITH_EXAMPLES:
                self._examples(difference, verdict)
        if difference.repeated:
            self.stdout.write(f"  {difference.repeated:>12,} repeated in the file, counted once")
        if difference.remark:
            self.stdout.write(f"Note: {difference.remark}.")
        self.stdout.write(self._end(difference, dry_run=dry_run))

    def _examples(self, difference: Difference, verdict: Verdict) -> None:
        examples = difference.examples.get(verdict, [])
        for example in examples:
            self.stdout.write(f"{'':15}{example}")
        if len(examples) < difference.counts[verdict]:
            self.stdout.write(f"{'':15}…")

    def _end(self, difference: Difference, *, dry_run: bool) -> str:
        if not difference.writes and not difference.recorded:
            return "Nothing to do."
        if dry_run:
            return "Dry run: nothing was written."
        return "Imported." if difference.writes else "No row differs; the days that the file speaks for are recorded."
