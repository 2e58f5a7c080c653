"""The patients of a file beside the patients that are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from injections.imports.patients import PatientRow
from injections.imports.plan import Kind, Plan, Step

#: what a file may change of somebody who is here, and how we call it
CHANGEABLE = {
    "family_name": "family name",
    "given_name": "given name",
    "sex": "sex on record",
    "phone": "phone",
    "address": "street",
    "city": "city",
    "state": "state",
    "postal_code": "ZIP code",
}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is registered, in the file's own terms, and the payers of their plans."""

    pk: int
    row: PatientRow
    payers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Registered:
    """Everybody that the file could mean: by record number, and record numbers by name and birth date."""

    by_mrn: Mapping[str, Known] = field(default_factory=dict)
    namesakes: Mapping[tuple[str, str, date], str] = field(default_factory=dict)


def compare(rows: Iterable[PatientRow], here: Registered, payers: Mapping[str, str]) -> Plan:
    """What each row would do. An empty cell never erases anything."""
    return Plan(tuple(_step(row, here, payers) for row in rows))


def _step(row: PatientRow, here: Registered, payers: Mapping[str, str]) -> Step:
    known = here.by_mrn.get(row.mrn)
    who = f"{listed(row)}, MRN {row.mrn}"
    if known is None:
        return Step(row.line, Kind.ADD, who, _new_plan(row, payers), _namesake(row, here), row)
    if known.row.birth_date != row.birth_date:
        born = f"{known.row.birth_date:%m/%d/%Y}"
        why = f"MRN {row.mrn} is {listed(known.row)}, born {born}. Correct the record number or the birth date"
        return Step(row.line, Kind.REFUSED, who, note=why, row=row)
    plan = () if row.payer in known.payers else _new_plan(row, payers)
    details = (*_differences(row, known.row), *plan)
    return Step(row.line, Kind.CHANGE if details else Kind.SAME, who, details, row=row, subject=known.pk)


def _differences(row: PatientRow, known: PatientRow) -> tuple[str, ...]:
    found = []
    for name, words in CHANGEABLE.items():
        said, stands = getattr(row, name), getattr(known, name)
        if said and said != stands and not (name == "sex" and said == "U"):
            found.append(f"{words}: {stands or 'not recorded'} → {said}")
    return tuple(found)


def _new_plan(row: PatientRow, payers: Mapping[str, str]) -> tuple[str, ...]:
    return (f"plan: {payers.get(row.payer, row.payer)}",) if row.payer else ()


def _namesake(row: PatientRow, here: Registered) -> str:
    other = here.namesakes.get((row.family_name.casefold(), row.given_name.casefold(), row.birth_date))
    return f"Same name and birth date as MRN {other}: check that this is somebody else" if other else ""


def listed(row: PatientRow) -> str:
    return f"{row.family_name.upper()}, {row.given_name}" if row.given_name else row.family_name.upper()
