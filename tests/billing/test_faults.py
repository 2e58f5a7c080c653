"""Behavior that small faults could change unseen, as `dev.py mutate` showed."""

from injections.facts import Service
from tests.builders import bill, dose, lines, product, visit

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
