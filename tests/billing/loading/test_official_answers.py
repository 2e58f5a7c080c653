"""The publishers' own files, imported, and what a visit is then worth. Skipped where the files are not at hand."""

from __future__ import annotations

from datetime import date

import pytest

from billing.actions.imports import Order, import_file
from billing.loading.loaded import loaded_reference
from billing.visit_json import derive
from tests.billing.asking import asked
from tests.billing.imports.test_official_files import given

pytestmark = pytest.mark.django_db

PROLIA = {"drug": "denosumab", "hcpcs": "J0897", "dose": "60 mg", "route": "SC", "diagnoses": ["M81.0"]}


def load(*files):
    for kind, name in files:
        import_file(Order(kind, given(name)))


def answer(day, **changes):
    document = asked(date=day, payer="medicare", administrations=[PROLIA], place_of_service="11", **changes)
    return derive(document, loaded_reference())


def line(said, code):
    return next(one for one in said["lines"] if one["code"] == code)


def test_a_visit_is_worth_what_the_quarter_says():
    load(("asp-limits", "asp/asp_payment_limit_2026Q1.csv"))
    said = answer("2026-02-03")
    drug = line(said, "J0897")
    # 60 units of 29.457 are 1,767.42; 17.585 percent of it is the patient's; 2 percent of the rest is cut
    assert (drug["units"], drug["expected_payment"], drug["patient_share"]) == (60, "1767.42", "310.80")
    assert drug["payer_share"] == "1427.49"
    used = next(row for row in drug["reference"] if row["table"] == "asp")
    assert (used["period"], used["until"], used["because"]) == ("ASP limits Jan-Mar 2026", "2026-03-31", None)


def test_a_day_outside_is_not_checked():
    load(("asp-limits", "asp/asp_payment_limit_2026Q1.csv"))
    said = answer("2026-10-06")
    assert line(said, "J0897")["expected_payment"] is None
    assert {"check": "drug prices", "because": "newest table ends 30 Sep 2026"} in said["not_checked"]


@pytest.mark.parametrize(
    ("locality", "amount"), [("10112-00", "14.05"), ("Manhattan", "18.79"), ("AK", "18.66"), (None, "15.36")]
)
def test_an_injection_is_worth_what_its_locality_pays(locality, amount):
    load(("fee-schedule", "mpfs/PPRRVU2026_Jul_nonQPP.csv.gz"), ("gpci", "mpfs/GPCI2026.csv"))
    said = answer("2026-08-04", locality=locality) if locality else answer("2026-08-04")
    assert line(said, "96372")["expected_payment"] == amount


def test_a_pair_of_the_quarter_is_found_and_one_file_proves_nothing_of_another():
    load(("ncci-pairs", "ncci/ptp_practitioner_2024q3_injection_subset.csv.gz"))
    reference = loaded_reference()
    inside = reference.on(date(2024, 8, 1))
    assert inside.pair("96372", "99211").modifier_allowed is False
    assert inside.pair("20610", "96372").modifier_allowed is True
    assert inside.unspoken("ncci-pairs") is None  # the starter speaks for that quarter
    assert reference.on(date(2026, 8, 4)).unspoken("ncci-pairs") == "newest table ends 30 Sep 2024"
