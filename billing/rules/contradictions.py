"""Contradictions: charted facts of one act that cannot be true together, so that nothing is guessed from them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import groupby
from operator import add

from billing.case import Case
from billing.codes import undotted
from billing.families import classes_of, route_of
from billing.outcomes import Finding, Kind, Outcome, Owner, Severity, Withheld, chart_gap, claim_gap, notice
from billing.reference.without_code import named_without_code
from billing.rules.rule import Stage, diagnosed, rule
from injections.checks.amounts import SYRINGE_PARTS, differs, shown
from injections.checks.names import drug_names, names_any_of, names_product
from injections.days import written_day
from injections.facts import Administration, known
from injections.sites import same_site, site_words

ONE_STICK = "One needle stick is one act: CPT Assistant 9/2007 (confirm)"
PACKAGE = "CMS ASP NDC-HCPCS crosswalk: the package decides the code, so name and package have to agree"
ONE_ACT = "The record: the facts of one act have to agree"
BY_SEX = "Medicare Claims Processing Manual ch. 32 §240: KX where sex and service seem to differ (confirm)"
CODE_EDITOR = "CMS Medicare Code Editor: maternity diagnoses, female, 9 to 64 years (confirm)"
FERTILE = range(9, 65)
_OF_PREGNANCY = ("O", "Z33", "Z34", "Z3A", "Z37", "Z39")
_YES = frozenset({"positive", "pregnant", "yes"})
#: the other fact, by whether it is the sex
_WHO = {True: "patient.sex", False: "patient.birth_date"}
#: chapters of diagnoses that only one sex can have, as payers' edits see it
_OF_WOMEN = tuple(
    "O Z3A Z33 Z34 Z37 Z39 Z3004 Z30013 Z3042 N70 N71 N72 N73 N76 N77 N8 N90 N91 N92 N93 N94 N95 N96".split()
    + "N97 N98 C51 C52 C53 C54 C55 C56 C57 C58 D25 D26 D27 E28".split()
)
_OF_MEN = tuple("C60 C61 C62 C63 E29 N40 N41 N42 N43 N44 N45 N46 N47 N48 N49 N50 N51 N52 N53".split())


@rule(stage=Stage.CHECK, applies=("split",), cites=ONE_STICK)
def number_of_sticks(case: Case) -> Iterator[Finding]:
    """The chart gives different numbers of needle sticks for one dose.

    Some payers pay by the stick, so the number has to be one.
    """
    for dose in case.doses:
        said = {
            "needle sticks": dose.needle_sticks if dose.needle_sticks > 1 else None,
            "parts": dose.split.parts if dose.split else None,
            "places": len(dose.split.sites) or None if dose.split else None,
        }
        told = {words: number for words, number in said.items() if number is not None}
        if len(set(told.values())) > 1:
            yield chart_gap(
                f"How often the needle went in for {dose.called} is contradictory",
                about=(dose.id,),
                because="the chart says " + ", ".join(f"{number} {words}" for words, number in told.items()),
                fix="Correct the number of needle sticks",
                fields=("needle_sticks", "split.parts"),
            )


@rule(stage=Stage.CHECK, applies=("several doses",), cites=ONE_STICK)
def one_syringe_at_two_places(case: Case) -> Iterator[Finding]:
    """One syringe is charted at two places or by two routes.

    What is in one syringe goes in with one stick. If there were two sticks, there were two syringes.
    """
    shared = sorted((d for d in case.doses if d.syringe), key=lambda d: d.syringe or "")
    for _, group in groupby(shared, key=lambda d: d.syringe):
        first, *others = group
        for other in others:
            if _apart(first, other):
                yield chart_gap(
                    "One syringe is charted at two places",
                    about=(first.id, other.id),
                    because=f"{_where(first)} and {_where(other)}",
                    fix="Correct the place, or chart two syringes",
                    fields=("syringe", "site", "route"),
                )


def _apart(one: Administration, other: Administration) -> bool:
    routes = {route_of(one), route_of(other)} - {None}
    first, second = known(one.site), known(other.site)
    sides = {known(one.side), known(other.side)} - {None}
    return len(routes) > 1 or len(sides) > 1 or bool(first and second and not same_site(first, second))


def _where(dose: Administration) -> str:
    site = known(dose.site)
    place = site_words(site, known(dose.side)) if site else "no place charted"
    return f"{dose.called} {route_of(dose) or 'by no charted route'}, {place}"


@rule(stage=Stage.CHECK, applies=("muscles", "lesions"), cites=ONE_ACT)
def nothing_treated(case: Case) -> Iterator[Finding]:
    """A dose was given, and the chart counts no muscle or no lesion.

    Zero is a number that somebody charted. With a dose in the patient it cannot be right.
    """
    for dose in case.doses:
        for words, number in (("muscles", dose.muscles), ("lesions", dose.lesions)):
            if number == 0:
                yield chart_gap(
                    f"{dose.called} was given, and the chart counts no {words}",
                    about=(dose.id,),
                    because=f"the chart says 0 {words}",
                    fix=f"Enter how many {words} were treated",
                    fields=(f"count.{words}",),
                )


@rule(stage=Stage.ADJUST, applies=("name of another drug",), cites=PACKAGE)
def name_and_package_differ(case: Case) -> Iterator[Outcome]:
    """Name and package are of two drugs, so nothing is billed.

    One of the two is wrong, and the chart cannot say which. A line for either would be a guess.
    """
    unsure = {d.id: d for d in case.doses if _is_another_drug(case, d)}
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE) if unsure else ():
        told = [unsure[id] for id in charge.administrations if id in unsure]
        if told and (charge.kind is not Kind.ADMINISTRATION or len(told) == len(charge.administrations)):
            because = f"the chart says {told[0].drug}, the package is {told[0].called}: one of them is wrong"
            yield Withheld(charge.code, because, charge.administrations, charge)


def _is_another_drug(case: Case, dose: Administration) -> bool:
    """Whether the charted name is surely that of another drug than the package's."""
    package = known(dose.ndc) or (dose.package.ndc if dose.package else "")
    if not package or dose.product is None or not dose.drug or names_product(dose.drug, dose.product):
        return False
    products = case.reference.products
    named = products.by_name(dose.drug)
    return bool(named) and dose.product not in named and products.by_ndc(package) is dose.product


