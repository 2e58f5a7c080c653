"""Spine: what went beside the cord, through a foramen or into a facet joint. A coder should confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing.anatomy import body_part, is_facet, spine_region
from billing.case import Case
from billing.families import Family, classes_of
from billing.outcomes import Finding, Kind, Outcome, Owner, Until, claim_gap
from billing.rules.acts import act, sites_of
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from injections.facts import known

CPT_EPIDURAL = "CPT 62320-62323, 96450 (confirm)"
CPT_FORAMEN = "CPT 64479-64484: through the foramen, with fluoroscopy or CT (RevMedi, pain management coding)"
CPT_FACET = "CPT 64490-64495, 0213T-0218T; 20552 without imaging (Becker's ASC; Coding Ahead, 64493)"
#: the first level, and the code that is added for each further one
_FORAMEN = {"upper": ("64479", "64480"), "lower": ("64483", "64484")}
#: the first level, the second, and the code that stands once for all further ones
_FACET = {
    "imaged": {"upper": ("64490", "64491", "64492"), "lower": ("64493", "64494", "64495")},
    "ultrasound": {"upper": ("0213T", "0214T", "0215T"), "lower": ("0216T", "0217T", "0218T")},
}
_WITHOUT_IMAGING = "Chart fluoroscopy or CT; a facet joint that was reached without imaging is 20552"
_FORAMINAL = re.compile(r"transforamin|\btfesi\b|foramen|selective nerve root", re.I)


def _told(stick: Stick) -> str:
    return " ".join((sites_of(stick), *(d.technique or "" for d in stick.doses)))


def _imaging(stick: Stick) -> str | None:
    """``imaged`` by fluoroscopy or CT, or ``ultrasound``; ``None`` where the chart names no imaging."""
    words = " ".join(d.guidance or "" for d in stick.doses).casefold().strip()
    if not words:
        return None
    return "ultrasound" if "ultraso" in words or "sono" in words or words in ("us", "u/s") else "imaged"


def _place(stick: Stick) -> str:
    """The level as it is charted, with its side."""
    side = known(stick.doses[0].side)
    return f"{sites_of(stick)}, {side}" if side else sites_of(stick)


def _is_foraminal(stick: Stick) -> bool:
    return _FORAMINAL.search(_told(stick)) is not None


def _facets(case: Case) -> tuple[Stick, ...]:
    """Into the facet joints, or at the branches of nerves that serve them."""
    return tuple(s for s in sticks_of(case.encounter, Family.JOINT, Family.PERINEURAL) if is_facet(sites_of(s)))


def _level(sticks: tuple[Stick, ...], stick: Stick) -> int:
    """The place of its level among those treated, from 0: left and right of one vertebra are one level."""
    levels = list(dict.fromkeys(body_part(sites_of(s)) for s in sticks))
    return levels.index(body_part(sites_of(stick)))


@rule(stage=Stage.DERIVE, applies=("SPINE",), cites=CPT_EPIDURAL)
def epidural_injection(case: Case) -> Iterator[Outcome]:
    """An injection beside the spinal cord is billed by its region and its imaging.

    62320 and 62321 for neck and chest, 62322 and 62323 for the lower back: the second of each with imaging. An
    anticancer drug into the spinal fluid is 96450.
    """
    for stick in sticks_of(case.encounter, Family.SPINE):
        if _is_foraminal(stick):
            continue
        cancer = any("antineoplastic" in classes_of(d) for d in stick.doses)
        plain, imaged = ("62320", "62321") if spine_region(sites_of(stick)) == "upper" else ("62322", "62323")
        code = imaged if any(d.guidance for d in stick.doses) else plain
        yield act(case, stick, "96450" if cancer else code, f"{stick.called}, {stick.where}")


@rule(stage=Stage.DERIVE, applies=("SPINE",), cites=CPT_FORAMEN)
def transforaminal_injection(case: Case) -> Iterator[Outcome]:
    """An injection through a foramen has codes of its own.

    64479 for neck and chest, 64483 for the lower back; each further level is added with 64480 or 64484, and each side
    is told. The imaging is inside, and without it there is no such code.
    """
    sticks = tuple(s for s in sticks_of(case.encounter, Family.SPINE) if _is_foraminal(s))
    for stick in sticks:
        region = spine_region(sites_of(stick))
        if region and _imaging(stick) == "imaged":
            code = _FORAMEN[region][min(_level(sticks, stick), 1)]
            yield act(case, stick, code, f"{stick.called} through the foramen at {_place(stick)}, with imaging")


@rule(stage=Stage.DERIVE, applies=("JOINT", "PERINEURAL"), cites=CPT_FACET)
def facet_joint(case: Case) -> Iterator[Outcome]:
    """A facet joint of the spine is no joint of 20600 to 20611.

    With fluoroscopy or CT it is 64490 in neck and chest and 64493 in the lower back, each with codes for further
    levels; under ultrasound it is 0213T or 0216T. Without imaging neither can be billed.
    """
    sticks = _facets(case)
    for stick in sticks:
        region, imaging = spine_region(sites_of(stick)), _imaging(stick)
        if region and imaging:
            code = _FACET[imaging][region][min(_level(sticks, stick), 2)]
            said = "under ultrasound" if imaging == "ultrasound" else "with imaging"
            yield act(case, stick, code, f"{stick.called}, {_place(stick)}, {said}")


@rule(stage=Stage.CHECK, applies=("SPINE", "JOINT", "PERINEURAL"), cites=f"{CPT_FORAMEN}; {CPT_FACET}")
def level_or_imaging_not_charted(case: Case) -> Iterator[Finding]:
    """A foramen or a facet joint has no code without its level and its imaging.

    The codes name the region of the spine and hold the imaging. A chart that leaves one of them out proves another
    procedure.
    """
    billed = {i for c in case.of(Kind.ADMINISTRATION) for i in c.administrations}
    dropped = {i for w in case.withheld if w.charge for i in w.administrations}
    foramina = (s for s in sticks_of(case.encounter, Family.SPINE) if _is_foraminal(s))
    for stick in (*foramina, *_facets(case)):
        if not (billed | dropped).intersection(stick.ids):
            level = spine_region(sites_of(stick)) is not None
            yield claim_gap(
                "The imaging of the spine is not charted" if level else "The level of the spine is not charted",
                about=stick.ids,
                because=f'the chart says "{_told(stick).strip()}"',
                fix=_WITHOUT_IMAGING if level else "Chart the level, such as L4-L5",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("guidance" if level else "site",),
            )
