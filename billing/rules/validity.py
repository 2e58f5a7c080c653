"""Validity: the lines of the visit held against the public lists of codes of the day."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.outcomes import Finding, Kind, claim_gap, notice
from billing.rules.rule import Stage, rule
from injections.days import written_day

HCPCS = "CMS HCPCS Level II, add and termination dates"
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
