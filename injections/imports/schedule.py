"""A day's or a month's appointments as another system exports them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

from injections.imports import cells
from injections.imports.cells import CellError
from injections.imports.patients import read_cells
from injections.imports.table import MAX_PROBLEMS, Column, Line, Problem, read_table

COLUMNS = (
    Column(
        "mrn", ("medical record number", "record number", "chart number", "patient id", "patient number"), True, "MRN"
    ),
    Column("birth_date", ("date of birth", "dob", "birthday", "birthdate", "born")),
    Column("date", ("appointment date", "day", "visit date"), True),
    Column("time", ("appointment time", "start", "start time", "visit time"), True),
    Column("location", ("place", "site", "clinic", "office")),
    Column("room", ("exam room",)),
    Column("drug", ("medication", "injection", "product")),
)

SAMPLE = (
    "MRN,Date of birth,Date,Time,Location,Room,Drug\r\n"
    "100201,1961-03-14,2026-11-23,9:20,,2,cyanocobalamin\r\n"
    "100202,08/22/1979,11/23/2026,2:30 pm,,,\r\n"
)


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One appointment of a file. ``location`` is the key of one that the practice has; ``drug`` is as written."""

    line: int
    mrn: str
    day: date
    at: time
    location: str
    room: str = ""
    drug: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    rows: tuple[ScheduleRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def read_schedule(content: bytes, *, locations: Mapping[str, str], today: date) -> ScheduleFile:
    """Every appointment, or every reason why the file cannot be taken. One location need not be named."""
    table = read_table(content, COLUMNS)
    problems = list(table.problems)
    rows: list[ScheduleRow] = []
    seen: dict[tuple[str, date, time], int] = {}
    for line in table.lines:
        row = _row(line, locations, today, problems)
        if row is not None and (row.mrn, row.day, row.at) in seen:
            first = seen[row.mrn, row.day, row.at]
            problems.append(
                Problem(line.number, f"Line {first} books the same patient at the same time. Keep one.", "time")
            )
        elif row is not None:
            seen[row.mrn, row.day, row.at] = line.number
            rows.append(row)
        if len(problems) >= MAX_PROBLEMS:
            break
    if problems:
        return ScheduleFile(problems=tuple(problems[:MAX_PROBLEMS]), ignored=table.ignored)
    return ScheduleFile(tuple(rows), ignored=table.ignored)


def _row(line: Line, locations: Mapping[str, str], today: date, problems: list[Problem]) -> ScheduleRow | None:
    readers: dict[str, Callable[[str], object]] = {
        "mrn": lambda cell: cells.needed(cell, 20, "MRN"),
        "birth_date": lambda cell: cells.birth_date(cell, today) if cell else None,
        "date": lambda cell: _coming_day(cell, today),
        "time": cells.clock,
        "location": lambda cell: _location(cell, locations),
        "room": lambda cell: cells.text(cell, 20),
        "drug": lambda cell: cells.text(cell, 120),
    }
    found = read_cells(line, COLUMNS, readers, problems)
    if found is None:
        return None
    found["day"], found["at"] = found.pop("date"), found.pop("time")
    return ScheduleRow(line.number, **found)  # type: ignore[arg-type]  # each reader gives its column's type


def _coming_day(cell: str, today: date) -> date:
    read = cells.day(cell)
    if read < today:
        raise CellError("This day is over. Import only appointments that are still to come")
    if (read - today).days > 731:
        raise CellError("This day is more than two years away. Check the year")
    return read


def _location(cell: str, locations: Mapping[str, str]) -> str:
    read = cells.one_of(cell, locations, "location")
    if not read and len(locations) != 1:
        raise CellError("The location is missing")
    return read or next(iter(locations))
