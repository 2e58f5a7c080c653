"""Whether what was recorded and signed still stands as it was sealed, and which row is the first that does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from injections import records
from injections.audit.chain import Anchor, Flaw, flaws
from injections.audit.chains import CHAINS, SIGNATURES, Chain, links

#: a row that nobody has sealed for so long was put in behind the sealer's back, or the sealer stands still
WAITS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Found:
    """What looking through one chain found: how many links, and the first flaw."""

    chain: str
    links: int
    flaw: Flaw | None


def verify(cursor: Any, anchors: Iterable[Anchor] = ()) -> Iterator[Found]:
    """Look through every chain, on any connection that may read all rows."""
    known = list(anchors)
    for chain in CHAINS:
        yield verify_chain(cursor, chain, [anchor for anchor in known if anchor.chain == chain.name])


def verify_chain(cursor: Any, chain: Chain, anchors: Iterable[Anchor] = ()) -> Found:
    """The first thing that is wrong with this chain."""
    flaw = next(flaws(links(cursor, chain), anchors), None)
    if flaw is None and chain is SIGNATURES:
        flaw = _misplaced(cursor)
    if flaw is None:
        flaw = _left_out(cursor, chain)
    cursor.execute("SELECT count(*) FROM injections_seal WHERE chain = %s", [chain.name])
    return Found(chain.name, cursor.fetchone()[0], flaw)


def _misplaced(cursor: Any) -> Flaw | None:
    """The first signature whose content is not what its hash says, or speaks of another record."""
    cursor.execute("SELECT id, administration_id, content, content_hash FROM injections_signature ORDER BY id")
    for row_id, administration, content, content_hash in cursor:
        if not records.verify(content, content_hash):
            return Flaw(0, row_id, "the signed text is not what was signed")
        if records.read_signed(content).administration != str(administration):
            return Flaw(0, row_id, "the signature stands under another record")
    return None


def _left_out(cursor: Any, chain: Chain) -> Flaw | None:
    query = f"""
        SELECT id FROM {chain.table} subject WHERE {chain.moment} < clock_timestamp() - %s AND NOT EXISTS
            (SELECT FROM injections_seal WHERE chain = %s AND subject_id = subject.id) ORDER BY id LIMIT 1
    """  # nosec B608 # noqa: S608 - table and moment stand in chains.py
    cursor.execute(query, [WAITS, chain.name])
    row = cursor.fetchone()
    return Flaw(0, row[0], "the row was never sealed: is the worker running?") if row else None
