"""Necessity: the diagnosis that stands behind each line, and whether it supports the drug."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from billing.case import Case
from billing.codes import undotted
from billing.exclusions import known_for, signed_in_time
from billing.families import classes_of
from billing.outcomes import Charge, Finding, Kind, Owner, Until, claim_gap, notice
from billing.reference.diagnoses import FIRST_DAY, is_shaped, shape_on
from billing.rules.rule import Stage, diagnosed, rule
from injections.facts import Administration, Encounter, known
from injections.facts.once import once

ICD_10_CM = "ICD-10-CM code list and guidelines: codes are reported with all their characters"
CARC_11 = "CARC 11: the diagnosis does not support the procedure"
LABEL = "The drug's file: diagnoses that label and coverage articles name"
VITAMIN = "LCD L33967; policies of Highmark and Blue Cross of Florida name a lack or its cause (other plans: confirm)"
NCD_150_6 = "NCD 150.6: vitamin B12 for foot conditions is not covered"
LCD_RULES = "MAC coverage articles; general reasonable-and-necessary test (Social Security Act §1862(a)(1)(A))"

#: complaints that describe without explaining
_SYMPTOMS_ONLY = ("R53", "R5383", "R5382")


def _drug_lines(case: Case) -> Iterator[tuple[Charge, tuple[Administration, ...]]]:
    for charge in case.of(Kind.DRUG):
        yield charge, case.doses_of(charge)


@rule(stage=Stage.CHECK, wants="claim", applies=("no diagnoses",), cites=CARC_11)
def diagnosis_not_linked(case: Case) -> Iterator[Finding]:
    """No diagnosis is linked to the dose.

    Every line of the claim points to the reason for it.
    """
    for dose in case.doses:
        lines = [c for c in case.charges if dose.id in c.administrations]
        if lines and not case.encounter.diagnoses_of(dose):
            yield claim_gap(
                "No diagnosis is linked to this dose",
                about=(dose.id,),
                because=f"{', '.join(sorted({c.code for c in lines}))} would point to nothing",
                fix="Link the diagnosis that the dose was given for",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, wants="claim", cites=ICD_10_CM)
def diagnosis_incomplete(case: Case) -> Iterator[Finding]:
    """A diagnosis code is a heading and needs more characters.

    The code names a group of diagnoses and not one. Payers reject it unread.
    """
    for code in _all_diagnoses(case.encounter):
        if case.reference.diagnosis(undotted(code)) is False:
            longer = case.reference.longer_diagnoses(undotted(code))[:4]
            yield claim_gap(
                f"{code} is not complete",
                because=f"more exact codes exist, such as {', '.join(_dotted(c) for c in longer)}",
                fix="Choose the exact code",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, wants="claim", cites=ICD_10_CM)
def diagnosis_not_published(case: Case) -> Iterator[Finding]:
    """A diagnosis code is not in the published list.

    It is mistyped, retired or too new for the list that is loaded.
    """
    for code in _all_diagnoses(case.encounter):
        shaped = is_shaped(undotted(code), case.day)
        if shaped and (not case.reference.knows_diagnoses or case.reference.diagnosis(undotted(code)) is not None):
            continue
        late = case.reference.unspoken("icd-10-cm") if shaped else None
        if late is None:
            yield claim_gap(
                f"{code} is not a published diagnosis code",
                because="not in the list of that date" if shaped else shape_on(case.day),
                fix="Correct the code",
                fields=("diagnoses",),
            )
        else:
            yield notice(
                f"{code} is not in the diagnosis list we have",
                because=late,
                fix="Look it up in the current list",
                fields=("diagnoses",),
            )


@once
def _all_diagnoses(encounter: Encounter) -> tuple[str, ...]:
    listed = [*encounter.diagnoses, *(d for s in encounter.services for d in s.diagnoses)]
    return tuple(dict.fromkeys([*listed, *(d for a in encounter.administrations for d in a.diagnoses)]))


def _dotted(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def _unless_told(case: Case) -> Callable[..., Finding]:
    """What holds up the claim, unless the expected denial is told: with GA where the patient signed, else with GZ."""
    abn = case.context.abn
    told = abn is not None and (not abn.signed or signed_in_time(case))
    return notice if told and case.wants("abn") else claim_gap


@rule(stage=Stage.CHECK, wants="claim", applies=("doses",), cites=LABEL)
def diagnosis_does_not_support_drug(case: Case) -> Iterator[Finding]:
    """None of the linked diagnoses is known to support the drug.

    A payer that asks for it denies the drug; with others it is a question to the clinician.
    """
    for charge, doses in _drug_lines(case) if case.day >= FIRST_DAY else ():
        product = doses[0].product if doses else None
        if product is None or not product.supports or not charge.diagnoses:
            continue
        if any(undotted(d).startswith(known_for(product)) for d in charge.diagnoses):
            continue
        more = len(product.supports) - 8
        rest = f" and {more} more" if more > 0 else ""
        because = f"{', '.join(charge.diagnoses)}; known for {', '.join(product.supports[:8])}{rest}"
        strict = case.wants("supporting-diagnosis")
        say = _unless_told(case) if isinstance(strict, tuple) and charge.code in strict else notice
        yield say(
            f"The diagnosis does not support {product.display}",
            about=charge.administrations,
            because=because,
            fix="Link the diagnosis that explains the drug, or expect a denial",
            owner=Owner.PHYSICIAN,
            until=Until.CO_SIGN,
            fields=("diagnoses",),
        )


@rule(stage=Stage.CHECK, wants="claim", applies=("vitamin",), cites=VITAMIN)
def symptom_is_no_reason(case: Case) -> Iterator[Finding]:
    """Tiredness alone is no reason for vitamin B12.

    Vitamin B12 is covered for a lack of it and not for being tired. If a lack was found, that is the diagnosis to
    code. A payer that asks for such a diagnosis denies the drug; with others, many of which do the same, it is a
    question.
    """
    wanted = case.wants("supporting-diagnosis")
    say = _unless_told(case) if isinstance(wanted, tuple) and "J3420" in wanted else notice
    for charge, _ in _drug_lines(case):
        symptoms = [d for d in charge.diagnoses if undotted(d).startswith(_SYMPTOMS_ONLY)]
        if charge.code in ("J3420", "J3425") and symptoms and len(symptoms) == len(charge.diagnoses):
            yield say(
                "A symptom alone does not support vitamin B12",
                about=charge.administrations,
                because=f"{charge.code} is linked to {', '.join(charge.diagnoses)}",
                fix="Link the deficiency or its cause, with the result that shows it",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, wants="medical-necessity", applies=("vitamin",), cites=NCD_150_6)
def vitamin_for_feet(case: Case) -> Iterator[Finding]:
    """Vitamin B12 for a foot condition is not covered.

    A national coverage decision says so, whatever else the record shows.
    """
    feet = ("M722", "M774", "G575", "G576", "B351", "L84")
    for charge, _ in _drug_lines(case):
        if charge.code == "J3420" and charge.diagnoses and all(undotted(d).startswith(feet) for d in charge.diagnoses):
            yield _unless_told(case)(
                "Vitamin B12 for a foot condition is not covered",
                about=charge.administrations,
                because=f"{charge.code} is linked to {', '.join(charge.diagnoses)}",
                fix="Bill the patient only with a notice signed beforehand",
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, wants="claim", applies=diagnosed("Z23"), cites="CARC 11: Z23 belongs to vaccines")
def vaccine_diagnosis_on_drug(case: Case) -> Iterator[Finding]:
    """The diagnosis for a vaccine stands on a drug that is none.

    The code says that somebody came for a vaccination. On any other drug it explains nothing.
    """
    for charge, doses in _drug_lines(case):
        vaccine = any("vaccine" in classes_of(d) for d in doses)
        if not vaccine and any(undotted(d) == "Z23" for d in charge.diagnoses):
            yield claim_gap(
                "Z23 is for vaccines and stands on another drug",
                about=charge.administrations,
                because=f"{charge.code} is linked to {', '.join(charge.diagnoses)}",
                fix="Link the disease that the drug is for",
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, wants="claim", applies=("rsv-antibody",), cites="AAP: RSV immunization, Z29.11 (confirm)")
def rsv_diagnosis_missing(case: Case) -> Iterator[Finding]:
    """An RSV antibody is given for Z29.11.

    It is the diagnosis by which payers know protection against RSV. Without it the line looks unexplained.
    """
    for charge, doses in _drug_lines(case):
        antibody = any("rsv-antibody" in classes_of(d) for d in doses)
        if antibody and charge.diagnoses and not any(undotted(d) == "Z2911" for d in charge.diagnoses):
            yield claim_gap(
                "An RSV antibody needs Z29.11",
                about=charge.administrations,
                because=f"{charge.code} is linked to {', '.join(charge.diagnoses)}",
                fix="Add Z29.11",
                fields=("diagnoses",),
            )


#: diseases of joints and bursae, whose codes end in 1 for right and 2 for left
_SIDED = ("M17", "M16", "M25", "M75", "M70", "M77", "M19", "M12", "M13")


@rule(stage=Stage.CHECK, wants="claim", applies=diagnosed(*_SIDED), cites="ICD-10-CM: laterality")
def side_contradicts_diagnosis(case: Case) -> Iterator[Finding]:
    """The side of the joint and the side in the diagnosis differ.

    A right knee treated for a left knee's disease is either a mistake in the record or a mistake in the room.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        side = {"RT": "1", "LT": "2"}.get(next((m for m in charge.modifiers if m in ("RT", "LT")), ""))
        told = {undotted(d)[-1] for d in charge.diagnoses if _tells_side(undotted(d))}
        if side and told and side not in told and not told & {"0", "3", "9"}:
            yield claim_gap(
                "The side of the joint and the side in the diagnosis differ",
                about=charge.administrations,
                because=f"{charge.code}-{'RT' if side == '1' else 'LT'} with {', '.join(charge.diagnoses)}",
                fix="Correct the side or the diagnosis",
                owner=Owner.NURSE,
                fields=("side", "diagnoses"),
            )


