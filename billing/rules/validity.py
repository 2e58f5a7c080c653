"""Validity: the lines of the visit held against the public lists of codes of the day."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.codes import is_code
from billing.outcomes import Finding, Kind, Outcome, Withheld, claim_gap, notice
from billing.reference.first_days import FIRST_DAYS
from billing.rules.rule import Stage, rule
from injections.days import written_day

HCPCS = "CMS HCPCS Level II, add and termination dates"
CODE_SETS = "45 CFR 162.1002: the code sets of the date of service; CARC 181"
ADD_ONS = "CMS NCCI add-on code edits"


@rule(stage=Stage.CHECK, applies=("doses", "services"), cites=HCPCS)
def code_not_in_force(case: Case) -> Iterator[Finding]:
    """The code of a line was not in force on the date of service.

    A code lives from its add date to its termination date. CMS's list, once imported, knows of an end, or of a later
    start, that the drug's file does not know yet. Without an imported list nothing is said.
    """
    for charge in case.charges:
        if case.reference.in_force(charge.code) is False:
            ended = case.reference.replacement(charge.code)
            said = f"{charge.code} ended on {written_day(ended.until)}" if ended else f"{charge.code} had not begun"
            successor = ended.successor if ended else ""
            yield claim_gap(
                f"{charge.code} was not in force on {written_day(case.day)}",
                about=charge.administrations,
                because=f"{said}; CMS refers to {successor}" if successor else said,
                fix=f"Look up {successor} and its unit" if successor else "Look up the code in force",
                fields=("hcpcs",),
            )


@rule(stage=Stage.ADJUST, applies=("services",), cites=CODE_SETS)
def reported_code_ended(case: Case) -> Iterator[Outcome]:
    """A service was reported with a code that was not in use on the day.

    CPT's yearly changes and CMS's list end codes on a day. A claim with such a code is sent back whatever else is
    right, so the line is left out and the code of the day has to be found.
    """
    charges = {charge.key: charge for charge in case.of(Kind.SERVICE)}
    for nth, service in enumerate(case.encounter.services):
        why = _not_in_use(case, service.code) if is_code(service.code) else ""
        if why:
            if charge := charges.get(f"service:{nth}"):
                yield Withheld(service.code, why, charge=charge)
            yield _to_be_replaced(case, service.code, why, f"services[{nth}].code")


@rule(stage=Stage.CHECK, applies=("same_day",), cites=CODE_SETS)
def billed_code_ended(case: Case) -> Iterator[Finding]:
    """Another claim of the day carries a code that was not in use on the day.

    That line is sent back. Until it is corrected nobody can say what it does to the lines here.
    """
    for nth, line in enumerate(case.context.same_day):
        why = _not_in_use(case, line.code)
        if why:
            yield _to_be_replaced(case, line.code, why, f"same_day[{nth}].code")


def _not_in_use(case: Case, code: str) -> str:
    """Why a code could not be billed on the day; empty where it could, or where no table tells."""
    if not is_code(code):
        return f"{code} is not a service code"
    ended = case.reference.replacement(code)
    if ended is not None:
        return f"{code} ended on {written_day(ended.until)}"
    if code in FIRST_DAYS and case.day < FIRST_DAYS[code].day:
        return f"{code} began on {written_day(FIRST_DAYS[code].day)}"
    if case.reference.in_force(code) is False:
        return f"{code} had not begun on {written_day(case.day)}"
    return f"{code} is not in CMS's list of the day" if case.reference.is_unlisted(code) else ""


def _in_use_now(case: Case, code: str) -> str:
    """The code that took over, or the one that took over from that; empty where none did."""
    seen = [code]
    while (ended := case.reference.replacement(seen[-1])) is not None and ended.successor not in seen:
        seen.append(ended.successor)
    return seen[-1] if len(seen) > 1 else ""


def _to_be_replaced(case: Case, code: str, why: str, field: str) -> Finding:
    ended, successor = case.reference.replacement(code), _in_use_now(case, code)
    return claim_gap(
        f"{code} could not be billed on {written_day(case.day)}",
        because=f"{why}; {successor} took over" if successor else why,
        fix=f"See whether {successor} says what was done" if successor else "Look up the code in use",
        fields=(field,),
        source=ended.source if ended else _first_day_says(case, code),
    )


def _first_day_says(case: Case, code: str) -> str:
    begins = FIRST_DAYS.get(code)
    return begins.source if begins and case.day < begins.day else ""


@rule(stage=Stage.CHECK, wants="ncci", applies=("doses", "services"), cites=ADD_ONS)
def add_on_alone(case: Case) -> Iterator[Finding]:
    """An add-on code stands without any of the codes that it adds to.

    An add-on is paid only beside its primary code, of the same patient and day. Where the contractor decides which
    codes are primary, it is a question and not an error.
    """
    day = {c.code for c in case.charges} | {line.code for line in case.context.same_day}
    for charge in case.of(Kind.SERVICE, Kind.ADMINISTRATION):
        add_on = case.reference.add_on(charge.code)
        if add_on is None or add_on.primaries & day:
            continue
        named = ", ".join(sorted(add_on.primaries)[:6])
        said, because = f"{charge.code} is an add-on and stands alone", f"it adds to {named or 'another code'}"
        if add_on.open:
            yield notice(said, about=charge.administrations, because=because, fix="See what the contractor accepts")
        else:
            yield claim_gap(said, about=charge.administrations, because=because, fix="Find the primary code")
