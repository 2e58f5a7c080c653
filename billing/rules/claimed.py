"""Claimed codes: a drug's code that somebody entered by hand, compared with what follows from the dose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.case import Case
from billing.outcomes import Finding, Outcome, Withheld, claim_gap
from billing.portions import code_of
from billing.reference.without_code import UNCLASSIFIED
from billing.rules.rule import Stage, rule
from billing.supply import is_separate
from billing.units import Coded
from injections.days import written_day
from injections.facts import Administration, known

HCPCS = "CMS HCPCS Level II, code text and dates"
CROSSWALK = "CMS ASP NDC-HCPCS crosswalk"
HOSPITAL = "CMS HCPCS Level II: C codes are for hospital outpatient departments (OPPS)"


@rule(stage=Stage.CHECK, applies=("claimed_hcpcs",), cites=HCPCS)
def code_retired(case: Case) -> Iterator[Outcome]:
    """The claimed code had ended before the date of service.

    A code that had ended is rejected. The code that took its place may count in other units.
    """
    for dose, claimed in _claimed(case):
        ended = case.reference.replacement(claimed)
        last = ended.until if ended else _last_day(case, claimed)
        if last is not None:
            right = _right_code(case, dose)
            instead = right or (ended.successor if ended else "")
            said = f"{claimed} ended on {written_day(last)}" + (f"; {instead} took over" if instead else "")
            yield Withheld(claimed, said, (dose.id,))
            yield claim_gap(
                f"{claimed} was no longer in force on {written_day(case.day)}",
                about=(dose.id,),
                because=said,
                fix=f"Bill {instead}" if instead else "Choose the code in force",
                fields=("hcpcs",),
            )


@rule(stage=Stage.CHECK, applies=("claimed_hcpcs",), cites=CROSSWALK)
def code_differs(case: Case) -> Iterator[Outcome]:
    """The claimed code is not the code of what was given.

    The code follows from the drug, the dose and the day. A code entered by hand is compared with that and never
    obeyed.
    """
    for dose, claimed in _claimed(case):
        right = _right_code(case, dose)
        retired = case.reference.replacement(claimed) or _last_day(case, claimed)
        if right and claimed != right and not retired and claimed not in UNCLASSIFIED and claimed[:1] != "C":
            yield Withheld(claimed, f"{dose.called} on {written_day(case.day)} is {right}, not {claimed}", (dose.id,))
            yield claim_gap(
                f"{claimed} is not the code of what was given",
                about=(dose.id,),
                because=f"{dose.called} on {written_day(case.day)} is billed with {right}",
                fix=f"Bill {right}, or correct the drug",
                fields=("hcpcs", "ndc") if known(dose.ndc) else ("hcpcs",),
            )


@rule(stage=Stage.CHECK, applies=("claimed_hcpcs",), cites=HCPCS)
def specific_code_exists(case: Case) -> Iterator[Finding]:
    """An unclassified code was claimed for a drug that has a code of its own.

    Payers deny an unclassified code where a specific one exists.
    """
    for dose, claimed in _claimed(case):
        right = _right_code(case, dose)
        if claimed in UNCLASSIFIED and right and right not in UNCLASSIFIED:
            yield claim_gap(
                f"{claimed} is for drugs without a code; this one has {right}",
                about=(dose.id,),
                because=f"{dose.called} on {written_day(case.day)} is {right}",
                fix=f"Bill {right}",
                fields=("hcpcs",),
            )


@rule(stage=Stage.CHECK, applies=("code of a hospital",), cites=HOSPITAL)
def code_of_a_hospital(case: Case) -> Iterator[Outcome]:
    """A code that only hospital outpatient departments bill was claimed.

    Codes that begin with C stand on the hospital's own claim. A practice bills the drug's J or Q code, and an
    unclassified one while there is none.
    """
    for dose, claimed in _claimed(case):
        if claimed.startswith("C"):
            right = _right_code(case, dose) or "J3490 for a drug or J3590 for a biologic, with a description"
            yield Withheld(claimed, f"{claimed} is only for hospital outpatient departments", (dose.id,))
            yield claim_gap(
                f"{claimed} is a hospital's code",
                about=(dose.id,),
                because="codes that begin with C stand on the claim of a hospital outpatient department",
                fix=f"Bill {right}",
                fields=("hcpcs",),
            )


def _claimed(case: Case) -> Iterator[tuple[Administration, str]]:
    """Doses of drugs that could have a line, with the code that somebody claims."""
    for dose in case.doses:
        if dose.claimed_hcpcs and is_separate(dose, case.encounter):
            yield dose, dose.claimed_hcpcs.strip().upper()


def _right_code(case: Case, dose: Administration) -> str | None:
    found = code_of(dose, case.day, case.context.payer.kind)
    return found.coding.code if isinstance(found, Coded) else None


def _last_day(case: Case, code: str) -> date | None:
    """The last day of a code that no drug bears any more on the date of service."""
    rows = [c for p in case.reference.products.by_code(code) for c in p.codings if c.code == code]
    if not rows or any(c.covers(case.day) for c in rows):
        return None
    ended = [c.until for c in rows if c.until is not None and c.until < case.day]
    return max(ended) if ended else None
