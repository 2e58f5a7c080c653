"""Erythropoietin-like drugs (ESA): the reason for them and the last blood count stand on the claim."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from billing.case import Case
from billing.codes import undotted
from billing.families import classes_of, route_of
from billing.outcomes import (
    Charge,
    ClaimField,
    Finding,
    Kind,
    Modifier,
    Outcome,
    Owner,
    Until,
    Withheld,
    claim_gap,
    notice,
)
from billing.rules.rule import Stage, rule
from injections.days import written_day
from injections.facts import Administration, Lab
from injections.routes import is_intravenous

NCD_110_21 = "NCD 110.21; CMS CR 5699: ESA modifiers EA, EB, EC and the last hemoglobin or hematocrit"
ROUTE = "MAC articles on ESA: CGS A56795 (AAPC Oncology Coding Alert), Palmetto A58982 (confirm with others)"
ESRD = "Medicare Benefit Policy Manual ch. 11: the dialysis facility's bundle"
BUNDLED = (
    "CGS, Preventing Denials for Iron Sucrose: anemia drugs under ESRD consolidated billing; AY for another reason"
)
#: with iron, what else the facility's bundle holds that an office may have on its shelf
_BONE_DRUGS = frozenset({"J2501"})
_OF_KIDNEYS = ("N18", "N25", "D631", "Z992", "Z49")
ESA_CODES = frozenset({"J0881", "J0885", "Q5106", "J0888"})
REASONS = ("EA", "EB", "EC")
HEMOGLOBIN_START, HEMATOCRIT_START = Decimal(10), Decimal(30)


def _doses(case: Case) -> Iterator[tuple[Charge, tuple[Administration, ...]]]:
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        if charge.code in ESA_CODES:
            yield charge, case.doses_of(charge)


def _diagnoses(charge: Charge) -> tuple[str, ...]:
    return tuple(undotted(code) for code in charge.diagnoses)


def reason_of(charge: Charge) -> str | None:
    """EA after chemotherapy, EB after radiotherapy, EC for anything else; ``None`` without a diagnosis."""
    codes = _diagnoses(charge)
    if not codes:
        return None
    if any(c.startswith(("D6481", "Z5111")) for c in codes):
        return "EA"
    if any(c.startswith(("Z510", "Y842")) for c in codes):
        return "EB"
    return "EC"


@rule(stage=Stage.ADJUST, wants="esa-modifiers", applies=("esa",), cites=NCD_110_21)
def reason_for_esa(case: Case) -> Iterator[Outcome]:
    """The line says by one letter pair why the drug was given: EA, EB or EC.

    Medicare covers the drug differently after chemotherapy, after radiotherapy and for other anemias, so the line
    has to say which.
    """
    for charge, doses in _doses(case):
        claimed = {m.upper() for d in doses for m in d.claimed_modifiers} & set(REASONS)
        code = next(iter(claimed)) if len(claimed) == 1 else reason_of(charge)
        if code:
            words = {"EA": "anemia from chemotherapy", "EB": "anemia from radiotherapy", "EC": "another anemia"}
            yield Modifier(charge, code, because=f"{words[code]}: {', '.join(charge.diagnoses) or 'as claimed'}")


@rule(stage=Stage.ADJUST, wants="esa-route-contractors", applies=("esa",), cites=ROUTE)
def route_of_esa(case: Case) -> Iterator[Outcome]:
    """Some contractors want the way in on the line: JA a vein, JB under the skin.

    Their articles return a line without it; the others do not ask.
    """
    contractors = case.wants("esa-route-contractors")
    if not isinstance(contractors, tuple) or case.context.contractor not in contractors:
        return
    for charge, doses in _doses(case):
        ways = {"SC" if route_of(d) == "SC" else "vein" if is_intravenous(route_of(d) or "") else "" for d in doses}
        if ways == {"SC"}:
            yield Modifier(charge, "JB", because="given under the skin")
        elif ways == {"vein"}:
            yield Modifier(charge, "JA", because="given into a vein")


@rule(stage=Stage.CHECK, wants="esa-modifiers", applies=("esa",), cites=NCD_110_21)
def reason_for_esa_unclear(case: Case) -> Iterator[Finding]:
    """The line does not carry exactly one of EA, EB and EC.

    A line with none of the three, or with two of them, is returned.
    """
    for charge, doses in _doses(case):
        claimed = {m.upper() for d in doses for m in d.claimed_modifiers} & set(REASONS)
        derived = reason_of(charge)
        if (
            len(claimed) > 1
            or (claimed and derived and derived not in claimed)
            or not set(charge.modifiers) & set(REASONS)
        ):
            yield claim_gap(
                "Exactly one of EA, EB and EC has to say why this drug was given",
                about=charge.administrations,
                because=f"claimed {', '.join(sorted(claimed)) or 'none'}; the diagnoses say {derived or 'nothing'}",
                fix="Link the diagnosis of the anemia and its cause",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("diagnoses",),
            )


def blood_count(doses: tuple[Administration, ...]) -> tuple[str, Lab] | None:
    """The newest hemoglobin (R1) or hematocrit (R2) with a value."""
    names = {"hemoglobin": "R1", "haemoglobin": "R1", "hgb": "R1", "hb": "R1"}
    names |= {"hematocrit": "R2", "haematocrit": "R2", "hct": "R2"}
    found = [(names[lab.name.casefold()], lab) for d in doses for lab in d.labs if lab.name.casefold() in names]
    valued = [(code, lab) for code, lab in found if lab.value is not None]
    return max(valued, key=lambda f: (f[1].date is not None, f[1].date or 0, f[0] == "R1"), default=None)


@rule(stage=Stage.CHECK, wants="esa-labs", applies=("esa",), cites=NCD_110_21)
def blood_count_on_claim(case: Case) -> Iterator[Outcome]:
    """The last hemoglobin or hematocrit stands on the claim.

    Medicare reads the result on the claim itself to see whether the drug was still needed.
    """
    for charge, doses in _doses(case):
        count = blood_count(doses)
        if charge.kind is Kind.DRUG and count is not None:
            code, lab = count
            yield ClaimField(
                "notes",
                f"MEA*TR*{code}*{lab.value}",
                because=f"{lab.name} {lab.value} {lab.unit} {written_day(lab.date) if lab.date else ''}".strip(),
            )


@rule(stage=Stage.CHECK, wants="esa-labs", applies=("esa",), cites=NCD_110_21)
def blood_count_missing(case: Case) -> Iterator[Finding]:
    """The last hemoglobin or hematocrit is not charted.

    The payer returns the line without it.
    """
    for charge, doses in _doses(case):
        if charge.kind is Kind.DRUG and blood_count(doses) is None:
            yield claim_gap(
                "The last hemoglobin or hematocrit is not charted",
                about=charge.administrations,
                because=f"{charge.code} is returned without it",
                fix="Enter the result with its date",
                owner=Owner.NURSE,
                until=Until.SIGN_OFF,
                fields=("labs",),
            )


@rule(stage=Stage.CHECK, wants="esa-labs", applies=("esa",), cites=NCD_110_21)
def blood_count_too_high(case: Case) -> Iterator[Finding]:
    """After chemotherapy: covered only while the blood count is low.

    A course is covered to begin below a limit, and later doses have a limit of their own. Which of the two holds is
    for the physician to say.
    """
    for charge, doses in _doses(case):
        count = blood_count(doses)
        if charge.kind is not Kind.DRUG or count is None or "EA" not in charge.modifiers:
            continue
        code, lab = count
        limit = HEMOGLOBIN_START if code == "R1" else HEMATOCRIT_START
        if lab.value is not None and lab.value >= limit:
            yield claim_gap(
                f"{lab.name} of {lab.value} is too high to begin this drug after chemotherapy",
                about=charge.administrations,
                because=f"covered to begin below {limit}; later doses have their own limit",
                fix="Chart whether this is the first dose of the course",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("labs",),
            )


@rule(stage=Stage.ADJUST, wants="dialysis-bundle", applies=("esa",), cites=ESRD)
def patient_on_dialysis(case: Case) -> Iterator[Outcome]:
    """For a patient on dialysis the drug belongs to the dialysis facility.

    Medicare pays the dialysis facility one rate that holds this drug. Nobody else is paid for it.
    """
    if not case.encounter.patient.on_dialysis:
        return
    ours = {i for c, _ in _doses(case) for i in c.administrations}
    for charge in case.charges:
        if charge.kind is not Kind.SERVICE and ours & set(charge.administrations):
            yield Withheld(
                charge.code, "the patient is on dialysis: the facility's bundle pays", charge.administrations, charge
            )


def _bundled(case: Case) -> Iterator[tuple[Charge, bool]]:
    """Lines for iron and bone drugs of a patient on dialysis, and whether they were given for the kidneys."""
    for charge in case.of(Kind.DRUG, Kind.WASTE) if case.encounter.patient.on_dialysis else ():
        if charge.code in _BONE_DRUGS or any("iron" in classes_of(d) for d in case.doses_of(charge)):
            yield charge, not charge.diagnoses or any(c.startswith(_OF_KIDNEYS) for c in _diagnoses(charge))


@rule(stage=Stage.ADJUST, wants="dialysis-bundle", applies=("iron", *_BONE_DRUGS), cites=BUNDLED)
def iron_on_dialysis(case: Case) -> Iterator[Outcome]:
    """Iron for a patient on dialysis belongs to the dialysis facility.

    Its rate holds iron and vitamin D for the kidneys' anemia and bones, whoever gives them. Neither the drug nor the
    act is the office's to bill.
    """
    inside = {i for charge, for_kidneys in _bundled(case) if for_kidneys for i in charge.administrations}
    for charge in case.charges:
        if charge.kind is not Kind.SERVICE and inside & set(charge.administrations):
            said = "the patient is on dialysis: the facility's bundle pays"
            yield Withheld(charge.code, said, charge.administrations, charge)


@rule(stage=Stage.CHECK, wants="dialysis-bundle", applies=("iron", *_BONE_DRUGS), cites=BUNDLED)
def iron_beside_dialysis(case: Case) -> Iterator[Finding]:
    """Iron that a patient on dialysis got for another reason says so with AY.

    Without the modifier the line reads as part of the dialysis facility's bundle and is denied.
    """
    for charge, for_kidneys in _bundled(case):
        if not for_kidneys and "AY" not in charge.modifiers:
            yield notice(
                f"{charge.code} for a patient on dialysis needs AY",
                about=charge.administrations,
                because=f"diagnoses {', '.join(charge.diagnoses)} are not of the kidneys",
                fix="Add AY if the physician's note says why it has nothing to do with dialysis",
            )


@rule(stage=Stage.CHECK, wants="dialysis-bundle", applies=("esa",), cites=ESRD)
def dialysis_not_stated(case: Case) -> Iterator[Finding]:
    """Kidney failure is coded, and whether the patient is on dialysis is not.

    On dialysis the facility bills and off dialysis the practice does. The diagnosis alone does not tell.
    """
    for charge, _ in _doses(case):
        failure = any(c.startswith(("N186", "Z992")) for c in _diagnoses(charge))
        if charge.kind is Kind.DRUG and failure and case.encounter.patient.on_dialysis is None:
            yield claim_gap(
                "Whether the patient is on dialysis is not stated",
                about=charge.administrations,
                because=f"diagnoses {', '.join(charge.diagnoses)}",
                fix="State whether the patient is on dialysis",
                fields=("patient.on_dialysis",),
            )
