"""A chain of digests over rows: each link covers its row and the link before it. No database, no Django.

What is digested is typed: a number, a text, a time and *nothing* each read in one way only, so that no two rows share
a text. Nothing is normalized: a byte that changed shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

#: what stands before the first link
START = ""
Value = str | int | datetime | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Link:
    """One seal with its row; ``row`` is ``None`` where the row is gone."""

    number: int
    subject: int
    digest: str
    sealed_at: datetime
    row: Mapping[str, Value] | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head that was written down outside the database."""

    chain: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first row that is not as it was sealed. ``subject`` is its id, where one is known."""

    number: int
    subject: int | None
    what: str


def text(previous: str, number: int, sealed_at: datetime, row: Mapping[str, Value]) -> str:
    """What a link's digest is of."""
    columns = [[name, *_typed(value)] for name, value in row.items()]
    return json.dumps([previous, number, _moment(sealed_at), columns], ensure_ascii=True, separators=(",", ":"))


def digest(previous: str, number: int, sealed_at: datetime, row: Mapping[str, Value]) -> str:
    """SHA-256 as hexadecimal digits."""
    return hashlib.sha256(text(previous, number, sealed_at, row).encode()).hexdigest()


def _typed(value: Value) -> tuple[str, object]:
    if value is None:
        return "nothing", ""
    if isinstance(value, str):
        return "text", value
    if isinstance(value, int):
        return "number", str(value)
    if isinstance(value, datetime):
        return "time", _moment(value)
    return "list", list(value)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def flaws(links: Iterable[Link], anchors: Iterable[Anchor] = ()) -> Iterator[Flaw]:
    """Everything that is wrong, in the order of the chain; what comes first is where somebody was at work."""
    written_down = {anchor.number: anchor.digest for anchor in anchors}
    previous, number = START, 0
    for link in links:
        number += 1
        if link.number != number:
            yield Flaw(number, None, f"link {number} is missing")
            number = link.number
        elif link.row is None:
            yield Flaw(number, link.subject, "the row is gone")
        elif digest(previous, number, link.sealed_at, link.row) != link.digest:
            yield Flaw(number, link.subject, "the row, or its seal, was changed")
        elif written_down.pop(number, link.digest) != link.digest:
            yield Flaw(number, link.subject, "the chain was made again: an anchor says otherwise")
        previous = link.digest
    if lost := [known for known in written_down if known > number]:
        yield Flaw(number + 1, None, f"the end was cut off: an anchor knows link {max(lost)}")
