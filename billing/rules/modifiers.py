"""Modifiers: how a payer hears that two injections are two, and by which route a drug went in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise

from billing.case import Case
from billing.codes import ALLERGY_SHOTS, INJECTIONS
from billing.context import BilledLine
from billing.families import route_of
from billing.outcomes import Charge, Finding, Kind, Modifier, Outcome, Repeat, Severity, claim_gap, notice
from billing.practitioners import rendering
from billing.rules.acts import side_of
from billing.rules.rule import Stage, rule
from injections.facts import Administration, known

NCCI_59 = "NCCI Policy Manual ch. I; CMS modifier 59 article: distinct services only"
SAD_ROUTE = "MAC self-administered drug articles A53033, A52527: JA for a vein, JB under the skin"

#: codes that are added to a first one: several stand on one line with their number
_COUNTED = frozenset({"96367", "96375", "96411", "96417"})
#: what makes several acts of one visit: several doses, sticks, or drugs of one package
_REPEATS = ("several doses", "split", "needle_sticks", "two-injections")
#: modifiers that say at which side, finger or toe
_PLACES = frozenset({"LT", "RT", *(f"{limb}{place}" for limb in "FT" for place in "A123456789")})
#: administration codes that stand on the claim once for each act
_REPEATED = INJECTIONS | _COUNTED | frozenset("20550 20551 20600 20604 20605 20606 20610 20611 64405 64450".split())


@rule(stage=Stage.ADJUST, wants="repeat-injections", applies=_REPEATS, cites=NCCI_59)
def distinct_injections(case: Case) -> Iterator[Outcome]:
    """The second injection of a visit is told apart from the first.

    Each is a drug and a needle stick of its own; the payer says by which sign it wants to hear that.
    """
    acts = sorted((c for c in case.of(Kind.ADMINISTRATION) if c.code in _REPEATED), key=lambda c: c.code)
    for code, group in groupby(acts, key=lambda c: c.code):
        way = "units" if code in _COUNTED else str(case.wants("repeat-injections"))
        for same in _alike(case, sorted(group, key=case.charges.index)):
            if len(same) > 1:
                yield Repeat(same, way, because=f"{len(same)} separate acts with {code}")


@rule(stage=Stage.ADJUST, wants="repeat-injections", applies=("same_day",), cites=NCCI_59)
def beside_injection_billed_today(case: Case) -> Iterator[Outcome]:
    """An injection is told apart from one already billed that day.

    The other injection stands on another claim of the same day. Without a sign this one is read as its duplicate.
    """
    way = str(case.wants("repeat-injections"))
    for charge in case.of(Kind.ADMINISTRATION):
        same = [line for line in case.context.same_day if line.code == charge.code and charge.code in _REPEATED]
        before = [line for line in same if not _at_another_place(case, charge, line)]
        if before and way != "units":
            said = f"{charge.code} is already billed for that day"
            yield Modifier(charge, _by_whom(case, way, before), because=said)


def _at_another_place(case: Case, charge: Charge, line: BilledLine) -> bool:
    """Whether the sides or fingers on both lines already tell them apart."""
    mark = None if charge.code in INJECTIONS else side_of(case, charge)
    theirs = _PLACES.intersection(line.modifiers)
    return mark in _PLACES and bool(theirs) and mark not in theirs


def _by_whom(case: Case, way: str, before: list[BilledLine]) -> str:
    """The payer's way, in the form that says that another practitioner did the first."""
    who = rendering(case.encounter)
    others = {line.clinician for line in before if line.clinician} - {who.npi if who else None}
    if not others or who is None or not who.npi:
        return way
    return {"76": "77", "XE": "XP", "XS": "XP", "XU": "XP"}.get(way, way)


def _alike(case: Case, charges: list[Charge]) -> Iterator[tuple[Charge, ...]]:
    """Acts that nothing tells apart: left and right already tell two joints apart, and so do two fingers."""
    marks = {c.key: None if c.code in INJECTIONS else side_of(case, c) for c in charges}
    if None in marks.values():
        yield tuple(charges)
        return
    for mark in dict.fromkeys(marks.values()):
        yield tuple(c for c in charges if marks[c.key] == mark)


@rule(stage=Stage.ADJUST, applies=("allergen",), cites=NCCI_59)
def injection_beside_allergy_shot(case: Case) -> Iterator[Outcome]:
    """Another drug beside an allergy shot is told apart from it.

    The payer takes a second stick for a part of the allergy visit unless the claim says that it was another drug.
    """
    shots = tuple(c.key for c in case.of(Kind.ADMINISTRATION) if c.code in ALLERGY_SHOTS)
    for charge in case.of(Kind.ADMINISTRATION):
        if shots and charge.code in ("96372", "96401", "96402"):
            yield Modifier(charge, "XU", because="another drug than the allergen", beside=shots)


