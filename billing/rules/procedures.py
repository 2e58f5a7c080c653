"""Procedures: injections that are billed by where the needle went, not as 96372."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from billing.case import Case
from billing.families import Family
from billing.outcomes import Charge, Finding, Kind, Modifier, Outcome, Withheld, claim_gap, notice
from billing.rules.acts import act, many
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from injections.facts import known
from injections.sites import site_words

CPT_JOINTS = "CPT 20600-20611: joint or bursa by size, with or without ultrasound"
CPT_SOFT = "CPT 20550-20553, 27096: tendon, trigger point, sacroiliac joint"
CPT_NERVES = "CPT 64400-64455: injection at a nerve"
CPT_SKIN = "CPT 11900, 11901: number of lesions"
CPT_TOXIN = "CPT 64612-64653, 52287: chemodenervation by region"
CPT_IMPLANT = "CPT 11980-11983"
CPT_PLACES = "CPT 67028, 62320-62327, 96450, 54235"
PFS_BILATERAL = "CMS Physician Fee Schedule, bilateral indicator"

_SMALL = re.compile(r"finger|toe|thumb|mcp|pip|dip|mtp|metacarp|metatars|interphal|cmc|carpometacarp|small", re.I)
_MIDDLE = re.compile(r"wrist|elbow|ankle|temporomand|tmj|acromioclav|\bac\b|olecranon|radiocarp|intermediate", re.I)
_LARGE = re.compile(r"knee|shoulder|hip|subacrom|glenohum|trochant|patell|major|large|pes anser|subdeltoid", re.I)
_JOINTS = ((_SMALL, ("20600", "20604")), (_MIDDLE, ("20605", "20606")), (_LARGE, ("20610", "20611")))

_NERVES = (
    ("64405", re.compile(r"occipital", re.I)),
    ("64400", re.compile(r"trigemin|supraorbital|infraorbital|mental nerve", re.I)),
    ("64418", re.compile(r"suprascap", re.I)),
    ("64415", re.compile(r"brachial", re.I)),
    ("64417", re.compile(r"axillary nerve", re.I)),
    ("64420", re.compile(r"intercostal", re.I)),
    ("64425", re.compile(r"ilioinguin|iliohypog", re.I)),
    ("64430", re.compile(r"pudendal", re.I)),
    ("64445", re.compile(r"sciatic", re.I)),
    ("64447", re.compile(r"femoral", re.I)),
    ("64454", re.compile(r"genicular", re.I)),
    ("64455", re.compile(r"morton|plantar digital", re.I)),
)

_CARPAL_TUNNEL = re.compile(r"carpal tunnel", re.I)
#: lesions whose injection has a code of its own, by place or diagnosis
_LESIONS = (
    ("20527", re.compile(r"palmar|dupuytren|M72\.0", re.I)),
    ("54200", re.compile(r"peyronie|plaque of the penis|N48\.6", re.I)),
)
_REGIONS = (
    ("64615", re.compile(r"migraine|head and neck|forehead.*neck|procerus|corrugator|G43", re.I)),
    ("64616", re.compile(r"cervical|neck|torticollis|dystonia|G24\.3", re.I)),
    ("52287", re.compile(r"bladder|detrusor|N32|N31", re.I)),
    ("64611", re.compile(r"saliva|parotid|sialorrh|K11\.7", re.I)),
    ("64612", re.compile(r"bleph|eyelid|hemifacial|facial|G24\.5|G51", re.I)),
    ("64650", re.compile(r"axill|armpit|L74\.510", re.I)),
    ("64653", re.compile(r"palm|sole|sweat|L74\.51", re.I)),
    ("64646", re.compile(r"trunk|paraspinal|abdominal wall", re.I)),
    ("64642", re.compile(r"limb|arm|leg|spastic|calf|forearm|G81|G80", re.I)),
)

_SIDED = frozenset(
    {"20600", "20604", "20605", "20606", "20610", "20611", "20550", "20551", "27096", "67028"}
    | {code for code, _ in _NERVES}
    | {"64450", "20526", "20527"}
)


def _site(stick: Stick) -> str:
    return " ".join(filter(None, (known(d.site) for d in stick.doses)))


def _place(stick: Stick) -> str:
    """ "right knee", as it is charted."""
    first = stick.doses[0]
    return site_words(known(first.site) or _site(stick), known(first.side))


def _guided(stick: Stick) -> str:
    return " ".join(d.guidance or "" for d in stick.doses).casefold()


def _by_ultrasound(stick: Stick) -> bool:
    return "ultraso" in _guided(stick) or "sono" in _guided(stick) or _guided(stick).strip() in ("us", "u/s")


@rule(stage=Stage.DERIVE, applies=("route:intra-articular", "route:bursal"), cites=CPT_JOINTS)
def joint_injection(case: Case) -> Iterator[Outcome]:
    """An injection into a joint or bursa is billed by the size of the joint.

    Once for a joint, however many drugs went in.
    """
    for stick in sticks_of(case.encounter, Family.JOINT):
        plain_and_guided = next((codes for words, codes in _JOINTS if words.search(_site(stick))), None)
        if plain_and_guided is not None:
            seen = _by_ultrasound(stick)
            said = f"{stick.called} into the {_place(stick)}" + (" under ultrasound" if seen else "")
            yield act(case, stick, plain_and_guided[seen], said)


@rule(stage=Stage.DERIVE, applies=("route:tendon", "route:trigger-point", "route:sacroiliac"), cites=CPT_SOFT)
def soft_tissue_injection(case: Case) -> Iterator[Outcome]:
    """Tendons, trigger points and the sacroiliac joint have codes of their own.

    Trigger points are counted once a visit, by the number of muscles.
    """
    for stick in sticks_of(case.encounter, Family.TENDON):
        if _CARPAL_TUNNEL.search(_site(stick)):
            yield act(case, stick, "20526", f"{stick.called} into the carpal tunnel")
            continue
        origin = re.search(r"origin|insertion|epicondyl", _site(stick), re.I)
        yield act(case, stick, "20551" if origin else "20550", f"{stick.called} at {_site(stick) or 'a tendon'}")
    trigger = sticks_of(case.encounter, Family.TRIGGER_POINT)
    if trigger:
        charted = [d.muscles for s in trigger for d in s.doses if d.muscles]
        muscles = max(sum(charted), len({_site(s) for s in trigger})) if charted else len({_site(s) for s in trigger})
        first = act(case, trigger[0], "20553" if muscles >= 3 else "20552", f"{many(muscles, 'muscle')} injected")
        yield _all_doses(first, trigger)
    for stick in sticks_of(case.encounter, Family.SACROILIAC):
        imaged = bool(_guided(stick)) and not _by_ultrasound(stick)
        said = "with imaging" if imaged else "without fluoroscopy or CT"
        yield act(case, stick, "27096" if imaged else "20552", f"sacroiliac joint {said}")


def _all_doses(charge: Charge, sticks: tuple[Stick, ...]) -> Charge:
    return replace(charge, administrations=tuple(i for s in sticks for i in s.ids))


@rule(stage=Stage.DERIVE, applies=("route:perineural",), cites=CPT_NERVES)
def nerve_block(case: Case) -> Iterator[Outcome]:
    """A nerve block is billed by the nerve.

    The codes name the nerve. A nerve that has no code of its own takes the one for other peripheral nerves.
    """
    for stick in sticks_of(case.encounter, Family.PERINEURAL):
        code = next((c for c, words in _NERVES if words.search(_site(stick))), "64450")
        tunnel = bool(_CARPAL_TUNNEL.search(_site(stick)))
        said = "into the carpal tunnel" if tunnel else f"nerve block at {_site(stick) or 'a peripheral nerve'}"
        yield act(case, stick, "20526" if tunnel else code, said)


@rule(stage=Stage.DERIVE, applies=("route:intralesional",), cites=CPT_SKIN)
def lesion_injection(case: Case) -> Iterator[Outcome]:
    """Injections into skin lesions are counted by lesions: up to seven, or more.

    What counts is the number of lesions and not of sticks. From the eighth lesion the second code takes the place
    of the first.
    """
    sticks = []
    for stick in sticks_of(case.encounter, Family.LESION):
        told = " ".join((_site(stick), *stick.diagnoses(case.encounter)))
        own = next((c for c, words in _LESIONS if words.search(told)), None)
        if own:
            yield act(case, stick, own, f"{stick.called} into {_site(stick) or 'the lesion'}")
        else:
            sticks.append(stick)
    if sticks:
        lesions = sum(max((d.lesions or 1) for d in s.doses) for s in sticks)
        first = act(case, sticks[0], "11901" if lesions > 7 else "11900", f"{many(lesions, 'lesion')} injected")
        yield _all_doses(first, tuple(sticks))


@rule(stage=Stage.DERIVE, applies=("chemodenervation", "route:intradetrusor"), cites=CPT_TOXIN)
def chemodenervation(case: Case) -> Iterator[Outcome]:
    """A botulinum toxin treatment is billed by the body region.

    What is paid is treating a region such as face, neck or limb. The number of sticks does not matter.
    """
    for stick in sticks_of(case.encounter, Family.CHEMODENERVATION):
        reasons = (_site(stick), *(d.indication or "" for d in stick.doses), *stick.diagnoses(case.encounter))
        told = ", ".join(r for r in reasons if r)
        region = next((c for c, words in _REGIONS if words.search(told)), None)
        if region is not None:
            yield act(case, stick, region, f"{stick.called}: {told}")


@rule(stage=Stage.DERIVE, applies=("implant", "route:subdermal-implant"), cites=CPT_IMPLANT)
def implant(case: Case) -> Iterator[Outcome]:
    """Placing a drug implant is billed with 11981, hormone pellets with 11980.

    The codes are for the act of placing. The implant itself is a drug line of its own.
    """
    for stick in sticks_of(case.encounter, Family.IMPLANT):
        named = " ".join(f"{d.drug or ''} {d.called}" for d in stick.doses).casefold()
        pellets = "pellet" in named or "testosterone" in named or "testopel" in named
        yield act(case, stick, "11980" if pellets else "11981", f"{stick.called} was placed under the skin")


@rule(
    stage=Stage.DERIVE,
    applies=("route:intravitreal", "route:intrathecal", "route:epidural", "route:intracavernosal"),
    cites=CPT_PLACES,
)
def other_places(case: Case) -> Iterator[Outcome]:
    """The eye, the spine and the penis have codes of their own.

    What is paid is the skill to reach the place. The needle and the syringe are the same.
    """
    for stick in sticks_of(case.encounter, Family.EYE, Family.PENILE):
        yield act(case, stick, "67028" if stick.family is Family.EYE else "54235", f"{stick.called}, {stick.where}")
    for stick in sticks_of(case.encounter, Family.SPINE):
        cancer = any("antineoplastic" in (d.product.classes if d.product else ()) for d in stick.doses)
        upper = re.search(r"cervic|thorac", _site(stick), re.I)
        imaged = bool(_guided(stick))
        code = ("62321" if imaged else "62320") if upper else ("62323" if imaged else "62322")
        yield act(case, stick, "96450" if cancer else code, f"{stick.called}, {stick.where}")


@rule(stage=Stage.DERIVE, applies=("route:ID", "route:wound-infiltration"), cites=CPT_SKIN)
def no_code_of_its_own(case: Case) -> Iterator[Outcome]:
    """An injection into the skin or around tissue has no code of its own.

    96379 with a description is possible where the payer agrees beforehand.
    """
    for stick in sticks_of(case.encounter, Family.INTRADERMAL, Family.INFILTRATION):
        said = f"{stick.called} is {stick.family.value}: no code is made for it"
        yield Withheld("administration", said, stick.ids)


@rule(stage=Stage.CHECK, applies=("doses",), cites=CPT_JOINTS)
def place_not_understood(case: Case) -> Iterator[Finding]:
    """The code depends on the place, and the charted place does not tell it.

    Two joints can differ by one digit of the code. A guess would be a wrong claim, so the place is asked for.
    """
    billed = {i for c in case.of(Kind.ADMINISTRATION) for i in c.administrations}
    dropped = {i for w in case.withheld if w.charge for i in w.administrations}
    for stick in sticks_of(case.encounter, Family.JOINT, Family.CHEMODENERVATION):
        if not billed.intersection(stick.ids) and not dropped.intersection(stick.ids):
            asked = "joint" if stick.family is Family.JOINT else "body region"
            yield claim_gap(
                f"The {asked} that was injected is not clear",
                about=stick.ids,
                because=f'the chart says "{_site(stick)}"' if _site(stick) else f"no {asked} is charted",
                fix=f"Chart the {asked} by name",
                fields=("site",),
            )


@rule(stage=Stage.ADJUST, applies=("doses",), cites=PFS_BILATERAL)
def side_of_joint(case: Case) -> Iterator[Outcome]:
    """A procedure on one side of the body says which.

    Without the side the payer cannot tell a second knee from the same knee billed twice.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        if charge.code in _SIDED:
            sides = {known(d.side) for d in case.doses_of(charge)}
            mark = {"left": "LT", "right": "RT"}.get(next(iter(sides)) or "") if len(sides) == 1 else None
            if mark:
                yield Modifier(charge, mark, because=f"the {'left' if mark == 'LT' else 'right'} side")


@rule(stage=Stage.CHECK, applies=("route:ID", "route:wound-infiltration"), cites=CPT_SKIN)
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
