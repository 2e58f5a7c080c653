"""Intravenous: a push and an infusion told apart by the clock. What is more than that belongs to infusion charging."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing.case import Case
from billing.families import Family, classes_of
from billing.outcomes import Finding, Outcome, Severity, Withheld, claim_gap, notice
from billing.rules.acts import PUSH_MINUTES, act, all_doses, later_hours, minutes_of, overridden
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from injections.facts import known

CPT_TIMES = "CPT, injections and infusions: a push lasts 15 minutes or less, an infusion more"
FIRST_SERVICE = "CPT, injections and infusions: in an office the first code is the main reason for the visit"
NCCI_96376 = "CMS MUE practitioner 2024-07: 96376 has 0 units outside facilities"
INTRAVENOUS = ("route:IV", "route:IV-push", "route:IV-infusion")
_FLUID = re.compile(
    r"saline|sodium chloride|\bnacl\b|^(0\.9 ?%? ?)?ns\b|ringer|^lr\b|dextrose 5|\bd5 ?(w|ns|1/2|lr)|plasma-?lyte", re.I
)
#: a drug named with the fluid that carries it
_DISSOLVED = re.compile(r"\w\s+in\s", re.I)
LEAST_HYDRATION = 31


def is_infusion(stick: Stick) -> bool:
    """By the clock where it is charted, else by the charted route."""
    minutes = minutes_of(stick)
    return stick.family is Family.IV_INFUSION if minutes is None else minutes > PUSH_MINUTES


def _intravenous(case: Case) -> tuple[Stick, ...]:
    """Pushes and infusions; a dose charted only as intravenous is told apart by the clock."""
    sticks = sticks_of(case.encounter, Family.IV_PUSH, Family.IV_INFUSION, Family.IV_UNSAID)
    return tuple(s for s in sticks if s.family is not Family.IV_UNSAID or minutes_of(s) is not None)


def _is_hydration(stick: Stick) -> bool:
    """Plain fluid without a drug in it."""
    names = [d.drug or d.called for d in stick.doses]
    return is_infusion(stick) and all(_FLUID.search(name) and not _DISSOLVED.search(name) for name in names)


def _is_complex(case: Case, stick: Stick) -> bool:
    """Anticancer drugs and highly complex biologics have codes of their own, where the payer's list has no other."""
    usual = any({"antineoplastic", "complex"} & classes_of(d) for d in stick.doses)
    leading = ("96413" if usual else "96365") if is_infusion(stick) else ("96409" if usual else "96374")
    return overridden(case, stick, leading) in ("96413", "96409")


def _first(case: Case) -> Stick | None:
    """The service with the first code: anticancer and complex drugs, then infusions, then pushes.

    The fluid has it only where the patient came for fluid.
    """
    drugs = [s for s in _intravenous(case) if not _is_hydration(s)]
    if _came_for_fluid(case) and not any(is_infusion(s) or _is_complex(case, s) for s in drugs):
        return next(s for s in _intravenous(case) if _is_hydration(s))
    return min(drugs, key=lambda s: (not _is_complex(case, s), not is_infusion(s)), default=None)


def _came_for_fluid(case: Case) -> bool:
    """Whether the reason of the visit names the fluid, and enough of it ran to be billed."""
    wanted = re.search(r"hydrat|\bfluids?\b|\bivf\b", case.encounter.reason or "", re.I)
    ran = ((minutes_of(s) or 0) >= LEAST_HYDRATION for s in _intravenous(case) if _is_hydration(s))
    return wanted is not None and any(ran)


def _same(stick: Stick, other: Stick | None) -> bool:
    return other is not None and stick.key == other.key


