"""Claim: the names and notes that stand beside the lines."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.codes import NURSE_VISIT
from billing.outcomes import POINTERS, ClaimField, Finding, Kind, Outcome, claim_gap, notice
from billing.practitioners import credentials, may_bill, rendering, responsible_for, supervisor_of
from billing.rules.rule import Stage, rule
from billing.units import dose_given
from injections.facts import Administration, Clinician, known
from injections.npi import is_npi
from injections.quantity import format_dose

ITEM_24J = "CMS-1500 item 24J; 42 CFR 410.26(b)(5): the supervising practitioner's number"
ITEM_17 = "CMS-1500 item 17: DK ordering practitioner"
ITEM_19 = "CMS-1500 item 19, NTE segment: description of an unclassified drug"
NPI_DIGITS = 10
UNCLASSIFIED = ("J3490", "J3590", "J9999", "J7999")


@rule(stage=Stage.CHECK, cites=ITEM_24J)
def rendering_practitioner(case: Case) -> Iterator[Outcome]:
    """The claim goes under whoever gave or supervised the dose.

    What staff do is paid as the service of the practitioner who was on hand. Whoever ordered the dose may have been
    somewhere else that day.
    """
    who = rendering(case.encounter)
    if case.charges and who is not None and who.npi:
        yield ClaimField("rendering_npi", who.npi, because=f"{who.name} gave or supervised the dose")


@rule(stage=Stage.CHECK, wants="claim", cites="CARC 16 with RARC N290: rendering practitioner missing")
def rendering_not_known(case: Case) -> Iterator[Finding]:
    """Nobody is named, with an NPI, under whom the claim could go.

    The payer pays a person. Without that person's number it returns the claim unread.
    """
    who = rendering(case.encounter)
    if case.charges and (who is None or not who.npi):
        yield claim_gap(
            "The claim has no practitioner to go under",
            because=f"no NPI is known of {who.name}" if who else "nobody who may bill gave or supervised the dose",
            fix="Enter the NPI" if who else "Name the practitioner who was responsible",
            fields=("supervision.clinician.npi",),
        )


@rule(stage=Stage.CHECK, wants="claim", applies=("several doses",), cites=ITEM_24J)
def under_different_practitioners(case: Case) -> Iterator[Finding]:
    """The doses of one visit go under different practitioners.

    Each line carries the number of whoever was responsible for it. One number for all would be wrong for some.
    """
    lines: dict[str, list[str]] = {}
    for charge in case.of(Kind.ADMINISTRATION):
        for dose in case.doses_of(charge):
            who = responsible_for(dose, case.encounter)
            if who is not None and who.name:
                lines.setdefault(who.name, []).append(charge.code)
    if len(lines) > 1:
        yield notice(
            "The doses go under different practitioners",
            because="; ".join(f"{name}: {', '.join(dict.fromkeys(codes))}" for name, codes in lines.items()),
            fix="Enter each line's own practitioner in item 24J",
            fields=("supervision.clinician",),
        )


@rule(stage=Stage.CHECK, wants="claim", applies=("services",), cites="CARC 170, 185: practitioner not eligible")
def service_under_staff(case: Case) -> Iterator[Finding]:
    """A visit or procedure is reported under somebody who cannot bill.

    Only the lowest visit is staff's own work. Any other service goes under a practitioner.
    """
    for service in case.encounter.services:
        who = service.clinician
        billed = any(c.code == service.code for c in case.of(Kind.SERVICE))
        if billed and service.code != NURSE_VISIT and credentials(who) and not may_bill(who):
            yield claim_gap(
                f"{service.code} is reported under somebody who cannot bill",
                because=f"{who.name}, {who.credential}" if who else "",
                fix="Name the practitioner who saw the patient",
                fields=("services",),
            )


@rule(stage=Stage.CHECK, wants="claim", cites="CMS-1500 item 24E: four pointers to a line")
def more_diagnoses_than_pointers(case: Case) -> Iterator[Finding]:
    """A line can point to four diagnoses and no more.

    The first four stay. What matters for the line has to be among them.
    """
    for charge in case.charges:
        left_out = charge.diagnoses[POINTERS:]
        if left_out:
            yield notice(
                f"{charge.code} points to the first {POINTERS} of {len(charge.diagnoses)} diagnoses",
                about=charge.administrations,
                because=f"left out: {', '.join(left_out)}",
                fix="Put the diagnoses that explain the line first",
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, applies=("doses",), cites="X12 837P loop 2310D")
def supervising_practitioner(case: Case) -> Iterator[Outcome]:
    """The practitioner who supervised stands on the claim.

    The payer may ask who was on hand while staff gave the dose. The claim answers before it is asked.
    """
    for dose in case.doses:
        supervisor = None if may_bill(known(dose.given_by)) else supervisor_of(dose, case.encounter)
        if case.charges and supervisor is not None and supervisor.npi:
            yield ClaimField("supervising_npi", supervisor.npi, because=f"{supervisor.name} was on hand")


@rule(stage=Stage.CHECK, applies=("doses",), cites=ITEM_17)
def ordering_practitioner(case: Case) -> Iterator[Outcome]:
    """The practitioner who ordered the dose stands on the claim.

    Staff carry out an order, and the payer wants to know whose.
    """
    for dose in case.doses:
        order = known(dose.order)
        if case.charges and order is not None and order.clinician is not None and order.clinician.npi:
            yield ClaimField("ordering_npi", order.clinician.npi, because=f"{order.clinician.name} ordered it")


@rule(stage=Stage.CHECK, applies=(*UNCLASSIFIED, "no product"), cites=ITEM_19)
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
        dose.drug or dose.called,
        known(dose.ndc),
        format_dose(amount).replace("\u00a0", " ") if amount else None,
        known(dose.route),
    )
    return " ".join(str(w) for w in words if w)


@rule(stage=Stage.CHECK, applies=(*UNCLASSIFIED, "no product"), cites=ITEM_19)
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


@rule(stage=Stage.CHECK, wants="claim", cites="45 CFR 162.406: National Provider Identifier")
def npi_not_valid(case: Case) -> Iterator[Finding]:
    """A practitioner's NPI has a wrong check digit.

    The last digit is worked out from the other nine. When it does not fit, a digit is mistyped, and the claim is
    rejected before anybody reads it.
    """
    for clinician in dict.fromkeys(_wrong(case)) if case.charges else ():
        yield claim_gap(
            f"The NPI of {clinician.name} is not one",
            because=_why_no_npi(clinician.npi or ""),
            fix="Correct the NPI",
            fields=("npi",),
        )


def _why_no_npi(written: str) -> str:
    counted = sum(c.isdecimal() for c in written)
    return f"{written} fails its check digit" if counted == NPI_DIGITS else f"{written} has not {NPI_DIGITS} digits"


def _wrong(case: Case) -> Iterator[Clinician]:
    """Whoever is named with a number that is none."""
    people = [s.clinician for s in case.encounter.services]
    for dose in case.doses:
        order = known(dose.order)
        people += [known(dose.given_by), supervisor_of(dose, case.encounter), order.clinician if order else None]
    return (p for p in people if p is not None and p.npi and not is_npi(p.npi))
