"""Chemodenervation: botulinum toxin, by the region treated. At the edge of what we do: a coder should confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from billing.anatomy import ONE_SIDED_TOXIN, limb_codes, toxin_region
from billing.case import Case
from billing.families import Family
from billing.outcomes import Charge, Outcome
from billing.rules.acts import act, all_doses, many, place_of, sites_of
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from injections.facts import known

CPT_TOXIN = "CPT 64611-64653, 52287: chemodenervation by region, limbs and trunk by muscles (confirm)"


@rule(stage=Stage.DERIVE, applies=("chemodenervation", "route:intradetrusor"), cites=CPT_TOXIN)
def treated_region(case: Case) -> Iterator[Outcome]:
    """A botulinum toxin treatment is billed by the body region.

    What is paid is treating a region such as face, neck or limb. The number of sticks does not matter; in a limb and
    in the trunk the number of muscles does.
    """
    regions: dict[tuple[str, str | None], list[Stick]] = {}
    for stick in sticks_of(case.encounter, Family.CHEMODENERVATION):
        region = toxin_region(_told(case, stick))
        if region is not None:
            side = known(stick.doses[0].side) if region in ONE_SIDED_TOXIN else None
            regions.setdefault((region, side), []).append(stick)
    for (region, _), sticks in regions.items():
        if region == "64642":
            yield from _limbs(case, sticks)
            continue
        code = "64647" if region == "64646" and _muscles(sticks) >= 6 else region
        yield all_doses(case, act(case, sticks[0], code, f"{sticks[0].called}: {_told(case, sticks[0])}"), sticks)


def _told(case: Case, stick: Stick) -> str:
    """Where and for what, as it is charted: the words by which a region is known."""
    reasons = (sites_of(stick), *(d.indication or "" for d in stick.doses), *stick.diagnoses(case.encounter))
    return ", ".join(r for r in reasons if r)


def _muscles(sticks: Iterable[Stick]) -> int:
    """How many muscles were treated: as charted, else one for each dose."""
    return sum(max(d.muscles or 1 for d in s.doses) for s in sticks)


def _limbs(case: Case, sticks: list[Stick]) -> Iterator[Charge]:
    """One code for each limb by its muscles: the limb with most has the first code, the others are added to it."""
    limbs: dict[tuple[str, str | None], list[Stick]] = {}
    for stick in sticks:
        limbs.setdefault((sites_of(stick), known(stick.doses[0].side)), []).append(stick)
    ordered = sorted(limbs.values(), key=lambda limb: (-_muscles(limb), limb[0].key))
    codes = limb_codes(tuple(_muscles(limb) for limb in ordered))
    for code, limb in zip(codes, ordered, strict=True):
        said = f"{limb[0].called}: {many(_muscles(limb), 'muscle')} of the {place_of(limb[0]) or 'limb'}"
        yield all_doses(case, act(case, limb[0], code, said), limb)
