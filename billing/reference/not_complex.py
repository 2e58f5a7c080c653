"""Medicare contractors' lists of drugs that are not complex to give: 96372 for them, and money back after 96401."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: the class of the drugs that such lists name
LISTED = "not-complex-list"


@dataclass(frozen=True, slots=True)
class NotComplex:
    """One contractor's article. Articles are retired: ``until`` is the last day on which this one stood.

    ``starred`` are drugs that it names with a caveat, ``left_out`` drugs that it took off the list which the others
    share: by their key in the formulary.
    """

    contractor: str
    source: str
    since: date | None = None
    until: date | None = None
    starred: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


LISTS = (
    NotComplex(
        "NGS",
        "NGS article A58620, effective 1 May 2021",
        since=date(2021, 5, 1),
        starred=frozenset({"certolizumab-pegol"}),
    ),
    NotComplex(
        "Noridian",
        "Noridian article A58532, as revised 18 Feb 2021 (confirm whether it still stands)",
        since=date(2021, 1, 10),
        left_out=frozenset({"tbo-filgrastim"}),
    ),
    NotComplex(
        "WPS",
        "WPS article A58544, retired 12 Aug 2022 (Florida Medical Association)",
        since=date(2021, 1, 10),
        until=date(2022, 8, 11),
    ),
    NotComplex(
        "Palmetto",
        "Palmetto article A58527, retired with effect from 21 Dec 2023 because of CR 13468",
        since=date(2020, 11, 26),
        until=date(2023, 12, 20),
    ),
)

#: the first day of what CMS told its contractors, repeated in public by CR 13468 (Transmittal 12397) of December 2023
PAUSED_FROM = date(2022, 8, 12)
PAUSED = "CMS CR 13468: since 12 Aug 2022 no contractor may pay 96401 lower for the name of its drug alone"


def list_of(contractor: str | None, day: date) -> NotComplex | None:
    """The contractor's list in force on the day, as far as we know one."""
    return next((row for row in LISTS if row.contractor == contractor and row.covers(day)), None)
