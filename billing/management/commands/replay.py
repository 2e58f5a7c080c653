"""`manage.py replay`: what would be billed differently, without billing it; and old answers asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing import replay_words as words
from billing.actions.again import Asker
from billing.actions.answers import AskedAgain, ask_again
from billing.actions.imports import Order
from billing.actions.replay import Replay, draft_from, reading_only
from billing.actions.side_by_side import SideBySide
from billing.actions.trying import tried
from billing.draft import Draft, DraftError
from billing.imports import KINDS
from billing.imports.periods import Asked
from billing.imports.refusal import Refused
from billing.models import EditionRow, Review
from billing.replay import Answer, Difference
from injections import chart, codec
from injections.actions.outbox import without_data

#: visits listed for people; ``--json`` lists all
SHOWN = 200
MOST_WORKERS = 64


class Command(BaseCommand):
    help = (
        "Ask the signed visits since a day of service again with the rules of this version and the loaded reference, "
        "and show what would move against the stored reviews; or one stored answer by --review. Writes nothing. "
        "Told in docs/replay.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        asked = parser.add_mutually_exclusive_group(required=True)
        asked.add_argument("--since", type=date.fromisoformat, help="the first day of service")
        asked.add_argument("--review", type=int, help="the number of one stored answer, to be asked again")
        parser.add_argument("--as-of", help="with --review: the edition to ask under, or its beginning")
        parser.add_argument("--with", dest="draft", type=Path, help="what would change: a draft, or with --kind a file")
        parser.add_argument("--kind", choices=sorted(KINDS), help="the public table that the file of --with holds")
        parser.add_argument("--from", dest="begins", type=date.fromisoformat, help="with --kind: its first day")
        parser.add_argument("--excerpt", action="store_true", help="with --kind: the file is a part of its table")
        parser.add_argument("--workers", type=int, default=1, help="processes that ask side by side (1)")
        parser.add_argument("--from-chart", action="store_true", help="ask about charts as they stand today; slow")
        parser.add_argument("--json", action="store_true", help="a line of JSON for each difference, then the counts")
        parser.add_argument("--show", type=int, default=SHOWN, help=f"how many differing visits to list ({SHOWN})")

    def handle(self, **options: Any) -> None:
        if options.get("review") is not None:
            self._one_answer(options["review"], options.get("as_of"))
            return
        try:
            replay = self._replay(options)
        except (DraftError, Refused) as problem:
            raise CommandError(self._refusal(problem, options)) from problem
        if options["json"]:
            self._for_machines(replay)
        else:
            self._for_people(replay, options["show"])

    # --- many visits ---

    def _replay(self, options: dict[str, Any]) -> Replay | SideBySide:
        since, workers = options["since"], options["workers"]
        if not 1 <= workers <= MOST_WORKERS:
            raise CommandError(f"--workers is between 1 and {MOST_WORKERS}")
        draft, order = self._change(options)
        file = tried(order, self.stderr.write) if order else None  # refused here, before any process begins
        if workers == 1:
            return Replay(since, Asker(draft, file), self._tell, charted=options["from_chart"])
        return SideBySide(since, workers, draft, order, self._tell_words, options["from_chart"])

    def _change(self, options: dict[str, Any]) -> tuple[Draft | None, Order | None]:
        path, kind = options["draft"], options["kind"]
        if kind and not path:
            raise CommandError("--kind needs the file: --with FILE")
        if path and not kind and path.suffix.casefold() not in ("", ".toml"):
            raise CommandError(f"{path}: a draft ends in .toml; for the file of a public table say --kind too")
        if not kind:
            return (draft_from(path) if path else None), None
        return None, Order(kind, path, Asked(options["begins"], None, options["excerpt"]))

    def _refusal(self, problem: Exception, options: dict[str, Any]) -> str:
        said = str(problem).replace("--since", "--from")
        return f"{options['draft']}: {said}" if isinstance(problem, Refused) else str(problem)

    def _tell(self, encounter: int, problem: Exception) -> None:
        self._tell_words(encounter, without_data(problem))

    def _tell_words(self, encounter: int, problem: str) -> None:
        self.stderr.write(f"visit {encounter}: the rules failed, {problem}")

    def _for_machines(self, replay: Replay | SideBySide) -> None:
        for difference in replay:
            self.stdout.write(json.dumps(words.as_data(difference), ensure_ascii=False))
        self.stdout.write(json.dumps({"totals": codec.encode(replay.totals)}, ensure_ascii=False))

    def _for_people(self, replay: Replay | SideBySide, show: int) -> None:
        listed: list[Difference] = []
        for difference in replay:
            if len(listed) < show:
                listed.append(difference)
        for line in (*words.counts(replay.totals), *(line for d in listed for line in words.visit(d))):
            self.stdout.write(line)
        if replay.totals.differ > len(listed):
            self.stdout.write(f"\nand {replay.totals.differ - len(listed)} more; --json lists all of them")

    # --- one answer ---

    def _one_answer(self, pk: int, as_of: str | None) -> None:
        """Looked for in each practice in turn: outside of all of them no review can be seen."""
        for practice_id in chart.practices():
            with reading_only(practice_id):
                stored = Review.objects.select_related("encounter").filter(pk=pk).first()
                if stored is None:
                    continue
                for line in told(ask_again(stored, edition(as_of) if as_of else None)):
                    self.stdout.write(line)
                return
        raise CommandError(f"there is no stored answer {pk}")


def edition(name: str) -> EditionRow:
    """The load of that edition, named whole or by its beginning. Raises where none or several are meant."""
    found = list(EditionRow.objects.filter(digest__startswith=name.rpartition("+")[2])[:2])
    if len(found) != 1:
        raise CommandError(f"{name} names {'no edition' if not found else 'several editions'} that was loaded here")
    return found[0]


def told(again: AskedAgain) -> Iterator[str]:
    """A stored answer, then what the same question is answered then and now."""
    stored = again.stored
    yield f"answer {stored.pk} of {stored.created_at:%Y-%m-%d}, edition {stored.edition or 'none'}"
    yield from words.answer(again.was)
    then = f"under the tables of {again.load.loaded_at:%Y-%m-%d}" if again.load else "under the tables of its day"
    yield from _beside(then, again.then, again.moved_then)
    yield from _beside("as it stands today", again.now, again.moved_now)


def _beside(heading: str, given: Answer | None, moved: Difference | None) -> Iterator[str]:
    if given is None:
        yield f"\n{heading}: cannot be asked; the question or the tables are not kept"
    elif moved is None:
        yield f"\n{heading}: the same"
    else:
        yield f"\n{heading}:"
        yield from words.moves(moved)
