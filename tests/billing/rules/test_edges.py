"""Where a rule turns: the day, the age, the amount and the word on either side of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.assumed_vials import packages_emptied
from billing.loading import shipped_reference
from billing.units import coded, dose_given
from injections.facts import Coding, Container, Order, Service, Status
from injections.quantity import format_dose
from tests.billing.rules.twins_acts import PUSH
from tests.builders import (
    ADAMS,
    AT,
    DAY,
    amount,
    bill,
    context,
    dose,
    findings,
    left_out,
    lines,
    payer,
    product,
    vial,
    visit,
)

PREVENTIVE = Service("99395", separately_identifiable=None)


@pytest.mark.parametrize(("days", "old"), [(366, False), (367, True)])
def test_an_order_is_old_after_a_year_and_a_day(days, old):
    order = Order(kind="series", signed=True, date=DAY - timedelta(days=days), frequency="monthly", clinician=ADAMS)
    assert ("supervision.plan_has_grown_old" in findings(bill(dose(order=order), "medicare"))) is old


@pytest.mark.parametrize(("born", "asked"), [(date(2007, 10, 7), True), (date(2007, 10, 6), False)])
def test_counseling_is_asked_for_through_age_18(born, asked):
    shot = dose("influenza-vaccine", "0.5 mL", diagnoses=("Z23",))
    child = replace(visit().patient, birth_date=born)
    found = bill(visit(shot, patient=child, counselled_by_physician=None))
    assert ("immunisation.counselling_not_charted" in findings(found)) is asked


@pytest.mark.parametrize(
    ("wants", "told"),
    [({}, True), ({"preventive_25": "25"}, False), ({"vaccine_administration": "medicare"}, False)],
)
def test_25_on_a_preventive_visit_is_spoken_of_where_the_payer_has_said_nothing(wants, told):
    found = bill(visit(dose(), services=(PREVENTIVE,)), payer("commercial", **wants))
    assert ("contested.preventive_visit_without_25" in findings(found)) is told


@pytest.mark.parametrize(
    ("lost", "volume", "open_"),
    [("60 units", None, True), ("1 mL", None, True), ("1 mL", "2 mL", False), ("30 mg", None, False)],
)
def test_waste_in_a_measure_that_the_code_cannot_count_is_no_waste_known(lost, volume, open_):
    shot = dose("hydrocortisone", "50 mg", package=vial("100 mg", volume=volume), discarded=amount(lost))
    found = bill(shot, "medicare")
    told = [f for f in found.findings if f.rule == "wastage.discard_not_charted"]
    expected = ("critical", format_dose(amount(lost)))
    assert [(f.severity.value, f.because.split(" is charted")[0]) for f in told] == [expected] * open_


def test_without_a_charge_nobody_asks_who_pays():
    nobody = replace(context("commercial").payer, key="")
    not_given = dose(status=Status.NOT_GIVEN, dose=None)
    assert "coverage.none_on_file" in findings(bill(dose(), nobody))
    assert "coverage.none_on_file" not in findings(bill(not_given, nobody))


@pytest.mark.parametrize(("drug", "code"), [("estradiol pellet", "11980"), ("testosterone", "11980"), ("rod", "11981")])
def test_pellets_are_told_by_any_of_their_names(drug, code):
    placed = dose(None, None, drug=drug, route="subdermal-implant", site="upper arm")
    assert f"{code} x1" in lines(bill(placed))


@pytest.mark.parametrize(("ran", "spoken_of"), [(30, False), (31, True)])
def test_fluid_beside_a_push_is_a_service_from_31_minutes_on(ran, spoken_of):
    fluid = dose(
        None,
        "1000 mL",
        id="2",
        drug="normal saline",
        route="IV-infusion",
        site=None,
        given_at=AT,
        stopped_at=AT + timedelta(minutes=ran),
    )
    assert ("intravenous.which_service_is_first" in findings(bill(visit(PUSH, fluid)))) is spoken_of


@pytest.mark.parametrize(
    ("first", "again", "hours"), [(60, 60, 1), (60, 30, 0), (60, 31, 1), (45, 45, 0), (100, 60, 1)]
)
def test_the_same_drug_infused_again_adds_its_minutes_and_is_no_further_drug(first, again, hours):
    evening = AT + timedelta(hours=8)
    morning = dose(route="IV-infusion", site=None, given_at=AT, stopped_at=AT + timedelta(minutes=first))
    later = dose(
        id="2", route="IV-infusion", site=None, given_at=evening, stopped_at=evening + timedelta(minutes=again)
    )
    answer = bill(visit(morning, later))
    assert "96365 x1" in lines(answer)
    assert not [line for line in lines(answer) if line.startswith("96367")]
    of_the_second = [c.units for c in answer.charges if c.code == "96366" and c.administrations == ("2",)]
    assert sum(of_the_second) == hours
    assert "96367" in left_out(answer)


@pytest.mark.parametrize(("lost", "told"), [("30 mg", True), ("0 mg", False)])
def test_a_dose_drawn_up_in_vain_is_told_where_some_was_lost(lost, told):
    refused = dose(status=Status.REFUSED, discarded=amount(lost))
    assert ("wastage.drawn_up_in_vain" in findings(bill(refused))) is told


def test_one_unit_of_waste_and_two_read_right():
    vial = {"ndc": "00517-0031-25"}
    one, two = (dose("omalizumab", given, **vial) for given in ("145 mg", "140 mg"))
    words = [_waste(replace(d, discarded=amount(lost))) for d, lost in ((one, "5 mg"), (two, "10 mg"))]
    assert words[0].endswith("= 1 unit")
    assert words[1].endswith("= 2 units")


def _waste(shot):
    package = replace(shot.product.containers[0], holds=amount("150 mg"), single_dose=True)
    case = bill(replace(shot, package=package, ndc=package.ndc, route="SC"), "medicare")
    return next(c.because for c in case.charges if "JW" in c.modifiers)


def test_the_dose_is_the_sum_of_its_containers_and_unknown_where_one_of_them_is():
    known, unknown = Container(used=amount("20 mg")), Container()
    listed = dose(given=None, containers=(known, known))
    assert dose_given(listed) == amount("40 mg")
    assert dose_given(replace(listed, containers=(known, unknown))) is None


def test_a_charted_volume_is_the_volume_on_the_claim_and_a_charted_mass_is_not():
    def quantity(volume):
        case = bill(dose(given="30 mg", volume=amount(volume), ndc="00409-3795-01"), "medicaid")
        return [c.ndc and str(c.ndc.quantity) for c in case.charges if c.code == "J1885"]

    assert quantity("1.5 mL") == ["1.5"]
    assert quantity("30 mg") != ["30"]


def test_what_is_withheld_for_a_restriction_is_every_charge():
    case = bill(dose(), "commercial", restricted_disclosure=True)
    assert not case.charges
    assert {"96372", "J1885"} <= left_out(case)


@pytest.mark.parametrize(("indicator", "over"), [(1, False), (2, True), (3, True)])
def test_a_limit_of_a_line_counts_each_line_and_a_limit_of_the_day_all_of_them(indicator, over):
    shipped = shipped_reference()
    limit = replace(shipped.limits["96372"], units=1, indicator=indicator)
    case = bill(visit(dose(), PUSHED_LATER), "medicare", reference=replace(shipped, limits={"96372": limit}))
    assert [c.units for c in case.charges if c.code == "96372"] == [1, 1]
    assert ("bundling.more_units_than_expected" in findings(case)) is over


PUSHED_LATER = dose("ondansetron", "4 mg", id="2", side="right")


def test_two_drugs_with_a_package_each_are_not_one_code_from_several():
    case = bill(visit(dose(ndc="00409-3795-01"), replace(PUSHED_LATER, ndc="00409-4755-03")), "medicaid")
    assert "ndc.several_packages_one_code" not in findings(case)


def test_an_infusion_of_a_drug_that_only_its_package_names_is_no_plain_fluid():
    ran = {"route": "IV-infusion", "site": None, "given_at": AT, "stopped_at": AT + timedelta(minutes=45)}
    assert "96365 x1" in lines(bill(dose("ceftriaxone", "1 g", drug=None, **ran)))


def test_a_code_for_some_routes_is_not_for_a_dose_without_a_route():
    under_skin = Coding("J0001", amount("1 mg"), date(2020, 1, 1), routes=frozenset({"SC"}))
    anyhow = Coding("J0002", amount("1 mg"), date(2020, 1, 1))
    drug = replace(product("ketorolac"), codings=(under_skin, anyhow))
    for route, code in (("IM", "J0002"), (None, "J0002")):
        assert coded(drug, dose(product=drug, route=route), DAY, "commercial").coding.code == code


def test_a_dose_in_another_measure_empties_no_package():
    package = vial("10 units")
    assert packages_emptied(package, dose(given="10 mg")) == 0
    assert packages_emptied(package, dose(given="20 units")) == 2
