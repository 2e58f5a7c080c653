"""Medicare contractors' lists of drugs that are not complex to give: 96372 for them, and money back after 96401."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: the class of the drugs that such lists name
LISTED = "not-complex-list"


@dataclass(frozen=True, slots=True)
class NotComplex:
    """One contractor's article. Articles are retired: ``until`` is the last day on which this one stood.

    ``starred`` are drugs that it names with a caveat, by their key in the formulary.
    """

    contractor: str
    source: str
    since: date | None = None
    until: date | None = None
    starred: frozenset[str] = frozenset()

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


LISTS = (
    NotComplex("NGS", "NGS article A58620 (confirm the first day)", starred=frozenset({"certolizumab-pegol"})),
    NotComplex("Noridian", "Noridian article A58532 (confirm the dates and the list)"),
    NotComplex("WPS", "WPS article A58544, retired 2022-08-12 (Florida Medical Association)", until=date(2022, 8, 11)),
)


def list_of(contractor: str | None, day: date) -> NotComplex | None:
    """The contractor's list in force on the day, as far as we know one."""
    return next((row for row in LISTS if row.contractor == contractor and row.covers(day)), None)
