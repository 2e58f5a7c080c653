"""What is expected for a line: a published figure of the day, or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billing.payment import expected_payment
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
