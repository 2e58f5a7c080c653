"""What people write for amounts, days, yes and no: read where it means one thing, asked about where it is two."""

from __future__ import annotations

from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.visit_json import VisitError, read_visit
from injections.facts import Administration, Supervision, known
from tests.billing.asking import answered, asked, codes, shot
from tests.builders import DAY


def dose(**facts: Any) -> Administration:
    return read_visit(shot(**facts), shipped_reference()).encounter.administrations[0]


def refused(document: dict[str, Any]) -> VisitError:
    with pytest.raises(VisitError) as problem:
        read_visit(document, shipped_reference())
    return problem.value


# --- amounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "30 mg IM",
        "30 mgs",
        "30 mg (1 mL)",
        "1 mL (30 mg)",
        "30 mg in 1 mL",
        "30 mg x 1",
        "1 vial (30 mg)",
        "30 mg intramuscular",
    ],
)
def test_a_dose_with_words_beside_it_is_the_dose(written: str) -> None:
    assert codes(shot(dose=written)) == ["96372 x1", "J1885 x2"]


def test_what_stands_beside_the_dose_counts_and_has_to_agree() -> None:
    assert str(dose(dose="30 mg (1 mL)").volume) == "1 mL"
    assert known(dose(dose="30 mg IM", route=None).route) == "IM"
    assert str(dose(drug="Nexplanon", dose="1 implant", route="implant").dose) == "1 dose"
    assert "says IM" in refused(shot(dose="30 mg IM", route="SC")).why
    assert "says 2 mL" in refused(shot(dose="30 mg (2 mL)", volume="1 mL")).why


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("60 mg/mL", "is a strength; say how much of it was given"),
        (".5 g", 'write "0.5 g"'),
        ("60", "write the unit too"),
        ("15 mg and 30 mg", "is two amounts"),
        ("2 vials (30 mg)", "is not an amount"),
        ("15 mg or 30 mg", "is not an amount"),
        ("about 30 mg", "is not an amount"),
    ],
)
def test_an_amount_that_is_none_or_two_is_asked_about(written: str, says: str) -> None:
    problem = refused(shot(dose=written))
    assert problem.path == "administrations[0].dose"
    assert says in problem.why


def test_a_pair_is_a_dose_of_a_drug_that_is_two() -> None:
    assert codes(shot(drug="Cabenuva", dose="600 mg/900 mg"))[-1] == "J0741 x300"
    assert codes(shot(drug="Bicillin L-A", dose="600K units"))[-1] == "J0561 x6"
    assert codes(shot(drug="Prolia", dose="one syringe", route="SC"))[-1] == "J0897 x60"


@pytest.mark.parametrize("nothing", [0, "0", "none", "None discarded"])
def test_nothing_thrown_away_needs_no_unit(nothing: Any) -> None:
    thrown = known(dose(discarded=nothing).discarded)
    assert thrown is not None
    assert thrown.amount == 0


# --- not charted -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", [None, "", "  ", "not charted", "Not documented", "unknown"])
def test_words_for_nothing_are_not_charted(blank: Any) -> None:
    assert dose(lot=blank).lot is None
    assert dose(dose=blank).dose is None
    found = answered(shot(dose=blank))["findings"]
    assert any(f["rule"] == "completeness.dose_not_charted" for f in found)


def test_a_reason_why_nobody_can_know_is_given_in_words() -> None:
    assert refused(shot(lot={"unobtainable": ""})).path == "administrations[0].lot.unobtainable"
    assert read_visit(asked(patient={"allergies": {"unobtainable": "unconscious"}}), shipped_reference())


# --- yes, no, numbers and lists --------------------------------------------------------------------------------------


def test_yes_and_no_and_numbers_may_be_words() -> None:
    given = dose(self_given="Yes", needle_sticks="2", observed_minutes="15 min", package={"opened": "2"})
    assert (given.self_given, given.needle_sticks, given.opened) == (True, 2, 2)
    assert refused(shot(self_given=1)).why == "1 is not true or false"
    assert refused(asked(services=[{"code": "99213", "units": 0}])).path == "services[0].units"


