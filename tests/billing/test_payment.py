"""What is expected for a line: a published figure of the day, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.loading import shipped_reference
from billing.payment import Shares, expected_payment, shares
from billing.reference.fees import RelativeValues
from billing.reference.imported import Imported
from billing.reference.published import PublishedFile, Span
from billing.reference.tables import Price
from injections.facts import Clinician, Service
from tests.builders import bill, dose, payer, supervised, visit


def expected(encounter, payer="medicare"):
    case = bill(encounter, payer)
    return [expected_payment(case, charge) for charge in case.charges]


def test_the_national_amount_of_the_year() -> None:
    assert expected(visit(dose()))[0] == Decimal("15.36")


def test_a_practitioner_who_is_no_physician_is_paid_less_for_the_act_and_in_full_for_the_drug() -> None:
    under = supervised(clinician=Clinician("Reyes", "NP", "1234567893"))
    spring = date(2026, 2, 3)
    act, drug = expected(visit(dose(), date=spring, supervision=under))
    assert act == Decimal("13.06")
    assert drug == expected(visit(dose(), date=spring))[1]


def test_unknown_is_not_zero() -> None:
    assert expected(visit(dose(), date=date(2024, 5, 1))) == [None, None]
    assert expected(visit(dose()), "commercial") == [None, None]


def parts(encounter, payer="medicare"):
    case = bill(encounter, payer)
    return [shares(case, charge) for charge in case.charges]


def test_three_numbers_allowed_payer_and_patient() -> None:
    act = parts(visit(dose()))[0]
    assert (act.allowed, act.patient) == (Decimal("15.36"), Decimal("3.07"))
    assert act.payer == Decimal("12.04")  # 2 percent less than 12.29


def test_a_drug_with_an_inflation_rebate_has_its_own_coinsurance() -> None:
    nplate = dose("romiplostim", "250 mcg", route="SC", diagnoses=("D69.3",))
    drug = parts(visit(nplate, date=date(2026, 2, 3)))[1]
    assert drug.patient is None or drug.patient < drug.allowed * Decimal("0.19")


def test_a_flu_shot_costs_a_medicare_patient_nothing() -> None:
    act = parts(visit(dose("influenza-vaccine", "0.5 mL", diagnoses=("Z23",))))[0]
    assert act.patient in (None, Decimal("0.00"))


def test_the_parts_of_an_unknown_amount_are_unknown() -> None:
    assert parts(visit(dose(), date=date(2024, 5, 1)))[0] == Shares()
    assert parts(visit(dose()), "commercial")[0] == Shares()


# --- what only imported tables know ---

SCHEDULE = PublishedFile("fee-schedule", "PPRRVU", "e1", date(2026, 7, 1), date(2026, 12, 31))
LIMITS = PublishedFile("asp", "ASP", "e1", date(2026, 10, 1), date(2026, 12, 31))
KNEE, SHOULDER = Service("20610", modifiers=("RT",)), Service("20605", modifiers=("LT",))


def schedule(code: str, dollars: str, multiple: str = "2", bilateral: str = "1"):
    values = RelativeValues("A", Decimal(dollars), Decimal(0), Decimal(0), Decimal(0), Decimal(1), multiple, bilateral)
    return code, ((Span(None, None, SCHEDULE), values),)


def imported(*rows, **prices: Price):
    limits = {code: ((Span(LIMITS.since, LIMITS.until, LIMITS), price),) for code, price in prices.items()}
    tables = Imported(files=(SCHEDULE, LIMITS), relative_values=dict(rows), drug_prices=limits)
    return replace(shipped_reference(), imported=tables)


def by_code(encounter, reference, of="medicare"):
    case = bill(encounter, of, reference=reference)
    return {charge.code: expected_payment(case, charge) for charge in case.charges}


def test_of_two_procedures_the_dearer_is_paid_in_full_and_the_other_by_half() -> None:
    reference = imported(schedule("20610", "80"), schedule("20605", "60"))
    found = by_code(visit(dose(), services=(SHOULDER, KNEE)), reference)
    assert (found["20610"], found["20605"]) == (Decimal("80.00"), Decimal("30.00"))


def test_procedures_that_the_schedule_does_not_mark_are_paid_in_full() -> None:
    reference = imported(schedule("20610", "80", multiple="0"), schedule("20605", "60", multiple="0"))
    found = by_code(visit(dose(), services=(SHOULDER, KNEE)), reference)
    assert (found["20610"], found["20605"]) == (Decimal("80.00"), Decimal("60.00"))


@pytest.mark.parametrize(("mark", "paid"), [("1", "120.00"), ("0", "80.00")])
def test_both_sides_are_paid_one_and_a_half_times_where_the_schedule_says(mark: str, paid: str) -> None:
    both = replace(KNEE, modifiers=("50",))
    reference = imported(schedule("20610", "80", bilateral=mark))
    assert by_code(visit(dose(), services=(both,)), reference)["20610"] == Decimal(paid)


def test_the_coinsurance_of_the_price_file_goes_first_and_zero_is_a_number() -> None:
    price = Price("J1885", Decimal("10"), LIMITS.since, LIMITS.until or date.max, "ASP", Decimal(0), "asp", "e1")
    case = bill(dose(), "medicare", reference=imported(J1885=price))
    drug = shares(case, next(charge for charge in case.charges if charge.code == "J1885"))
    assert (drug.allowed, drug.patient, drug.payer) == (Decimal("20.00"), Decimal("0.00"), Decimal("19.60"))


@pytest.mark.parametrize("said", ["0", 0])
def test_a_payers_own_table_may_ask_nothing_of_the_patient(said: object) -> None:
    nothing = payer("medicare", coinsurance_by_code={"96372": said}, coinsurance=20)
    case = bill(dose(), nothing)
    assert shares(case, case.charges[0]).patient == Decimal("0.00")


@pytest.mark.parametrize("said", ["twenty", "NaN", "-5", "101", True, "1e9999999"])
def test_a_share_that_is_no_percentage_leaves_the_parts_unknown(said: object) -> None:
    case = bill(dose(), payer("medicare", coinsurance=said, coinsurance_by_code=False))
    assert shares(case, case.charges[0]) == Shares(Decimal("15.36"))
