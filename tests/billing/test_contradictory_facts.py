"""Facts that cannot be true together, or that nobody knows: a critical finding names each, and lines are told."""

from __future__ import annotations

from typing import Any

import pytest

from billing.codes import GUIDED_JOINTS
from tests.billing.asking import answered, codes, shot

PAYERS = ("medicare", "medicaid", "commercial", "workers-compensation", "self-pay")
TRIAMCINOLONE = "00003-0293-05"
NOBODYS = "99999-1234-01"


def critical(document: dict[str, Any]) -> set[str]:
    """The fields that critical findings name."""
    findings = answered(document)["findings"]
    return {name for f in findings if f["severity"] == "critical" for name in f["fields"]}


@pytest.mark.parametrize("payer", PAYERS)
def test_package_that_nobody_knows_or_of_another_drug(payer: str) -> None:
    here = "administrations[0].ndc"
    unknown = shot(ndc=NOBODYS) | {"payer": payer}
    assert here in critical(unknown)
    assert [line for line in codes(unknown) if line.startswith("J1885") and line.endswith("x2")]
    assert here in critical(shot(ndc=TRIAMCINOLONE) | {"payer": payer})
    assert here in critical(shot(drug=None, hcpcs="J1885", ndc=NOBODYS) | {"payer": payer})
    assert here in critical(shot(drug=None, hcpcs="J1885", ndc=TRIAMCINOLONE) | {"payer": payer})
    assert here in critical(shot(drug=None, ndc=NOBODYS) | {"payer": payer})
    assert here not in critical(shot(ndc="63323-0162-01") | {"payer": payer})


def test_package_of_one_of_several_containers() -> None:
    vial = {"holds": "30 mg", "single_dose": True, "used": "30 mg", "discarded": "0 mg"}
    containers = [{**vial, "ndc": NOBODYS}, {**vial, "ndc": TRIAMCINOLONE}]
    named = critical(shot(dose="60 mg", containers=containers))
    assert {f"administrations[0].containers[{nth}].ndc" for nth in (0, 1)} <= named


def test_package_of_a_drug_without_packages_on_file_is_only_asked_about() -> None:
    assert "administrations[0].ndc" not in critical(shot(drug="MMR vaccine", dose="0.5 mL", ndc=NOBODYS))


VIAL = {"holds": "30 mg", "volume": "1 mL", "single_dose": True}
PARTS = {"parts": 2, "reason": "volume", "sites": [{"site": "deltoid", "side": s, "volume": "2 mL"} for s in "LR"]}
#: what is charted, and the fields that a critical finding names
CONTRADICTIONS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "dose, volume and strength": (
        {"dose": "60 mg", "volume": "5 mL", "package": {"holds": "300 mg", "concentration": "30 mg/mL"}},
        {"dose", "volume"},
    ),
    "too little liquid for the dose": (
        {"dose": "60 mg", "volume": "1 mL", "package": {"holds": "300 mg", "concentration": "30 mg/mL"}},
        {"dose", "volume"},
    ),
    "strength in the name": ({"drug": "ketorolac 30 mg/mL", "dose": "60 mg", "volume": "5 mL"}, {"dose", "volume"}),
    "more liquid than the vial holds": ({"volume": "5 mL", "package": VIAL}, {"volume", "package.opened"}),
    "given and discarded over the vial": ({"package": VIAL, "discarded": "15 mg"}, {"dose", "package.opened"}),
    "discarded in another measure": ({"package": VIAL, "discarded": "5 units"}, {"discarded"}),
    "from no vial": ({"package": {**VIAL, "opened": 0}}, {"package.opened"}),
    "parts that make more": ({"volume": "1 mL", "split": PARTS}, {"volume", "split.sites"}),
    "stops before it starts": (
        {"route": "IV-push", "given_at": "2026-10-06T09:30", "stopped_at": "2026-10-06T09:00"},
        {"given_at", "stopped_at"},
    ),
    "goes on for days": (
        {"route": "IV-push", "given_at": "2026-10-06T09:30", "stopped_at": "2026-10-09T09:30"},
        {"given_at", "stopped_at"},
    ),
    "given the day after": ({"given_at": "2026-10-07T09:30"}, {"given_at"}),
    "expired": ({"expires": "2026-09-30"}, {"expires"}),
    "order after the dose": ({"order": {"date": "2026-10-08"}}, {"order.date"}),
    "order ends first": ({"order": {"date": "2026-10-01", "expires": "2026-09-01"}}, {"order.date", "order.expires"}),
    "result of tomorrow": ({"labs": [{"name": "hemoglobin", "value": "9", "date": "2026-10-07"}]}, {"labs[0].date"}),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradiction_in_a_dose_is_critical(name: str) -> None:
    charted, fields = CONTRADICTIONS[name]
    assert {f"administrations[0].{field}" for field in fields} <= critical(shot(**charted))


