"""One of several processes that replay side by side. It begins with nothing: importing this needs no Django."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from billing.draft import Draft
from billing.replay import Difference
from billing.tallies import Totals


class Beginning(NamedTuple):
    """What a process needs to know. ``file``: kind and path of a public table that is tried, its first day, a part.

    ``charted``: charts are asked about as they stand.
    """

    database: str
    since: date
    charted: bool
    draft: Draft | None = None
    file: tuple[str, Path, date | None, bool] | None = None


class Part(NamedTuple):
    """What a process brings back. ``problems``: visits about which the rules raised, and where."""

    found: list[Difference]
    totals: Totals
    problems: list[tuple[int, str]]


_own: dict[str, Any] = {}


def begin(what: Beginning) -> None:
    """Django, the same database, and the file that is tried, before the first question."""
    import django

    django.setup()
    from django.db import connection

    from billing.actions.again import Asker
    from billing.actions.imports import Order
    from billing.actions.trying import tried
    from billing.imports.periods import Asked

    connection.settings_dict["NAME"] = what.database
    file = None
    if what.file is not None:
        kind, path, since, excerpt = what.file
        file = tried(Order(kind, path, Asked(since, None, excerpt)))
    _own.update(since=what.since, charted=what.charted, asker=Asker(what.draft, file))


def ask(practice_id: int, ids: list[int]) -> Part:
    """Ask about these visits of a practice."""
    from billing.actions.replay import Replay
    from injections.actions.outbox import without_data

    problems: list[tuple[int, str]] = []
    replay = Replay(
        _own["since"],
        _own["asker"],
        lambda pk, raised: problems.append((pk, without_data(raised))),
        only=ids,
        practice_id=practice_id,
        charted=_own["charted"],
    )
    return Part(list(replay), replay.totals, problems)
