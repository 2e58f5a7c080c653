"""Diagnosis codes that were complete until they were divided: what the list of a later year would reject unjustly."""

from __future__ import annotations

from datetime import date

#: the first day of ICD-10-CM; what stands on a claim of an earlier day is a code of ICD-9-CM
FIRST_DAY = date(2015, 10, 1)

#: last days of codes that became headings: ICD-10-CM addenda of those years, as commonly known (to be confirmed)
_DIVIDED = {
    date(2021, 9, 30): "M54.5 R05 K22.8",
    date(2022, 9, 30): "D59.3 D68.0 E87.2",
    date(2023, 9, 30): "E88.81 G20 J15.6 J44.8",
    date(2024, 9, 30): "E66.8 M51.36 M51.37 M65.9",
    date(2025, 9, 30): "E78.01 G35 R10.2",
}
LAST_DAYS = {code.replace(".", ""): last for last, codes in _DIVIDED.items() for code in codes.split()}


def was_complete(code: str, day: date) -> bool:
    """Whether a code, written without its point, was not yet divided on the day."""
    last = LAST_DAYS.get(code)
    return last is not None and day <= last
