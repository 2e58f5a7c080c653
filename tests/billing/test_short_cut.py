"""Rules are picked beforehand by traits, and answers are kept: neither may ever show in an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.context import BillingContext
from billing.engine import review
from billing.loading import shipped_reference
from billing.reference.payers import Demand, Payer
from billing.rules import CHOICE, RULEBOOK
from billing.rules.choice import Choice
from billing.traits import traits_of
from billing.visit_json import read_visit
from injections.facts import Encounter
from tests.bench.measuring import as_never_seen
from tests.bench.visits import TYPICAL
from tests.billing.rules.test_twins import TWINS
from tests.billing.test_engine import PAYERS, visits
from tests.builders import DAY, bill, dose, payer, visit
from tests.scenarios.test_scenarios import FILES, document_of, load

TOLD = ("charges", "withheld", "claim", "findings", "unchecked")


def answer(encounter: Encounter, context: BillingContext, **how: Any) -> tuple[object, ...]:
    case = review(encounter, context, shipped_reference(), **how)
    return tuple(getattr(case, name) for name in TOLD)


@pytest.mark.parametrize("name", sorted(TWINS))
def test_twins_are_answered_alike_without_it(name: str) -> None:
    for twin in TWINS[name]:
        picked, every = (bill(twin.encounter, twin.of, preselect=way, **twin.changes) for way in (True, False))
        assert all(getattr(picked, told) == getattr(every, told) for told in TOLD)


@pytest.mark.parametrize("file", FILES)
def test_scenarios_are_answered_alike_without_it(file: str) -> None:
    scenario = load(file)
    for then in scenario["then"]:
        asked = read_visit(document_of(scenario, then), shipped_reference())
        every = answer(asked.encounter, asked.context, preselect=False)
        assert answer(asked.encounter, asked.context) == every


def test_an_answer_is_the_same_the_second_time_and_from_equal_facts() -> None:
    for (encounter, context), (other, about) in zip(TYPICAL, as_never_seen(TYPICAL), strict=True):
        first = answer(encounter, context)
        assert first == answer(encounter, context) == answer(other, about)


def test_a_changed_copy_keeps_nothing_of_the_first() -> None:
    one = dose()
    first = bill(visit(one))
    assert lines_of(first) != lines_of(bill(visit(replace(one, dose=one.dose.times(2) if one.dose else None))))
    assert bill(replace(visit(one), administrations=())).charges == ()


@settings(max_examples=150, deadline=None)
@given(visits(), st.sampled_from(PAYERS))
def test_what_a_drug_keeps_never_shows(encounter: Encounter, payer: str) -> None:
    known = bill(encounter, payer)
    for product in filter(None, (d.product for d in encounter.administrations)):
        getattr(product, "_answers", {}).clear()
    new = tuple(replace(d) for d in encounter.administrations)
    unknown = bill(replace(encounter, administrations=new), payer)
    assert all(getattr(known, told) == getattr(unknown, told) for told in TOLD)


def lines_of(case: Any) -> list[tuple[str, int]]:
    return [(c.code, c.units) for c in case.charges]


def test_a_typical_visit_asks_few_of_the_rules() -> None:
    for encounter, context in TYPICAL:
        case = review(encounter, context, shipped_reference(), examine=lambda _: ())
        assert sum(map(len, CHOICE.for_case(case))) < len(RULEBOOK) / 3


def test_the_choice_follows_the_day_and_the_payer() -> None:
    rules = tuple(
        replace(RULEBOOK[0], name=name, applies=frozenset(), wants=wants, since=since, until=until)
        for name, wants, since, until in (
            ("old", None, None, date(2025, 12, 31)),
            ("new", None, date(2026, 1, 1), None),
            ("wanted", "ndc", None, None),
        )
    )
    choice = Choice(rules)

    def chosen(day: date, of: Payer) -> list[str]:
        case = bill(visit(dose(), date=day), of)
        return [rule.name for stage in choice.for_case(case) for rule in stage]

    plain, asking = payer("commercial", ndc=False), payer("commercial", ndc=True)
    assert chosen(date(2025, 12, 31), plain) == ["old"]
    assert chosen(date(2026, 1, 1), plain) == ["new"]
    assert chosen(date(2026, 1, 1), asking) == ["new", "wanted"]
    assert chosen(date(2025, 12, 31), asking) == ["old", "wanted"]


def test_terms_change_on_their_day() -> None:
    above = Payer("above", "Above", "commercial", (Demand("ndc", True, until=date(2026, 3, 31)),))
    below = Payer("x", "X", "commercial", (Demand("ndc", "none", since=date(2026, 2, 1)),), follows=above)
    assert below.wants("ndc", date(2026, 1, 31)) is True
    assert below.wants("ndc", date(2026, 2, 1)) is None
    assert above.wants("ndc", date(2026, 3, 31)) is True
    assert above.wants("ndc", date(2026, 4, 1)) is None


def test_traits_say_what_stands_out() -> None:
    plain = traits_of(visit(dose()), bill(dose()).context, ())
    assert {"doses", "THERAPEUTIC", "route:IM", "J1885"} <= plain
    assert {"split", "containers", "several doses", "elsewhere", "procedure"}.isdisjoint(plain)
    odd = visit(dose(lot=None), dose(id="2", self_given=True), place_of_service="22", date=DAY)
    assert {"no lot", "self_given", "several doses", "elsewhere"} <= traits_of(odd, bill(odd).context, ())
