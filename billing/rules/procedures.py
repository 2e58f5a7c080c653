"""Procedures: billed by where the needle went, not as 96372. At the edge of what we do: a coder should confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing.anatomy import is_carpal_tunnel, is_facet, joint_codes, lesion_code, nerve_code
from billing.case import Case
from billing.families import Family, classes_of, for_cancer
from billing.outcomes import (
    Finding,
    Kind,
    Modifier,
    Outcome,
    Owner,
    Repeat,
    Until,
    Withheld,
    claim_gap,
    notice,
)
from billing.rules.acts import act, all_doses, bills_both_sides, both_sides_of, many, place_of, side_of, sites_of
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of

CPT_JOINTS = "CPT 20600-20611: joint or bursa by size, with or without ultrasound"
CPT_SOFT = "CPT 20550-20553, 27096: tendon, trigger point, sacroiliac joint"
CPT_NERVES = "CPT 64400-64455: injection at a nerve"
CPT_SKIN = "CPT 11900, 11901, 96405, 96406: number of lesions (confirm for an anticancer drug)"
CPT_UNLISTED = "CPT 96379, unlisted (confirm with the payer)"
CPT_IMPLANT = "CPT 11980-11983"
CPT_PLATELETS = "CPT 0232T: platelet-rich plasma with harvesting, preparation and imaging; NCD 270.3"
CPT_PLACES = "CPT 67028, 54235, 69801 (confirm)"
_PLACES = {Family.EYE: "67028", Family.PENILE: "54235", Family.EAR: "69801"}
PFS_BILATERAL = "CMS Physician Fee Schedule, bilateral indicator"
BILATERAL_LINE = "CMS 100-04 ch. 12 §40.7 and NCCI Policy Manual ch. I: one line with 50 and one unit (plans differ)"
#: codes that count muscles or lesions
_COUNTED = dict.fromkeys(("20552", "20553", "64642", "64643", "64644", "64645", "64646", "64647"), "muscles")
_COUNTED |= dict.fromkeys(("11900", "11901", "96405", "96406"), "lesions")
#: words of the technique that say that an implant was exchanged
_TAKEN_OUT = re.compile(r"remov|re-?insert|replac|exchang|swap|taken out", re.I)


def _guided(stick: Stick) -> str:
    return " ".join(d.guidance or "" for d in stick.doses).casefold()


def _by_ultrasound(stick: Stick) -> bool:
    return "ultraso" in _guided(stick) or "sono" in _guided(stick) or _guided(stick).strip() in ("us", "u/s")


@rule(stage=Stage.DERIVE, applies=("route:intra-articular", "route:bursal"), cites=CPT_JOINTS)
def joint_injection(case: Case) -> Iterator[Outcome]:
    """An injection into a joint or bursa is billed by the size of the joint.

    Once for a joint, however many drugs went in. Under ultrasound, with the picture saved and a report, each size has a
    code of its own.
    """
    for stick in sticks_of(case.encounter, Family.JOINT):
        plain_and_guided = joint_codes(sites_of(stick))
        if plain_and_guided is not None:
            seen = _by_ultrasound(stick)
            said = f"{stick.called} into the {place_of(stick)}" + (" under ultrasound" if seen else "")
            yield act(case, stick, plain_and_guided[seen], said)


@rule(stage=Stage.DERIVE, applies=("route:tendon", "route:trigger-point", "route:sacroiliac"), cites=CPT_SOFT)
def soft_tissue_injection(case: Case) -> Iterator[Outcome]:
    """Tendons, trigger points and the sacroiliac joint: their own codes.

    Trigger points are counted once a visit, by the number of muscles.
    """
    for stick in sticks_of(case.encounter, Family.TENDON):
        if is_carpal_tunnel(sites_of(stick)):
            yield act(case, stick, "20526", f"{stick.called} into the carpal tunnel")
        elif sites_of(stick):
            origin = re.search(r"origin|insertion|epicondyl", sites_of(stick), re.I)
            yield act(case, stick, "20551" if origin else "20550", f"{stick.called} at the {place_of(stick)}")
    trigger = sticks_of(case.encounter, Family.TRIGGER_POINT)
    if trigger:
        charted = [max(d.muscles or 0 for d in s.doses) for s in trigger]
        muscles = max(sum(charted), len({sites_of(s) for s in trigger}))
        first = act(case, trigger[0], "20553" if muscles >= 3 else "20552", f"{many(muscles, 'muscle')} injected")
        yield all_doses(case, first, trigger)
    for stick in sticks_of(case.encounter, Family.SACROILIAC):
        imaged = bool(_guided(stick)) and not _by_ultrasound(stick)
        said = "with imaging" if imaged else "without fluoroscopy or CT"
        yield act(case, stick, "27096" if imaged else "20552", f"sacroiliac joint {said}")


@rule(stage=Stage.DERIVE, applies=("route:perineural",), cites=CPT_NERVES)
def nerve_block(case: Case) -> Iterator[Outcome]:
    """A nerve block is billed by the nerve.

    The codes name the nerve. A peripheral nerve that has no code of its own takes the one for other peripheral nerves.
    """
    for stick in sticks_of(case.encounter, Family.PERINEURAL):
        code = nerve_code(sites_of(stick))
        if is_carpal_tunnel(sites_of(stick)):
            yield act(case, stick, "20526", "into the carpal tunnel")
        elif code:
            yield act(case, stick, code, f"nerve block at the {place_of(stick)}")


@rule(stage=Stage.DERIVE, applies=("route:intralesional",), cites=CPT_SKIN)
def lesion_injection(case: Case) -> Iterator[Outcome]:
    """Skin lesions are counted: up to seven, or more.

    What counts is the number of lesions and not of sticks. From the eighth lesion the second code takes the place
    of the first. An anticancer drug against cancer has codes of its own, 96405 and 96406.
    """
    counted: dict[tuple[str, str], list[Stick]] = {}
    for stick in sticks_of(case.encounter, Family.LESION):
        own = lesion_code(" ".join((sites_of(stick), *stick.diagnoses(case.encounter))))
        if own:
            yield act(case, stick, own, f"{stick.called} into the {place_of(stick) if sites_of(stick) else 'lesion'}")
        else:
            codes = ("96405", "96406") if _against_cancer(case, stick) else ("11900", "11901")
            counted.setdefault(codes, []).append(stick)
    for (few, further), sticks in counted.items():
        lesions = sum(max((d.lesions or 1) for d in s.doses) for s in sticks)
        first = act(case, sticks[0], further if lesions > 7 else few, f"{many(lesions, 'lesion')} injected")
        yield all_doses(case, first, sticks)


def _against_cancer(case: Case, stick: Stick) -> bool:
    """An anticancer drug in a lesion that is cancer, or nobody has said that it is not."""
    return any("antineoplastic" in classes_of(d) and for_cancer(d, case.encounter) is not False for d in stick.doses)


@rule(stage=Stage.DERIVE, applies=("implant", "route:subdermal-implant"), cites=CPT_IMPLANT)
def implant(case: Case) -> Iterator[Outcome]:
    """A drug implant is billed with 11981, hormone pellets with 11980.

    An old implant taken out and a new one put in at one visit is one act, 11983. The codes are for the act of
    placing. The implant itself is a drug line of its own.
    """
    for stick in sticks_of(case.encounter, Family.IMPLANT):
        named = " ".join(f"{d.drug or ''} {d.called}" for d in stick.doses).casefold()
        pellets = "pellet" in named or "testosterone" in named or "testopel" in named
        swapped = not pellets and any(_TAKEN_OUT.search(d.technique or "") for d in stick.doses)
        said = f"{stick.called} was placed under the skin" + (" and the old one taken out" if swapped else "")
        yield act(case, stick, "11983" if swapped else "11980" if pellets else "11981", said)


@rule(stage=Stage.DERIVE, applies=("PLATELETS",), cites=CPT_PLATELETS)
def platelet_plasma(case: Case) -> Iterator[Outcome]:
    """Platelet-rich plasma is billed with 0232T alone.

    The code holds drawing the blood, spinning it, the imaging and the stick; there is no drug line. Few plans cover it,
    and Medicare does not outside of chronic wounds.
    """
    for stick in sticks_of(case.encounter, Family.PLATELETS):
        yield act(case, stick, "0232T", "platelet-rich plasma was injected; most plans do not cover it")


@rule(stage=Stage.DERIVE, applies=("EYE", "PENILE", "EAR"), cites=CPT_PLACES)
def other_places(case: Case) -> Iterator[Outcome]:
    """The eye, the ear and the penis have codes of their own.

    What is paid is the skill to reach the place. The needle and the syringe are the same.
    """
    for stick in sticks_of(case.encounter, *_PLACES):
        yield act(case, stick, _PLACES[stick.family], f"{stick.called}, {stick.where}")


@rule(stage=Stage.DERIVE, applies=("route:ID", "route:wound-infiltration"), cites=CPT_UNLISTED)
def no_code_of_its_own(case: Case) -> Iterator[Outcome]:
    """An injection into the skin or around tissue has no code of its own.

    96379 with a description is possible where the payer agrees beforehand.
    """
    for stick in sticks_of(case.encounter, Family.INTRADERMAL, Family.INFILTRATION):
        said = f"{stick.called} is {stick.family.value}: no code is made for it"
        yield Withheld("administration", said, stick.ids)


#: what the code depends on, where the words of the chart do not say it
_ASKED = {
    Family.JOINT: "joint",
    Family.CHEMODENERVATION: "body region",
    Family.PERINEURAL: "nerve",
    Family.TENDON: "tendon",
}


@rule(stage=Stage.CHECK, applies=[family.name for family in _ASKED], cites=CPT_JOINTS)
def place_not_understood(case: Case) -> Iterator[Finding]:
    """The code depends on the place, and the charted place does not tell it.

    Two joints can differ by one digit of the code. A guess would be a wrong claim, so the place is asked for.
    """
    billed = {i for c in case.of(Kind.ADMINISTRATION) for i in c.administrations}
    dropped = {i for w in case.withheld if w.charge for i in w.administrations}
    for stick in sticks_of(case.encounter, *_ASKED):
        if not (billed | dropped).intersection(stick.ids) and not is_facet(sites_of(stick)):
            asked = _ASKED[stick.family]
            yield claim_gap(
                f"The {asked} that was injected is not clear",
                about=stick.ids,
                because=f'the chart says "{sites_of(stick)}"' if sites_of(stick) else f"no {asked} is charted",
                fix=f"Chart the {asked} by name",
                fields=("site",),
            )


@rule(stage=Stage.CHECK, applies=("TRIGGER_POINT", "LESION", "CHEMODENERVATION"), cites=CPT_SOFT)
def count_not_charted(case: Case) -> Iterator[Finding]:
    """How many muscles or lesions were treated is not charted.

    The code depends on the number. We counted the places that are charted; from
    three muscles, or eight lesions, the code is another one.
    """
    for stick in sticks_of(case.encounter, Family.TRIGGER_POINT, Family.LESION, Family.CHEMODENERVATION):
        lines = [c for c in case.of(Kind.ADMINISTRATION) if set(stick.ids) & set(c.administrations)]
        counted = next((_COUNTED[c.code] for c in lines if c.code in _COUNTED), None)
        numbers = [d.lesions if counted == "lesions" else d.muscles for d in stick.doses]
        if counted and not any(n is not None for n in numbers):
            yield notice(
                f"How many {counted} were treated is not charted",
                about=stick.ids,
                because=f"{lines[0].code} stands for the places that are charted",
                fix=f"Chart the number of {counted}",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=(f"count.{counted}",),
            )


@rule(stage=Stage.ADJUST, applies=("procedure", "own administration codes"), cites=PFS_BILATERAL)
def side_of_joint(case: Case) -> Iterator[Outcome]:
    """A procedure on one side of the body says which.

    Without the side the payer cannot tell a second knee from the same knee billed twice. Fingers and toes have
    modifiers of their own.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        mark = None if bills_both_sides(case, charge) else side_of(case, charge)
        if mark:
            words = {"LT": "the left side", "RT": "the right side", "50": "both sides"}
            yield Modifier(charge, mark, because=words.get(mark, "the finger or toe"))


@rule(stage=Stage.ADJUST, applies=("procedure", "own administration codes"), cites=BILATERAL_LINE)
def both_sides_on_one_line(case: Case) -> Iterator[Outcome]:
    """Left and right of one procedure stand on one line with 50.

    For payers that want it so, and where Medicare's limit of a day is one unit: a second line for the other side
    would be denied.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        pair = both_sides_of(case, charge)
        if bills_both_sides(case, charge) and charge is pair[0]:
            yield Repeat(pair, "50", because=f"{charge.code} on both sides")


@rule(stage=Stage.CHECK, applies=("route:ID", "route:wound-infiltration"), cites=CPT_UNLISTED)
def unlisted_administration(case: Case) -> Iterator[Finding]:
    """The act of giving this dose has no code of its own.

    Only the drug is billed. An unlisted code is possible with a description and the payer's yes.
    """
    for stick in sticks_of(case.encounter, Family.INTRADERMAL, Family.INFILTRATION):
        yield notice(
            "The act of giving this dose has no code of its own",
            about=stick.ids,
            because=f"{stick.called} is {stick.family.value}",
            fix="Ask the payer whether it accepts 96379 with a description",
        )
