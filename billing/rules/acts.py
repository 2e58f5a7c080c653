"""The line for one act of giving, and the visit beside it: words that several chapters share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

from billing.anatomy import body_part, side_mark
from billing.case import Case
from billing.codes import (
    ADMINISTRATION,
    MEDICARE_VACCINE_ADMINISTRATION,
    NURSE_VISIT,
    PREVENTIVE_VISITS,
    VACCINE_ADMINISTRATION,
    is_visit,
)
from billing.outcomes import Charge, Kind
from billing.sticks import Stick
from injections.facts import known
from injections.sites import parse_side, parse_site, site_words

#: first codes of a push and of an infusion, plain and complex
_INTO_VEINS = frozenset({"96365", "96374", "96409", "96413"})
#: a push lasts so long or less; a later hour of an infusion counts when more than its half has run
PUSH_MINUTES, FIRST_HOUR, LATE_HALF = 15, 90, 60


def act(case: Case, stick: Stick, code: str, because: str, part: int = 0, units: int = 1) -> Charge:
    """The line for one act of giving."""
    return Charge(
        key=f"act:{stick.key}:{part}",
        code=code,
        units=units,
        kind=Kind.ADMINISTRATION,
        administrations=stick.ids,
        diagnoses=stick.diagnoses(case.encounter),
        because=because,
    )


def many(count: int, what: str) -> str:
    """ "1 vaccine", "2 vaccines"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def sites_of(stick: Stick) -> str:
    """The places of its doses in the words of the chart."""
    return " ".join(filter(None, (known(d.site) for d in stick.doses)))


def place_of(stick: Stick) -> str:
    """ "right knee", as it is charted; empty where no place is."""
    site = known(stick.doses[0].site) or sites_of(stick)
    side = known(stick.doses[0].side)
    told = parse_site(site) is None and parse_side(site) is not None
    return site_words(site, None if told else side) if site else ""


def all_doses(case: Case, charge: Charge, sticks: Sequence[Stick]) -> Charge:
    """One line for all of these acts."""
    diagnoses = tuple(dict.fromkeys(d for s in sticks for d in s.diagnoses(case.encounter)))
    return replace(charge, administrations=tuple(i for s in sticks for i in s.ids), diagnoses=diagnoses)


def side_of(case: Case, charge: Charge) -> str | None:
    """The modifier for the side of a procedure, where all of its doses went into one."""
    marks = {side_mark(charge.code, known(d.site) or "", known(d.side)) for d in case.doses_of(charge)}
    return next(iter(marks)) if len(marks) == 1 else None


def both_sides_of(case: Case, charge: Charge) -> tuple[Charge, ...]:
    """The procedures with this code at this part of the body, on either side of it."""
    part = _parts_of(case, charge)
    same = (c for c in case.of(Kind.ADMINISTRATION) if c.code == charge.code)
    return tuple(c for c in same if _parts_of(case, c) == part)


def _parts_of(case: Case, charge: Charge) -> set[str]:
    return {body_part(known(d.site) or "") for d in case.doses_of(charge)}


def bills_both_sides(case: Case, charge: Charge) -> bool:
    """Whether left and right of this procedure stand on one line: as the payer has it, or its limit of a day."""
    pair = both_sides_of(case, charge)
    if len(pair) != 2 or {side_of(case, c) for c in pair} != {"LT", "RT"}:
        return False
    limit = case.reference.limit(charge.code) if case.wants("mue") else None
    return case.wants("both-sides") == "50" or (limit is not None and limit.units == 1)


def overridden(case: Case, stick: Stick, code: str) -> str:
    """The code that this payer wants for the act of giving this drug, where it has a list of its own.

    A list speaks for one way of giving: its code for an infusion is none for an injection of the same drug.
    """
    table = case.wants("administration-codes")
    if not isinstance(table, Mapping):
        return code
    codes = {c.code for d in stick.doses if d.product for c in d.product.codings_on(case.day)}
    wanted = (str(table[c]) for c in sorted(codes) if c in table)
    return next((w for w in wanted if (w in _INTO_VEINS) is (code in _INTO_VEINS)), code)


def acts_beside(case: Case, visit: str) -> tuple[str, ...]:
    """The acts that make a visit say that it stands for itself."""
    acts = [c for c in case.charges if c.kind in (Kind.ADMINISTRATION, Kind.SERVICE) and not is_visit(c.code)]
    return tuple(c.key for c in acts if _needs_25(case, visit, c.code))


def preventive_beside(case: Case, visit: str) -> tuple[str, ...]:
    """The preventive visits beside a visit for a problem, which then says that it stands for itself."""
    problem = visit not in PREVENTIVE_VISITS and visit != NURSE_VISIT
    return tuple(c.key for c in case.of(Kind.SERVICE) if problem and c.code in PREVENTIVE_VISITS)


def acts_elsewhere(case: Case, visit: str) -> tuple[str, ...]:
    """Acts of the day on another claim that make the visit say so."""
    return tuple(n.code for n in case.context.same_day if not is_visit(n.code) and _needs_25(case, visit, n.code))


def _needs_25(case: Case, visit: str, act: str) -> bool:
    if act in MEDICARE_VACCINE_ADMINISTRATION and visit != NURSE_VISIT:
        return case.wants("vaccine-administration") != "medicare"
    if visit in PREVENTIVE_VISITS and act not in VACCINE_ADMINISTRATION:
        return bool(case.wants("preventive-25")) or _paired(case, act, visit)
    return act in ADMINISTRATION or _paired(case, act, visit) or _is_procedure(act)


def _is_procedure(code: str) -> bool:
    return code.isdigit() and ("10004" <= code <= "69990")


def _paired(case: Case, act: str, visit: str) -> bool:
    edit = case.reference.pair(act, visit)
    return edit is not None and edit.modifier_allowed


def minutes_of(stick: Stick) -> int | None:
    """How long it ran, where start and stop are charted and the stop is not before the start."""
    start, stop = known(stick.doses[0].given_at), known(stick.doses[0].stopped_at)
    if start is None or stop is None or stop < start:
        return None
    return int((stop - start).total_seconds() // 60)


def later_hours(minutes: int | None) -> int:
    """Hours after the first; one counts when more than its half has run."""
    return ceil((minutes - FIRST_HOUR) / LATE_HALF) if minutes is not None and minutes > FIRST_HOUR else 0