@rule(stage=Stage.CHECK, applies=diagnosed(*_OF_WOMEN, *_OF_MEN), cites=BY_SEX)
def diagnosis_of_other_sex(case: Case) -> Iterator[Finding]:
    """The diagnosis and the sex in the chart do not go together.

    Many payers deny such a line. Both can be true; then the claim says so.
    """
    sex = (case.encounter.patient.sex or "").strip().casefold()[:1]
    strange = {"m": _OF_WOMEN, "f": _OF_MEN}.get(sex)
    if strange is None:
        return
    for dose in case.doses:
        codes = [
            c
            for c in case.encounter.diagnoses_of(dose)
            if undotted(c).startswith(strange) and not undotted(c).startswith(_OF_PREGNANCY)
        ]
        if codes:
            yield notice(
                f"{codes[0]} and the sex in the chart do not go together",
                about=(dose.id,),
                because=f"sex charted: {'male' if sex == 'm' else 'female'}",
                fix="Correct the one that is wrong; where both are right, ask the payer how to say so (often KX)",
                fields=("patient.sex", "diagnoses"),
            )


@rule(stage=Stage.CHECK, applies=(*diagnosed(*_OF_PREGNANCY), "screening"), cites=CODE_EDITOR)
def pregnancy_not_possible(case: Case) -> Iterator[Finding]:
    """The chart tells of a pregnancy, and of a sex or an age that has none.

    Medicare's editor takes diagnoses of pregnancy for women from 9 to 64 years. One of the facts is mistyped; where all
    are right, the plan has to be told.
    """
    patient = case.encounter.patient
    age, male = patient.age_on(case.day), (patient.sex or "").strip().casefold()[:1] == "m"
    whom = "sex charted: male" if male else f"{age} years old" if age is not None and age not in FERTILE else ""
    for dose in case.doses if whom else ():
        codes = [c for c in case.encounter.diagnoses_of(dose) if undotted(c).startswith(_OF_PREGNANCY)]
        tested = [key for key, said in dose.screening.items() if "pregnan" in key and said.strip().casefold() in _YES]
        if codes or tested:
            yield notice(
                "A pregnancy is charted that the other facts of the patient rule out",
                about=(dose.id,),
                because=f"{codes[0] if codes else 'the screening says pregnant'}; {whom}",
                fix="Correct the one that is wrong; where all are right, ask the payer how to say so",
                severity=Severity.CRITICAL,
                fields=(*(["diagnoses"] if codes else [f"screening.{k}" for k in tested]), _WHO[male]),
            )


