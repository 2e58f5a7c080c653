"""Timeliness: how much of the time to file is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from billing.case import Case
from billing.outcomes import ClaimField, Finding, Outcome, claim_gap, notice
from billing.rules.rule import Stage, rule

FILING = "Medicare Claims Processing Manual ch. 1 §70; for other payers the contract"
WARN_AT = (95, 80, 50)


def _limit(case: Case) -> int | None:
    """The limit in days: as the contract says it, else the payer's."""
    filing = case.context.filing
    if filing is None:
        return None
    wanted = case.wants("filing-days")
    return filing.limit_days or (wanted if isinstance(wanted, int) else None)


@rule(stage=Stage.CHECK, cites=FILING)
def filed_too_late(case: Case) -> Iterator[Finding]:
    """The time to file is over.

    A claim that comes late is denied, and the patient can rarely be asked to pay instead.
    """
    limit, filing = _limit(case), case.context.filing
    if limit and filing and case.charges and (filing.as_of - case.day).days > limit:
        yield claim_gap(
            "The time to file this claim is over",
            because=f"{(filing.as_of - case.day).days} days since the dose, the limit is {limit}",
            fix="File only with proof that an exception applies",
            fields=("filing",),
        )


@rule(stage=Stage.CHECK, cites=FILING)
def filing_time_running_out(case: Case) -> Iterator[Finding]:
    """Much of the time to file is gone.

    A claim that is returned once needs time to be mended. A warning in time costs nothing.
    """
    limit, filing = _limit(case), case.context.filing
    if not limit or filing is None or not case.charges:
        return
    gone = (filing.as_of - case.day).days
    passed = next((mark for mark in WARN_AT if gone * 100 >= mark * limit), None)
    if passed is not None and gone <= limit:
        last = case.day + timedelta(days=limit)
        yield notice(
            f"{passed} % of the time to file is gone",
            because=f"{gone} of {limit} days, the last day is {last}",
            fix="File the claim",
            fields=("filing",),
        )


_AGAIN = {
    "unprocessable": ("Send a new claim, not an appeal", "1", "the payer could not read the first claim (MA130)"),
    "denied": ("Appeal, or ask for a reopening", None, "the payer read the first claim and denied it"),
    "paid-wrong": ("Send a corrected claim with the payer's number", "7", "the first claim was paid as it stood"),
}


@rule(stage=Stage.CHECK, cites="RARC MA130; X12 837P CLM05-3: 1 original, 7 replacement, 8 void")
def after_the_first_claim(case: Case) -> Iterator[Outcome]:
    """What follows a first claim depends on what became of it.

    An unprocessable claim is sent anew within the time to file; a denied one is appealed; a wrong one is replaced.
    """
    filing = case.context.filing
    if filing is None or filing.previous not in _AGAIN:
        return
    fix, frequency, because = _AGAIN[filing.previous]
    if frequency:
        yield ClaimField("frequency", frequency, because=because)
    if frequency == "7" and filing.previous_number:
        yield ClaimField("original_claim", filing.previous_number, because="the claim that is replaced")
    yield notice(fix, because=because, fix="Keep the answer of the payer with the claim", fields=("filing.previous",))


@rule(stage=Stage.CHECK, cites="X12 837P REF F8: the payer's number of the claim that is replaced")
def number_of_first_claim_missing(case: Case) -> Iterator[Finding]:
    """A corrected claim names the payer's number of the claim that it replaces.

    Without the number it reads as a duplicate.
    """
    filing = case.context.filing
    if filing is not None and filing.previous == "paid-wrong" and not filing.previous_number:
        yield claim_gap(
            "A corrected claim needs the payer's number of the first claim",
            because="no number is given",
            fix="Copy the claim number from the remittance",
            fields=("filing.previous_number",),
        )
