"""Who agreed for somebody under age is asked at the signature, and never of a visit that only wants its codes."""

from datetime import date

import pytest

from injections.checks import examine
from injections.checks.consent import asked_at_signing
from injections.facts import Consent, Patient, Unobtainable
from injections.findings import Gate
from tests.injections.checks.visits import DAY, dose, visit


def of(born, **more):
    return visit(dose(**more), patient=Patient(birth_date=born, allergies=()))


def test_a_child_of_17_is_asked_and_who_is_18_today_is_not():
    (asked,) = asked_at_signing(of(date(DAY.year - 18, DAY.month, DAY.day + 1)))
    assert (asked.rule, asked.gate, asked.fields) == ("consent.agreement_not_charted", Gate.SIGNING, ("consent",))
    assert asked_at_signing(of(date(DAY.year - 18, DAY.month, DAY.day))) == ()


@pytest.mark.parametrize("said", [Consent(given=True), Consent(given=False), Unobtainable("emergency")])
def test_every_answer_is_one(said):
    assert asked_at_signing(of(date(2015, 1, 1), consent=said)) == ()


def test_an_unknown_or_impossible_birth_date_asks_nothing():
    assert asked_at_signing(of(None)) == asked_at_signing(of(date(2030, 1, 1))) == ()


def test_the_door_for_codes_is_not_asked():
    assert not [finding for finding in examine(of(date(2015, 1, 1))) if "consent" in finding.fields]
