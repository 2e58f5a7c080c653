"""Fee schedule amounts by locality (PFALL: all codes; PFREV: those that a quarter revised).

Every field is quoted and of fixed length: year, contractor, locality, code, modifier, office and facility amount in
dollars (``0000116.19``), filler, PC/TC, status, multiple surgery, two therapy amounts, OPPS mark, two OPPS amounts.
Lines that begin with ``TRL`` end the file; without them it has been cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from billing.imports.cells import Cells
from billing.imports.periods import Asked, Days, named
from billing.imports.records import Record, records
from billing.imports.refusal import Refused, shown
from billing.imports.rows import LocalityAmount
from billing.imports.source import Source
from billing.imports.tables import LOCALITY_AMOUNTS, Published, Stated

RECORD = re.compile(r'^"(20[0-9]{2})","[0-9]{5}","[0-9]{2}"')
_FIELDS = 16
_PLACES = {"contractor": 1, "locality": 2, "code": 3, "modifier": 4, "office": 5, "facility": 6, "pctc": 8, "status": 9}


def read(source: Source, asked: Asked) -> Published:
    first = next(source.lines())
    match = RECORD.match(first.text)
    if match is None:
        raise Refused(f"expected year, contractor and locality, found {shown(first.text)}", first.number)
    year = int(match.group(1))
    days = asked.quarter(_days(source, year))
    # A revision names only what it revises, and even the full file comes in parts at times: nothing is ended by it.
    return Published(
        LOCALITY_AMOUNTS,
        days.since,
        days.until,
        _rows(records(source), year),
        rows_until=date(year, 12, 31),
        whole=False,
    )


def _days(source: Source, year: int) -> Days:
    found = named(source.names)
    return found if found and found.since.year == year else Days(date(year, 1, 1)).quarter


def _rows(found: Iterator[Record], year: int) -> Iterator[Stated]:
    ended, line = False, 1
    for record in found:
        line = record.line
        if record.cells[0].startswith("TRL"):
            ended = True
        elif ended:
            raise Refused("a record stands behind the lines that end the file (TRL)", line)
        else:
            yield _stated(record, year)
    if not ended:
        raise Refused("the lines that end the file (TRL) are missing: it has been cut off", line)


def _stated(record: Record, year: int) -> Stated:
    if len(record.cells) != _FIELDS:
        raise Refused(f"{len(record.cells)} fields where a record has {_FIELDS}", record.line)
    if record.cells[0] != str(year):
        raise Refused(f"the year is {shown(record.cells[0])} and was {year} before", record.line)
    cells = Cells(record.line, {name: record.cells[at].strip() for name, at in _PLACES.items()})
    for name, length in (("contractor", 5), ("locality", 2)):
        if not re.fullmatch(rf"[0-9]{{{length}}}", cells.texts[name]):
            raise cells.refuse(f"{shown(cells.texts[name])} is not a {name} of {length} digits")
    row = LocalityAmount(
        contractor=cells.texts["contractor"],
        locality=cells.texts["locality"],
        code=cells.code("code"),
        modifier=cells.mark("modifier", 2),
        office=cells.amount("office", 2),
        facility=cells.amount("facility", 2),
        pctc=cells.mark("pctc", 1),
        status=cells.mark("status", 1),
    )
    return Stated(record.line, None, None, row)
