"""Behavior that small faults could change unseen, as `dev.py mutate` showed."""

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pytest

from injections.facts import Lab, Service
from tests.builders import bill, dose, lines, product, vial, visit
from tests.injections.checks.visits import said

FIRST, SECOND = product("ketorolac").packages[:2]


def ndc_of(case):
    return next(charge.ndc.code for charge in case.charges if charge.ndc)


def digits(ndc):
    return ndc.replace("-", "")


def test_the_charted_ndc_goes_before_that_of_the_package():
    case = bill(dose(ndc=FIRST.ndc, package=SECOND, discarded=None), "medicaid")
    assert ndc_of(case) == digits(FIRST.ndc)


def test_an_ndc_that_could_mean_several_gives_way_to_that_of_the_package():
    case = bill(dose(ndc="0409379301", package=SECOND, discarded=None), "medicaid")
    assert ndc_of(case) == digits(SECOND.ndc)


def test_a_reported_modifier_stays_and_a_reported_25_has_to_be_earned():
    services = (Service("99213", modifiers=("25", "57")),)
    assert lines(bill(visit(services=services))) == ["99213-57 x1"]


def test_two_doses_of_one_drug_count_together_though_read_apart():
    """Read from two records, the drug is the same without being the same object."""
    twice = [dose("ketorolac", "60 mg", id=number) for number in "123"]
    apart = [replace(one, product=deepcopy(one.product)) for one in twice]
    assert said(visit(*apart), "dose.daily_maximum_exceeded")
    assert not said(visit(apart[0]), "dose.daily_maximum_exceeded")


def test_the_sign_of_repeats_is_told_once_for_all_of_them():
    shots = visit(*(dose("ketorolac", "15 mg", id=number) for number in "123"))
    told = [f for f in bill(shots).findings if f.rule == "contested.sign_of_a_repeat"]
    assert [f.administrations for f in told] == [("3",)]
    one = bill(visit(dose(claimed_modifiers=("59",)))).findings
    assert not [f for f in one if f.rule == "contested.sign_of_a_repeat"]


def test_a_code_that_is_years_old_needs_no_confirming_though_its_first_day_was_never_checked():
    findings = bill(dose("nirsevimab", "50 mg", diagnoses=("Z29.11",))).findings
    assert "coding.since" in product("nirsevimab").unconfirmed
    assert not [f for f in findings if f.rule == "product.code_to_be_confirmed"]


def test_a_label_in_another_measure_is_spoken_of_though_the_maximum_is_in_the_dose_s_own():
    (found,) = said(visit(dose("ketorolac", "30 mg", package=vial("1000 units"))), "dose.dose_in_another_measure")
    assert "the label says" in found.because


@pytest.mark.parametrize(("value", "told"), [("9.9", False), ("10", True), ("10.1", True)])
def test_after_chemotherapy_a_hemoglobin_of_ten_is_too_high_already(value, told):
    count = Lab("hemoglobin", Decimal(value), "g/dL")
    case = bill(dose("darbepoetin-alfa", "60 mcg", route="SC", labs=(count,), diagnoses=("D64.81",)), "medicare")
    assert ("esa.blood_count_too_high" in {f.rule for f in case.findings}) is told
