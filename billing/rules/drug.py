"""Drug: the HCPCS code of what was given, and its units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from billing.arithmetic import arithmetic
from billing.case import Case
from billing.families import Family, classes_of, family_of, route_of
from billing.ndc_lines import ndc_line
from billing.outcomes import Charge, Finding, Kind, Outcome, Severity, Withheld, chart_gap, claim_gap, notice
from billing.portions import code_of
from billing.reference.without_code import UNCLASSIFIED, named_without_code
from billing.rules.rule import Stage, rule
from billing.supply import is_ours, is_separate
from billing.units import Coded, Unclear, dose_given
from injections.checks.amounts import differs, shown
from injections.checks.vials import vials_of
from injections.days import written_day
from injections.facts import Administration, Coding, known
from injections.quantity import format_dose

HCPCS = "CMS HCPCS Level II, code text and dates"
CROSSWALK = "CMS ASP NDC-HCPCS crosswalk"
HCPCS_COMPOUNDED = "CMS HCPCS Level II J7999; contractor advice on compounded drugs"
NCCI_DRUGS = "NCCI Policy Manual ch. XII; included supplies"
COMPOUNDED = frozenset({"J7999", "Q9977"})
#: a strength read off a label and one worked out from it agree to a hundredth
STRENGTH_PARTS = 100
NOT_KNOWN = "The drug is not in the formulary, so its code is not known"


@rule(stage=Stage.DERIVE, applies=("doses",), cites=HCPCS)
def billing_units(case: Case) -> Iterator[Outcome]:
    """The drug is billed in whole units of its code.

    What was given, divided by what one unit stands for, rounded up; codes for one dose count doses, never milligrams.
    """
    for supply in case.supplies:
        charge = Charge(
            key=supply.key,
            code=supply.coding.code,
            units=supply.units,
            kind=Kind.DRUG,
            administrations=supply.ids,
            diagnoses=supply.diagnoses(case.encounter),
            ndc=ndc_line(supply, case.wants("ndc-units")),
            because=arithmetic(supply),
            source=supply.coding.source,
        )
        if supply.coding.code in UNCLASSIFIED and case.wants("noc-units") == "1":
            charge = replace(charge, units=1, because="one unit, whatever was given: the payer prices the description")
        elif case.wants("discard-modifiers") == "round-up" and supply.waste_units:
            more = supply.units + supply.waste_units
            charge = replace(charge, units=more, because=f"{charge.because}; this payer pays the opened vial: {more}")
        yield charge


@rule(stage=Stage.CHECK, applies=("package",), cites="The label: content and volume give the strength")
def strengths_contradict(case: Case) -> Iterator[Finding]:
    """The charted strength is not the one that content and volume give.

    Units that rest on a volume could be wrong by that much. One of the three facts is mistyped.
    """
    for dose in case.doses:
        package = dose.package
        stated, label = (package.strength, package.concentration) if package else (None, None)
        if stated is None or label is None or stated.drug.dimension is not label.drug.dimension:
            continue
        in_volume = stated.drug_in(label.volume)
        if differs(in_volume, label.drug, parts=STRENGTH_PARTS):
            by_strength = f"{shown(in_volume)} in {format_dose(label.volume)} by the strength"
            yield chart_gap(
                "The strength does not fit what the vial holds",
                about=(dose.id,),
                because=f"{by_strength}, and the vial holds {format_dose(label.drug)}",
                fix="Correct the strength, the content or the volume",
                fields=("package.concentration",),
            )


@rule(stage=Stage.CHECK, applies=COMPOUNDED, cites=HCPCS_COMPOUNDED)
def compounded_by_invoice(case: Case) -> Iterator[Finding]:
    """A compounded drug is priced by the pharmacy's invoice.

    It has no maker's price, and plans often do not cover it. The line is denied when nobody can tell what was in it.
    """
    for charge in case.of(Kind.DRUG):
        if charge.code in COMPOUNDED:
            yield notice(
                f"{charge.code} is priced by the invoice of the pharmacy",
                about=charge.administrations,
                because="a compounded drug has no price of a maker",
                fix="Keep the invoice with the claim, and name every ingredient with its amount",
            )


@rule(stage=Stage.DERIVE, applies=("product.never_separately_billed", "self_given"), cites=NCCI_DRUGS)
def never_separate(case: Case) -> Iterator[Outcome]:
    """A drug that belongs to another service, or to the patient, has no line.

    Its cost is already inside the code of that service. What patients give themselves is not ours to bill.
    """
    for dose in case.doses:
        why = dose.product.never_separately_billed if dose.product else ""
        numbing = family_of(dose, case.encounter) in (Family.NUMBING, Family.FLUSH, Family.SKIN_TEST)
        if why and not numbing and not dose.self_given:
            yield Withheld(dose.called, why, (dose.id,))
        elif dose.self_given:
            yield Withheld(
                dose.called, f"{dose.called} was given by the patient: the drug is not ours to bill", (dose.id,)
            )


def _undecided(case: Case) -> Iterator[tuple[Administration, Coded | Unclear | None]]:
    """Doses whose drug should have a line, with what is known of its code."""
    for dose in case.doses:
        if is_separate(dose, case.encounter) and is_ours(dose):
            yield dose, code_of(dose, case.day, case.context.payer.kind)


@rule(stage=Stage.CHECK, applies=("code unclear",), cites=HCPCS)
def units_unclear(case: Case) -> Iterator[Finding]:
    """The units of the drug cannot be worked out from the chart.

    A guess would be a wrong claim, so the missing fact is asked for.
    """
    for dose, found in _undecided(case):
        if isinstance(found, Unclear) and dose_given(dose) is not None:
            yield chart_gap(
                "The billing units cannot be worked out from what is charted",
                about=(dose.id,),
                because=found.because,
                fix=found.fix,
                fields=(found.field,),
            )


def _unlisted(dose: Administration) -> str:
    return "90749" if "vaccine" in classes_of(dose) else "J3490 or J3590"


@rule(stage=Stage.CHECK, applies=("no product",), cites=CROSSWALK)
def product_not_known(case: Case) -> Iterator[Finding]:
    """The drug is not in the formulary, so its code is not known.

    Code, unit size and packages all come from the drug's file. Until it has one, nothing can be billed for it.
    """
    for dose, _ in _undecided(case):
        told = any(dose.id in w.administrations and w.what == dose.called for w in case.withheld)
        asked = dose.drug or known(dose.ndc) or dose.claimed_hcpcs
        joined = case.reference.products.told_together(dose.drug or "")
        if dose.product is None and not told and not joined and not _unclassified(dose) and asked:
            yield claim_gap(
                NOT_KNOWN,
                about=(dose.id,),
                because=_not_found(case, dose, asked),
                fix=f"Scan the vial or choose the drug; without a code, {_unlisted(dose)} with a description",
                fields=("drug",) if dose.drug else ("ndc", "drug"),
            )


def _not_found(case: Case, dose: Administration, asked: str) -> str:
    """That the drug was not found, with what it could be."""
    products = case.reference.products
    meant = [p.display for p in products.by_name(dose.drug)[:4]] if dose.drug else []
    near = list(products.like(dose.drug)) if dose.drug and not meant else []
    could = f"; it could be {', '.join(meant)}" if len(meant) > 1 else ""
    return f'"{asked}" was not found{could}' + (f"; did you mean {' or '.join(near)}?" if near else "")


@rule(stage=Stage.CHECK, applies=("no code",), cites=HCPCS)
def no_code_on_date(case: Case) -> Iterator[Finding]:
    """No code for this drug was in force on the date of service.

    A claim is judged by the codes in force on the day of the dose, not by today's.
    """
    for dose, found in _undecided(case):
        if found is None and dose.product is not None and dose.product.codings:
            codes = ", ".join(_when_and_for_whom(c, case) for c in dose.product.codings)
            yield claim_gap(
                "No code for this drug was in force on the date of service",
                about=(dose.id,),
                because=codes,
                fix="Check the date of service; otherwise an unclassified code with a description is needed",
                fields=("drug",),
            )


def _when_and_for_whom(coding: Coding, case: Case) -> str:
    since = written_day(coding.since)
    days = f"from {since} to {written_day(coding.until)}" if coding.until else f"since {since}"
    strange = coding.payer_kinds and case.context.payer.kind not in coding.payer_kinds
    return f"{coding.code} {days}{f', not for {case.context.payer.name}' if strange else ''}"


@rule(
    stage=Stage.ADJUST,
    applies=("expired", "recalled", "containers"),
    cites="21 USC 351; practice safety: an expired or recalled drug is an incident",
)
def expired_or_recalled(case: Case) -> Iterator[Outcome]:
    """An expired or recalled drug is never billed, and neither is giving it.

    It should not have been given. The record stays true and is signed; what follows is an incident report and not a
    claim.
    """
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        spoiled = [why for dose in case.doses_of(charge) if (why := _spoiled(case, dose))]
        if spoiled and (charge.kind is not Kind.ADMINISTRATION or len(spoiled) == len(charge.administrations)):
            yield Withheld(charge.code, spoiled[0], charge.administrations, charge)


def _spoiled(case: Case, dose: Administration) -> str | None:
    expired = [e for vial in vials_of(dose) if (e := known(vial.expires)) and e < case.day]
    if expired:
        return f"the drug expired on {written_day(expired[0])}, the dose is of {written_day(case.day)}"
    return "the lot was recalled" if dose.recalled else None


# --- what somebody claims the code to be -----------------------------------------------------------------------------


def _unclassified(dose: Administration) -> tuple[str, str] | None:
    """The unclassified code for a drug that the formulary does not know, and why: as claimed, else by its name."""
    claimed = (dose.claimed_hcpcs or "").strip().upper()
    if dose.product is not None:
        return None
    row = named_without_code(dose.drug, route_of(dose)) if dose.drug and not claimed else None
    if row is not None:
        return row.code, f"{row.name} has no code of its own in CMS's files: described in a note"
    why = f"{dose.called} has no code of its own that we know: described in a note"
    return (claimed, why) if claimed in UNCLASSIFIED else None


@rule(stage=Stage.DERIVE, applies=("no product",), cites=HCPCS)
def unclassified_drug(case: Case) -> Iterator[Outcome]:
    """A drug without a code is billed as unclassified and described.

    New drugs wait for a code of their own. Until then the payer prices the line by name, package and dose.
    """
    for dose in case.doses:
        found = _unclassified(dose)
        if found and is_ours(dose) and is_separate(dose, case.encounter):
            code, why = found
            yield Charge(
                key=f"drug:{code}::{dose.id}",
                code=code,
                units=dose.opened if case.wants("noc-units") == "containers" else 1,
                kind=Kind.DRUG,
                administrations=(dose.id,),
                diagnoses=case.encounter.diagnoses_of(dose),
                because=why,
            )


@rule(stage=Stage.CHECK, applies=("several codes",), cites=HCPCS)
def choice_between_codes(case: Case) -> Iterator[Finding]:
    """Several codes were in force, and the dose decided between them.

    Some drugs had one code for each strength. The code whose amount fits the dose was taken, and a person should
    know that there was a choice.
    """
    for dose, found in _undecided(case):
        amount = dose_given(dose)
        others = dose.product.codings_on(case.day) if dose.product else ()
        codes = sorted({c.code for c in others if not c.payer_kinds or case.context.payer.kind in c.payer_kinds})
        if isinstance(found, Coded) and amount is not None and len(codes) > 1:
            yield notice(
                f"{found.coding.code} was chosen among {', '.join(codes)}",
                about=(dose.id,),
                because=f"{format_dose(amount)} fits it best",
                fix="Correct the dose if another was given",
                severity=Severity.INFO,
            )
