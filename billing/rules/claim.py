"""Claim: the names and notes that stand beside the lines."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.outcomes import ClaimField, Finding, Kind, Outcome, claim_gap
from billing.practitioners import rendering, supervisor_of
from billing.rules.rule import Stage, rule
from billing.units import dose_given
from injections.facts import Administration, Clinician, known
from injections.npi import is_npi
from injections.quantity import format_dose

ITEM_24J = "CMS-1500 item 24J; 42 CFR 410.26(b)(5): the supervising practitioner's number"
ITEM_17 = "CMS-1500 item 17: DK ordering practitioner"
ITEM_19 = "CMS-1500 item 19, NTE segment: description of an unclassified drug"
UNCLASSIFIED = ("J3490", "J3590", "J9999", "J7999", "C9399")


@rule(stage=Stage.CHECK, cites=ITEM_24J)
def rendering_practitioner(case: Case) -> Iterator[Outcome]:
    """The claim goes under the practitioner who gave or supervised the dose, not under the one who ordered it.

    What staff do is paid as the service of the practitioner who was on hand. Whoever ordered the dose may have been
    somewhere else that day.
    """
    who = rendering(case.encounter)
    if who is not None and who.npi:
        yield ClaimField("rendering_npi", who.npi, because=f"{who.name} gave or supervised the dose")


@rule(stage=Stage.CHECK, applies=("doses",), cites="X12 837P loop 2310D")
def supervising_practitioner(case: Case) -> Iterator[Outcome]:
    """The practitioner who supervised stands on the claim.

    The payer may ask who was on hand while staff gave the dose. The claim answers before it is asked.
    """
    for dose in case.doses:
        supervisor = supervisor_of(dose, case.encounter)
        if supervisor is not None and supervisor.npi:
            yield ClaimField("supervising_npi", supervisor.npi, because=f"{supervisor.name} was on hand")


@rule(stage=Stage.CHECK, applies=("doses",), cites=ITEM_17)
def ordering_practitioner(case: Case) -> Iterator[Outcome]:
    """The practitioner who ordered the dose stands on the claim.

    Staff carry out an order, and the payer wants to know whose.
    """
    for dose in case.doses:
        order = known(dose.order)
        if order is not None and order.clinician is not None and order.clinician.npi:
            yield ClaimField("ordering_npi", order.clinician.npi, because=f"{order.clinician.name} ordered it")


@rule(stage=Stage.CHECK, applies=("doses",), cites=ITEM_19)
def description_of_unclassified(case: Case) -> Iterator[Outcome]:
    """An unclassified drug is described: name, package, dose and route.

    The code says only that there is no code. The payer prices the line by its description.
    """
    for charge in case.of(Kind.DRUG):
        if charge.code in UNCLASSIFIED:
            for dose in case.doses_of(charge):
                yield ClaimField("notes", _description(dose), because=f"{charge.code} needs a description")


def _description(dose: Administration) -> str:
    amount = dose_given(dose)
    words = (
        dose.called,
        known(dose.ndc),
        format_dose(amount).replace("\u00a0", " ") if amount else None,
        known(dose.route),
    )
    return " ".join(str(w) for w in words if w)


@rule(stage=Stage.CHECK, applies=("doses",), cites=ITEM_19)
def description_incomplete(case: Case) -> Iterator[Finding]:
    """The description of an unclassified drug lacks a part.

    A line that cannot be priced is returned or denied.
    """
    for charge in case.of(Kind.DRUG):
        for dose in case.doses_of(charge) if charge.code in UNCLASSIFIED else ():
            facts = {"name": dose.drug or dose.product, "NDC": dose.ndc, "dose": dose_given(dose), "route": dose.route}
            missing = [name for name, fact in facts.items() if fact is None]
            if missing:
                yield claim_gap(
                    f"The description of {charge.code} lacks {', '.join(missing)}",
                    about=(dose.id,),
                    because="unclassified drugs are paid by their description",
                    fix="Chart the missing facts",
                    fields=tuple("drug" if m == "name" else m.lower() for m in missing),
                )


@rule(stage=Stage.CHECK, cites="45 CFR 162.406: National Provider Identifier")
def npi_not_valid(case: Case) -> Iterator[Finding]:
    """A practitioner's NPI has a wrong check digit.

    The last digit is worked out from the other nine. When it does not fit, a digit is mistyped, and the claim is
    rejected before anybody reads it.
    """
    for clinician in _named(case):
        if clinician.npi and not is_npi(clinician.npi):
            yield claim_gap(
                f"The NPI of {clinician.name} is not one",
                because=f"{clinician.npi} fails its check digit",
                fix="Correct the NPI",
                fields=("npi",),
            )


def _named(case: Case) -> tuple[Clinician, ...]:
    people = [s.clinician for s in case.encounter.services]
    for dose in case.doses:
        order = known(dose.order)
        people += [known(dose.given_by), supervisor_of(dose, case.encounter), order.clinician if order else None]
    return tuple(dict.fromkeys(p for p in people if p is not None))
