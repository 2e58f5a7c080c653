"""The drug side of a bill: doses counted, waste measured, and the package in the payer's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from billing.outcomes import Kind
from injections.facts import Administration, Source
from tests.builders import amount, bill, dose, findings, lines, payer, product, vial


def ndcs(shot: Administration, **wants: object) -> list[tuple[str, str]]:
    case = bill(shot, payer("medicaid", **wants) if wants else "medicaid")
    shown = [c.ndc for c in case.of(Kind.DRUG, Kind.WASTE)]
    return [(line.unit, str(line.quantity)) for line in shown if line is not None]


# --- codes that count doses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "given", "line"),
    [
        ("nirsevimab", "200 mg", "90381 x2"),  # a second season: two syringes of 100 mg
        ("nirsevimab", "100 mg", "90381 x1"),
        ("buprenorphine-er-sublocade", "300 mg", "Q9992 x1"),
        ("hyaluronate-euflexxa", "20 mg", "J7323 x1"),
        ("hyaluronate-euflexxa", "2 mL", "J7323 x1"),
        ("hyaluronate-euflexxa", "10 mg", "J7323 x1"),
        ("hyaluronate-euflexxa", "40 mg", "J7323 x2"),
        ("hyaluronate-euflexxa", "30 mg", "J7323 x2"),
        ("etonogestrel-implant", "68 mg", "J7307 x1"),
        ("testosterone-pellet", "10 pellets", "J1073 x10"),
    ],
)
def test_a_code_for_one_dose_counts_every_container_that_was_begun(key: str, given: str, line: str) -> None:
    assert line in lines(bill(dose(key, given, diagnoses=("Z29.11",))))


# --- two measures of one drug ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "given", "line"),
    [
        ("rho-d-immune-globulin-rhophylac", "300 mcg", "J2791 x15"),
        ("rho-d-immune-globulin-winrho", "0.3 mg", "J2792 x15"),
        ("enoxaparin", "4000 units", "J1650 x4"),
        ("magnesium-sulfate", "8.12 mEq", "J3475 x2"),
    ],
)
def test_the_label_says_what_another_measure_is(key: str, given: str, line: str) -> None:
    case = bill(dose(key, given))
    assert line in lines(case)
    assert not {"drug.units_unclear"} & findings(case)
    assert " is " in case.of(Kind.DRUG)[0].because


def test_no_other_drug_turns_milligrams_into_units() -> None:
    assert "drug.units_unclear" in findings(bill(dose("heparin", "50 mg")))


# --- waste -----------------------------------------------------------------------------------------------------------


def cortef(given: str, held: str, lost: str) -> Administration:
    return dose("hydrocortisone", given, package=vial(held, form="powder"), discarded=amount(lost))


@pytest.mark.parametrize(
    ("given", "held", "lost", "expected"),
    [
        ("100 mg", "250 mg", "150 mg", ["J1720 x1", "J1720-JW x1"]),  # 250 / 100 is 2 whole units, one is paid
        ("70 mg", "100 mg", "30 mg", ["J1720-JZ x1"]),  # Noridian's own example: the unit has paid for the vial
        ("100 mg", "100 mg", "0 mg", ["J1720-JZ x1"]),
        ("150 mg", "250 mg", "100 mg", ["J1720-JZ x2"]),
    ],
)
def test_an_up_to_code_pays_for_no_more_than_its_amount(given: str, held: str, lost: str, expected: list[str]) -> None:
    assert [line for line in lines(bill(cortef(given, held, lost), "medicare")) if line.startswith("J")] == expected


def kenalog(given: str, held: str | None, lost: str) -> Administration:
    package = vial(held) if held else replace(vial("1 mg"), holds=None)
    return dose("triamcinolone", given, package=package, discarded=amount(lost))


@pytest.mark.parametrize(
    ("shot", "expected"),
    [
        (kenalog("20 mg", "40 mg", "30 mg"), ["J3301 x2", "J3301-JW x2"]),  # 10 mg of overfill are not paid
        (kenalog("25 mg", None, "12 mg"), ["J3301-JZ x3"]),  # 37 mg are three whole units, and three are billed
        (kenalog("25 mg", None, "15 mg"), ["J3301 x3", "J3301-JW x1"]),
    ],
    ids=["overfill", "part of a unit", "whole unit"],
)
def test_waste_counts_whole_units_of_what_the_label_promises(shot: Administration, expected: list[str]) -> None:
    assert [line for line in lines(bill(shot, "medicare")) if line.startswith("J")] == expected


# --- the package as the payer wants it -------------------------------------------------------------------------------


def test_a_package_that_nobody_knows_is_measured_like_its_sisters() -> None:
    liquid = dose("ketorolac", "30 mg", ndc="72611-0725-25", volume=amount("1 mL"))
    assert ndcs(liquid) == [("ML", "1")]
    unmeasured = dose("triamcinolone", "40 mg", ndc="72611-0725-25")
    assert ndcs(unmeasured) == []
    powder = dose("ceftriaxone", "500 mg", ndc="72611-0725-25")
    assert ndcs(powder) == []


@pytest.mark.parametrize(
    ("unit", "quantity"), [("ME", "125"), ("GR", "0.125"), ("UN", "1"), (None, "1")], ids=["ME", "GR", "UN", "shape"]
)
def test_the_payer_may_want_another_measure_beside_the_ndc(unit: str | None, quantity: str) -> None:
    package = next(p for p in product("methylprednisolone-sodium-succinate").packages if p.ndc == "00009-0047-22")
    shot = dose("methylprednisolone-sodium-succinate", "125 mg", ndc=package.ndc, package=package)
    table = {"ndc_units": {"J2919": unit}} if unit else {}
    assert ndcs(shot, **table) == [(unit or "UN", quantity)]


def test_what_cannot_be_told_in_the_payers_measure_is_left_out() -> None:
    package = product("ketorolac").packages[0]
    shot = dose("ketorolac", "30 mg", ndc=package.ndc, package=package)
    assert ndcs(shot, ndc_units={"J1885": "F2"}) == []
    assert ndcs(shot, ndc_units={"J0696": "F2"}) == [("ML", "1")]


def test_a_sample_has_no_quantity_and_no_line() -> None:
    assert ndcs(dose(source=Source.SAMPLE)) == []
