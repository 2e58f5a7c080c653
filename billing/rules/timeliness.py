"""Timeliness: how much of the time to file is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from billing.case import Case
from billing.outcomes import Finding, claim_gap, notice
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
    """The time to file is over."""
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
    """Much of the time to file is gone."""
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
