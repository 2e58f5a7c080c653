"""Immunization: vaccines, RSV antibodies, allergy shots, skin tests: codes of their own, at the edge of what we do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from billing.case import Case
from billing.codes import ALLERGY_SHOTS, EXTRACT_WITH_SHOT
from billing.families import Family, classes_of, route_of
from billing.outcomes import Charge, Finding, Kind, Outcome, Owner, Severity, Until, Withheld, claim_gap, notice
from billing.reference.vaccines import VACCINES, components_of
from billing.rules.acts import act, many
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from billing.vaccines import is_begun, kinds_of
from injections.days import months_on
from injections.facts import Source, known

CPT_IMMUNISATION = "CPT 90460-90474: immunization administration"
COMPONENTS = "CPT 90460, 90461: components of a vaccine (confirm)"
COUNSELLING = "CPT 2026: 90482-90484 (confirm)"
CPT_RSV = "CPT 96380, 96381 (from 6 Oct 2023): RSV monoclonal antibody"
CPT_ALLERGY = "CPT 95115, 95117: professional allergen immunotherapy without the extract"
EXTRACTS = "CMS: 95120-95134 are not accepted; the extract is 95144-95170, the shot 95115 or 95117 (plans differ)"
CPT_SKIN_TEST = "CPT 86580 holds the antigen and the stick"

_MEDICARE_ADMINISTRATION = {"influenza": "G0008", "pneumococcal": "G0009", "hepatitis-b": "G0010"}
#: codes of a vaccine that was given without counseling, or to an adult
_WITH_AGE = frozenset({"90471", "90473"})
ADULT = 19


def _vaccines(case: Case) -> tuple[Stick, ...]:
    return sticks_of(case.encounter, Family.VACCINE)


@rule(stage=Stage.DERIVE, applies=("vaccine",), cites=CPT_IMMUNISATION)
def vaccine_administration(case: Case) -> Iterator[Outcome]:
    """Giving a vaccine has codes of its own, never 96372.

    A child counseled by the physician: 90460 for each vaccine, 90461 for each further component. Others: 90471 first,
    then 90472; by mouth or nose 90473, 90474; one first code a day. Medicare and COVID-19 have codes of their own.
    """
    medicare = case.wants("vaccine-administration") == "medicare"
    counted: list[Stick] = []
    for stick in _vaccines(case):
        kinds = kinds_of(stick.doses)
        special = next((c for w, c in _MEDICARE_ADMINISTRATION.items() if w in kinds), None)
        if "covid-19" in kinds:
            continue
        if medicare and special:
            yield act(case, stick, special, f"Medicare's own code for {stick.called}")
        else:
            counted.append(stick)
    yield from _counted(case, counted)


def _counted(case: Case, sticks: list[Stick]) -> Iterator[Charge]:
    """The first vaccine of the day and the further ones; an injection goes before what is swallowed or sniffed."""
    age = case.encounter.patient.age_on(case.day)
    if age is not None and age < ADULT and case.encounter.counselled_by_physician:
        yield from _with_counselling(case, sticks, age)
        return
    swallowed = [s for s in sticks if route_of(s.doses[0]) in ("oral", "nasal")]
    injected = [s for s in sticks if s not in swallowed]
    first = [] if is_begun(case.context.same_day) else (injected or swallowed)[:1]
    for stick in first:
        yield act(case, stick, "90471" if injected else "90473", f"{stick.called}: the first vaccine of the day")
    yield from _further(case, [s for s in injected if s not in first], "90472")
    yield from _further(case, [s for s in swallowed if s not in first], "90474")


def _further(case: Case, sticks: list[Stick], code: str) -> Iterator[Charge]:
    if sticks:
        yield _together(case, sticks, code, many(len(sticks), "further vaccine"), len(sticks))


def _together(case: Case, sticks: list[Stick], code: str, because: str, units: int) -> Charge:
    """One line for several vaccines."""
    charge = act(case, sticks[0], code, because, part=int(code), units=units)
    ids = tuple(i for s in sticks for i in s.ids)
    return replace(charge, administrations=ids, diagnoses=_diagnoses(case, sticks))


def _diagnoses(case: Case, sticks: Iterable[Stick]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d for s in sticks for d in s.diagnoses(case.encounter)))


def _with_counselling(case: Case, sticks: list[Stick], age: int) -> Iterator[Charge]:
    """90460 for the first component of each vaccine and 90461 for the others: units of a line, or lines."""
    groups = [[s] for s in sticks] if case.wants("counseled-vaccines") == "lines" else [sticks]
    for group in (g for g in groups if g):
        said = f"{many(len(group), 'vaccine')}, patient aged {age}, counseled by the physician"
        yield _together(case, group, "90460", said, len(group))
        further = sum(max(0, (_components(case, s) or 1) - 1) for s in group)
        if further:
            counted = [s for s in group if (_components(case, s) or 1) > 1]
            told = " + ".join(f"{_components(case, s)} components of {s.called}" for s in counted)
            yield _together(case, counted, "90461", f"{told}: {further} beyond the first of each", further)


def _components(case: Case, stick: Stick) -> int | None:
    """What the vaccine's code counts for; ``None`` where nobody has counted."""
    codes = tuple(c.code for d in stick.doses if d.product for c in d.product.codings_on(case.day))
    family = {"influenza", "pneumococcal", "hepatitis-b", "covid-19", "rabies"}
    return components_of(codes) or (1 if kinds_of(stick.doses) & family else None)


