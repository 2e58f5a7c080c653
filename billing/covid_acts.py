"""Codes for giving COVID-19 vaccines before one code stood for all, as data: by vaccine, by dose and by day.

Numbers only. First days are those of the authorization; each is to be confirmed against an old code book.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_ALABAMA = "Blue Cross Alabama, COVID-19 vaccine codes; CPT Appendix Q (confirm the first day)"
_BIVALENT = "CMS, as told by the California Hospital Association: from 31 Aug 2022; CPT Appendix Q (confirm)"
_INFANTS = "Blue Cross Texas, 8 Feb 2023: from 8 Dec 2022; CPT Appendix Q (confirm)"


@dataclass(frozen=True, slots=True)
class CovidActs:
    """One vaccine: its code, its drug in the formulary, and for each dose of the series the codes it can have.

    The last of ``doses`` stands for all further ones. Several codes for one dose: a third dose and a booster are told
    apart by the patient's immune system, which the chart of a shot does not say.
    """

    vaccine: str
    drug: str
    called: str
    since: date
    doses: tuple[tuple[str, ...], ...]
    source: str = _ALABAMA

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for codes in self.doses for code in codes))

    def for_dose(self, before: int | None) -> tuple[str, ...]:
        """The codes that a dose can have after so many; all of them where nobody has counted."""
        return self.codes if before is None else self.doses[min(before, len(self.doses) - 1)]


def _row(line: str, since: date, source: str = _ALABAMA) -> CovidActs:
    """``vaccine drug name: first / second / third,booster``."""
    head, _, tail = line.partition(":")
    vaccine, drug, called = head.split(" ", 2)
    doses = tuple(tuple(step.strip().split(",")) for step in tail.split("/"))
    return CovidActs(vaccine, drug, called, since, doses, source)


_PFIZER, _MODERNA = "covid-19-vaccine", "covid-19-vaccine-moderna"
COVID_ACTS = (
    _row(f"91300 {_PFIZER} purple cap: 0001A / 0002A / 0003A,0004A", date(2020, 12, 11)),
    _row(f"91305 {_PFIZER} gray cap: 0051A / 0052A / 0053A,0054A", date(2021, 10, 29)),
    _row(f"91312 {_PFIZER} bivalent: 0124A", date(2022, 8, 31), _BIVALENT),
    _row(f"91307 {_PFIZER}-pfizer-5-11 orange cap: 0071A / 0072A / 0073A,0074A", date(2021, 10, 29)),
    _row(f"91315 {_PFIZER}-pfizer-5-11 bivalent: 0154A", date(2022, 10, 12), _BIVALENT),
    _row(f"91308 {_PFIZER}-pfizer-infant maroon cap: 0081A / 0082A / 0083A", date(2022, 6, 17)),
    _row(f"91317 {_PFIZER}-pfizer-infant bivalent: 0173A", date(2022, 12, 8), _INFANTS),
    _row(f"91301 {_MODERNA} 100 mcg: 0011A / 0012A / 0013A", date(2020, 12, 18)),
    _row(f"91306 {_MODERNA} 50 mcg booster: 0064A", date(2021, 10, 20)),
    _row(f"91313 {_MODERNA} bivalent: 0134A", date(2022, 8, 31), _BIVALENT),
    _row(f"91309 {_MODERNA}-child 6 to 11 years: 0091A / 0092A / 0093A,0094A", date(2022, 6, 17)),
    _row(f"91311 {_MODERNA}-child under 6 years: 0111A / 0112A / 0113A", date(2022, 6, 17)),
    _row(f"91314 {_MODERNA}-child bivalent from 6 years: 0144A", date(2022, 10, 12), _BIVALENT),
    _row(f"91316 {_MODERNA}-child bivalent under 6 years: 0164A", date(2022, 12, 8), _INFANTS),
    _row("91303 covid-19-vaccine-janssen Janssen: 0031A / 0034A", date(2021, 2, 27)),
    _row("91304 covid-19-vaccine-novavax Novavax: 0041A / 0042A / 0044A", date(2022, 7, 13)),
)
#: every one of them
COVID_ACT_CODES = frozenset(code for row in COVID_ACTS for code in row.codes)


def covid_acts(drug: str, claimed: str | None, day: date) -> tuple[CovidActs, ...]:
    """The vaccines that the drug could have been on that day; a code that somebody claims settles it."""
    rows = tuple(row for row in COVID_ACTS if row.drug == drug and row.since <= day)
    return tuple(row for row in rows if row.vaccine == claimed) or rows
