"""Patients as another system exports them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from injections.imports import cells
from injections.imports.cells import CellError
from injections.imports.table import MAX_PROBLEMS, Column, Line, Problem, read_table

COLUMNS = (
    Column(
        "mrn", ("medical record number", "record number", "chart number", "patient id", "patient number"), True, "MRN"
    ),
    Column("family_name", ("last name", "surname", "lastname", "patient last name", "last"), True),
    Column("given_name", ("first name", "firstname", "forename", "patient first name", "first")),
    Column("birth_date", ("date of birth", "dob", "birthday", "birthdate", "born"), True),
    Column("sex", ("gender", "sex on record", "administrative sex")),
    Column("phone", ("telephone", "phone number", "mobile", "cell phone", "home phone")),
    Column("address", ("street", "street address", "address line 1", "address 1")),
    Column("city", ("town",)),
    Column("state", ("state code", "province")),
    Column("postal_code", ("zip", "zip code", "zipcode", "postcode"), title="ZIP code"),
    Column("payer", ("insurance", "primary insurance", "insurance name", "plan", "primary payer")),
    Column("member_number", ("member id", "subscriber id", "policy number", "insurance id", "member no")),
)

SAMPLE = (
    "MRN,Last name,First name,Date of birth,Sex,Phone,Street,City,State,ZIP,Insurance,Member ID\r\n"
    "100201,Rivera,Maria,1961-03-14,F,555-0142,12 Oak St,Springfield,IL,62701,,\r\n"
    "100202,Núñez,José,08/22/1979,M,555-0187,4 Elm Ave,Springfield,IL,62702,,\r\n"
)


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient of a file. ``payer`` is the key of a payer that the practice knows, or ""."""

    line: int
    mrn: str
    family_name: str
    given_name: str
    birth_date: date
    sex: str = "U"
    phone: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    payer: str = ""
    member_number: str = ""


@dataclass(frozen=True, slots=True)
class PatientFile:
    """What a file says. ``columns`` are the facts it speaks of: what it does not mention stays as it is."""

    rows: tuple[PatientRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()


def read_patients(content: bytes, *, payers: Mapping[str, str], today: date) -> PatientFile:
    """Every row, or every reason why the file cannot be taken."""
    table = read_table(content, COLUMNS)
    problems = list(table.problems)
    rows: list[PatientRow] = []
    seen: dict[str, int] = {}
    for line in table.lines:
        row = _row(line, payers, today, problems)
        if row is not None and row.mrn in seen:
            problems.append(
                Problem(line.number, f"MRN {row.mrn} also stands on line {seen[row.mrn]}. Keep one of them.", "MRN")
            )
        elif row is not None:
            seen[row.mrn] = line.number
            rows.append(row)
        if len(problems) >= MAX_PROBLEMS:
            break
    if problems:
        return PatientFile(problems=tuple(problems[:MAX_PROBLEMS]), ignored=table.ignored, columns=table.columns)
    return PatientFile(tuple(rows), ignored=table.ignored, columns=table.columns)


def _row(line: Line, payers: Mapping[str, str], today: date, problems: list[Problem]) -> PatientRow | None:
    """The row, or ``None`` after noting everything that is wrong with it."""
    readers: dict[str, Callable[[str], object]] = {
        "mrn": lambda cell: cells.needed(cell, 20, "MRN"),
        "family_name": lambda cell: cells.needed(cell, 80, "family name"),
        "given_name": lambda cell: cells.text(cell, 80),
        "birth_date": lambda cell: cells.birth_date(cell, today),
        "sex": cells.sex,
        "phone": lambda cell: cells.text(cell, 30),
        "address": lambda cell: cells.text(cell, 200),
        "city": lambda cell: cells.text(cell, 80),
        "state": cells.state,
        "postal_code": cells.postal_code,
        "payer": lambda cell: cells.one_of(cell, payers, "payer"),
        "member_number": lambda cell: cells.text(cell, 40),
    }
    found = read_cells(line, COLUMNS, readers, problems)
    if found is None:
        return None
    if found["member_number"] and not found["payer"]:
        problems.append(Problem(line.number, "There is a member number but no payer. Add the payer.", "payer"))
        return None
    return PatientRow(line.number, **found)  # type: ignore[arg-type]  # each reader gives its column's type


def read_cells(
    line: Line,
    columns: tuple[Column, ...],
    readers: Mapping[str, Callable[[str], object]],
    problems: list[Problem],
) -> dict[str, object] | None:
    """The values of a line by column, or ``None`` after noting each cell that cannot be taken."""
    found, before = {}, len(problems)
    for column in columns:
        try:
            found[column.name] = readers[column.name](line.cells[column.name])
        except CellError as refused:
            problems.append(Problem(line.number, f"{refused}.", column.shown))
    return found if len(problems) == before else None
