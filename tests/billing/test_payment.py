"""What is expected for a line: a published figure of the day, or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billing.payment import Shares, expected_payment, shares
from injections.facts import Clinician
from tests.builders import bill, dose, supervised, visit


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