def test_contradiction_about_the_visit_is_critical() -> None:
    turned = {"hcpcs": "J1885", "number": "A", "from": "2026-12-31", "to": "2026-01-01"}
    assert "authorizations[0].to" in critical(shot() | {"authorizations": [turned]})
    assert "history[0].given" in critical(shot() | {"history": [{"drug": "ketorolac", "given": "2026-12-01"}]})
    assert "patient.birth_date" in critical(shot() | {"patient": {"birth_date": "2026-12-01"}})
    pregnant = shot(diagnoses=["O26.891"])
    assert "patient.sex" in critical(pregnant | {"patient": {"sex": "M"}})
    assert "patient.birth_date" in critical(pregnant | {"patient": {"sex": "F", "birth_date": "1940-01-01"}})
    assert not critical(pregnant | {"patient": {"sex": "F", "birth_date": "1996-01-01"}})


def test_a_fluid_drawn_up_with_the_drug_makes_the_volume_larger() -> None:
    knee = {"drug": "Kenalog-40", "dose": "40 mg", "volume": "5 mL", "route": "intra-articular", "site": "knee"}
    document = shot(**knee, side="left", diagnoses=["M17.12"])
    assert not critical(document)
    assert "dose.volume_contradicts_dose" in {f["rule"] for f in answered(document)["findings"]}


@pytest.mark.parametrize(
    ("volume", "speaks"), [("2 mL", False), ("4 mL", False), ("5 mL", True), ("1 mL", True)], ids=str
)
def test_a_volume_that_no_strength_of_the_drug_explains_is_told(volume: str, speaks: bool) -> None:
    said = answered(shot(drug="ketorolac", dose="60 mg", volume=volume))
    found = [f for f in said["findings"] if f["rule"] == "dose.volume_contradicts_dose"]
    assert bool(found) is speaks
    assert all("60 mg stands in" in f["because"] and volume in f["because"].replace("\xa0", " ") for f in found)


@pytest.mark.parametrize(
    ("day", "code", "now"),
    [
        ("2026-10-06", "99201", "99202"),
        ("2026-10-06", "90782", "96372"),
        ("2026-10-06", "64475", "64493"),
        ("2026-10-06", "99241", "99242"),
        ("2026-10-06", "0001A", "90480"),
        ("2026-10-06", "J2505", "J2506"),
    ],
)
def test_reported_code_that_ended_is_left_out_and_named(day: str, code: str, now: str) -> None:
    answer = answered(shot() | {"date": day, "services": [{"code": code}], "same_day": [{"code": code}]})
    assert code not in {line["code"] for line in answer["lines"]}
    assert code in {line["what"] for line in answer["not_billed"]}
    told = {f["fields"][0]: f["because"] for f in answer["findings"] if f["rule"].startswith("validity.")}
    assert set(told) == {"services[0].code", "same_day[0].code"}
    assert all(because.endswith(f"{now} took over") for because in told.values())


@pytest.mark.parametrize(
    ("day", "code", "begins"),
    [
        ("2014-12-31", "20611", "2015-01-01"),
        ("2023-10-05", "96381", "2023-10-06"),
        ("2024-09-29", "G0012", "2024-09-30"),
    ],
)
def test_reported_code_before_its_first_day_is_left_out_and_named(day: str, code: str, begins: str) -> None:
    reported = shot() | {"services": [{"code": code}]}
    early, late = answered(reported | {"date": day}), answered(reported | {"date": begins})
    told = [f for f in early["findings"] if f["rule"] == "validity.reported_code_ended"]
    assert [f["fields"] for f in told] == [["services[0].code"]]
    assert "began on" in told[0]["because"]
    assert code not in {line["code"] for line in early["lines"]}
    assert "validity.reported_code_ended" not in {f["rule"] for f in late["findings"]}


