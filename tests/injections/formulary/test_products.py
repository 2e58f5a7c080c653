"""What holds for every product file that ships."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

import pytest

from injections.formulary import HERE, load_product
from injections.formulary.words import CLASSES
from injections.quantity import Quantity
from injections.routes import parse_route
from injections.sites import parse_site

FILES = sorted(HERE.glob("*.toml"))
#: places that are no point on the body map: a muscle that the order names, a wound, a lesion
NOT_ON_THE_MAP = {"named-muscles", "wound", "lesion"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_loads(path):
    assert load_product(path).key == path.stem


def test_every_class_is_used(products):
    unused = CLASSES - {word for product in products for word in product.classes}
    assert unused <= {"complex", "soy"}


def test_routes_and_sites_are_words_that_the_chart_knows(products):
    strange = [(p.key, route) for p in products for route in p.routes if parse_route(route) is None]
    strange += [(p.key, s) for p in products for s in p.sites if s not in NOT_ON_THE_MAP and parse_site(s) is None]
    assert strange == []


def test_diagnoses_begin_a_code_of_this_year(products, diagnoses):
    codes = sorted(diagnoses)
    wrong = []
    for product in products:
        for prefix in product.supports:
            bare = prefix.replace(".", "")
            at = bisect_left(codes, bare)
            if at == len(codes) or not codes[at].startswith(bare):
                wrong.append((product.key, prefix))
    assert wrong == []


def test_a_controlled_drug_has_its_schedule_and_the_reverse(products):
    uneven = [p.key for p in products if ("controlled" in p.classes) is not bool(p.schedule)]
    assert uneven == []


def test_an_antineoplastic_is_one_kind_only(products):
    both = [p.key for p in products if {"antineoplastic", "hormonal-antineoplastic"} <= p.classes]
    assert both == []


def test_a_vaccine_is_never_an_immune_globulin(products):
    both = [p.key for p in products if {"vaccine", "immune-globulin"} <= p.classes]
    assert both == []


#: of the seasons up to 2023-24
FOUR_STRAINS = ("90672", "90674", "90682", "90686", "90688", "90694")


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("influenza", {"90656", "90662", "90653", "90658", "90660", "90661", "90673", *FOUR_STRAINS}),
        ("pneumococcal", {"90677", "90684", "90671", "90670", "90732"}),
        ("hepatitis-b", {"90746", "90739", "90744", "90743", "90740", "90747", "90759"}),
        ("covid-19", {"91303", "91318", "91319", "91320", "91321", "91322", "91323", "91304"}),
        ("rsv-antibody", {"90380", "90381", "90382"}),
        ("esa", {"J0881", "J0882", "J0885", "Q4081", "Q5105", "Q5106", "J0888"}),
        ("chemodenervation", {"J0585", "J0586", "J0587", "J0588", "J0589"}),
    ],
)
def test_a_class_that_rules_go_by_holds_exactly_these_codes(products, word, codes):
    assert {c.code for p in products if word in p.classes for c in p.codings} == codes


@pytest.mark.parametrize(
    "name",
    [
        "benralizumab", "canakinumab", "denosumab", "filgrastim", "luspatercept", "mepolizumab", "octreotide LAR",
        "omalizumab", "pegfilgrastim", "rilonacept", "tildrakizumab",
    ],
)  # fmt: skip
def test_the_contractors_list_of_biologics_that_are_not_complex_is_marked(index, name):
    product = index.by_name(name)
    assert "not-complex-list" in product.classes
    assert "complex" not in product.classes


@pytest.mark.parametrize("name", ["J9217", "J9155", "J9395", "J3315", "J9202", "J1952", "J1954"])
def test_hormones_against_cancer_are_marked(index, name):
    assert all("hormonal-antineoplastic" in p.classes for p in index.by_code(name))


@pytest.mark.parametrize("name", ["J1950", "J1951", "J3316"])
def test_the_same_molecules_for_other_uses_are_not(index, name):
    assert not any("hormonal-antineoplastic" in p.classes for p in index.by_code(name))


@pytest.mark.parametrize(
    ("key", "minutes"),
    [("testosterone-undecanoate", 30), ("olanzapine-pamoate", 180), ("omalizumab", 30), ("allergen-extract", 30)],
)
def test_the_wait_after_the_dose_is_known(index, key, minutes):
    assert index.by_key(key).observation_minutes == minutes


@pytest.mark.parametrize(
    ("key", "question"),
    [("medroxyprogesterone", "pregnancy"), ("naltrexone-er", "opioid-free"), ("romosozumab", "heart-attack-or-stroke")],
)
def test_the_question_that_one_drug_asks_is_there(index, key, question):
    assert [q.key for q in index.by_key(key).screening] == [question]


def test_a_drug_with_a_safety_program_of_the_office_asks_about_it(products):
    told = {p.key for p in products if any("REMS" in note and "hospital" not in note for note in p.notes)}
    assert told == {p.key for p in products if any(q.key == "safety-program" for q in p.screening)}
    assert {"olanzapine-pamoate", "natalizumab", "buprenorphine-er-sublocade"} <= told


@pytest.mark.parametrize(
    ("from_age", "below_weight_kg", "below_age", "largest"),
    [(None, None, None, "60 mg"), (65, None, None, "30 mg"), (None, 50, None, "30 mg"), (None, None, 17, "30 mg")],
)
def test_ketorolac_into_a_muscle_is_halved_for_the_old_the_light_and_the_young(
    index, from_age, below_weight_kg, below_age, largest
):
    (limit,) = [
        limit
        for limit in index.by_key("ketorolac").limits
        if "IM" in limit.routes
        and not limit.impaired_kidneys
        and (limit.from_age, limit.below_weight_kg, limit.below_age) == (from_age, below_weight_kg, below_age)
    ]
    assert limit.max_single == Quantity.parse(largest)


@pytest.mark.parametrize(
    ("key", "days"),
    [("medroxyprogesterone", 91), ("denosumab", 182), ("denosumab-xgeva", 28), ("buprenorphine-er-sublocade", 26)],
)
def test_the_shortest_time_between_two_doses_is_known(index, key, days):
    assert index.by_key(key).minimum_interval_days == days


def test_numbing_and_flushing_never_have_a_line(products):
    for product in products:
        if product.classes & {"local-anaesthetic", "diluent", "allergen", "skin-test", "dialysis-facility"}:
            assert product.never_separately_billed, product.key


def test_whoever_has_no_code_says_why(products):
    without = {p.key for p in products if not p.codings_on(date(2026, 10, 6))}
    assert without == {"allergen-extract", "cortisone", "covid-19-vaccine-janssen"}
    assert all(p.notes for p in products if p.key in without)
