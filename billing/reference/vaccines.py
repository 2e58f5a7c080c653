"""Vaccines as data: for which ages a code stands, and how many components it counts for counseling.

A component is every antigen against diseases of one organizm; strains of one organizm count once. Counts and ages are
to be confirmed against the CPT text and the package insert of the season.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = "CPT vaccine components and package inserts, as commonly known (confirm)"
YEAR = 12


@dataclass(frozen=True, slots=True)
class VaccineCode:
    """Ages are whole months: from the first up to, and without, the last. ``younger`` is the code below its ages."""

    code: str
    components: int = 1
    since: int = 0
    until: int | None = None
    younger: str = ""
    source: str = SOURCE

    def is_for(self, months: int) -> bool:
        return self.since <= months and (self.until is None or months < self.until)


VACCINES: dict[str, VaccineCode] = {
    row.code: row
    for row in (
        VaccineCode("90744", until=20 * YEAR),
        VaccineCode("90746", since=18 * YEAR, younger="90744"),
        VaccineCode("90739", since=18 * YEAR, younger="90744"),
        VaccineCode("90743", since=11 * YEAR, until=16 * YEAR),
        VaccineCode("91318", since=6, until=5 * YEAR),
        VaccineCode("91319", since=5 * YEAR, until=12 * YEAR, younger="91318"),
        VaccineCode("91320", since=12 * YEAR, younger="91319"),
        VaccineCode("91321", since=6, until=12 * YEAR),
        VaccineCode("91322", since=12 * YEAR, younger="91321"),
        VaccineCode("91304", since=12 * YEAR),
        VaccineCode("90656", since=6),
        VaccineCode("90657", since=6, until=3 * YEAR),
        VaccineCode("90660", since=2 * YEAR, until=50 * YEAR),
        VaccineCode("90661", since=6),
        VaccineCode("90673", since=9 * YEAR),
        VaccineCode("90653", since=50 * YEAR),
        VaccineCode("90662", since=50 * YEAR),
        VaccineCode("90672", since=2 * YEAR, until=50 * YEAR),
        VaccineCode("90674", since=6),
        VaccineCode("90682", since=9 * YEAR),
        VaccineCode("90686", since=6),
        VaccineCode("90688", since=6),
        VaccineCode("90694", since=50 * YEAR),
        VaccineCode("90714", components=2, since=7 * YEAR),
        VaccineCode("90715", components=3, since=7 * YEAR),
        VaccineCode("90700", components=3, until=7 * YEAR),
        VaccineCode("90702", components=2, until=7 * YEAR),
        VaccineCode("90723", components=5, until=7 * YEAR),
        VaccineCode("90698", components=5, until=5 * YEAR),
        VaccineCode("90697", components=6, until=5 * YEAR),
        VaccineCode("90696", components=4, since=4 * YEAR, until=7 * YEAR),
        VaccineCode("90707", components=3, since=6),
        VaccineCode("90710", components=4, since=12, until=13 * YEAR),
        VaccineCode("90716", since=12),
        VaccineCode("90636", components=2, since=18 * YEAR),
        VaccineCode("90633", since=12, until=19 * YEAR),
        VaccineCode("90632", since=19 * YEAR, younger="90633"),
        VaccineCode("90649", since=9 * YEAR, until=27 * YEAR),
        VaccineCode("90651", since=9 * YEAR, until=46 * YEAR),
        VaccineCode("90750", since=18 * YEAR),
        VaccineCode("90732", since=2 * YEAR),
        VaccineCode("90684", since=18 * YEAR),
        *(VaccineCode(code) for code in "90647 90648 90670 90671 90677 90675 90713 90717 90740 90747 90759".split()),
        *(VaccineCode(code) for code in "90611 90619 90620 90621 90623 90624 90734 90658 90691 90738 91323".split()),
        *(VaccineCode(code, until=YEAR) for code in ("90680", "90681")),
        *(VaccineCode(code, since=10 * YEAR) for code in ("90678", "90679", "90683")),
    )
}


def components_of(codes: tuple[str, ...]) -> int | None:
    """The components of a vaccine by its code; ``None`` where nobody has counted them."""
    found = [VACCINES[c].components for c in codes if c in VACCINES]
    return found[0] if found else None


def code_for_age(code: str, months: int) -> str:
    """The code of the same vaccine for that age, where the table knows a younger one."""
    row = VACCINES.get(code)
    while row is not None and row.younger and months < row.since:
        code, row = row.younger, VACCINES.get(row.younger)
    return code