def _tells_side(code: str) -> bool:
    return code.startswith(_SIDED) and len(code) >= 4 and code[-1] in "12"


@rule(stage=Stage.CHECK, wants="supporting-results", applies=("doses",), cites=LCD_RULES)
def supporting_result_missing(case: Case) -> Iterator[Finding]:
    """The result that supports the drug is not charted.

    Whoever asks for records looks for it first.
    """
    wanted = case.wants("supporting-results")
    for charge, doses in _drug_lines(case):
        result = wanted.get(charge.code) if isinstance(wanted, Mapping) else None
        labs = [lab.name.casefold() for dose in doses for lab in dose.labs]
        if result and not any(result.casefold() in name for name in labs):
            yield notice(
                f"No {result} result is charted",
                about=charge.administrations,
                because=f"{case.context.payer.name} looks for it behind {charge.code}",
                fix="Enter the result with its date",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("labs",),
            )


@rule(stage=Stage.CHECK, wants="medical-necessity", applies=("no order",), cites=LCD_RULES)
def reason_in_words_missing(case: Case) -> Iterator[Finding]:
    """The reason for the drug is not written in words.

    Where no policy lists diagnoses, the note itself has to convince.
    """
    for charge, doses in _drug_lines(case):
        for dose in doses:
            order = known(dose.order)
            words = (dose.indication, dose.reason, order.reason if order else None, case.encounter.reason)
            if dose.product is not None and not dose.product.supports and not any(words) and dose.order is None:
                yield notice(
                    "The reason for this drug is not written in words",
                    about=(dose.id,),
                    because=f"no list of diagnoses stands behind {charge.code}",
                    fix="Write why the patient got it",
                    owner=Owner.PHYSICIAN,
                    until=Until.CO_SIGN,
                    fields=("reason",),
                )
