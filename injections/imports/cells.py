"""One cell to one value. Every refusal says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, time

EARLIEST_BIRTH = date(1900, 1, 1)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
STATES = frozenset(
    """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI AA AE AP
    """.split()
)
EXPIRY_YEARS = range(2000, 2100)
_SEXES = {"f": "F", "female": "F", "m": "M", "male": "M", "u": "U", "unknown": "U", "": "U"}
_MIDNIGHT = re.compile(r"[ T]00?:00(:00)?$")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_DAY_WORD = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3,9})\.?[ -]([0-9]{4})")
_WORD_DAY = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_MONTH_OF_YEAR = re.compile(r"([0-9]{1,2}) */ *([0-9]{4})|([0-9]{4})-([0-9]{1,2})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)? ?([AaPp])?\.?[Mm]?\.?")
#: what injections/spreadsheet.py puts before a text that could start a formula; any number of them may stand there
_ARMED = re.compile(r"^'(?=['\s\u3000]*[=+\-@＝＋－＠])")

WRITE_AN_EXPIRY = "Enter the expiry as on the label, such as 03/2027"
WRITE_A_DATE = "Write the date as 2026-11-21 or 11/21/2026"


class CellError(ValueError):
    """The cell cannot be taken as it stands; the message says what to do."""


def text(cell: str, longest: int) -> str:
    """One line of visible text. A formula is text like any other; the mark that disarms it is taken off."""
    read = unicodedata.normalize("NFC", _ARMED.sub("", cell.strip()).strip())
    if any(_is_hidden(letter) for letter in read):
        raise CellError("There is an invisible character or a line break here. Type the text again")
    if len(read) > longest:
        raise CellError(f"This is longer than {longest} letters. Shorten it")
    return read


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def needed(cell: str, longest: int, what: str) -> str:
    read = text(cell, longest)
    if not any(letter.isalnum() for letter in read):
        raise CellError(f"The {what} is missing")
    return read


def day(cell: str) -> date:
    """A date that can be read in one way only: the year in full, or the month as a word."""
    found = _parts(_MIDNIGHT.sub("", text(cell, 40)))
    if found is None:
        short = _SHORT_YEAR.fullmatch(cell.strip())
        raise CellError(f"The year needs four digits. {WRITE_A_DATE}" if short else WRITE_A_DATE)
    try:
        return date(*found)
    except ValueError:
        raise CellError(f"“{cell.strip()}” is not a day of the calendar. {WRITE_A_DATE}") from None


def _parts(cell: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(cell):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _MONTH_FIRST.fullmatch(cell):
        return int(match[3]), int(match[1]), int(match[2])
    if match := _DAY_WORD.fullmatch(cell):
        return int(match[3]), _month(match[2]), int(match[1])
    if match := _WORD_DAY.fullmatch(cell):
        return int(match[3]), _month(match[1]), int(match[2])
    return None


def _month(word: str) -> int:
    short = word[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def expiry(cell: str) -> date:
    """A day, or month and year as labels print it: then the last day of that month."""
    found = _month_end(text(cell, 40)) or day(cell)
    if found.year not in EXPIRY_YEARS:
        raise CellError(WRITE_AN_EXPIRY)
    return found


def _month_end(cell: str) -> date | None:
    """The last day of a month that is written without a day; ``None`` where the text is no such month."""
    match = _MONTH_OF_YEAR.fullmatch(cell)
    if match is None:
        return None
    month, year = int(match[1] or match[4]), int(match[2] or match[3])
    if not 1 <= month <= 12 or not year:
        raise CellError(WRITE_AN_EXPIRY)
    return date(year, month, monthrange(year, month)[1])


def birth_date(cell: str, today: date) -> date:
    born = day(cell)
    if born > today:
        raise CellError("This birth date is in the future. Check the year")
    if born < EARLIEST_BIRTH:
        raise CellError("This birth date is before 1900. Check the year")
    return born


def clock(cell: str) -> time:
    """A time of day: 14:30 or 2:30 pm."""
    match = _CLOCK.fullmatch(text(cell, 20))
    if match is None:
        raise CellError("Write the time as 14:30 or 2:30 pm")
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise CellError("Write the time as 14:30 or 2:30 pm")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise CellError("This is not a time of day. Write it as 14:30 or 2:30 pm")
    return time(hour, minute)


def sex(cell: str) -> str:
    found = _SEXES.get(text(cell, 20).lower())
    if found is None:
        raise CellError("Write F, M or U for the sex on record")
    return found


def state(cell: str) -> str:
    read = text(cell, 20).upper()
    if read and read not in STATES:
        raise CellError("Write the state as two letters, such as IL")
    return read


def postal_code(cell: str) -> str:
    read = text(cell, 10)
    if read and not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", read):
        raise CellError("Write the ZIP code as five digits; a spreadsheet may have dropped a leading zero")
    return read


def one_of(cell: str, choices: Mapping[str, str], what: str) -> str:
    """The key of a choice, by its key or name in any case; "" stays "" ."""
    read = text(cell, 200).casefold()
    if not read:
        return ""
    for key, name in choices.items():
        if read in (key.casefold(), name.casefold()):
            return key
    raise CellError(f"There is no {what} called “{cell.strip()[:60]}” here")
