"""Source: whose drug it was. Nobody bills what they did not pay for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from billing.case import Case
from billing.families import classes_of
from billing.ndc_lines import ndc_line
from billing.outcomes import Charge, Finding, Kind, Modifier, Outcome, Withheld, notice
from billing.portions import code_of
from billing.reference.payers import PayerValue
from billing.rules.rule import Stage, rule
from billing.supply import Supply, is_ours, is_separate, supplies_of
from billing.units import Coded
from injections.facts import Administration, Source, known

MANUAL_CH15_S50 = "Medicare Benefit Policy Manual ch. 15 §50.3: the drug must be a cost to the practice"
HCPCS_340B = "HCPCS modifier TB; CMS 340B modifier guidance"
NO_SECOND_DISCOUNT = "42 USC 256b(a)(5)(A): no discount and Medicaid rebate for one drug; state manuals say how"

_WHOSE = {
    Source.PATIENT: "the patient brought it",
    Source.SPECIALTY_PHARMACY: "a specialty pharmacy sent it and bills it",
    Source.SAMPLE: "it was a free sample",
    Source.STATE: "the state supplied it",
    Source.FACILITY: "the facility supplied it",
    Source.ALREADY_BILLED: "it is already billed",
}


def _not_ours(case: Case) -> Iterator[tuple[Administration, Source]]:
    for dose in case.doses:
        source = known(dose.source)
        if source is not None and not is_ours(dose) and is_separate(dose, case.encounter):
            yield dose, source


def _as_if_bought(case: Case, dose: Administration) -> Supply | None:
    """The line that the drug would have, had the practice paid for it: of it stand package and quantity."""
    bought = replace(case.encounter, administrations=(replace(dose, source=None),))
    return next(iter(supplies_of(bought, case.context.payer.kind)), None)


def _shown(case: Case) -> PayerValue | None:
    """How the payer wants to see a drug that cost nothing; some Medicare contractors want it at one cent."""
    contractors = case.wants("supplied-drug-contractors")
    asks = isinstance(contractors, tuple) and case.context.contractor in contractors
    return "penny" if asks else case.wants("supplied-drug-line")


@rule(stage=Stage.DERIVE, applies=("source",), cites=MANUAL_CH15_S50)
def not_our_drug(case: Case) -> Iterator[Outcome]:
    """A drug that the practice did not pay for is not billed; giving it is.

    Some payers want to see the code all the same, at no charge.
    """
    way = _shown(case)
    for dose, source in _not_ours(case):
        found = code_of(dose, case.day, case.context.payer.kind)
        what = found.coding.code if isinstance(found, Coded) else dose.called
        if way and isinstance(found, Coded):
            supply = _as_if_bought(case, dose)
            yield Charge(
                key=f"supplied:{dose.id}",
                code=found.coding.code,
                units=found.units,
                kind=Kind.DRUG,
                administrations=(dose.id,),
                diagnoses=case.encounter.diagnoses_of(dose),
                ndc=ndc_line(supply, case.wants("ndc-units")) if supply else None,
                modifiers=("SL",) if way == "SL" and source is Source.STATE else (),
                because=f"{_WHOSE[source]}: the line carries no charge",
            )
        else:
            yield Withheld(what, f"{dose.called}: {_WHOSE[source]}", (dose.id,))


@rule(stage=Stage.CHECK, applies=("source",), cites=MANUAL_CH15_S50)
def supplied_drug_amount(case: Case) -> Iterator[Finding]:
    """The line of a drug that we did not buy carries no charge.

    The payer wants to see what was given and not to pay for it. An amount on the line would be a bill for something
    that cost nothing.
    """
    way = _shown(case)
    for dose, source in _not_ours(case) if way else ():
        yield notice(
            f"Charge {'$0.01' if way == 'penny' else '$0.00'} for {dose.called}",
            about=(dose.id,),
            because=_WHOSE[source],
            fix="Enter the amount on the line",
        )


@rule(stage=Stage.CHECK, applies=("acquired_340b",), cites=NO_SECOND_DISCOUNT)
def discount_not_told(case: Case) -> Iterator[Finding]:
    """Medicaid has to be told of a drug bought under 340B, and how is not entered.

    The state asks the maker for a rebate on every drug that is not marked, and no drug may be discounted twice. Each
    state has its own mark, often UD.
    """
    if case.context.payer.kind != "medicaid" or case.wants("discount-drug-modifier"):
        return
    for dose in case.doses:
        if dose.acquired_340b and any(dose.id in c.administrations for c in case.of(Kind.DRUG)):
            yield notice(
                f"Look up how {case.context.payer.name} wants a 340B drug told",
                about=(dose.id,),
                because=f"{dose.called} was bought under the 340B program, and its line does not say so",
                fix="Enter the state's rule for the payer: often the modifier UD",
                fields=("acquired_340b",),
            )


@rule(stage=Stage.ADJUST, wants="discount-drug-modifier", applies=("acquired_340b",), cites=HCPCS_340B)
def discount_drug(case: Case) -> Iterator[Outcome]:
    """A drug bought under 340B says so, on the waste line too.

    The maker has already given the discount. The modifier keeps the payer from asking for it a second time.
    """
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        doses = case.doses_of(charge)
        if any(d.acquired_340b for d in doses) and not any("vaccine" in classes_of(d) for d in doses):
            yield Modifier(charge, str(case.wants("discount-drug-modifier")), because="bought under the 340B program")