@rule(stage=Stage.CHECK, applies=("labs", "history"), cites="A record of the day knows nothing of a later day")
def known_too_early(case: Case) -> Iterator[Finding]:
    """A result, or an earlier dose, is dated after the visit.

    What happened later cannot have been a reason for the dose. The date is mistyped.
    """
    for nth, past in enumerate(case.encounter.history):
        if past.given > case.day:
            yield claim_gap(
                f"An earlier dose of {past.drug} is dated after the visit",
                because=f"{written_day(past.given)}; the visit is of {written_day(case.day)}",
                fix="Correct the date of the earlier dose",
                owner=Owner.NURSE,
                fields=(f"history[{nth}].given",),
            )
    for dose in case.doses:
        for nth, lab in enumerate(dose.labs):
            if lab.date is not None and lab.date > case.day:
                yield claim_gap(
                    f"The {lab.name} is dated after the dose",
                    about=(dose.id,),
                    because=f"{written_day(lab.date)}; the dose is of {written_day(case.day)}",
                    fix="Correct the date of the result",
                    owner=Owner.NURSE,
                    fields=(f"labs[{nth}].date",),
                )


@rule(stage=Stage.CHECK, applies=("history",), cites="An earlier dose is known by its drug")
def earlier_dose_of_no_drug(case: Case) -> Iterator[Finding]:
    """An earlier dose names no drug that we know.

    A dose under a name that is mistyped, or is none, counts for no interval, no series and no limit: what comes too
    early would pass.
    """
    for nth, past in enumerate(case.encounter.history):
        if not _is_drug(case, past.drug):
            like = " or ".join(case.reference.products.like(past.drug))
            yield notice(
                f'An earlier dose names "{past.drug}", which is not a drug that we know',
                because=f"a dose of {written_day(past.given)} is counted for no drug",
                fix=f"Correct the drug of the earlier dose{f': did you mean {like}?' if like else ''}",
                owner=Owner.NURSE,
                severity=Severity.WARNING if like else Severity.INFO,
                fields=(f"history[{nth}].drug",),
            )


def _is_drug(case: Case, name: str) -> bool:
    """Whether a name is one that we know, or one that this visit gives to a drug of its own."""
    products = case.reference.products
    ours = tuple(n for dose in case.doses for n in drug_names(dose))
    known_drug = products.by_key(name) or products.by_name(name) or named_without_code(name)
    return bool(known_drug) or names_any_of(name, ours)


@rule(stage=Stage.CHECK, applies=("split",), cites=ONE_ACT)
def parts_give_another_volume(case: Case) -> Iterator[Finding]:
    """The volumes of the parts are not the volume of the dose.

    The parts of a divided dose make the whole. One of the volumes is mistyped, or a part is missing.
    """
    for dose in case.doses:
        volumes = [site.volume for site in dose.split.sites] if dose.split else []
        parts = [v for v in volumes if v is not None]
        if not parts or len(parts) < len(volumes) or dose.volume is None:
            continue
        if any(v.dimension is not dose.volume.dimension for v in parts):
            continue
        together = reduce(add, parts)
        if differs(together, dose.volume, parts=SYRINGE_PARTS):
            yield chart_gap(
                f"The parts of {dose.called} do not make the volume of the dose",
                about=(dose.id,),
                because=f"{shown(together)} in {len(parts)} parts, {shown(dose.volume)} charted for the dose",
                fix="Correct the volume of the dose or of a part",
                fields=("volume", "split.sites"),
            )


@rule(stage=Stage.ADJUST, applies=("dose of zero",), cites="A line states what was given; zero is not a dose")
def nothing_went_in(case: Case) -> Iterator[Outcome]:
    """A dose is charted as given, and its amount is zero.

    Zero is not the same as not charted: it says that nothing went in. Neither the act nor the drug can then be billed,
    whatever else is added.
    """
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG, Kind.WASTE):
        doses = case.doses_of(charge)
        if doses and all(d.dose is not None and d.dose.amount == 0 for d in doses):
            why = f"{doses[0].called} is charted with a dose of zero"
            yield Withheld(charge.code, why, charge.administrations, charge)


@rule(stage=Stage.CHECK, applies=("vaccine",), cites="CPT vaccine codes count doses; the label's dose is one")
def several_doses_of_a_vaccine(case: Case) -> Iterator[Finding]:
    """More than one dose of a vaccine is charted as given in one.

    A vaccine comes in the size of its dose. Twice the volume is two syringes, or a slip of the pen, and no payer takes
    two units of a vaccine for one stick.
    """
    for charge in case.of(Kind.DRUG):
        doses = [d for d in case.doses_of(charge) if "vaccine" in classes_of(d)]
        if doses and charge.units > len(doses):
            yield claim_gap(
                f"More than one dose of {doses[0].called} is charted",
                about=charge.administrations,
                because=f"{charge.units} units of {charge.code} for {len(doses)} shot{'s' * (len(doses) > 1)}",
                fix="Correct the dose or its volume; chart a second shot as one of its own",
                owner=Owner.NURSE,
                fields=("dose",),
            )
