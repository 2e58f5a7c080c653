"""Surgery: after-care that is already paid with the operation."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.codes import (
    ALLERGY_SHOTS,
    MEDICARE_VACCINE_ADMINISTRATION,
    RSV_ADMINISTRATION,
    VACCINE_ADMINISTRATION,
    is_visit,
)
from billing.outcomes import Charge, Finding, Kind, Modifier, Outcome, Owner, Until, Withheld, claim_gap, notice
from billing.rules.rule import Stage, diagnosed, rule

GLOBAL = "Medicare Claims Processing Manual ch. 12 §40 (confirm the drug line by payer)"


#: giving these is never after-care of an operation
_APART = VACCINE_ADMINISTRATION | MEDICARE_VACCINE_ADMINISTRATION | RSV_ADMINISTRATION | ALLERGY_SHOTS


def _open_for_us(case: Case) -> bool:
    surgery = case.context.global_period
    return surgery is not None and surgery.days > 0 and surgery.same_group is not False


@rule(stage=Stage.ADJUST, wants="global-package", applies=("global_period",), cites=GLOBAL)
def part_of_aftercare(case: Case) -> Iterator[Outcome]:
    """An injection for the expected recovery is paid with the operation.

    The payment for the operation already holds the visits and injections that recovery usually takes.
    """
    surgery = case.context.global_period
    if surgery is None or not _open_for_us(case) or not surgery.related or not surgery.same_group:
        return
    said = f"after-care of an operation with {surgery.days} days, same group: paid with it"
    apart = {i for c in case.of(Kind.ADMINISTRATION) if c.code in _APART for i in c.administrations}
    for charge in case.of(Kind.ADMINISTRATION):
        if charge.code not in _APART:
            yield Withheld(charge.code, said, charge.administrations, charge)
    for charge in case.of(Kind.SERVICE):
        if is_visit(charge.code):
            yield Withheld(charge.code, said, charge=charge)
    if case.wants("global-package") == "act-and-drug":
        for charge in (c for c in case.of(Kind.DRUG, Kind.WASTE) if not apart & set(c.administrations)):
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(stage=Stage.ADJUST, wants="global-package", applies=("global_period",), cites=GLOBAL)
def unrelated_to_operation(case: Case) -> Iterator[Outcome]:
    """For something else in after-care, a visit has 24, a procedure 79.

    Without the modifier the payer takes everything in those days for after-care.
    """
    surgery = case.context.global_period
    if surgery is None or not _open_for_us(case) or surgery.related is not False:
        return
    for charge in (c for c in case.of(Kind.SERVICE, Kind.ADMINISTRATION) if c.code not in _APART):
        code = "24" if is_visit(charge.code) else "79"
        yield Modifier(charge, code, because=f"unrelated to the operation ({surgery.days} days)")


@rule(stage=Stage.CHECK, wants="global-package", applies=("global_period",), cites=GLOBAL)
def relation_to_operation_not_stated(case: Case) -> Iterator[Finding]:
    """Whether the injection is after-care of surgery is not stated.

    The same injection is paid or not paid depending on what it was for, and only the clinician can say.
    """
    surgery = case.context.global_period
    if surgery is not None and _open_for_us(case) and (surgery.related is None or surgery.same_group is None):
        yield claim_gap(
            "Whether the injection belongs to the operation's after-care is not stated",
            because=f"an operation with {surgery.days} days of after-care is open",
            fix="State whether it treats the same condition, and whether the surgeon is of this group",
            owner=Owner.PHYSICIAN,
            until=Until.CO_SIGN,
            fields=("global_period.related", "global_period.same_group"),
        )


_PREGNANCY_CARE = ("O", "Z34", "Z39")
_IN_CARE = diagnosed(*_PREGNANCY_CARE)


def _in_pregnancy_care(charge: Charge) -> bool:
    return any(d.upper().startswith(_PREGNANCY_CARE) for d in charge.diagnoses)


@rule(
    stage=Stage.CHECK,
    wants="obstetric-package",
    applies=_IN_CARE,
    cites="NCCI pairs with 59400-59430",
)
def in_obstetric_package(case: Case) -> Iterator[Finding]:
    """During pregnancy care some plans pay injections within the package.

    Only the plan's own list says which; Rho(D) immune globulin is mostly paid beside it.
    """
    acts = [c for c in case.of(Kind.ADMINISTRATION) if c.code not in _APART and _in_pregnancy_care(c)]
    if acts and case.wants("obstetric-package") == "ask":
        yield notice(
            "This plan may pay the injection within its pregnancy package",
            about=acts[0].administrations,
            because=f"linked to {', '.join(acts[0].diagnoses)}",
            fix="Look up the plan's list",
        )


@rule(
    stage=Stage.ADJUST,
    wants="obstetric-package",
    applies=_IN_CARE,
    cites="The plan's pregnancy package",
)
def held_by_obstetric_package(case: Case) -> Iterator[Outcome]:
    """This plan pays the act within its pregnancy package.

    The plan pays one sum for the pregnancy, and giving a drug is inside. The drug itself is not.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        if case.wants("obstetric-package") == "included" and _in_pregnancy_care(charge):
            said = f"{case.context.payer.name} pays it within the pregnancy package"
            yield Withheld(charge.code, said, charge.administrations, charge)