@rule(stage=Stage.DERIVE, applies=("rsv-antibody",), cites=CPT_RSV, since=date(2023, 10, 6))
def rsv_antibody(case: Case) -> Iterator[Outcome]:
    """An RSV antibody is billed with 96380 after counseling, else with 96381.

    An antibody protects at once and is not a vaccine, so it has codes of its own, with and without counseling.
    """
    for stick in sticks_of(case.encounter, Family.RSV_ANTIBODY):
        counselled = case.encounter.counselled_by_physician is True
        said = "the physician counseled that day" if counselled else "no counseling by the physician is charted"
        yield act(case, stick, "96380" if counselled else "96381", f"{stick.called}: {said}")


@rule(stage=Stage.DERIVE, applies=("rsv-antibody",), cites=CPT_RSV, until=date(2023, 10, 5))
def rsv_antibody_until_2023(case: Case) -> Iterator[Outcome]:
    """Before it had a code of its own, an RSV antibody was a plain injection.

    Claims are judged by the codes of their day. This is the rule for days before 6 October 2023.
    """
    for stick in sticks_of(case.encounter, Family.RSV_ANTIBODY):
        yield act(case, stick, "96372", f"{stick.called} before 6 Oct 2023")


@rule(stage=Stage.DERIVE, applies=("allergen",), cites=CPT_ALLERGY)
def allergy_shots(case: Case) -> Iterator[Outcome]:
    """Allergy shots: 95115 for one, 95117 for two or more.

    One code stands for one shot and another for any number from two. Neither counts the extract.
    """
    sticks = sticks_of(case.encounter, Family.ALLERGEN)
    if sticks:
        shots = sum(s.parts for s in sticks)
        charge = act(case, sticks[0], "95115" if shots == 1 else "95117", many(shots, "allergy shot"))
        ids = tuple(i for s in sticks for i in s.ids)
        yield replace(charge, administrations=ids, diagnoses=_diagnoses(case, sticks))


@rule(stage=Stage.ADJUST, applies=("allergen",), cites=EXTRACTS)
def extract_with_shot(case: Case) -> Iterator[Outcome]:
    """A code for extract and shot in one is not billed beside the shot.

    95120 to 95134 hold the shot, so both would be paid twice; Medicare does not take them at all.
    """
    shots = tuple(c.key for c in case.of(Kind.ADMINISTRATION) if c.code in ALLERGY_SHOTS)
    for charge in case.of(Kind.SERVICE):
        if shots and charge.code in EXTRACT_WITH_SHOT:
            said = f"{charge.code} holds the shot, which is billed by itself; the extract is 95144 to 95170"
            yield Withheld(charge.code, said, charge=charge, beside=shots)


@rule(stage=Stage.CHECK, applies=("allergen",), cites=EXTRACTS)
def extract_code_to_choose(case: Case) -> Iterator[Finding]:
    """A code for extract and shot in one was reported.

    Medicare wants the two apart. A few plans still want them in one, and then the shot has no line of its own.
    """
    shots = [c for c in case.of(Kind.ADMINISTRATION) if c.code in ALLERGY_SHOTS]
    for service in case.encounter.services:
        if shots and service.code in EXTRACT_WITH_SHOT:
            yield claim_gap(
                f"{service.code} was reported beside {shots[0].code}",
                about=shots[0].administrations,
                because=f"{service.code} holds extract and shot; {shots[0].code} is the shot",
                fix="Report the extract with 95144 to 95170 when it is prepared, or ask the plan",
                fields=("services",),
            )


@rule(stage=Stage.DERIVE, applies=("skin-test",), cites=CPT_SKIN_TEST)
def tuberculin_test(case: Case) -> Iterator[Outcome]:
    """A tuberculin skin test is billed with 86580 alone.

    The code holds the antigen and the stick, so nothing else is billed for it. The reading is a later visit.
    """
    for stick in sticks_of(case.encounter, Family.SKIN_TEST):
        yield act(case, stick, "86580", f"{stick.called} was placed in the skin")


