"""Diagnosis codes that were complete until they were divided: what the list of a later year would reject unjustly."""

from __future__ import annotations

import re
from datetime import date

#: the first day of ICD-10-CM; what stands on a claim of an earlier day is a code of ICD-9-CM
FIRST_DAY = date(2015, 10, 1)
#: a letter, a digit, and up to five letters or digits, without the dot
_SHAPE = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
#: of ICD-9-CM: digits, or a V before them, or an E before 800 and more
_SHAPE_BEFORE = re.compile(r"[0-9]{3,5}|V[0-9]{2,4}|E[89][0-9]{2,3}")

#: last days of codes that became headings. Each is a heading in the list of FY2026 (a test looks); the year is that of
#: the ICD-10-CM addenda as commonly known, to be confirmed where a line of a claim hangs on it
_DIVIDED = {
    date(2018, 9, 30): "M79.1",
    date(2020, 9, 30): "D59.1 D72.1 G11.1 G71.2 J82 K20.8 K74.0 N18.3 R51",
    date(2021, 9, 30): "D55.2 G92 K22.8 M31.1 M54.5 P09 R05 R35.8 R63.3 R79.8 Z91.5",
    date(2022, 9, 30): "B37.3 D59.3 D68.0 D75.82 E34.3 E87.2 F43.8 G93.3 I34.8 N80.0 N80.1 N80.2 N80.3 N80.4 N80.5",
    date(2023, 9, 30): "D13.9 D48.1 E20.8 E88.81 G20 G37.8 I20.8 I24.8 I47.1 J15.6 J44.8",
    date(2024, 9, 30): "E34.0 E66.8 F50.01 F50.02 F50.2 F50.81 G90.8 L29.8 M51.36 M51.37 M65.9",
    date(2025, 9, 30): "D71 E78.01 G35 R10.2",
}
LAST_DAYS = {code.replace(".", ""): last for last, codes in _DIVIDED.items() for code in codes.split()}


def was_complete(code: str, day: date) -> bool:
    """Whether a code, written without its point, was not yet divided on the day."""
    last = LAST_DAYS.get(code)
    return last is not None and day <= last


def is_shaped(code: str, day: date) -> bool:
    """Whether a code, written without its point, looks like a diagnosis code of the day."""
    return (_SHAPE_BEFORE if day < FIRST_DAY else _SHAPE).fullmatch(code) is not None


def shape_on(day: date) -> str:
    """What a code of the day looks like, for a person whose code does not."""
    if day < FIRST_DAY:
        return "ICD-10-CM began on 1 Oct 2015; codes of earlier days are of ICD-9-CM, such as 266.2"
    return "no diagnosis code looks like this: E53.8 does"
