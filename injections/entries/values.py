"""Single entries read as values. What cannot be read raises :class:`Unreadable` with a sentence for the field."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from injections.facts import Lab, Package
from injections.imports import cells
from injections.imports.cells import CellError
from injections.quantity import DimensionError, Quantity, QuantityError

_LAB = re.compile(
    r"(?P<name>[^\d].*?)\s+(?P<value>[0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(?P<unit>[^\s\d]\S*)?(?:\s+(?P<date>[0-9/-]{8,10}))?"
)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?: +(first|second))?", re.IGNORECASE)
YEARS = range(2000, 2100)


class Unreadable(ValueError):
    """The text is not what the field asks for. The message says what would be."""


def read_quantity(text: str) -> Quantity:
    try:
        return Quantity.parse(text)
    except QuantityError:
        raise Unreadable("Enter an amount with its unit, such as 1000 mcg") from None


def read_drug_amount(text: str, package: Package | None, like: Quantity | None) -> Quantity:
    """An amount of the drug; a volume is turned into one by what the package holds.

    Nothing is nothing in every unit. Any other volume needs a package whose label says how much drug it holds.
    """
    amount = read_quantity(text)
    drug = (package.holds if package else None) or like
    if drug is None or amount.dimension is drug.dimension:
        return amount
    if amount.amount == 0:
        return Quantity(Decimal(0), drug.unit)
    concentration = package.concentration if package else None
    try:
        if concentration is not None:
            return _as_stored(concentration.drug_in(amount))
    except DimensionError:
        pass
    raise Unreadable(f"Enter the amount in {drug.unit}: the package does not say how much drug that is")


def _as_stored(amount: Quantity) -> Quantity:
    """Four decimals, as every amount is kept: a third of a vial has no end."""
    return Quantity(round(amount.amount, 4), amount.unit)


def read_day(text: str) -> date:
    """A day as somebody writes it, 3/31/2027 or 31 Mar 2027, or as a browser's calendar sends it."""
    try:
        day = cells.day(text)
    except CellError:
        raise Unreadable("Enter a date such as 3/31/2027") from None
    return _bounded(day)


def read_expiry(text: str) -> date:
    """A day, or a month and year as labels print it: then the last day of that month."""
    try:
        return cells.expiry(text)
    except CellError as problem:
        raise Unreadable(str(problem)) from None


def _bounded(day: date) -> date:
    if day.year not in YEARS:
        raise Unreadable("Enter a date between 2000 and 2099")
    return day


def read_moment(text: str, day: date, zone: ZoneInfo) -> datetime:
    """A time of day on the day of the visit, or a whole date and time; in UTC, where moments can be compared.

    An hour that the clocks skipped never was; one that came twice needs a word to say which: ``1:30 second``.
    """
    match = re.fullmatch(
        r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?: +(first|second))?", text, re.IGNORECASE
    )
    if match is not None:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        wall = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - its zone is set below
        return _on_clock(wall, zone, (match[4] or "").lower())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("Enter a time such as 09:21") from None
    _bounded(moment.date())
    return moment.astimezone(UTC) if moment.tzinfo else _on_clock(moment, zone)


def _on_clock(wall: datetime, zone: ZoneInfo, which: str = "") -> datetime:
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if _skipped(first):
        raise Unreadable(f"The clocks were put forward: there was no {wall:%H:%M} that day")
    if which:
        return (second if which == "second" else first).astimezone(UTC)
    clock = f"{wall:%-H:%M}"
    raise Unreadable(f"{clock} came twice that day: enter {clock} first or {clock} second")


def _skipped(moment: datetime) -> bool:
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None)


def read_labs(text: str) -> tuple[Lab, ...]:
    """Results, one per line or between semicolons: ``hemoglobin 9.4 g/dL 10/1/2026``."""
    return tuple(_lab(line.strip()) for line in re.split(r"[;\n]", text) if line.strip())


def _lab(text: str) -> Lab:
    match = _LAB.fullmatch(text)
    if match is None:
        raise Unreadable("Enter name, value, unit and date, such as hemoglobin 9.4 g/dL 10/1/2026")
    day = read_day(match["date"]) if match["date"] else None
    return Lab(name=match["name"].strip(" :"), value=Decimal(match["value"]), unit=match["unit"] or "", date=day)


def read_codes(text: str) -> tuple[str, ...]:
    """Diagnosis codes between commas or spaces, each once, in the order typed."""
    codes = [code.upper() for code in re.split(r"[,;\s]+", text) if code]
    wrong = next((code for code in codes if not re.fullmatch(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?", code)), None)
    if wrong is not None:
        raise Unreadable(f"{wrong} is not a diagnosis code")
    return tuple(dict.fromkeys(codes))


def read_yes(text: str) -> bool:
    if text.lower() not in ("yes", "no", "true", "on"):
        raise Unreadable("Choose yes or no")
    return text.lower() != "no"


def read_count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise Unreadable("Enter a whole number")
    return int(text)