@pytest.mark.parametrize(("site", "code"), [("finger", "20600"), ("wrist", "20605"), ("knee", "20610")])
def test_ultrasound_reported_beside_a_joint_is_left_out_and_the_guided_code_named(site: str, code: str) -> None:
    joint = shot(drug="triamcinolone", dose="10 mg", route="intra-articular", site=site, side="left")
    said = answered(joint | {"services": [{"code": "76942"}]})
    assert "76942" in {line["what"] for line in said["not_billed"]}
    assert code in {line["code"] for line in said["lines"]}
    told = [f["summary"] for f in said["findings"] if f["rule"] == "reported.guidance_of_a_joint"]
    assert len(told) == 1
    assert GUIDED_JOINTS[code] in told[0]


def test_reported_code_is_judged_on_its_day_by_its_shape_and_by_the_tables() -> None:
    assert "99201-25 x1" in codes(shot() | {"date": "2020-12-31", "services": [{"code": "99201"}]})
    for nonsense in ("ABC", "992134", "9921"):
        named = critical(shot() | {"services": [{"code": nonsense}], "same_day": [{"code": nonsense}]})
        assert {"services[0].code", "same_day[0].code"} <= named
        assert f"{nonsense} x1" not in codes(shot() | {"services": [{"code": nonsense}]})
    unknown = answered(shot() | {"services": [{"code": "99999"}, {"code": "99213"}]})
    because = [row["because"] for row in unknown["not_checked"] if row["check"] == "codes in use on the day"]
    assert because == ["no loaded table has 99999"]


def test_units_over_a_limit_of_policy_name_what_they_were_counted_from() -> None:
    flu = shot(drug="Fluzone", dose="0.5 mL", diagnoses=["Z23"])
    named = critical(flu | {"payer": "medicare", "same_day": [{"code": "G0008", "units": 2}]})
    assert {"administrations[0].dose", "same_day"} <= named


def test_small_joint_is_known_where_the_bill_needs_it() -> None:
    kenalog = {"drug": "Kenalog-40", "dose": "40 mg", "route": "intra-articular", "diagnoses": ["M19.042"]}
    for site in ("index finger PIP joint", "AC joint", "ring finger MCP", "great toe MTP joint"):
        answer = answered(shot(**kenalog, site=site, side="left"))
        assert "site.site_unknown" not in {f["rule"] for f in answer["findings"]}
        assert {line["code"] for line in answer["lines"]} & {"20600", "20605"}


def test_a_rest_that_fits_no_vial_is_told_in_its_amounts() -> None:
    """Ketorolac comes in single-dose vials of 15, 30 and 60 mg: 22 mg are none of them."""

    def said(rest: str) -> list[str]:
        findings = answered(shot(dose="15 mg", discarded=rest) | {"payer": "medicare"})["findings"]
        return [f["because"] for f in findings if f["rule"] == "wastage.container_not_charted"]

    assert said("7 mg") == ["15 mg given + 7 mg thrown away; vials: 15 mg, 30 mg, 60 mg"]
    assert said("15 mg") == []


def test_diagnoses_before_icd_10_are_not_judged() -> None:
    old = answered(shot(diagnoses=["724.2"]) | {"date": "2014-10-06"})
    assert "necessity" not in {f["rule"].partition(".")[0] for f in old["findings"]}
    assert [row["because"] for row in old["not_checked"] if row["check"] == "diagnoses"] == [
        "before 1 Oct 2015 they are codes of ICD-9-CM, which we do not judge"
    ]
    early = answered(shot(diagnoses=["M54.5"]) | {"date": "2014-10-06"})["findings"]
    assert [f["because"][:33] for f in early if f["rule"] == "necessity.diagnosis_not_published"] == [
        "ICD-10-CM began on 1 Oct 2015; co"
    ]
    assert "diagnoses" not in {row["check"] for row in answered(shot())["not_checked"]}


@pytest.mark.parametrize("answered_on", ["1900-01-01", "2999-01-01"])
def test_an_answer_of_the_first_plan_on_an_impossible_day_is_named(answered_on: str) -> None:
    filing = {"as_of": "2026-11-01", "limit_days": 90}
    assert "filing.primary_answered" in critical(shot() | {"filing": filing | {"primary_answered": answered_on}})
    assert "filing.primary_answered" not in critical(shot() | {"filing": filing | {"primary_answered": "2026-10-20"}})


def test_a_notice_of_another_year_adds_no_ga() -> None:
    told = {"payer": "medicare", "abn": {"signed": True, "kind": "required", "date": "1900-01-01"}}
    assert not [line for line in codes(shot() | told) if "GA" in line]
    assert "abn.date" in critical(shot() | told)
    assert [line for line in codes(shot() | told | {"abn": {"signed": True, "date": "2026-10-06"}}) if "GA" in line]
