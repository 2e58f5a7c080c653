"""Where a check turns: which facts it asks for, and which it leaves alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from injections.checks.names import names_any_of
from injections.facts import Allergy, DoseLimit
from tests.injections.checks.visits import dose, patient, product, q, said, visit

BY_AGE = product(limits=(DoseLimit(max_single=q("500 mcg"), below_age=12, source="label"),))


def test_a_limit_by_age_asks_for_the_age_and_not_for_the_weight():
    nobody = patient(birth_date=None, weight_kg=None)
    found = said(visit(dose(product=BY_AGE), patient=nobody), "dose.limit_depends_on_unknown_patient_facts")
    assert [finding.fields for finding in found] == [("patient.birth_date",)]


@pytest.mark.parametrize(("given", "gate"), [("1100 mcg", "nothing"), ("10000 mcg", "sign-off")])
def test_a_little_over_a_limit_by_surface_is_a_question_and_ten_times_it_a_stop(given, gate):
    tall = patient(height_cm=Decimal(180), weight_kg=Decimal(80))  # 2 square meters
    by_surface = product(limits=(DoseLimit(q("500 mcg"), per_m2=True, source="label"),))
    found = said(visit(dose(product=by_surface, dose=q(given)), patient=tall), "dose.dose_over_label_maximum")
    assert [finding.blocks for finding in found] == [gate]


@pytest.mark.parametrize("side", ["L", "left", "LEFT"])
def test_a_side_in_letters_is_the_side_in_words(side):
    assert not said(visit(dose(site="left deltoid", side=side)), "site.side_contradicts_site")


def test_a_name_is_the_same_in_one_word_or_two_and_in_any_order():
    assert names_any_of("depomedrol", ["Depo Medrol"])
    assert names_any_of("acetate medroxyprogesterone", ["medroxyprogesterone acetate"])
    assert not names_any_of("depo", ["Depo Medrol"])


@pytest.mark.parametrize(
    ("minutes", "signed", "stops"),
    [(3, True, False), (-3, True, True), (3, False, True)],
    ids=["the dose that showed it", "known before", "a dose that is being charted"],
)
def test_an_allergy_stops_no_signed_dose_that_was_in_before_anybody_knew(minutes, signed, stops):
    given = datetime(2026, 10, 6, 9, 21)
    learnt = patient(allergies=(Allergy("cyanocobalamin", "hives", given + timedelta(minutes=minutes)),))
    shot = dose(given_at=given, signed_at=given + timedelta(minutes=1) if signed else None)
    assert bool(said(visit(shot, patient=learnt), "allergy.documented_allergy")) is stops