@rule(
    stage=Stage.ADJUST,
    wants="route-modifiers",
    applies=("route:IV", "route:IV-push", "route:IV-infusion", "route:SC"),
    cites=SAD_ROUTE,
)
def route_of_drug(case: Case) -> Iterator[Outcome]:
    """A drug with two routes, vein or skin, says which way it went.

    For the codes that the payer names, and for those that the contractor lists as self-given under the skin only.
    """
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        routes = {route_of(d) for d in case.doses_of(charge)}
        if not _says_route(case, charge):
            continue
        if routes <= {"IV", "IV-push", "IV-infusion"}:
            yield Modifier(charge, "JA", because="given into a vein")
        elif routes == {"SC"}:
            yield Modifier(charge, "JB", because="given under the skin")


def _says_route(case: Case, charge: Charge) -> bool:
    listed = case.wants("route-modifiers")
    row = case.reference.usually_self_given(charge.code, "SC", case.context.contractor)
    ways = {r.partition("-")[0] for d in case.doses_of(charge) if d.product for r in d.product.routes}
    both = row is not None and row.routes == {"SC"} and {"IV", "SC"} <= ways
    return both or (isinstance(listed, tuple) and charge.code in listed)


@rule(stage=Stage.ADJUST, wants="line-modifiers", applies=("doses",), cites="The payer's own list of modifiers")
def modifier_of_the_payer(case: Case) -> Iterator[Outcome]:
    """Some payers want a modifier of their own with a code, such as FP or KX.

    Only what the payer's list names is added: such modifiers state something, and nobody may state it by habit.
    """
    table = case.wants("line-modifiers")
    for charge in case.charges:
        code = table.get(charge.code) if isinstance(table, Mapping) else None
        if code:
            yield Modifier(charge, code, because=f"{case.context.payer.name} wants {code} with {charge.code}")


@rule(stage=Stage.CHECK, applies=("claimed_modifiers",), cites=NCCI_59)
def claimed_modifier_differs(case: Case) -> Iterator[Finding]:
    """A claimed modifier is not one that the chart supports.

    A modifier is a statement about what happened. What the chart does not show cannot be stated. JZ where the vial was
    used up is true at any payer: those that do not ask for it take it, and it holds up nothing.
    """
    for dose in case.doses:
        lines = [c for c in case.charges if dose.id in c.administrations]
        allowed = {m for c in lines for m in c.modifiers}
        for claimed in dose.claimed_modifiers:
            code = claimed.strip().upper()
            if lines and code == "JZ" and code not in allowed and _true_unasked(case, dose):
                yield notice(
                    "JZ is true, and this payer does not ask for it",
                    about=(dose.id,),
                    because=f"nothing is charted as thrown away; we know no rule of {case.context.payer.name} on JZ",
                    fix="Leave it out; or enter what this payer wants about the rest of a vial",
                    severity=Severity.INFO,
                    fields=("claimed_modifiers",),
                )
            elif lines and code not in allowed:
                yield claim_gap(
                    f"Modifier {code} was claimed, and the chart does not support it",
                    about=(dose.id,),
                    because=f"the chart leads to {', '.join(sorted(allowed)) or 'no modifier'}",
                    fix=f"Remove {code}, or correct the chart",
                    fields=("claimed_modifiers",),
                )


def _true_unasked(case: Case, dose: Administration) -> bool:
    """Whether nothing of a single-dose container is charted as thrown away, and the payer has no word on it."""
    thrown_away = known(dose.discarded)
    several_doses = dose.package is not None and dose.package.single_dose is False
    return not (case.wants("discard-modifiers") or several_doses or (thrown_away and thrown_away.amount))


@rule(stage=Stage.CHECK, applies=("claimed_modifiers",), cites="CARC 4: a required modifier is missing")
def claimed_modifier_missing(case: Case) -> Iterator[Finding]:
    """A modifier that the line needs was not among those claimed.

    The line is billed with it all the same. Whoever entered the codes should know why.
    """
    for charge in case.of(Kind.DRUG):
        for dose in case.doses_of(charge):
            claimed = {m.strip().upper() for m in dose.claimed_modifiers}
            missing = [m for m in charge.modifiers if m not in claimed]
            if claimed and missing:
                yield notice(
                    f"{charge.code} also needs {', '.join(missing)}; we added it",
                    about=(dose.id,),
                    because=f"claimed {', '.join(sorted(claimed))}",
                    fix="Bill the line as derived",
                    fields=("claimed_modifiers",),
                )


@rule(stage=Stage.CHECK, wants="repeat-injections", applies=("several doses",), cites=NCCI_59)
def distinctness_not_charted(case: Case) -> Iterator[Finding]:
    """Two injections of one drug need to be seen as two in the chart.

    Separate orders, or separate times or sites: a payer that asks for records looks for these.
    """
    acts = [c for c in case.of(Kind.ADMINISTRATION) if c.code == "96372"]
    for one, other in pairwise(acts):
        first, second = case.doses_of(one)[0], case.doses_of(other)[0]
        if first.id == second.id or first.called != second.called:
            continue
        same_site = known(first.site) == known(second.site) and known(first.side) == known(second.side)
        if same_site and known(first.given_at) == known(second.given_at):
            yield notice(
                f"Two injections of {first.called} look like one: same site, same time",
                about=(first.id, second.id),
                because="the chart does not tell them apart",
                fix="Chart site and time of each; if it was one dose divided for its volume, chart that",
                fields=("site", "given_at"),
            )