def _shared_minutes(one: Stick, other: Stick) -> int:
    """How long two of them ran side by side."""
    if minutes_of(one) is None or minutes_of(other) is None:
        return 0
    starts = [known(s.doses[0].given_at) for s in (one, other)]
    stops = [known(s.doses[0].stopped_at) for s in (one, other)]
    start, stop = max(t for t in starts if t), min(t for t in stops if t)
    return max(0, int((stop - start).total_seconds() // 60))


@rule(stage=Stage.DERIVE, applies=INTRAVENOUS, cites=CPT_TIMES)
def intravenous_push(case: Case) -> Iterator[Outcome]:
    """A push into a vein is billed with 96374, each further drug with 96375.

    Where something else was infused that day, the push is the further one. The same drug pushed again, or pushed and
    infused, is billed by facilities only (96376).
    """
    first = _first(case)
    infused = {s.called for s in _intravenous(case) if is_infusion(s)}
    seen = set(infused)
    for stick in _intravenous(case):
        if is_infusion(stick):
            continue
        if stick.called in seen:
            how = "was infused that day, and a push of the same drug beside it" if stick.called in infused else ""
            said = f"{stick.called} {how or 'was pushed again'}: only facilities bill that"
            yield Withheld("96376", said, stick.ids, source=NCCI_96376)
            continue
        seen.add(stick.called)
        leading, further = ("96409", "96411") if _is_complex(case, stick) else ("96374", "96375")
        yield act(case, stick, leading if _same(stick, first) else further, f"{stick.called} was pushed into a vein")


@rule(stage=Stage.DERIVE, applies=INTRAVENOUS, cites=CPT_TIMES)
def intravenous_infusion(case: Case) -> Iterator[Outcome]:
    """An infusion over 15 minutes: 96365, its later hours 96366.

    The clock alone tells an infusion from a push, so the start and the stop have to be charted. A further hour
    counts once it is more than half over. A further drug is 96367, and one that runs beside another is 96368, once.
    The same drug again is no further drug: its minutes are added to those that ran before.
    """
    first = _first(case)
    earlier: list[Stick] = [first] if first and is_infusion(first) else []
    concurrent = False
    for stick in _intravenous(case):
        if not is_infusion(stick) or _is_hydration(stick):
            continue
        minutes = minutes_of(stick)
        said = f"{stick.called} ran for {minutes} minutes" if minutes is not None else f"{stick.called} was infused"
        beside = next((s for s in earlier if not _same(s, stick) and _shared_minutes(s, stick)), None)
        if beside and not _same(stick, first) and not _is_complex(case, stick):
            yield _side_by_side(case, stick, beside, concurrent)
            concurrent = True
            continue
        leading, further, hourly = (
            ("96413", "96417", "96415") if _is_complex(case, stick) else ("96365", "96367", "96366")
        )
        if before := _before(case, stick):
            yield from _again(case, before, stick, (leading, further, hourly))
            continue
        yield act(case, stick, leading if _same(stick, first) else further, said)
        hours = later_hours(minutes)
        if hours:
            yield act(case, stick, hourly, said, part=1, units=hours)
        earlier.append(stick)


def _before(case: Case, stick: Stick) -> list[Stick]:
    """Infusions of the same drug that stand before this one."""
    alike = [s for s in _intravenous(case) if is_infusion(s) and s.called == stick.called]
    return alike[: alike.index(stick)]


def _again(case: Case, before: list[Stick], stick: Stick, codes: tuple[str, str, str]) -> Iterator[Outcome]:
    """The same drug infused later that day; only a return of the patient or a second access begins anew."""
    first, further, hourly = codes
    ran = sum(minutes_of(s) or 0 for s in before)
    total = ran + (minutes_of(stick) or 0)
    said = f"{stick.called} was infused again, {total} minutes of the day in all"
    hours = later_hours(total) - later_hours(ran)
    if hours:
        yield act(case, stick, hourly, said, part=1, units=hours)
    anew = f"a second {first} with 59 needs a return of the patient, or a second access, in the record"
    yield Withheld(further, f"{said}: {further} is for another drug, and {anew}", stick.ids)


def _side_by_side(case: Case, stick: Stick, beside: Stick, already: bool) -> Outcome:
    """An infusion that ran while another did has one code of its own, once a visit and whatever the minutes."""
    said = f"{stick.called} ran beside {beside.called} for {_shared_minutes(stick, beside)} minutes"
    if already:
        return Withheld("96368", f"{said}: 96368 is billed once a visit", stick.ids)
    return act(case, stick, "96368", said)


@rule(stage=Stage.DERIVE, applies=INTRAVENOUS, cites="CPT 96360, 96361: hydration of 31 minutes or more")
def hydration(case: Case) -> Iterator[Outcome]:
    """Plain fluid is hydration: 96360 from 31 minutes, then 96361.

    Beside a drug by push or infusion the drug has the first code, and hydration counts its hours with 96361; where the
    patient came for fluid and drugs were pushed beside it, 96360 is first. Minutes in which a drug ran beside the fluid
    do not count, and the minutes of several bags are added.
    """
    fluids = [s for s in _intravenous(case) if _is_hydration(s)]
    timed = [s for s in fluids if minutes_of(s) is not None]
    for stick in fluids:
        if stick not in timed:
            said = f"{stick.called} ran for a time that is not charted; hydration counts from 31 minutes"
            yield Withheld("96360", said, stick.ids)
    if not timed:
        return
    minutes, said = _fluid_minutes(case, timed)
    if minutes < LEAST_HYDRATION:
        ids = tuple(i for s in timed for i in s.ids)
        yield Withheld("96360", f"{said}; hydration counts from 31 minutes", ids)
        return
    hours, after_drug = later_hours(minutes), len(_intravenous(case)) > len(fluids) and not _is_first(case, fluids)
    if not after_drug:
        yield all_doses(case, act(case, timed[0], "96360", said), timed)
    if hours or after_drug:
        charge = act(case, timed[0], "96361", said, part=0 if after_drug else 1, units=hours + after_drug)
        yield all_doses(case, charge, timed)


def _is_first(case: Case, fluids: list[Stick]) -> bool:
    return any(_same(s, _first(case)) for s in fluids)


def _fluid_minutes(case: Case, fluids: list[Stick]) -> tuple[int, str]:
    """How long fluid ran without a drug beside it, each minute once, and the words for it."""
    drugs = [s for s in _intravenous(case) if not _is_hydration(s)]
    ran = carried = 0
    for place, stick in enumerate(fluids):
        ran += (minutes_of(stick) or 0) - sum(_shared_minutes(stick, s) for s in fluids[:place])
        carried += sum(_shared_minutes(stick, s) for s in drugs)
    bags = f" in {len(fluids)} bags" if len(fluids) > 1 else ""
    names = " and ".join(dict.fromkeys(s.called for s in fluids))
    said = f"{names} ran for {ran} minutes{bags}" + (f", {carried} of them beside a drug" if carried else "")
    return ran - carried, said


@rule(stage=Stage.CHECK, applies=INTRAVENOUS, cites=FIRST_SERVICE)
def which_service_is_first(case: Case) -> Iterator[Finding]:
    """Of several services into a vein only one has the first code.

    In an office the main reason for the visit has it. We took the anticancer or complex drug, else the infusion, else
    the first push, and the plain fluid only where the reason of the visit names it; a second first code needs a second
    line into the vein.
    """
    first = _first(case)
    others = [s for s in _intravenous(case) if not _same(s, first) and not _is_hydration(s)]
    kinds = {(is_infusion(s), _is_complex(case, s)) for s in (*others, *([first] if first else ()))}
    fluids = [s for s in _intravenous(case) if _is_hydration(s) and (minutes_of(s) or 0) >= LEAST_HYDRATION]
    if first is None or _is_hydration(first) or not (fluids or (others and len(kinds) > 1)):
        return
    drugs = f"{len(others) + 1} drugs" if others else "a drug"
    yield notice(
        f"{first.called} has the first code of the visit",
        about=first.ids,
        because=f"{drugs}{' and fluid' if fluids else ''} went into a vein: one access to the vein has one first code",
        fix="Confirm that it was the main reason for the visit" + ("; if the fluid was, 96360 is first" * bool(fluids)),
        severity=Severity.INFO,
    )


@rule(stage=Stage.CHECK, applies=INTRAVENOUS, cites=CPT_TIMES)
def minutes_contradict_route(case: Case) -> Iterator[Finding]:
    """The charted minutes do not fit the charted route.

    Fifteen minutes or less is a push, whatever it is called, and so it is billed. A push that took longer is a
    contradiction: one of the two facts is mistyped.
    """
    for stick in _intravenous(case):
        minutes = minutes_of(stick)
        short = f"a push takes {PUSH_MINUTES} minutes or less"
        if minutes is None:
            continue
        if stick.family is Family.IV_PUSH and is_infusion(stick):
            yield claim_gap(
                f"Charted as a push, but it took {minutes} minutes",
                about=stick.ids,
                because=short,
                fix="Correct the route or the times",
                fields=("route", "stopped_at"),
            )
        elif stick.family is Family.IV_INFUSION and not is_infusion(stick):
            said = f"An infusion of {minutes} minutes is billed as a push"
            yield notice(said, about=stick.ids, because=short, fix="Correct the times if it ran longer")
