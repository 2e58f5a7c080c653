"""The two chains and how their rows are read: over audit events, and over signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from injections.audit.chain import Link

#: what the digest of a row covers; a table that gets a column gets a further layout, and old links keep theirs
LAYOUT = 1
EVENT_COLUMNS = "id at practice_id person_id patient_id action subject row_key columns role via"
SIGNATURE_COLUMNS = (
    "id practice_id administration_id signer_id printed_name credential meaning signed_at time_zone content"
    " content_hash"
)
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Chain:
    """``recent`` picks the rows that may not be sealed yet; ``moment`` says when a row came to be."""

    name: str
    table: str
    moment: str
    recent: str
    layouts: dict[int, tuple[str, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        """What the present layout covers."""
        return self.layouts[LAYOUT]

    @property
    def every_column(self) -> tuple[str, ...]:
        """What any layout covers, each once."""
        return tuple(dict.fromkeys(column for layout in self.layouts.values() for column in layout))


#: A row can turn up late, when its transaction was a long one: six hours of events, ten thousand signatures.
AUDIT = Chain(
    "audit",
    "injections_auditevent",
    "at",
    "subject.at > coalesce((SELECT max(sealed_at) FROM injections_seal WHERE chain = 'audit' AND number = %s),"
    " '-infinity') - interval '6 hours'",
    {1: tuple(EVENT_COLUMNS.split())},
)
SIGNATURES = Chain(
    "signatures",
    "injections_signature",
    "signed_at",
    "subject.id > coalesce((SELECT subject_id FROM injections_seal WHERE chain = 'signatures' AND number = %s), 0)"
    " - 10000",
    {1: tuple(SIGNATURE_COLUMNS.split())},
)
CHAINS = (AUDIT, SIGNATURES)


def links(cursor: Any, chain: Chain) -> Iterator[Link]:
    """Every link in order with its row, a few thousand at a time. Columns come from the list above."""
    wanted = ", ".join(f'subject."{column}"' for column in chain.every_column)
    query = f"""
        SELECT seal.number, seal.subject_id, seal.digest, seal.sealed_at, seal.layout, subject.id IS NOT NULL, {wanted}
        FROM injections_seal seal LEFT JOIN {chain.table} subject ON subject.id = seal.subject_id
        WHERE seal.chain = %s AND seal.number > %s ORDER BY seal.number LIMIT {CHUNK}
    """  # nosec B608 # noqa: S608 - table and columns stand above
    last = 0
    while True:
        cursor.execute(query, [chain.name, last])
        found = cursor.fetchall()
        for number, subject, digest, sealed_at, layout, present, *values in found:
            row = dict(zip(chain.every_column, values, strict=True))
            covered = {column: row[column] for column in chain.layouts.get(layout, ())}
            yield Link(number, subject, digest, sealed_at, covered if present else None)
        if len(found) < CHUNK:
            return
        last = found[-1][0]
