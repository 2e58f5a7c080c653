"""Product: which of several drugs of one name was meant, and what about its code is still to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.families import classes_of, route_of
from billing.outcomes import Finding, Kind, Owner, Severity, claim_gap, notice
from billing.reference.choosing import Asked, Choice, choose
from billing.rules.rule import Stage, rule
from billing.supply import is_ours, is_separate
from billing.units import dose_given
from injections.facts import Administration, Product, known
from injections.quantity import Quantity, format_dose

CROSSWALK = "CMS ASP NDC-HCPCS crosswalk: the package decides the code"
NEW_CODE = "CPT and AAP notices on RSV antibodies (confirm the first day with the payer)"

QUARTER = "CPT 90655, 90657, 90685, 90687: influenza vaccine, 0.25 mL"
#: the code for half a milliliter of a flu vaccine, and the one for a quarter of it
_OF_A_QUARTER = {"90656": "90655", "90658": "90657", "90686": "90685", "90688": "90687"}
_QUARTER_ML = Quantity.parse("0.25 mL")


def _choice(case: Case, dose: Administration) -> Choice | None:
    """How the product was told from others of its name; ``None`` where a package says it."""
    package = known(dose.ndc) or (dose.package.ndc if dose.package else "") or any(c.ndc for c in dose.containers)
    if not dose.drug or dose.product is None or package:
        return None
    asked = Asked(
        name=dose.drug,
        day=case.day,
        dose=dose_given(dose),
        route=route_of(dose),
        diagnoses=case.encounter.diagnoses_of(dose),
        born=case.encounter.patient.birth_date,
        code=dose.claimed_hcpcs,
    )
    choice = choose(case.reference.products, asked)
    return choice if choice.product is dose.product else None


def _codes(case: Case, product: Product) -> str:
    return "/".join(sorted({c.code for c in product.codings_on(case.day)}))


def _by_what(case: Case, dose: Administration, by: str) -> str:
    """What told the product from the others, in numbers where there are any."""
    amount = dose_given(dose)
    age = case.encounter.patient.age_on(case.day)
    words = {
        "dose": f"{format_dose(amount)} fits its package" if amount else "",
        "route": "only this one is given that way",
        "diagnosis": f"given for {', '.join(case.encounter.diagnoses_of(dose))}",
        "age": "the patient is under 1 year old" if age == 0 else f"the patient is {age} years old",
        "code": f"{dose.claimed_hcpcs} was claimed",
        "bare": "the bare name is usually this one",
        "usual": "the name alone does not tell the product",
    }
    return words.get(by, "")


def _named_with_codes(case: Case, choice: Choice) -> str:
    kinds = {_codes(case, p): p.display for p in choice.among if p is not choice.product and _codes(case, p)}
    return ", ".join(f"{display} ({code})" for code, display in sorted(kinds.items()))


@rule(stage=Stage.CHECK, applies=("ndc not known",), cites=CROSSWALK)
def chosen_among_several(case: Case) -> Iterator[Finding]:
    """The name fits several products, and one of them was chosen.

    The package settles it, so the NDC is asked for wherever the choice could change the code.
    """
    for dose in case.doses:
        choice = _choice(case, dose)
        codes = {_codes(case, p) for p in choice.among} - {""} if choice else set()
        if choice is None or choice.product is None or len(codes) < 2:
            continue
        said = f"We took {choice.product.display} ({_codes(case, choice.product)})"
        others = f"it could also be {_named_with_codes(case, choice)}"
        if choice.by:
            weight = Severity.WARNING if choice.by == "usual" else Severity.INFO
            because = f"{_by_what(case, dose, choice.by)}; {others}"
            fix = "Scan the package to be certain"
            yield notice(said, about=(dose.id,), because=because, fix=fix, severity=weight, fields=("drug", "ndc"))
        else:
            fix = "Scan the package, or name the product"
            yield claim_gap(said, about=(dose.id,), because=others, fix=fix, owner=Owner.NURSE, fields=("drug", "ndc"))


@rule(stage=Stage.CHECK, applies=("joined name",), cites="A line is for one drug: its code, its amount, its package")
def several_drugs_in_one_dose(case: Case) -> Iterator[Finding]:
    """One dose names two drugs.

    Each has a code, an amount and a lot of its own. Billed as one dose, one of the two would be lost, or be billed
    in the amount of the other.
    """
    for dose in case.doses:
        drugs = case.reference.products.told_together(dose.drug or "")
        if drugs:
            yield claim_gap(
                "One dose names two drugs",
                about=(dose.id,),
                because=f'"{dose.drug}": {" and ".join(several[0].display for several in drugs)}',
                fix="Chart each drug as a dose of its own; say that both were in one syringe, where they were",
                owner=Owner.NURSE,
                fields=("drug",),
            )


@rule(stage=Stage.CHECK, applies=("vaccine",), cites=QUARTER)
def quarter_of_flu_vaccine(case: Case) -> Iterator[Finding]:
    """A quarter of a milliliter of flu vaccine has a code of its own.

    The codes for 0.25 mL and 0.5 mL stand side by side. Either the dose was mistyped, or the larger one would be billed
    for the smaller.
    """
    for charge in case.of(Kind.DRUG):
        smaller = _OF_A_QUARTER.get(charge.code)
        for dose in case.doses_of(charge) if smaller else ():
            if dose_given(dose) == _QUARTER_ML:
                yield claim_gap(
                    f"{charge.code} stands for 0.5 mL, and 0.25 mL was given",
                    about=(dose.id,),
                    because=f"0.25 mL is {smaller}",
                    fix=f"Correct the dose, or bill {smaller}",
                    owner=Owner.NURSE,
                    fields=("dose",),
                )


@rule(stage=Stage.CHECK, applies=("no code",), cites="CMS HCPCS: a code names the drug in the vial")
def name_of_several_drugs(case: Case) -> Iterator[Finding]:
    """The name stands for any of several drugs, and none of them was named.

    A "cortisone shot" is one of three steroids, each with its own code and unit. Only the vial says which.
    """
    for dose in case.doses:
        wanted = dose.product is not None and not dose.product.codings and is_ours(dose)
        if wanted and dose.product and is_separate(dose, case.encounter):
            yield claim_gap(
                f"{dose.product.display.capitalize()} is the name of several drugs",
                about=(dose.id,),
                because=" ".join(dose.product.notes[:1]) or "no code names it",
                fix="Scan the vial, or name the drug that is on it",
                owner=Owner.NURSE,
                fields=("drug",),
            )


def _is_new(case: Case, dose: Administration, code: str) -> bool:
    """A code of the last two years whose first day nobody has confirmed."""
    rows = dose.product.codings_on(case.day) if dose.product else ()
    unsure = dose.product is not None and "coding.since" in dose.product.unconfirmed
    return unsure and any(c.code == code and (case.day - c.since).days < 2 * 365 for c in rows)


@rule(stage=Stage.CHECK, applies=("rsv-antibody",), cites=NEW_CODE)
def code_to_be_confirmed(case: Case) -> Iterator[Finding]:
    """The first day of this antibody's code is not confirmed.

    The code stands on a notice and not yet in a table that we could check. A claim with a code before its first day
    is rejected.
    """
    for charge in case.of(Kind.DRUG):
        for dose in case.doses_of(charge):
            if "rsv-antibody" in classes_of(dose) and _is_new(case, dose, charge.code):
                yield notice(
                    f"Confirm that the payer takes {charge.code}",
                    about=(dose.id,),
                    because=f"{dose.called} is new, and the first day of {charge.code} is not confirmed",
                    fix="Look the code up at the payer before filing",
                )