@rule(stage=Stage.CHECK, applies=("vaccine",), cites=COMPONENTS)
def components_to_be_confirmed(case: Case) -> Iterator[Finding]:
    """The components of a counseled vaccine are not known: is 90461 missing?

    Each component counts when a physician has counseled. The drug file does not say how many there are, so a person
    looks at the label.
    """
    for stick in _vaccines(case):
        billed = any(c.code == "90460" and set(stick.ids) & set(c.administrations) for c in case.charges)
        if billed and _components(case, stick) is None:
            yield notice(
                f"How many components {stick.called} has is not known",
                about=stick.ids,
                because="90460 stands for the first component of each vaccine",
                fix="Add 90461 once for each further component",
            )


@rule(stage=Stage.CHECK, applies=("vaccine", "rsv-antibody"), cites=CPT_IMMUNISATION)
def counselling_not_charted(case: Case) -> Iterator[Finding]:
    """Whether the physician counseled, or the age, is not charted.

    Both decide the code: counseling by the physician counts for vaccines through age 18 and for RSV antibodies; a
    nurse's does not.
    """
    counseled, age = case.encounter.counselled_by_physician, case.encounter.patient.age_on(case.day)
    for charge in case.of(Kind.ADMINISTRATION):
        if charge.code in _WITH_AGE and counseled and age is None:
            yield claim_gap(
                f"{charge.code} or 90460: the date of birth is not charted",
                about=charge.administrations,
                because="the physician counseled, which counts through age 18",
                fix="Enter the date of birth",
                fields=("patient.birth_date",),
            )
        elif counseled is None and (charge.code == "96381" or (charge.code in _WITH_AGE and (age or ADULT) < ADULT)):
            yield _ask_for_counseling(charge)


def _ask_for_counseling(charge: Charge) -> Finding:
    better = "96380" if charge.code == "96381" else "90460"
    return notice(
        f"{charge.code} stands for a dose without counseling by the physician",
        about=charge.administrations,
        because=f"counseling is not charted; with it the code is {better}",
        fix="Chart whether the physician counseled that day",
        owner=Owner.PHYSICIAN,
        until=Until.CO_SIGN,
        fields=("counselled_by_physician",),
    )


@rule(stage=Stage.CHECK, applies=("vaccine",), cites="CPT: some vaccine codes are for an age (confirm); CARC 6")
def vaccine_for_another_age(case: Case) -> Iterator[Finding]:
    """The vaccine's code is for another age than the patient's.

    Some vaccines have a code for children and another for adults. The wrong one is denied.
    """
    born = case.encounter.patient.birth_date
    for charge in case.of(Kind.DRUG):
        row = VACCINES.get(charge.code)
        if born is None or row is None or row.is_for(months_on(born, case.day)):
            continue
        age = case.encounter.patient.age_on(case.day)
        span = f"from {_age(row.since)}" + (f" to under {_age(row.until)}" if row.until else "")
        yield claim_gap(
            f"{charge.code} is for another age",
            about=charge.administrations,
            because=f"the patient is {age}, the code is for ages {span}",
            fix="Check the package and the date of birth",
            fields=("drug", "patient.birth_date"),
            source=row.source,
        )


def _age(months: int) -> str:
    return many(months // 12, "year") if months % 12 == 0 else many(months, "month")


@rule(stage=Stage.CHECK, applies=("vaccine",), cites=COUNSELLING, since=date(2026, 1, 1))
def counselling_without_vaccine(case: Case) -> Iterator[Finding]:
    """Counseling without the vaccine has codes of its own since 2026.

    The work was done although the vaccine was not given. The codes are new, so the payer has to be asked first.
    """
    for dose in case.encounter.administrations:
        if "vaccine" in classes_of(dose) and not dose.was_given and case.encounter.counselled_by_physician:
            yield notice(
                "Counseling without a vaccine may be billed",
                about=(dose.id,),
                because=f"{dose.called} was not given; 90482, 90483 and 90484 count the minutes of counseling",
                fix="Confirm that the payer takes these codes, and chart the minutes",
                severity=Severity.INFO,
            )


@rule(stage=Stage.CHECK, applies=("vaccine",), cites="42 USC 1396s: Vaccines for Children (state manuals; confirm)")
def vaccine_of_the_state(case: Case) -> Iterator[Finding]:
    """A vaccine that the state supplied is not ours to charge.

    Many Medicaid programs want its code at no charge, often with SL. They pay 90460 for each vaccine and not 90461.
    """
    for dose in case.doses:
        ours = known(dose.source) is not Source.STATE
        if "vaccine" in classes_of(dose) and not ours and not case.wants("supplied-drug-line"):
            more = any(c.code == "90461" and dose.id in c.administrations for c in case.charges)
            yield notice(
                "Look up how this payer wants a state-supplied vaccine shown",
                about=(dose.id,),
                because=f"{dose.called} was supplied by the state"
                + ("; 90461 is often not paid for it" if more else ""),
                fix="Enter the payer's rule: its code at no charge, with SL, or not at all",
            )
