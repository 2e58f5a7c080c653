"""Bundling: what is not paid side by side on one day, over everything the practice bills for the patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from billing.case import DISTINCT, Case
from billing.codes import IMAGING_INSIDE, is_visit
from billing.outcomes import Charge, Finding, Kind, Modifier, Outcome, Owner, Until, Withheld, claim_gap, notice
from billing.rules.acts import side_of
from billing.rules.rule import Stage, rule
from injections.days import MONTHS

NCCI = "NCCI procedure-to-procedure edits, practitioner, 2024 Q3"
#: codes that hold their drug, or that follow another act of the same dose
ADD_ONS = frozenset({"86580", "96366", "96415", "90461", "99211"})
#: modifiers that part a pair of codes where one may
PARTING = DISTINCT | frozenset("24 25 27 50 57 58 78 79 91 LT RT FA TA E1 E2 E3 E4".split())
PARTING |= frozenset({f"F{n}" for n in range(1, 10)} | {f"T{n}" for n in range(1, 10)})
MUE = "CMS Medically Unlikely Edits, practitioner, 2024 Q3"


def _acts(case: Case) -> tuple[Charge, ...]:
    """Lines that pair edits look at: services and acts, not drugs."""
    return case.of(Kind.SERVICE, Kind.ADMINISTRATION)


def _others(case: Case, charge: Charge) -> Iterator[tuple[str, str | None]]:
    """Every other code of the day with the key of its line; a line billed elsewhere has none."""
    for other in _acts(case):
        if other.key != charge.key:
            yield other.code, other.key
    for line in case.context.same_day:
        yield line.code, None


@rule(stage=Stage.ADJUST, wants="ncci", applies=("several doses", "services", "same_day"), cites=NCCI)
def never_together(case: Case) -> Iterator[Outcome]:
    """Two codes that no modifier can part: only the first is billed.

    The payer reads the second code as a part of the first and denies it. A modifier would not change that. Imaging that
    a guided injection holds by its own definition is such a code.
    """
    for charge in _acts(case):
        for code, key in _others(case, charge):
            edit = case.reference.pair(code, charge.code)
            held = charge.code in IMAGING_INSIDE.get(code, ()) and not DISTINCT & set(charge.modifiers)
            never = held or (edit is not None and not edit.modifier_allowed)
            if never and not _same_dose(case, charge, key):
                said = f"{charge.code} is included in {code}; no modifier parts them"
                yield Withheld(charge.code, said, charge.administrations, charge, beside=(key,) if key else ())


def _same_dose(case: Case, charge: Charge, key: str | None) -> bool:
    """Two codes derived from one dose never meet here."""
    other = next((c for c in case.charges if c.key == key), None)
    return other is not None and bool(set(other.administrations) & set(charge.administrations))


@rule(stage=Stage.ADJUST, wants="ncci", applies=("several doses", "services", "same_day"), cites=NCCI)
def parted_by_modifier(case: Case) -> Iterator[Outcome]:
    """Another drug at another place is told apart from the procedure.

    The pair of codes looks like one act billed twice. A dose of its own, by a stick of its own, is two acts, and
    the modifier says so.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        if is_visit(charge.code):
            continue
        for code, key in _others(case, charge):
            edit = case.reference.pair(code, charge.code)
            if edit is None or not edit.modifier_allowed or _told_apart_by_side(case, charge, key):
                continue
            if _is_distinct(case, charge, key):
                said = f"{charge.code} is another drug by another stick than {code}"
                yield Modifier(charge, "XU", because=said, beside=(key,) if key else ())


def _told_apart_by_side(case: Case, charge: Charge, key: str | None) -> bool:
    """The sides of two procedures say already that they are two: 59 is for what nothing closer tells apart."""
    other = next((c for c in case.charges if c.key == key), None)
    sides = {side_of(case, charge), side_of(case, other)} if other is not None else set()
    return None not in sides and "50" not in sides and len(sides) == 2


def _is_distinct(case: Case, charge: Charge, key: str | None) -> bool:
    """A charted dose of its own is another act than a service or another dose."""
    return bool(charge.administrations) and not _same_dose(case, charge, key)


@rule(stage=Stage.ADJUST, wants="ncci", applies=("services",), cites=NCCI)
def service_beside_injection(case: Case) -> Iterator[Outcome]:
    """A procedure that the injection would swallow is told apart.

    Without the modifier the payer takes the procedure for a part of the injection and does not pay for it.
    """
    for charge in case.of(Kind.SERVICE):
        for code, key in _others(case, charge):
            edit = case.reference.pair(code, charge.code)
            if edit is not None and edit.modifier_allowed and not is_visit(charge.code) and not is_visit(code):
                yield Modifier(charge, "XU", because=f"separate from {code}", beside=(key,) if key else ())