def test_one_text_is_a_list_and_a_code_brings_its_modifiers() -> None:
    told = read_visit(asked(services=["99213-25"], patient={"allergies": "penicillin, sulfa"}), shipped_reference())
    assert told.encounter.services[0].modifiers == ("25",)
    assert [a.substance for a in told.encounter.patient.allergies or ()] == ["penicillin", "sulfa"]
    assert dose(diagnoses="M54.50; M25.561").diagnoses == ("M54.50", "M25.561")
    behind = dose(hcpcs="HCPCS j1885-JZ")
    assert (behind.claimed_hcpcs, behind.claimed_modifiers) == ("J1885", ("JZ",))


def test_age_and_weight_as_people_say_them() -> None:
    patient = read_visit(asked(patient={"age": "70", "weight_kg": "157 lb"}), shipped_reference()).encounter.patient
    assert (str(patient.birth_date), str(patient.weight_kg)) == ("1956-10-06", "71.2")
    assert refused(asked(patient={"age": 1})).path == "patient.age"


# --- days and times --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["2026/10/06", "2026-10-6", "Oct 6, 2026", "6 October 2026", "2026-10-06 09:21", "2026-10-06T09:21Z"]
)
def test_a_day_that_can_only_be_one_is_read(written: str) -> None:
    assert str(read_visit(asked(date=written), shipped_reference()).encounter.date) == "2026-10-06"


def test_a_day_that_can_be_two_is_asked_about() -> None:
    assert "could be 2026-06-10 or 2026-10-06" in refused(asked(date="10/06/2026")).why
    assert read_visit(asked(patient={"birth_date": "03/14/1956"}), shipped_reference())
    assert "write it as 2026-10-06" in refused(asked(date="tomorrow")).why


@pytest.mark.parametrize("written", ["09:21", "0921", "9:21 AM", "2026-10-06 9:21 am"])
def test_a_clock_time_is_of_the_visits_day(written: str) -> None:
    document = {**shot(given_at=written), "time_zone": "Central"}
    given = known(read_visit(document, shipped_reference()).encounter.administrations[0].given_at)
    assert str(given) == "2026-10-06 09:21:00-05:00"


# --- words -----------------------------------------------------------------------------------------------------------


def test_a_side_is_one_or_is_asked_about() -> None:
    assert known(dose(site="knees", route="IA", drug="Kenalog").side) == "both"
    assert dose(site="abdomen", side="n/a").side is None
    assert refused(shot(side="up")).why == '"up" is not a side: write left, right or both'


def test_ia_means_the_joint_for_a_drug_that_no_artery_takes() -> None:
    assert codes(shot(drug="Kenalog", dose="40 mg", route="IA", site="left knee")) == ["20610-LT x1", "J3301 x4"]


@pytest.mark.parametrize("written", ["POS 11", "11 - Office", "office", 11])
def test_the_place_as_people_write_it(written: Any) -> None:
    assert read_visit(asked(place_of_service=written), shipped_reference()).encounter.place_of_service == "11"


def test_supervision_may_be_one_word_and_needs_one() -> None:
    def told(stated: Any, **more: Any) -> Any:
        return read_visit(asked(supervision=stated, **more), shipped_reference()).encounter.supervision

    assert known(told("in suite")) == told({"mode": "direct"})
    named = known(told({"clinician": "Adams MD"}))
    assert isinstance(named, Supervision)
    assert (named.mode, named.clinician and named.clinician.credential) == ("in-suite", "MD")
    assert told({"clinician": "Adams MD"}, assume_documented=False) is None
    assert told({"mode": None}) is None


def test_who_gave_the_dose_is_somebody_of_the_staff() -> None:
    assert '"self_given": true' in refused(shot(given_by="patient")).why
    assert '"Zebra" is not a state' in refused(asked(state="Zebra")).why


@pytest.mark.parametrize(
    ("wants", "why"),
    [
        ({"split-dose": "banana"}, "is not a value of this demand"),
        ({"filing-days": "soon"}, "is not a number"),
        ({"ndc": "perhaps"}, "is not true or false"),
        ({"line-modifiers": "FP"}, "is not a table"),
    ],
)
def test_a_demand_takes_its_own_values(wants: dict[str, Any], why: str) -> None:
    problem = refused(asked(payer={"follows": "commercial", "wants": wants}))
    assert problem.path.startswith("payer.wants.")
    assert why in problem.why


