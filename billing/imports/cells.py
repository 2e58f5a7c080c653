"""What a cell may hold, and the sentence when it holds something else. Codes are text, money is Decimal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from billing.imports.refusal import Refused, shown

_CODE = re.compile(r"^[A-Z0-9]{5}$")
_AMOUNT = re.compile(r"^\$?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})?(\.[0-9]{1,8})?$")
_WHOLE = re.compile(r"^[0-9]{1,7}$")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_DAYS = {8: "%Y%m%d", 10: "%m/%d/%Y"}
#: dates that mean "no end" in official files
_NEVER = {"", "*", "99999999", "9999999", "99991231"}


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row by our names of the columns, each stripped of outer blanks."""

    line: int
    texts: Mapping[str, str]

    def refuse(self, sentence: str) -> Refused:
        return Refused(sentence, self.line)

    def text(self, name: str, longest: int) -> str:
        """Any text on one line; line breaks inside a cell become blanks."""
        text = " ".join(self.texts.get(name, "").split())
        if len(text) > longest:
            raise self.refuse(f"{shown(text)} is longer than the {longest} characters that {words(name)} may have")
        return text

    def needed(self, name: str, longest: int) -> str:
        text = self.text(name, longest)
        if not text:
            raise self.refuse(f"{words(name)} is missing")
        return text

    def code(self, name: str) -> str:
        """Five characters: a HCPCS or CPT number. Never turned into a number: 0001A and 00100 are codes."""
        text = self.texts.get(name, "").upper()
        if not _CODE.match(text):
            raise self.refuse(f"{shown(text)} is not a code of five letters and digits ({words(name)})")
        return text

    def mark(self, name: str, longest: int) -> str:
        """A short indicator of letters and digits, or nothing."""
        text = self.texts.get(name, "").upper()
        if len(text) > longest or not re.fullmatch(r"[A-Z0-9+*]*", text):
            raise self.refuse(f"{shown(text)} is no indicator for {words(name)}")
        return text

    def one_of(self, name: str, known: Mapping[str, str]) -> str:
        """The meaning of one of a few words."""
        text = self.texts.get(name, "")
        if text not in known:
            raise self.refuse(f"{words(name)} is {shown(text)}, and it can be {', '.join(k or 'empty' for k in known)}")
        return known[text]

    def whole(self, name: str) -> int:
        text = self.texts.get(name, "")
        if not _WHOLE.match(text):
            raise self.refuse(f"{shown(text)} is not a whole number ({words(name)})")
        return int(text)

    def amount(self, name: str, places: int = 3) -> Decimal:
        """A decimal of zero or more with at most so many places: dollars, percent, relative values."""
        text = self.texts.get(name, "")
        match = _AMOUNT.match(text)
        if not match or not (match.group(1) or match.group(2)):
            raise self.refuse(f"{shown(text)} is not an amount ({words(name)})")
        amount = Decimal(text.replace(",", "").removeprefix("$"))
        rounded = round(amount, places)
        if rounded != amount:
            raise self.refuse(f"{shown(text)} has more than {places} decimals ({words(name)})")
        return rounded

    def amount_or_none(self, name: str, places: int = 3) -> Decimal | None:
        return self.amount(name, places) if self.texts.get(name, "") else None

    def day(self, name: str) -> date:
        """A date as 20260701, 07/01/2026 or, in add-on files, 2026182 (year and day of the year)."""
        text = self.texts.get(name, "")
        found = _day(text)
        if found is None or not _EARLIEST <= found <= _LATEST:
            raise self.refuse(f"{shown(text)} is not a date ({words(name)})")
        return found

    def day_or_none(self, name: str) -> date | None:
        return None if self.texts.get(name, "") in _NEVER else self.day(name)


@lru_cache(maxsize=50_000)  # the same few thousand days stand in millions of rows
def _day(text: str) -> date | None:
    try:
        if re.fullmatch(r"[0-9]{7}", text):
            first = date(int(text[:4]), 1, 1)
            found = first + timedelta(days=int(text[4:]) - 1)
            return found if found.year == first.year else None
        shape = _DAYS.get(len(text))
        return datetime.strptime(text, shape).date() if shape else None  # noqa: DTZ007 - a day has no zone
    except (ValueError, OverflowError):  # 9999366 is past the last day that there is
        return None


def words(name: str) -> str:
    return name.replace("_", " ")
