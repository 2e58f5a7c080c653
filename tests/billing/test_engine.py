"""The rulebook as a whole: no order, no neighbour and no short cut may change an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.case import Case
from billing.loading import shipped_reference
from billing.outcomes import Charge, Kind
from billing.reference.demands import DEMANDS
from billing.rules import RULEBOOK
from billing.rules.rule import Stage
from injections.facts import ASSUMED, Administration, Encounter, Service, Source, Unobtainable
from tests.builders import AT, DAY, amount, bill, dose, lines, supervised, vial, visit

KEYS = (
    "cyanocobalamin ketorolac ceftriaxone lidocaine triamcinolone denosumab methotrexate fulvestrant darbepoetin-alfa "
    "influenza-vaccine allergen-extract tuberculin-ppd pegfilgrastim insulin nirsevimab onabotulinumtoxina"
).split()
NAMES = ("Shingrix", "allergy shot", "unheard-of", None)
CLAIMED = ("J3490", "J1040", "J0696", None)
PAYERS = sorted(shipped_reference().payers)
ROUTES = (
    "IM",
    "SC",
    "IV-push",
    "IV-infusion",
    "intra-articular",
    "ID",
    "oral",
    "on-body",
    "flush",
    "nonsense",
    None,
    ASSUMED,
)
AMOUNTS = ("1 mg", "80 mg", "1000 mcg", "0.5 mL", "1 dose", "10 units", "0 mg", None)


@st.composite
def doses(draw: st.DrawFn, id_: str) -> Administration:
    given_ = draw(st.sampled_from(AMOUNTS))
    if draw(st.integers(0, 9)) == 0:
        return dose(
            None, given_, id=id_, drug=draw(st.sampled_from(NAMES)), claimed_hcpcs=draw(st.sampled_from(CLAIMED))
        )
    return dose(
        draw(st.sampled_from(KEYS)),
        given_,
        id=id_,
        route=draw(st.sampled_from(ROUTES)),
        site=draw(st.sampled_from(("deltoid", "knee", "elbow", "nowhere", None))),
        side=draw(st.sampled_from(("left", "right", None))),
        package=draw(st.sampled_from((None, vial("100 mg", volume="1 mL"), vial("1000 mcg", single_dose=False)))),
        discarded=draw(st.sampled_from((None, amount("20 mg"), amount("0 mg"), ASSUMED, Unobtainable("binned")))),
        source=draw(st.sampled_from((*Source, None, ASSUMED))),
        diagnoses=draw(st.sampled_from(((), ("E53.8",), ("M17.11",), ("C61",), ("Z23",), ("M54.5",)))),
        syringe=draw(st.sampled_from((None, "A"))),
        stopped_at=draw(st.sampled_from((None, AT + timedelta(minutes=5), AT + timedelta(minutes=95)))),
        self_given=draw(st.booleans()),
    )


@st.composite
def visits(draw: st.DrawFn) -> Encounter:
    count = draw(st.integers(0, 3))
    return visit(
        *(draw(doses(str(n))) for n in range(count)),
        services=draw(
            st.sampled_from(((), (Service("99213"),), (Service("99211"), Service("20610")), (Service("96372"),)))
        ),
        supervision=draw(st.sampled_from((None, supervised(), supervised("none", clinician=None), ASSUMED))),
        place_of_service=draw(st.sampled_from(("11", "22", "12", "72", None))),
    )


@settings(max_examples=150, deadline=None)
@given(visits(), st.sampled_from(PAYERS), st.randoms())
def test_the_order_of_rules_never_matters(encounter: Encounter, payer: str, random) -> None:
    shuffled = list(RULEBOOK)
    random.shuffle(shuffled)
    assert told(bill(encounter, payer, rules=shuffled)) == told(bill(encounter, payer))


@settings(max_examples=150, deadline=None)
@given(visits(), st.sampled_from(PAYERS))
def test_preselection_never_changes_an_answer(encounter: Encounter, payer: str) -> None:
    assert told(bill(encounter, payer, preselect=False)) == told(bill(encounter, payer))


@settings(max_examples=100, deadline=None)
@given(visits(), st.sampled_from(PAYERS))
def test_jw_and_jz_never_meet_and_units_are_whole(encounter: Encounter, payer: str) -> None:
    case = bill(encounter, payer)
    for charge in case.charges:
        assert charge.units >= 1
        assert not {"JW", "JZ"} <= set(charge.modifiers)
        assert len(charge.modifiers) == len(set(charge.modifiers))
        assert charge.rule
        assert charge.because
    assert all(f.summary and f.rule for f in case.findings)
    assert all(w.because for w in case.withheld)


@settings(max_examples=60, deadline=None)
@given(st.lists(doses("2"), min_size=1, max_size=1), st.sampled_from(PAYERS))
def test_a_stranger_never_changes_another_drugs_line(others: list[Administration], payer: str) -> None:
    shot = dose("haloperidol-decanoate", "50 mg", package=vial("50 mg"), diagnoses=("F20.9",))
    stranger = replace(others[0], syringe=None)
    alone, beside = bill(shot, payer), bill(visit(shot, stranger), payer)
    assert drug_lines(alone, "1") == drug_lines(beside, "1")


def test_the_order_of_doses_never_changes_the_lines() -> None:
    shots = (dose(), dose("promethazine", "25 mg", id="2", side="right"), dose("ceftriaxone", "1 g", id="3"))
    every = {tuple(sorted(c for line in lines(bill(visit(*order))) for c in [line])) for order in permutations(shots)}
    assert len(every) == 1


def test_a_rule_that_raises_is_not_hidden() -> None:
    def broken(case: Case):
        raise RuntimeError("broken")
        yield

    rules = (replace(RULEBOOK[0], says=broken),)
    with pytest.raises(RuntimeError, match="broken"):
        bill(dose(), rules=rules)


def test_withheld_beats_modified() -> None:
    case = bill(visit(dose(), supervision=supervised("none", clinician=None)), "medicare")
    assert case.charges == ()
    assert {w.what for w in case.withheld} == {"96372", "J1885"}


def test_a_modifier_falls_with_the_line_that_asked_for_it() -> None:
    encounter = visit(dose(), services=(Service("99213", separately_identifiable=True),), place_of_service="22")
    assert lines(bill(encounter)) == ["99213 x1"]


# --- the rulebook --------------------------------------------------------------------------------------------------


def test_every_rule_has_a_title_and_a_source() -> None:
    assert [r.name for r in RULEBOOK if not r.title.endswith((".", "?")) or len(r.title.split()) < 3] == []
    assert [r.name for r in RULEBOOK if not r.cites] == []


def test_names_are_addresses() -> None:
    names = [r.name for r in RULEBOOK]
    assert len(names) == len(set(names))
    assert all(r.says.__module__ == f"billing.rules.{r.name.partition('.')[0]}" for r in RULEBOOK)


def test_every_demand_of_a_rule_and_of_a_payer_is_in_the_manual() -> None:
    wanted = {r.wants for r in RULEBOOK if r.wants}
    offered = {key for payer in shipped_reference().payers.values() for key in payer.wanted}
    assert (wanted | offered) - DEMANDS.keys() == set()


def test_a_rule_and_its_successor_never_speak_on_one_day() -> None:
    old = {r.name: r for r in RULEBOOK if "_until_" in r.name}
    for name, rule in old.items():
        living = next(r for r in RULEBOOK if r.name == name.partition("_until_")[0])
        assert rule.until is not None
        assert living.since == rule.until + timedelta(days=1)


def test_stages_say_only_what_they_may() -> None:
    """Charges come from deriving alone: a check that added a line would never be seen by the checks before it."""
    case = bill(visit(dose(), services=(Service("99213", separately_identifiable=True),)))
    derive = {r.name for r in RULEBOOK if r.stage is Stage.DERIVE}
    assert {c.rule for c in case.charges} <= derive


def test_findings_come_loudest_first() -> None:
    weights = [f.severity.value for f in bill(dose(diagnoses=(), ndc=None), "medicaid").findings]
    assert weights == sorted(weights, key=["critical", "warning", "info"].index)


def test_checks_without_a_table_for_the_day_are_said() -> None:
    unchecked = {u.check: u.because for u in bill(dose(), "medicare").unchecked}
    assert unchecked["NCCI pairs"] == "newest table ends 30 Sep 2024"
    assert unchecked["places of service"] == "newest table ends 31 Dec 2024"
    in_quarter = bill(visit(dose(), date=DAY.replace(year=2024, month=8)), "medicare").unchecked
    assert "NCCI pairs" not in {u.check for u in in_quarter}


def told(case: Case) -> tuple[object, ...]:
    return (
        case.charges,
        sorted(map(repr, case.withheld)),
        sorted(map(repr, case.claim)),
        sorted(map(repr, case.findings)),
    )


def drug_lines(case: Case, id_: str) -> list[Charge]:
    return [c for c in case.of(Kind.DRUG, Kind.WASTE) if id_ in c.administrations]
