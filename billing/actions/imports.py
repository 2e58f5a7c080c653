"""Putting a public table into rows: as one transaction, with a difference to look at, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction

from billing.actions.merging import Progress, Writer, stage
from billing.actions.settling import Difference, Merge
from billing.imports import KINDS
from billing.imports.periods import Asked
from billing.imports.reconcile import Verdict
from billing.imports.refusal import Refused
from billing.imports.source import Source
from billing.imports.tables import Published
from billing.models import EditionRow, SourceFile, StagedRow

#: the share of codes in force that a complete file may end before somebody must say that it is complete
ENDED_AT_MOST = 0.10
ENDED_WITHOUT_ASKING = 10
#: one import at a time; the number means nothing else
LOCK = 20_260_701


@dataclass(frozen=True, slots=True)
class Order:
    """What the person asked for. ``complete``: end whatever the file does not name, however much that is."""

    kind: str
    path: Path
    asked: Asked = field(default_factory=Asked)
    complete: bool = False
    dry_run: bool = False


def import_file(order: Order, tell: Progress = lambda _: None) -> Difference:
    """Import one file. Raises :class:`Refused` with the line, and then nothing has changed."""
    source = Source(order.path)
    try:
        with transaction.atomic():
            _one_at_a_time()
            difference = _merge(order, source, tell)
            if order.dry_run:
                transaction.set_rollback(True)
    except OSError as failure:
        raise Refused(f"the file cannot be read: {failure.strerror or failure}") from failure
    return difference


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _merge(order: Order, source: Source, tell: Progress) -> Difference:
    published = KINDS[order.kind](source, order.asked)
    difference = Difference(published.table.name, published.since, published.until, remark=published.remark)
    difference.lines = stage(published, tell)
    if not difference.lines:
        raise Refused("the file has a header but no rows")
    edition, file = _next_number(EditionRow), _next_number(SourceFile)
    merge = Merge(published, difference, Writer(published.table, file, edition), _next_file(published))
    merge.run(tell)
    StagedRow.objects.all().delete()
    if not order.complete:
        _refuse_shrinking(difference)
    if not published.bare:
        _record(published, source, difference, edition, file)
    return difference


def _next_number(model: type[EditionRow] | type[SourceFile]) -> int:
    """The key that the row will have: rows name it before it is written, because only then its counts are known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        number: int = cursor.fetchone()[0]
    return number


def _next_file(published: Published) -> date | None:
    """From when a later complete file of the table speaks: an older file says nothing about those days."""
    later = SourceFile.objects.filter(table=published.table.name, whole=True, since__gt=published.since)
    return later.order_by("since").values_list("since", flat=True).first()


def _refuse_shrinking(difference: Difference) -> None:
    counts = difference.counts
    ended, kept = counts[Verdict.ENDED], counts[Verdict.UNCHANGED] + counts[Verdict.CHANGED]
    if ended > ENDED_WITHOUT_ASKING and ended > ENDED_AT_MOST * (ended + kept):
        raise Refused(
            f"the file does not name {ended:,} of {ended + kept:,} that are in force. If it is an excerpt, add "
            "--excerpt; if it is complete and they have ended, add --complete; else it has been cut off"
        )


def _record(published: Published, source: Source, difference: Difference, edition: int, file: int) -> None:
    """The edition and the file, unless this very file is recorded and nothing has changed since."""
    said = {
        "table": published.table.name,
        "sha256": source.sha256,
        "since": published.since,
        "until": published.until,
        "whole": published.whole,
    }
    if not difference.writes and SourceFile.objects.filter(**said).exists():
        return
    newest = EditionRow.objects.first()
    counts = {str(verdict): count for verdict, count in difference.counts.items()}
    told = f"{newest.digest if newest else ''} {published.table.name} {source.sha256}"
    # As short as the shipped files' own fingerprint: a review keeps both, joined, in one column.
    digest = sha256(told.encode()).hexdigest()[:16]
    EditionRow.objects.create(pk=edition, digest=digest, counts={"imported": published.table.name, **counts})
    SourceFile.objects.create(pk=file, name=source.name[-255:], counts=counts, edition_id=edition, **said)
    difference.recorded = True
