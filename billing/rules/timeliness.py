"""Timeliness: how much of the time to file is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.case import Case
from billing.context import Filing
from billing.deadline import last_day
from billing.outcomes import ClaimField, Finding, Outcome, claim_gap, notice
from billing.rules.rule import Stage, rule
from injections.days import written_day

FILING = "Medicare Claims Processing Manual ch. 1 §70; for other payers the contract"
WARN_AT = (95, 80, 50)
#: the shortest contracts give 90 days: after two thirds of them somebody has to know the limit
UNKNOWN_AFTER = 60


def _span(case: Case, filing: Filing) -> tuple[date, date | None]:
    """From when the time to file runs, and its last day: as the contract says it, else the payer."""
    second = filing.primary_answered if case.wants("filing-starts") != "service" else None
    start = second or case.day
    return start, last_day(start, filing.limit_days or case.wants("filing-days"))


def _gone(filing: Filing, start: date) -> str:
    return f"{(filing.as_of - start).days} days since {written_day(start)}"


@rule(stage=Stage.CHECK, wants="claim", applies=("filing",), cites=FILING)
def filed_too_late(case: Case) -> Iterator[Finding]:
    """The time to file is over.

    A claim that comes late is denied, and the patient can rarely be asked to pay instead.
    """
    filing = case.context.filing
    if filing is None or not case.charges:
        return
    start, last = _span(case, filing)
    if last is not None and filing.as_of > last:
        yield claim_gap(
            "The time to file this claim is over",
            because=f"{_gone(filing, start)}, the last day was {written_day(last)}",
            fix="File only with proof that an exception applies",
            fields=("filing",),
        )


@rule(stage=Stage.CHECK, wants="claim", applies=("filing",), cites=FILING)
def filing_time_running_out(case: Case) -> Iterator[Finding]:
    """Much of the time to file is gone.

    A claim that is returned once needs time to be mended. A warning in time costs nothing.
    """
    filing = case.context.filing
    if filing is None or not case.charges:
        return
    start, last = _span(case, filing)
    if last is None or filing.as_of > last:
        return
    gone, limit = (filing.as_of - start).days, (last - start).days
    passed = next((mark for mark in WARN_AT if gone * 100 >= mark * limit), None)
    if passed is not None:
        yield notice(
            f"{passed} % of the time to file is gone",
            because=f"{gone} of {limit} days, the last day is {written_day(last)}",
            fix="File the claim",
            fields=("filing",),
        )


@rule(stage=Stage.CHECK, wants="claim", applies=("filing",), cites=FILING)
def time_to_file_not_known(case: Case) -> Iterator[Finding]:
    """How long this plan takes claims was never entered.

    Contracts give 90 days, 180 or a year. Without the number nobody is warned in time.
    """
    filing = case.context.filing
    if filing is None or not case.charges:
        return
    start, last = _span(case, filing)
    if last is None and (filing.as_of - start).days >= UNKNOWN_AFTER:
        yield notice(
            "How long this plan takes claims is not known",
            because=_gone(filing, start),
            fix="Look the limit up in the contract and enter it for the payer",
            fields=("filing.limit_days",),
        )


@rule(stage=Stage.CHECK, wants="claim", applies=("filing",), cites=FILING)
def filed_before_the_dose(case: Case) -> Iterator[Finding]:
    """The days of dose, first answer and filing do not follow each other.

    The claim is asked about on a day before the dose, or the first plan answered before the dose or after that day. One
    of the days is mistyped: nobody bills what has not happened.
    """
    filing = case.context.filing
    if filing is None or not case.charges:
        return
    given, asked = f"given {written_day(case.day)}", written_day(filing.as_of)
    if filing.as_of < case.day:
        yield claim_gap(
            "The day of filing lies before the day of the dose",
            because=f"filed {asked}, {given}",
            fix="Correct the date",
            fields=("filing.as_of", "date"),
        )
    answered = filing.primary_answered
    if answered is not None and not case.day <= answered <= max(filing.as_of, case.day):
        yield claim_gap(
            "The day on which the first plan answered cannot be right",
            because=f"answered {written_day(answered)}, {given}, asked about on {asked}",
            fix="Correct the date from the remittance",
            fields=("filing.primary_answered",),
        )


_AGAIN = {
    "unprocessable": ("Send a new claim, not an appeal", "1", "the payer could not read the first claim (MA130)"),
    "denied": ("Appeal, or ask for a reopening", None, "the payer read the first claim and denied it"),
    "paid-wrong": ("Send a corrected claim with the payer's number", "7", "the first claim was paid as it stood"),
}


@rule(stage=Stage.CHECK, applies=("filing",), cites="RARC MA130; X12 837P CLM05-3: 1 original, 7 replacement, 8 void")
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


@rule(stage=Stage.CHECK, applies=("filing",), cites="X12 837P REF F8: the payer's number of the claim that is replaced")
def number_of_first_claim_missing(case: Case) -> Iterator[Finding]:
    """A corrected claim names the number of the claim it replaces.

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
