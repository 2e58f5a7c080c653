"""Immunisation: vaccines, RSV antibodies, allergy shots and the tuberculin test, none of which is ever 96372."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from billing.case import Case
from billing.families import Family, route_of
from billing.outcomes import Charge, Finding, Kind, Outcome, notice
from billing.rules.acts import act
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from billing.vaccines import kinds_of

CPT_IMMUNISATION = "CPT 90460-90474, 90480: immunisation administration"
CPT_RSV = "CPT 96380, 96381 (from 2023-10-06): RSV monoclonal antibody"
CPT_ALLERGY = "CPT 95115, 95117: professional allergen immunotherapy without the extract"
CPT_SKIN_TEST = "CPT 86580 holds the antigen and the stick"

_MEDICARE_ADMINISTRATION = {"influenza": "G0008", "pneumococcal": "G0009", "hepatitis-b": "G0010"}
ADULT = 19


def _vaccines(case: Case) -> tuple[Stick, ...]:
    return sticks_of(case.encounter, Family.VACCINE)


@rule(stage=Stage.DERIVE, applies=("vaccine",), cites=CPT_IMMUNISATION)
def vaccine_administration(case: Case) -> Iterator[Outcome]:
    """Giving a vaccine is billed with the immunisation codes, never with 96372.

    A child counselled by the physician: 90460 for each vaccine. Otherwise 90471 for the first injection and 90472 for
    each more, 90473 and 90474 by mouth or nose; one first code a day. Medicare has codes of its own.
    """
    medicare = case.wants("vaccine-administration") == "medicare"
    counted: list[Stick] = []
    for stick in _vaccines(case):
        kinds = kinds_of(stick.doses)
        special = next((c for w, c in _MEDICARE_ADMINISTRATION.items() if w in kinds), None)
        if "covid-19" in kinds:
            yield act(case, stick, "90480", f"{stick.called} is a COVID-19 vaccine")
        elif medicare and special:
            yield act(case, stick, special, f"Medicare's own code for {stick.called}")
        else:
            counted.append(stick)
    yield from _counted(case, counted)


def _counted(case: Case, sticks: list[Stick]) -> Iterator[Charge]:
    """The first vaccine of the day and the further ones; an injection goes before what is swallowed or sniffed."""
    age = case.encounter.patient.age_on(case.day)
    if age is not None and age < ADULT and case.encounter.counselled_by_physician:
        yield from (act(case, s, "90460", f"{s.called}, aged {age}, counselled by the physician") for s in sticks)
        return
    swallowed = [s for s in sticks if route_of(s.doses[0]) in ("oral", "nasal")]
    injected = [s for s in sticks if s not in swallowed]
    first = (injected or swallowed)[:1]
    for stick in first:
        yield act(case, stick, "90471" if injected else "90473", f"{stick.called}: the first vaccine of the day")
    yield from _further(case, [s for s in injected if s not in first], "90472")
    yield from _further(case, [s for s in swallowed if s not in first], "90474")


def _further(case: Case, sticks: list[Stick], code: str) -> Iterator[Charge]:
    if sticks:
        charge = act(case, sticks[0], code, f"{len(sticks)} further vaccine(s)", units=len(sticks))
        ids = tuple(i for s in sticks for i in s.ids)
        yield replace(charge, administrations=ids)


@rule(stage=Stage.DERIVE, applies=("rsv-antibody",), cites=CPT_RSV, since=date(2023, 10, 6))
def rsv_antibody(case: Case) -> Iterator[Outcome]:
    """An RSV antibody is billed with 96380 when the physician counselled that day, else with 96381."""
    for stick in sticks_of(case.encounter, Family.RSV_ANTIBODY):
        counselled = case.encounter.counselled_by_physician is True
        said = "the physician counselled that day" if counselled else "no counselling by the physician is charted"
        yield act(case, stick, "96380" if counselled else "96381", f"{stick.called}: {said}")


@rule(stage=Stage.DERIVE, applies=("rsv-antibody",), cites=CPT_RSV, until=date(2023, 10, 5))
def rsv_antibody_until_2023(case: Case) -> Iterator[Outcome]:
    """Before it had a code of its own, an RSV antibody was a plain injection."""
    for stick in sticks_of(case.encounter, Family.RSV_ANTIBODY):
        yield act(case, stick, "96372", f"{stick.called} before 2023-10-06")


@rule(stage=Stage.DERIVE, applies=("allergen",), cites=CPT_ALLERGY)
def allergy_shots(case: Case) -> Iterator[Outcome]:
    """Allergy shots are billed once a visit: 95115 for one, 95117 for two or more."""
    sticks = sticks_of(case.encounter, Family.ALLERGEN)
    if sticks:
        shots = sum(s.parts for s in sticks)
        charge = act(case, sticks[0], "95115" if shots == 1 else "95117", f"{shots} allergy shot(s)")
        yield replace(charge, administrations=tuple(i for s in sticks for i in s.ids))


@rule(stage=Stage.DERIVE, applies=("skin-test",), cites=CPT_SKIN_TEST)
def tuberculin_test(case: Case) -> Iterator[Outcome]:
    """A tuberculin skin test is billed with 86580 alone."""
    for stick in sticks_of(case.encounter, Family.SKIN_TEST):
        yield act(case, stick, "86580", f"{stick.called} was placed in the skin")


@rule(stage=Stage.CHECK, applies=("vaccine",), cites=CPT_IMMUNISATION)
def further_components(case: Case) -> Iterator[Finding]:
    """A counselled vaccine with several components also takes 90461."""
    for charge in case.of(Kind.ADMINISTRATION):
        if charge.code == "90460":
            yield notice(
                "Further components of this vaccine are billed with 90461, which we do not count yet",
                about=charge.administrations,
                because="90460 covers the first component of each vaccine",
                fix="Add 90461 once for each further component",
            )