def test_an_answer_says_that_no_payer_was_stated() -> None:
    checks = [u["check"] for u in answered(asked(payer=None))["not_checked"]]
    assert "payer" in checks
    assert "payer" not in [u["check"] for u in answered(asked(payer="commercial"))["not_checked"]]


def test_a_payer_is_the_one_that_is_named() -> None:
    def payer(stated: Any) -> Any:
        return read_visit(asked(payer=stated), shipped_reference()).context.payer

    assert payer({"name": "Medicare"}).kind == "medicare"
    assert payer({"kind": "Medicare"}).kind == "medicare"
    assert (payer({"name": "Lone Star", "kind": "medicaid"}).kind, payer({"type": "self-pay"}).kind) == (
        "medicaid",
        "self-pay",
    )
    assert refused(asked(payer={"kind": "moon insurance"})).path == "payer.kind"
    assert payer({"follows": "commercial", "wants": {"filing-days": "90"}}).wants("filing-days", DAY) == 90
    assert "two payers" in refused(asked(payer="Medicare and Medicaid")).why


@pytest.mark.parametrize(
    ("guided", "code"),
    [
        *(("US guided, image saved", "20611"), ("ultrasound", "20611"), ("U/S", "20611")),
        *(("no ultrasound", "20610"), ("without US", "20610"), ("landmark", "20610"), (None, "20610")),
    ],
)
def test_ultrasound_is_understood_and_its_absence_too(guided: str | None, code: str) -> None:
    knee = shot(drug="Kenalog", dose="40 mg", route="joint", site="left knee", guidance=guided)
    assert codes(knee)[0] == f"{code}-LT x1"


@pytest.mark.parametrize("package", [None, {"holds": "10 mL", "single_dose": "no"}, {"single_dose": False}])
def test_the_strength_in_the_name_counts_beside_a_package_that_says_none(package: Any) -> None:
    written = shot(drug="depo testosterone 200mg/ml", dose="0.5 cc", package=package)
    assert codes(written)[-1] == "J1071 x100"


def test_a_diagnosis_is_a_code_whatever_words_stand_behind_it() -> None:
    assert dose(diagnoses=["M54.50 - low back pain", "m54.41 (sciatica)", "E538"]).diagnoses == (
        "M54.50",
        "M54.41",
        "E538",
    )
    said = answered(shot(diagnoses=["back pain"]))
    assert not said["billable"]
    assert any(f["rule"] == "necessity.diagnosis_not_published" and f["blocks"] == "claim" for f in said["findings"])


# --- words for what a drug and a patient are --------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["vaccine", "Vaccines", "VACCINE", "immunization"])
def test_a_class_in_any_writing_decides_the_code(written: str) -> None:
    unheard_of = shot(drug="a new thing", drug_class=written, dose="0.5 mL", diagnoses=["Z23"])
    assert "90471 x1" in codes(unheard_of)


def test_a_class_that_no_rule_knows_is_told_as_not_used() -> None:
    assert answered(shot(drug="a new thing", drug_class="tonic"))["ignored"] == ["administrations[0].drug_class"]
    assert "ignored" not in answered(shot(drug="a new thing", drug_class="Antibiotics"))


@pytest.mark.parametrize(("written", "meant"), [("Female", "F"), ("woman", "F"), ("m", "M"), ("X", "X")])
def test_a_sex_in_letters_or_words(written: str, meant: str) -> None:
    patient = asked(patient={"sex": written})
    assert read_visit(patient, shipped_reference()).encounter.patient.sex == meant
    assert refused(asked(patient={"sex": "purple"})).path == "patient.sex"


def test_no_stick_is_true_of_what_was_not_injected_alone() -> None:
    assert refused(shot(needle_sticks=0)).path == "administrations[0].needle_sticks"
    assert dose(needle_sticks=0, status="refused").needle_sticks == 1
    assert dose(needle_sticks=0, route="nasal").needle_sticks == 1