@rule(stage=Stage.CHECK, wants="ncci", applies=("same_day",), cites=NCCI)
def earlier_claim_to_correct(case: Case) -> Iterator[Finding]:
    """A line on another claim of the day must be corrected.

    The pair of codes is judged over everything billed for the patient and date, whichever claim came first.
    """
    for line in case.context.same_day:
        for charge in _acts(case):
            edit = case.reference.pair(charge.code, line.code)
            if edit is None or (edit.modifier_allowed and PARTING & set(line.modifiers)):
                continue
            if not edit.modifier_allowed:
                yield claim_gap(
                    f"{line.code} on another claim of the day is included in {charge.code}",
                    about=charge.administrations,
                    because=f"{line.code} and {charge.code} are never paid together, and no modifier parts them",
                    fix=f"Take {line.code} back from the other claim",
                    fields=("same_day",),
                )
            else:
                yield notice(
                    f"{line.code} on another claim of the day needs a modifier beside {charge.code}",
                    about=charge.administrations,
                    because=f"{line.code} stands there without one, and reads as a part of {charge.code}",
                    fix=f"Correct the other claim: {'25' if is_visit(line.code) else '59'}, if the two were separate",
                    fields=("same_day",),
                )


@rule(stage=Stage.CHECK, wants="mue", applies=("doses", "services"), cites=MUE)
def more_units_than_expected(case: Case) -> Iterator[Finding]:
    """More units of a code than Medicare expects for one patient and day.

    Some limits are policy and final, others can be appealed with records; a limit of a line allows a further line.
    """
    for code in sorted({c.code for c in case.charges}):
        lines = [c for c in case.charges if c.code == code]
        limit = case.reference.limit(code)
        if limit is None:
            continue
        elsewhere = sum(line.units for line in case.context.same_day if line.code == code)
        by_line = max(c.units for c in lines)
        billed = by_line if limit.indicator == 1 else sum(c.units for c in lines) + elsewhere
        if billed > limit.units:
            about = tuple(dict.fromkeys(i for c in lines for i in c.administrations))
            fields = ("dose" if about else "services", *(("same_day",) if elsewhere else ()))
            found = _over(code, about, f"{billed} billed, limit {limit.units}{_as_of(case)}", limit.indicator)
            yield replace(found, fields=fields)


def _as_of(case: Case) -> str:
    """The quarter of the table, as a month."""
    period = case.reference.period("mue")
    return f" (as of {MONTHS[period.since.month - 1]} {period.since.year})" if period else ""


def _over(code: str, about: tuple[str, ...], because: str, indicator: int) -> Finding:
    if indicator == 2:
        said, fix = f"More {code} than the policy limit of a day", "Check the units; no appeal moves this limit"
        return claim_gap(said, about=about, because=because, fix=fix)
    if indicator == 1:
        said, fix = f"More {code} than Medicare takes on one line", "Spread the units over lines told apart by 59 or 76"
        return notice(said, about=about, because=because, fix=fix)
    said = f"More {code} than Medicare expects in a day"
    return notice(said, about=about, because=because, fix="Check dose and units; keep the records for an appeal")


@rule(stage=Stage.CHECK, applies=("same_day",), cites="Payers' duplicate-claim edits (CARC 18)")
def already_billed_today(case: Case) -> Iterator[Finding]:
    """A line like this is already billed for the patient and date.

    Two like lines on one day read as a duplicate and the second is denied. If it truly was another dose, the claim
    has to say so.
    """
    for charge in case.of(Kind.ADMINISTRATION, Kind.DRUG):
        for line in case.context.same_day:
            if line.code == charge.code and not set(charge.modifiers) - set(line.modifiers) - {"JZ"}:
                yield claim_gap(
                    f"{charge.code} is already billed for this patient and date",
                    about=charge.administrations,
                    because=f"{line.units} x {line.code} stands on another claim",
                    fix="Make sure that it is another dose, and tell the two apart",
                    fields=("same_day",),
                )


@rule(stage=Stage.CHECK, applies=("doses",), cites="CARC 107: an act needs its drug, a drug its act")
def drug_without_act(case: Case) -> Iterator[Finding]:
    """The drug is billed without the act of giving it, and nothing says why.

    A payer that sees a drug and no act asks who gave it. Most often the route or the place is not charted.
    """
    accounted = {i for c in case.of(Kind.ADMINISTRATION) for i in c.administrations}
    accounted.update(i for w in case.withheld for i in w.administrations)
    for charge in case.of(Kind.DRUG):
        if accounted.isdisjoint(charge.administrations):
            yield notice(
                f"{charge.code} stands without the act of giving it",
                about=charge.administrations,
                because="no route or place leads to a code for the act",
                fix="Chart how it was given",
                fields=("route",),
            )


@rule(stage=Stage.CHECK, applies=("doses",), cites="CARC 107: an act needs its drug, a drug its act")
def act_without_drug(case: Case) -> Iterator[Finding]:
    """The act is billed without the drug, and nothing says why.

    A payer denies an act that gave nothing. Either the drug's line is missing, or the claim has to say whose drug
    it was.
    """
    explained = {i for w in case.withheld for i in w.administrations if w.what not in ("96372", "administration")}
    with_drug = {i for c in case.of(Kind.DRUG) for i in c.administrations}
    for charge in case.of(Kind.ADMINISTRATION):
        alone = with_drug.isdisjoint(charge.administrations) and explained.isdisjoint(charge.administrations)
        if not alone or charge.code in ADD_ONS:
            continue
        asked = {i for f in case.findings for i in f.administrations if f.blocks != "nothing"}
        named = all(d.product is not None for d in case.doses_of(charge))
        if named and asked.isdisjoint(charge.administrations):
            yield notice(
                f"{charge.code} stands without a drug",
                about=charge.administrations,
                because="payers deny an act without the drug it gave",
                fix="Find the drug's line, or say whose drug it was",
                owner=Owner.BILLER,
                until=Until.FILING,
            )
