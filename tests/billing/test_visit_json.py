"""The derivation door: what it reads, what it refuses, and how it answers."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.loading import shipped_reference
from billing.visit_json import VisitError, derive, explain, read_visit
from billing.visit_json.chart_sources import chart_source
from injections.checks import CHECKS
from injections.checks.rule import address
from injections.facts import ASSUMED, Unobtainable
from tests.billing.asking import SHOT, VISIT, answered, asked, codes, shot

DOCS = Path(__file__).parent.parent.parent / "docs" / "visit-json.md"


# --- what is refused -------------------------------------------------------------------------------------------------

REFUSED = [
    ([], "", "not an object"),
    (asked(date=None), "date", "is missing"),
    (asked(date="tomorrow"), "date", '"tomorrow" is not a date'),
    (asked(payer="nobody"), "payer", '"nobody" is not a payer we know'),
    (asked(payer={"wants": {"more": True}}), "payer.wants.more", "is not a demand we know"),
    (asked(payer={"follows": "x"}), "payer.follows", "is not a payer we know"),
    (asked(time_zone="Moon"), "time_zone", "is not a time zone"),
    (asked(administrations={}), "administrations", "is not a list"),
    (asked(administrations=["x"]), "administrations[0]", "is not an object"),
    (asked(administrations=[SHOT, {**SHOT, "id": "1"}]), "administrations[1].id", "stands twice"),
    (shot(dose="10 mgg"), "administrations[0].dose", '"10 mgg" is not an amount with a unit'),
    (shot(dose=10), "administrations[0].dose", "10 is not an amount with a unit"),
    (shot(self_given="maybe"), "administrations[0].self_given", "is not true or false"),
    (shot(status="maybe"), "administrations[0].status", "is not one of given"),
    (shot(source="found"), "administrations[0].source", "is not one of stock"),
    (shot(given_at="noon"), "administrations[0].given_at", "is not a date with a time"),
    (shot(package={"concentration": "strong"}), "administrations[0].package.concentration", "is not a strength"),
    (shot(labs=[{"value": "9"}]), "administrations[0].labs[0].name", "is missing"),
    (asked(supervision={"mode": "near"}), "supervision.mode", "is not one of in-suite"),
    (asked(patient={"weight_kg": "heavy"}), "patient.weight_kg", "is not a number"),
    (asked(services=[{}]), "services[0].code", "is missing"),
]


@pytest.mark.parametrize(("document", "path", "why"), REFUSED, ids=[path or "document" for _, path, _ in REFUSED])
def test_refusals_name_the_field(document: Any, path: str, why: str) -> None:
    with pytest.raises(VisitError) as problem:
        derive(document, shipped_reference())
    assert problem.value.path == path
    assert why in problem.value.why
    assert str(problem.value).startswith(f"{path}: " if path else "the document")


# --- what is understood ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "named",
    [
        {"drug": "ketorolac"},
        {"drug": "TORADOL 30 mg injection"},
        {"drug": "ketorolac tromethamine (Toradol)"},
        {"hcpcs": "J1885"},
        {"hcpcs": "j1885"},
        {"ndc": "00409-3796-01"},
        {"ndc": "0409-3796-01"},
        {"ndc": "00409379601"},
    ],
)
def test_name_package_or_code_alone_find_the_drug(named: dict[str, str]) -> None:
    entry = {"dose": "30 mg", "route": "IM", "diagnoses": ["M54.50"], **named}
    assert codes(asked(administrations=[entry])) == ["96372 x1", "J1885 x2"]


@pytest.mark.parametrize("route", ["IM", "im", "intramuscular", "I.M.", "intramuscular injection", "IM (deep)"])
def test_routes_in_the_fields_usual_words(route: str) -> None:
    assert codes(shot(route=route)) == ["96372 x1", "J1885 x2"]


@pytest.mark.parametrize("written", ["SC", "subq", "SubQ", "subcutaneous", "sub-q", "SQ"])
def test_under_the_skin_in_the_fields_usual_words(written: str) -> None:
    assert codes(shot(drug="enoxaparin", dose="40 mg", route=written))[0] == "96372 x1"


def test_absent_null_and_unobtainable_are_three_facts() -> None:
    def lot(document: dict[str, Any]) -> Any:
        return read_visit(document, shipped_reference()).encounter.administrations[0].lot

    assert lot(shot()) is ASSUMED
    assert lot(asked(assume_documented=False)) is None
    assert lot(shot(lot=None)) is None
    assert lot(shot(lot={"unobtainable": "vial binned"})) == Unobtainable("vial binned")


def test_null_is_not_taken_for_granted() -> None:
    findings = answered(shot(lot=None))["findings"]
    assert [(f["rule"], f["fields"]) for f in findings if f["blocks"] == "sign-off"] == [
        ("completeness.lot_not_charted", ["administrations[0].lot"])
    ]


def test_nothing_blocks_where_documentation_is_assumed() -> None:
    assert answered(VISIT)["billable"] is True


def test_documentation_counts_where_it_is_not_assumed() -> None:
    answer = answered(asked(assume_documented=False))
    assert answer["billable"] is False
    assert {"96372", "J1885"} == {line["code"] for line in answer["lines"]}


def test_an_inline_payer_adds_and_replaces_demands() -> None:
    two = [{**SHOT, "id": "a"}, {**SHOT, "id": "b", "drug": "promethazine", "dose": "25 mg"}]
    wants = {"repeat-injections": "units"}
    assert codes(asked(administrations=two, payer={"follows": "commercial", "wants": wants}))[0] == "96372 x2"


def test_the_claimed_code_is_checked_and_never_obeyed() -> None:
    answer = answered(shot(hcpcs="J0696"))
    assert [line["code"] for line in answer["lines"]] == ["96372", "J1885"]
    assert "J0696" in [n["what"] for n in answer["not_billed"]]


def test_strange_words_are_told_back() -> None:
    assert answered(shot(colour="red"))["ignored"] == ["administrations[0].colour"]


def test_supervision_of_a_dose_overrides_that_of_the_visit() -> None:
    document = asked(
        payer="medicare",
        supervision={"mode": "in-suite", "clinician": {"name": "Adams", "credential": "MD"}},
        administrations=[{**SHOT, "supervision": {"mode": "none"}}],
    )
    assert codes(document) == []


def test_several_containers_make_one_line_for_each_package() -> None:
    containers = [
        {"ndc": "00409-3795-01", "holds": "30 mg", "used": "30 mg", "single_dose": True, "discarded": "0 mg"},
        {"ndc": "00409-3793-01", "holds": "15 mg", "used": "15 mg", "single_dose": True, "discarded": "0 mg"},
    ]
    answer = answered(asked(payer="medicare", administrations=[{**SHOT, "dose": "45 mg", "containers": containers}]))
    drugs = [line for line in answer["lines"] if line["code"] == "J1885"]
    assert [line["units"] for line in drugs] == [2, 1]
    assert [line["ndc"]["code"] for line in drugs] == ["00409379501", "00409379301"]


def test_a_visit_without_a_dose_is_a_visit() -> None:
    reading = asked(administrations=[], services=[{"code": "99211", "diagnoses": ["Z11.1"]}], reason="TB reading")
    assert codes(reading) == ["99211 x1"]


@pytest.mark.parametrize("odd", ["123456789²", "１２３４５６７８９３"])
def test_digits_that_are_none_are_answered(odd: str) -> None:
    adams = {"name": "Adams", "credential": "MD", "npi": odd}
    said = answered(shot(diagnoses=["D²²"]) | {"supervision": {"mode": "in-suite", "clinician": adams}})
    assert "claim.npi_not_valid" in {finding["rule"] for finding in said["findings"]}


# --- how it answers --------------------------------------------------------------------------------------------------


def test_the_answer_has_the_shape_of_the_contract() -> None:
    answer = answered(asked(payer="medicare"))
    assert list(answer) == [
        "edition", "date", "payer", "billable", "lines", "not_checked", "not_billed", "findings", "claim",
    ]  # fmt: skip
    assert set(answer["lines"][0]) >= {
        "code", "units", "modifiers", "diagnoses", "administrations", "ndc", "expected_payment", "rule", "because",
        "source",
    }  # fmt: skip
    assert answer["lines"][0]["expected_payment"] == "15.36"
    assert json.loads(json.dumps(answer)) == answer


def test_every_finding_says_on_whose_word() -> None:
    said = answered(shot(given_by=None, lot=None, route=None, dose="0 mg") | {"assume_documented": False})["findings"]
    assert len(said) > 10
    assert [finding["rule"] for finding in said if not finding["source"]] == []
    assert [address(check) for check in CHECKS if not chart_source(address(check))] == []


def test_unknown_prices_are_null_and_never_zero() -> None:
    drug = answered(asked(payer="medicare"))["lines"][1]
    assert drug["expected_payment"] is None
    in_quarter = answered(asked(payer="medicare", date="2026-02-03"))["lines"][1]
    assert float(in_quarter["expected_payment"]) > 0


def test_the_same_question_has_the_same_answer() -> None:
    assert answered(VISIT) == answered(deepcopy(VISIT))


def test_in_words() -> None:
    words = explain(answered(VISIT))
    assert "96372 x1 for M54.50" in words
    assert "30 mg given ÷ 15 mg per unit = 2" in words


# --- anything at all -------------------------------------------------------------------------------------------------

EXAMPLE = json.loads(re.search(r"```json\n(\{.*?\n\})\n```", DOCS.read_text(encoding="utf-8"), re.S)[1])
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(("1 mg", "2026-02-30")),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("mode", "ndc", "x")), inner, max_size=2)
    ),
    max_leaves=4,
)


def paths(node: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document."""
    steps = list(node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ())
    return [(*way, step) for step, _ in steps] + [p for step, inner in steps for p in paths(inner, (*way, step))]


PLACES = paths(EXAMPLE)


def test_the_manuals_own_example_is_understood() -> None:
    answer = derive(EXAMPLE, shipped_reference())
    assert "ignored" not in answer
    assert "J3420" in [line["code"] for line in answer["lines"]]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), values)
def test_anything_is_answered_or_refused_by_its_path(place: tuple[str | int, ...], value: Any) -> None:
    document = deepcopy(EXAMPLE)
    *way, last = place
    node: Any = document
    for step in way:
        node = node[step]
    node[last] = value
    refused = ""
    try:
        json.dumps(derive(document, shipped_reference()))
    except VisitError as problem:
        refused = problem.path or "nowhere"
    assert refused != "nowhere"
