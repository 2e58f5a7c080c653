"""Notices: the paper (ABN) by which a Medicare patient agrees beforehand to pay what Medicare does not."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.exclusions import NOTICE_SERVES, billed_for_denial, likely_denied, signed_in_time, why_excluded
from billing.outcomes import Finding, Kind, Modifier, Outcome, Owner, Until, claim_gap, notice
from billing.rules.rule import Stage, rule
from injections.days import written_day

ABN_RULES = "Medicare Claims Processing Manual ch. 30 §50"


@rule(stage=Stage.ADJUST, wants="abn", applies=("doses",), cites=ABN_RULES)
def excluded_by_law(case: Case) -> Iterator[Outcome]:
    """What Medicare excludes goes out with GY when the patient was told.

    The line is denied on purpose: the patient pays, and a second plan can see that Medicare does not. A notice that
    the patient signed of free will adds GX.
    """
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG):
        why = why_excluded(case, charge)
        if why and billed_for_denial(case, charge):
            yield Modifier(charge, "GY", because=why)
            if case.context.abn is not None and case.context.abn.kind == "voluntary":
                yield Modifier(charge, "GX", because="the patient signed a voluntary notice")


@rule(stage=Stage.ADJUST, wants="abn", applies=("abn",), cites=ABN_RULES)
def signed(case: Case) -> Iterator[Outcome]:
    """A signed notice to the patient is told with GA.

    The modifier tells Medicare that the patient agreed beforehand to pay if Medicare does not. Where a denial is
    expected for some of the day's drugs, only those carry it.
    """
    abn = case.context.abn
    likely = {i for charge, _ in likely_denied(case) for i in charge.administrations}
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG):
        concerned = not likely or bool(likely & set(charge.administrations))
        if abn is not None and abn.kind == "required" and signed_in_time(case) and concerned:
            yield Modifier(charge, "GA", because="the patient signed a notice beforehand")


@rule(stage=Stage.ADJUST, wants="abn", applies=("abn",), cites=ABN_RULES)
def not_signed(case: Case) -> Iterator[Outcome]:
    """Without a signed notice an expected denial is told with GZ.

    The line says honestly that it will be denied and that the patient was not made to pay. The practice bears it.
    """
    abn = case.context.abn
    unsigned = abn is not None and abn.kind == "required" and not abn.signed
    likely = {i for charge, _ in likely_denied(case) for i in charge.administrations} if unsigned else set()
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG):
        if likely & set(charge.administrations):
            yield Modifier(charge, "GZ", because="a denial is expected, and the patient has signed no notice")


@rule(stage=Stage.CHECK, wants="abn", applies=("abn",), cites=ABN_RULES)
def signed_too_late(case: Case) -> Iterator[Finding]:
    """A notice that was signed after the dose does not count.

    The patient has to be able to say no before the dose. A later signature moves no cost.
    """
    abn = case.context.abn
    if abn is not None and abn.signed and abn.date is not None and abn.date > case.day:
        yield claim_gap(
            "The notice to the patient was signed after the dose",
            because=f"signed {written_day(abn.date)}, given {written_day(case.day)}",
            fix="Bill without GA; the patient cannot be charged",
            fields=("abn.date",),
        )


@rule(stage=Stage.CHECK, wants="abn", applies=("abn",), cites=ABN_RULES)
def signed_long_before(case: Case) -> Iterator[Finding]:
    """A notice that is more than a year old does not count.

    For a course of treatment one notice serves a year at most. An older day is often a slip of the pen.
    """
    abn = case.context.abn
    if abn is not None and abn.signed and abn.date is not None and (case.day - abn.date).days > NOTICE_SERVES:
        yield claim_gap(
            "The notice to the patient is more than a year old",
            because=f"signed {written_day(abn.date)}, given {written_day(case.day)}",
            fix="Correct the date, or bill without GA; the patient cannot be charged",
            fields=("abn.date",),
        )


@rule(stage=Stage.CHECK, wants="abn", applies=("doses",), cites=ABN_RULES)
def not_offered(case: Case) -> Iterator[Finding]:
    """A denial is likely, and the patient has signed no notice.

    Without one, signed before the dose, the cost stays with the practice.
    """
    for charge, because in likely_denied(case) if case.context.abn is None else ():
        yield notice(
            "A denial is likely, and the patient has signed no notice",
            about=charge.administrations,
            because=because,
            fix="Offer the notice before the dose; after it, bill with GZ and do not charge the patient",
            owner=Owner.NURSE,
            until=Until.PATIENT_LEAVES,
            fields=("abn",),
        )


@rule(stage=Stage.CHECK, applies=("abn",), cites=ABN_RULES)
def at_another_payer(case: Case) -> Iterator[Finding]:
    """The notice exists in Original Medicare only.

    A Medicare Advantage plan has to decide beforehand instead.
    """
    if case.context.abn is not None and not case.wants("abn"):
        yield notice(
            "This notice means nothing to this payer",
            because=f"{case.context.payer.name} does not use it",
            fix="Ask the plan for a decision before the dose",
            owner=Owner.BILLER,
            until=Until.FILING,
            fields=("abn",),
        )
