"""Authorization: the payer's yes beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.codes import is_code
from billing.context import Authorization
from billing.outcomes import Charge, ClaimField, Finding, Kind, Outcome, Withheld, claim_gap, notice
from billing.rules.rule import Stage, rule
from injections.days import written_day
from injections.formulary.ndc import billing_forms

CARC_197 = "CARC 197, 198: authorization absent or exceeded"


def _for(case: Case, code: str) -> tuple[Authorization, ...]:
    return tuple(a for a in case.context.authorizations if a.hcpcs.upper() == code)


def _needed(case: Case) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Codes that need an approval, with the units billed and their doses."""
    required = case.context.authorization_required
    for code in sorted({c.code for c in case.of(Kind.DRUG, Kind.WASTE, Kind.ADMINISTRATION)} & required):
        lines = [c for c in case.charges if c.code == code]
        yield code, sum(c.units for c in lines), tuple(dict.fromkeys(i for c in lines for i in c.administrations))


@rule(stage=Stage.CHECK, wants="prior-authorization", applies=("authorization_required",), cites=CARC_197)
def approval_missing(case: Case) -> Iterator[Finding]:
    """The plan wants its approval first, and none is on file.

    Without the approval the plan denies the line, and most plans give none afterwards.
    """
    for code, _, about in _needed(case):
        on_file = _for(case, code)
        if not any(a.covers(case.day) for a in on_file):
            spans = ", ".join(map(_span, on_file))
            yield claim_gap(
                f"{code} needs an approval for {written_day(case.day)}",
                about=about,
                because=f"on file: {spans}" if spans else "none on file",
                fix="Ask the plan for an approval that covers the day",
                fields=("authorizations",),
            )


def _span(approval: Authorization) -> str:
    """An approval in words: its number and the days it covers."""
    since = written_day(approval.since) if approval.since else "the beginning"
    days = f"from {since} to {written_day(approval.until) if approval.until else 'no end'}"
    turned = ", which ends before it begins" if _is_turned(approval) else ""
    return f"{approval.number or 'one without a number'} {days}{turned}"


@rule(stage=Stage.CHECK, applies=("authorizations",), cites=CARC_197)
def approval_ends_before_it_begins(case: Case) -> Iterator[Finding]:
    """The approval ends before it begins.

    One of its two days is mistyped, and nobody can tell which days the plan approved.
    """
    for nth, approval in enumerate(case.context.authorizations):
        if _is_turned(approval):
            yield claim_gap(
                f"The approval of {approval.hcpcs} ends before it begins",
                because=_span(approval),
                fix="Correct its days from the plan's letter",
                fields=(f"authorizations[{nth}].from", f"authorizations[{nth}].to"),
            )


@rule(stage=Stage.CHECK, applies=("authorizations", "authorization_required"), cites=CARC_197)
def approval_for_no_code(case: Case) -> Iterator[Finding]:
    """An approval is on file for something that is not a code.

    An approval is found by its code. One that is mistyped counts for nothing, and its line is denied as not approved.
    """
    on_file = [(f"authorizations[{n}].hcpcs", a.hcpcs) for n, a in enumerate(case.context.authorizations)]
    asked = [("authorization_required", code) for code in sorted(case.context.authorization_required)]
    for field, code in on_file + asked:
        if not is_code(code.upper()):
            yield claim_gap(
                f'An approval names "{code}", which is not a code',
                because="a code has five characters, such as J0897",
                fix="Correct the code from the plan's letter",
                fields=(field,),
            )


def _is_turned(approval: Authorization) -> bool:
    return approval.since is not None and approval.until is not None and approval.until < approval.since


@rule(stage=Stage.CHECK, wants="prior-authorization", applies=("authorization_required",), cites=CARC_197)
def approval_used_up(case: Case) -> Iterator[Finding]:
    """The approval has fewer units left than are billed.

    What goes beyond the approved units is denied. More units can be asked for before the claim goes out.
    """
    for code, units, about in _needed(case):
        covering = [a for a in _for(case, code) if a.covers(case.day)]
        left = [a.units_left for a in covering]
        if covering and None not in left and sum(n for n in left if n is not None) < units:
            yield claim_gap(
                f"The approval for {code} is used up",
                about=about,
                because=f"{units} units billed, {sum(n for n in left if n is not None)} left",
                fix="Ask the plan for more units",
                fields=("authorizations",),
            )


