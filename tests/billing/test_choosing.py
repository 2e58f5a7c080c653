"""Which product a name means: by dose, route, diagnosis, age and claimed code, and what is said about the choice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.reference.choosing import Asked, choose
from billing.reference.vaccines import VACCINES, code_for_age
from billing.visit_json import derive
from injections.days import months_on
from tests.billing.asking import answered as told_of
from tests.billing.asking import asked, shot
from tests.builders import DAY, amount

PRODUCTS = shipped_reference().products


def chosen(name: str, given: str | None = None, **facts: Any) -> tuple[str | None, str]:
    asked = Asked(name, DAY, amount(given) if given else None, **facts)
    choice = choose(PRODUCTS, asked)
    return (choice.product.key if choice.product else None, choice.by)


@pytest.mark.parametrize(
    ("name", "given", "key"),
    [
        ("denosumab", "120 mg", "denosumab-xgeva"),
        ("denosumab", "60 mg", "denosumab"),
        ("Lupron Depot", "11.25 mg", "leuprolide-depot-gynecologic"),
        ("Lupron Depot", "22.5 mg", "leuprolide-depot-oncology"),
        ("Prolia", None, "denosumab"),
        ("Fluzone HD", "0.5 mL", "influenza-vaccine-high-dose"),
    ],
)
def test_the_package_size_decides(name: str, given: str | None, key: str) -> None:
    assert chosen(name, given)[0] == key


def test_a_disease_reaches_the_product_whose_name_goes_on() -> None:
    assert chosen("Lupron Depot", "30 mg", diagnoses=("E30.1",)) == ("leuprolide-depot-pediatric", "diagnosis")
    assert chosen("Lupron Depot", "30 mg", diagnoses=("C61",))[0] == "leuprolide-depot-oncology"


def test_a_brand_says_enough_and_a_bare_name_does_not() -> None:
    assert chosen("Prolia", "60 mg") == ("denosumab", "name")
    assert chosen("testosterone", "200 mg")[1] == "bare"
    assert chosen("testosterone", "200 mg", code="J1071")[1] != "bare"


def test_a_name_that_nobody_knows_means_nothing() -> None:
    assert chosen("unheard-of") == (None, "name")


def test_a_vaccine_is_chosen_by_age() -> None:
    assert chosen("hepatitis B vaccine", born=date(2021, 5, 1)) == ("hepatitis-b-vaccine-child", "age")
    assert chosen("hepatitis B vaccine", born=date(1980, 5, 1)) == ("hepatitis-b-vaccine", "usual")
    assert chosen("Engerix-B", born=date(1980, 5, 1)) == ("hepatitis-b-vaccine", "name")


def test_an_age_leads_down_to_the_youngest_code() -> None:
    assert code_for_age("91320", 7 * 12) == "91319"
    assert code_for_age("91320", 2 * 12) == "91318"
    assert code_for_age("90715", 4 * 12) == "90715"


def test_months_are_whole() -> None:
    assert months_on(date(2026, 8, 7), date(2026, 10, 6)) == 1
    assert months_on(date(2026, 8, 6), date(2026, 10, 6)) == 2


def test_every_younger_code_is_in_the_table() -> None:
    assert [row.code for row in VACCINES.values() if row.younger and row.younger not in VACCINES] == []


def answered(**changes: Any) -> dict[str, Any]:
    dose = {"drug": "ketorolac", "dose": "30 mg", "route": "IM", "diagnoses": ["M54.50"]}
    visit = {"date": "2026-10-06", "payer": "medicare", "assume_documented": True, "administrations": [dose]}
    return derive({**visit, **changes}, shipped_reference())


def test_an_answer_tells_the_three_amounts() -> None:
    act = answered()["lines"][0]
    assert (act["expected_payment"], act["payer_share"], act["patient_share"]) == ("15.36", "12.04", "3.07")
    unknown = answered(payer="commercial")["lines"][0]
    assert (unknown["expected_payment"], unknown["payer_share"], unknown["patient_share"]) == (None, None, None)


def test_without_geographic_factors_an_answer_says_that_amounts_are_national() -> None:
    assert "locality" in [c["check"] for c in answered(locality="35")["not_checked"]]
    assert "locality" not in [c["check"] for c in answered()["not_checked"]]


def test_a_dose_that_no_kit_holds_came_out_of_a_multi_dose_vial() -> None:
    assert chosen("leuprolide acetate", "1 mg", route="SC", diagnoses=("C61",)) == ("leuprolide-daily", "dose")


def test_forty_micrograms_against_hepatitis_b_are_for_dialysis() -> None:
    assert chosen("Engerix-B", "40 mcg") == ("hepatitis-b-vaccine-dialysis-4-dose", "dose")
    assert chosen("Recombivax HB", "40 mcg") == ("hepatitis-b-vaccine-dialysis-3-dose", "dose")
    assert chosen("hepatitis B vaccine", "40 mcg")[1] == ""


@pytest.mark.parametrize(
    ("name", "drugs"),
    [
        ("Toradol/Decadron", ["ketorolac", "dexamethasone"]),
        ("Demerol & Phenergan", ["meperidine", "promethazine"]),
        ("cyanocobalamin with folic acid", ["cyanocobalamin", "folic-acid"]),
        ("Toradol / ketorolac", []),
        ("Depo-Medrol 40 mg/mL with lidocaine", []),
        ("Pediarix, DTaP, hepatitis B and polio vaccine", []),
        ("atezolizumab and hyaluronidase / Tecentriq Hybreza", []),
        ("Adacel, tetanus, diphtheria and pertussis", []),
    ],
)
def test_two_drugs_in_one_name_are_told_apart_from_two_names_of_one(name: str, drugs: list[str]) -> None:
    together = shipped_reference().products.told_together(name)
    assert [several[0].key for several in together] == drugs
    assert not drugs or chosen(name, "1 mg")[0] is None


@pytest.mark.parametrize("name", ["lidocaine/Kenalog", "1% lidocaine 2 ml + Kenalog-40", "Marcaine with Kenalog"])
def test_what_numbs_is_not_the_drug_though_it_stands_first(name: str) -> None:
    assert chosen(name, "40 mg", route="intra-articular")[0] == "triamcinolone"
    assert chosen("lidocaine with epinephrine", "20 mg")[0] == "lidocaine"


def test_a_numbing_drug_that_holds_epinephrine_is_not_said_to_be_it() -> None:
    around = {product.key for product in PRODUCTS.around("epinephrine")}
    assert "lidocaine" not in around
    assert {"epinephrine", "epinephrine-adrenalin"} <= around
    assert "lidocaine" in {product.key for product in PRODUCTS.around("lidocaine")}


@pytest.mark.parametrize(
    "written",
    [
        *("B12 and toradol", "B12/Toradol", "Rocephin Toradol", "cyanocobalamin or hydroxocobalamin"),
        *("Depo-Medrol/Kenalog", "Solu-Medrol or Depo-Medrol", "ketorolac + ondansetron"),
    ],
)
def test_two_drugs_in_one_dose_are_neither(written: str) -> None:
    assert chosen(written, "30 mg") == (None, "name")
    assert chosen(written, "1000 mcg") == (None, "name")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("promethazine/Phenergan", "promethazine"),
        ("penicillin G benzathine/procaine", "penicillin-g-benzathine-procaine"),
        ("Rocephin + lidocaine", "ceftriaxone"),
        ("Haldol dec", "haloperidol-decanoate"),
        ("Haldol (haloperidol decanoate)", "haloperidol-decanoate"),
        ("methylpred acetate", "methylprednisolone-acetate"),
        ("PCN G benzathine", "penicillin-g-benzathine"),
        ("vit b12", "cyanocobalamin"),
        ("lidocaine with epinephrine", "lidocaine"),
        ("NS flush", "sterile-water"),
        ("vitamin", None),
        ("dex", None),
    ],
)
def test_one_drug_in_other_words_is_itself(written: str, key: str | None) -> None:
    assert chosen(written)[0] == key


@pytest.mark.parametrize(
    ("written", "given", "route", "key"),
    [
        ("buprenorphine ER", "24 mg", "SC", "buprenorphine-er-brixadi"),
        ("buprenorphine ER", "300 mg", "SC", "buprenorphine-er-sublocade"),
        ("paliperidone palmitate", "546 mg", "IM", "paliperidone-palmitate-long"),
        ("paliperidone palmitate", "156 mg", "IM", "paliperidone-palmitate"),
        ("aripiprazole", "720 mg", "IM", "aripiprazole-asimtufii"),
        ("aripiprazole lauroxil", "675 mg", "IM", "aripiprazole-lauroxil-initio"),
        ("risperidone", "90 mg", "SC", "risperidone-perseris"),
        ("risperidone", "110 mg", "SC", None),
        ("Rho(D) immune globulin", "50 mcg", "IM", "rho-d-immune-globulin-mini"),
    ],
)
def test_a_bare_name_yields_to_the_package_that_the_dose_is(
    written: str, given: str, route: str, key: str | None
) -> None:
    assert chosen(written, given, route=route)[0] == key


def test_a_biosimilar_is_never_the_original() -> None:
    assert chosen("denosumab biosimilar", "60 mg")[0] is None
    assert chosen("Xolair biosimilar", "150 mg")[0] == "omalizumab-igec"
    assert chosen("denosumab-bbdz", "60 mg")[0] == "denosumab-bbdz"


def test_an_unclassified_code_names_no_drug() -> None:
    told = told_of(asked(administrations=[{"hcpcs": "J3490", "dose": "1 mL", "route": "IM"}]))
    assert [line["code"] for line in told["lines"]] == ["96372", "J3490"]
    assert any(f["fields"] == ["administrations[0].drug"] and f["severity"] == "critical" for f in told["findings"])


def test_a_name_that_is_almost_one_is_asked_about() -> None:
    told = told_of(shot(drug="cyanocobalamine"))
    assert [line["code"] for line in told["lines"]] == ["96372"]
    assert any("did you mean cyanocobalamin" in f["because"] for f in told["findings"])


def test_an_abbreviation_of_two_drugs_is_told_by_the_dose() -> None:
    assert chosen("MPA", "150 mg")[0] == "medroxyprogesterone"
    assert chosen("MPA", "80 mg")[0] == "methylprednisolone-acetate"
