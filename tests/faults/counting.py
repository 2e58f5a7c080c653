"""`python -m tests.faults.counting PRACTICE < acknowledged`: the ledger of acknowledgements against the database.

Standard input has the number of an encounter on each line, once for each acknowledgement. Everything is read as the
application's role from rows that are committed; nothing of the servers under test is asked.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import django

SHOWN = 20


@dataclass(slots=True)
class Count:
    """What was promised and what is there. ``lost``, ``doubled``, ``differing``, ``torn`` and ``owed`` must be 0."""

    acknowledged: int = 0
    signed: int = 0
    #: acknowledged, and there is no signed record
    lost: int = 0
    #: more than one record, signature, stock move or current review for one dose
    doubled: int = 0
    #: the charges are not what the engine answers about the row, or there is no answer
    differing: int = 0
    #: half of a signing: a record without a signature, or a draft that stayed beside its record
    torn: int = 0
    #: work that a signature owes and nobody has done
    owed: int = 0
    examples: dict[str, list[int]] = field(default_factory=dict)

    def note(self, what: str, encounter: int) -> None:
        setattr(self, what, getattr(self, what) + 1)
        shown = self.examples.setdefault(what, [])
        if len(shown) < SHOWN:
            shown.append(encounter)


def main(practice: int, acknowledged: Iterable[int]) -> Count:
    from config.transactions import task_transaction
    from injections.models import Encounter

    promised = Counter(acknowledged)
    count = Count(acknowledged=len(promised))
    with task_transaction(practice):
        rows = Encounter.objects.filter(practice_id=practice).select_related("patient", "location", "practice")
        for encounter in rows.order_by("pk").iterator(chunk_size=500):
            _look(encounter, encounter.pk in promised, count)
        count.owed = _owed(practice)
    return count


def _look(encounter: Any, promised: bool, count: Count) -> None:
    doses = list(encounter.administrations.all())
    if not doses:
        if promised:
            count.note("lost", encounter.pk)
        return
    count.signed += 1
    dose = doses[0]
    parts = [len(doses), dose.signatures.count(), _moves(dose)]
    if max(parts) > 1:
        count.note("doubled", encounter.pk)
    if min(parts) < 1 or encounter.drafts.exists():
        count.note("torn", encounter.pk)
    if not _charged_as_derived(encounter):
        count.note("differing", encounter.pk)


def _moves(dose: Any) -> int:
    """How often the vial left the shelf for this dose."""
    return int(dose.stock_moves.filter(kind="given").count())


def _charged_as_derived(encounter: Any) -> bool:
    """Whether the current review is the engine's answer about the signed chart, line by line."""
    from billing.actions import review

    current = review.current(encounter.pk)
    if current is None or current.failed:
        return False
    derived = review.line_columns(review.answered(review.derive(encounter)))
    stored = [{name: getattr(line, name) for name in derived[0]} for line in current.lines.all()] if derived else []
    return [_comparable(line) for line in stored] == [_comparable(line) for line in derived]


def _comparable(line: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if name == "expected" else value for name, value in line.items()}


def _owed(practice: int) -> int:
    from injections.models import OutboxMessage

    return OutboxMessage.objects.filter(practice_id=practice, done_at=None).count()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    json.dump(asdict(main(int(sys.argv[1]), (int(line) for line in sys.stdin if line.strip()))), sys.stdout)