@rule(stage=Stage.CHECK, wants="prior-authorization", applies=("authorizations",), cites=CARC_197)
def approval_for_something_else(case: Case) -> Iterator[Finding]:
    """The approval names another package or another place of service.

    Some plans approve one product, or one site of care. A claim from elsewhere is denied as not approved.
    """
    for charge in case.of(Kind.DRUG):
        named = [a for a in _for(case, charge.code) if a.covers(case.day) and (a.ndc or a.place)]
        differing = [a for a in named if _differs(case, charge, a)]
        if named and len(differing) == len(named):
            yield claim_gap(
                f"The approval for {charge.code} is for something else",
                about=charge.administrations,
                because=_differs(case, charge, differing[0]),
                fix="Ask the plan to change the approval before the claim goes out",
                fields=("authorizations",),
            )


def _differs(case: Case, charge: Charge, approval: Authorization) -> str:
    """In what the approval differs from the line; empty where it fits, or where the chart does not tell."""
    approved = billing_forms(approval.ndc) if approval.ndc else frozenset()
    if approved and charge.ndc is not None and charge.ndc.code not in approved:
        return f"approved: package {approval.ndc}; given: {charge.ndc.code}"
    place = case.encounter.place_of_service
    if approval.place and place and approval.place != place:
        return f"approved: place of service {approval.place}; given at {place}"
    return ""


@rule(stage=Stage.CHECK, wants="prior-authorization", applies=("authorizations",), cites="CMS-1500 item 23")
def approval_number(case: Case) -> Iterator[Outcome]:
    """The number of the approval stands on the claim.

    The payer matches the line with its approval by this number.
    """
    for charge in case.of(Kind.DRUG):
        for approval in _for(case, charge.code):
            if approval.number and approval.covers(case.day):
                yield ClaimField(
                    "prior_authorization", approval.number, because=f"the plan approved {charge.code} under this number"
                )


@rule(stage=Stage.CHECK, wants="claim", applies=("authorization_required",), cites=CARC_197)
def approval_not_asked_for(case: Case) -> Iterator[Finding]:
    """This payer approves no drug beforehand.

    Original Medicare asks for no approval of a drug in the office. An approval that somebody waits for belongs to
    another plan of the patient.
    """
    for code, _, about in () if case.wants("prior-authorization") else _needed(case):
        yield notice(
            f"{case.context.payer.name} asks for no approval of {code}",
            about=about,
            because="the visit says that an approval is needed",
            fix="Check that the patient has no other plan",
            fields=("authorization_required",),
        )


@rule(stage=Stage.ADJUST, applies=("pharmacy_benefit",), cites="CARC 109, 204: covered by the pharmacy benefit")
def pharmacy_benefit(case: Case) -> Iterator[Outcome]:
    """A drug paid through the pharmacy is not ours to bill; giving it is.

    The pharmacy has billed the drug to the plan, or will. A second line for it would be denied.
    """
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        if charge.code in case.context.pharmacy_benefit:
            said = f"{case.context.payer.name} covers {charge.code} through the pharmacy, not through the clinic"
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(
    stage=Stage.CHECK,
    wants="claim",
    applies=("eligibility",),
    cites="CARC 26, 27: coverage before or after its dates",
)
def coverage_not_active(case: Case) -> Iterator[Finding]:
    """The plan says that the patient is not covered.

    Whatever the codes are, the claim would be denied: another plan, or the patient, has to pay.
    """
    asked = case.context.eligibility
    if asked is not None and asked.active is False and case.charges:
        yield claim_gap(
            "The plan says that the patient is not covered",
            because=f"asked on {written_day(asked.checked)}" if asked.checked else f"for {written_day(case.day)}",
            fix="Ask the patient for the plan in force that day",
            fields=("eligibility.active",),
        )


@rule(
    stage=Stage.CHECK,
    wants="claim",
    applies=("eligibility",),
    cites="CARC 26, 27: coverage before or after its dates",
)
def coverage_asked_another_day(case: Case) -> Iterator[Finding]:
    """Coverage was asked on another day than that of the dose.

    Plans change at the turn of a month, so the answer counts for its own day.
    """
    asked = case.context.eligibility
    if asked is not None and asked.active and asked.checked is not None and asked.checked != case.day and case.charges:
        yield notice(
            "Coverage was checked on another day",
            because=f"checked {written_day(asked.checked)}, given {written_day(case.day)}",
            fix="Ask the plan again for the day of the dose",
            fields=("eligibility.checked",),
        )
