"""Contradictions: charted facts of one act that cannot be true together, so that nothing is guessed from them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from billing.case import Case
from billing.families import route_of
from billing.outcomes import Finding, chart_gap
from billing.rules.rule import Stage, rule
from injections.facts import Administration, known
from injections.sites import same_site, site_words

ONE_STICK = "One needle stick is one act: CPT Assistant 9/2007 (confirm)"


@rule(stage=Stage.CHECK, applies=("split",), cites=ONE_STICK)
def number_of_sticks(case: Case) -> Iterator[Finding]:
    """The chart gives different numbers of needle sticks for one dose.

    Some payers pay by the stick, so the number has to be one.
    """
    for dose in case.doses:
        said = {
            "needle sticks": dose.needle_sticks if dose.needle_sticks > 1 else None,
            "parts": dose.split.parts if dose.split else None,
            "places": len(dose.split.sites) or None if dose.split else None,
        }
        told = {words: number for words, number in said.items() if number is not None}
        if len(set(told.values())) > 1:
            yield chart_gap(
                f"How often the needle went in for {dose.called} is contradictory",
                about=(dose.id,),
                because="the chart says " + ", ".join(f"{number} {words}" for words, number in told.items()),
                fix="Correct the number of needle sticks",
                fields=("needle_sticks", "split.parts"),
            )


@rule(stage=Stage.CHECK, applies=("several doses",), cites=ONE_STICK)
def one_syringe_at_two_places(case: Case) -> Iterator[Finding]:
    """Two drugs are charted as one syringe and at two places or by two routes.

    What is in one syringe goes in with one stick. If there were two sticks, there were two syringes.
    """
    shared = sorted((d for d in case.doses if d.syringe), key=lambda d: d.syringe or "")
    for _, group in groupby(shared, key=lambda d: d.syringe):
        first, *others = group
        for other in others:
            if _apart(first, other):
                yield chart_gap(
                    "One syringe is charted at two places",
                    about=(first.id, other.id),
                    because=f"{_where(first)} and {_where(other)}",
                    fix="Correct the place, or chart two syringes",
                    fields=("syringe", "site", "route"),
                )


def _apart(one: Administration, other: Administration) -> bool:
    routes = {route_of(one), route_of(other)} - {None}
    first, second = known(one.site), known(other.site)
    sides = {known(one.side), known(other.side)} - {None}
    return len(routes) > 1 or len(sides) > 1 or bool(first and second and not same_site(first, second))


def _where(dose: Administration) -> str:
    site = known(dose.site)
    place = site_words(site, known(dose.side)) if site else "no place charted"
    return f"{dose.called} {route_of(dose) or 'by no charted route'}, {place}"


@rule(stage=Stage.CHECK, applies=("muscles", "lesions"), cites=ONE_STICK)
def nothing_treated(case: Case) -> Iterator[Finding]:
    """A dose was given, and the chart counts no muscle or no lesion.

    Zero is a number that somebody charted. With a dose in the patient it cannot be right.
    """
    for dose in case.doses:
        for words, number in (("muscles", dose.muscles), ("lesions", dose.lesions)):
            if number == 0:
                yield chart_gap(
                    f"{dose.called} was given, and the chart counts no {words}",
                    about=(dose.id,),
                    because=f"0 {words} charted",
                    fix=f"Enter how many {words} were treated",
                    fields=(f"count.{words}",),
                )
