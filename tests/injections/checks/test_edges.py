"""Where a check turns: which facts it asks for, and which it leaves alone."""

from __future__ import annotations

from injections.facts import DoseLimit
from tests.injections.checks.visits import dose, patient, product, q, said, visit

BY_AGE = product(limits=(DoseLimit(max_single=q("500 mcg"), below_age=12, source="label"),))


def test_a_limit_by_age_asks_for_the_age_and_not_for_the_weight():
    nobody = patient(birth_date=None, weight_kg=None)
    found = said(visit(dose(product=BY_AGE), patient=nobody), "dose.limit_depends_on_unknown_patient_facts")
    assert [finding.fields for finding in found] == [("patient.birth_date",)]
