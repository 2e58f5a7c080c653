"""Finding the product that somebody means."""

from __future__ import annotations

from datetime import date

import pytest

from injections.facts import Coding, Package, Product
from injections.formulary import FormularyError, Index
from injections.quantity import Quantity

TODAY = date(2026, 10, 6)


def product(key: str, *, brands: tuple[str, ...] = (), ndc: str = "", holds: str = "", code: str = "") -> Product:
    packages = (Package(ndc, holds=Quantity.parse(holds) if holds else None),) if ndc else ()
    codings = (Coding(code, None, date(2020, 1, 1)),) if code else ()
    return Product(key, key, key, brands=brands, packages=packages, codings=codings)


# --- by name ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("B12", "cyanocobalamin"),
        ("vitamin b-12", "cyanocobalamin"),
        ("Toradol", "ketorolac"),
        ("KETOROLAC TROMETHAMINE", "ketorolac"),
        ("penicillin", "penicillin-g-benzathine"),
        ("Bicillin L-A", "penicillin-g-benzathine"),
        ("Bicillin C-R", "penicillin-g-benzathine-procaine"),
        ("ceftriaxone", "ceftriaxone"),
        ("cortisone", "cortisone"),
        ("methylprednisolone", "methylprednisolone-acetate"),
        ("Solu-Medrol", "methylprednisolone-sodium-succinate"),
        ("heparin", "heparin"),
        ("enoxaparin", "enoxaparin"),
        ("insulin", "insulin"),
        ("Aranesp", "darbepoetin-alfa"),
        ("Procrit", "epoetin-alfa"),
        ("flu shot", "influenza-vaccine"),
        ("ondansetron", "ondansetron"),
        ("promethazine", "promethazine"),
        ("sumatriptan", "sumatriptan"),
        ("D.H.E. 45", "dihydroergotamine"),
    ],
)
def test_every_drug_that_the_project_was_asked_to_cover_is_found_by_name(index, name, key):
    assert index.by_name(name).key == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("denosumab (Xgeva)", "denosumab-xgeva"),
        ("Prolia (denosumab)", "denosumab"),
        ("methylprednisolone acetate (Depo-Medrol)", "methylprednisolone-acetate"),
        ("ketorolac (generic)", "ketorolac"),
    ],
)
def test_a_brand_in_brackets_goes_before_the_drug_outside(index, name, key):
    assert index.by_name(name).key == key


@pytest.mark.parametrize(
    ("name", "dose", "key"),
    [
        ("denosumab", "60 mg", "denosumab"),
        ("denosumab", "120 mg", "denosumab-xgeva"),
        ("denosumab-bbdz", "120 mg", "denosumab-bbdz-wyost"),
        ("Lupron Depot", "11.25 mg", "leuprolide-depot-gynecologic"),
        ("Lupron Depot", "22.5 mg", "leuprolide-depot-oncology"),
    ],
)
def test_a_shared_name_is_decided_by_the_dose(index, name, dose, key):
    assert index.by_name(name, Quantity.parse(dose)).key == key


def test_a_shared_name_without_a_dose_lists_them_all(index):
    assert [p.key for p in index.named("denosumab")] == ["denosumab", "denosumab-xgeva"]


@pytest.mark.parametrize("name", ["", "   ", "()", "moonbeam extract"])
def test_an_unknown_name_finds_nothing(index, name):
    assert index.by_name(name) is None
    assert index.named(name) == ()


def test_two_products_with_one_name_are_refused():
    with pytest.raises(FormularyError, match='"same" already means one'):
        Index([product("one", brands=("Same",)), product("two", brands=("same",))])


def test_two_products_may_share_a_name_where_their_containers_hold_different_amounts():
    small = product("small", brands=("Same",), ndc="11111-1111-11", holds="50 mg")
    large = product("large", brands=("Same",), ndc="22222-2222-22", holds="100 mg")
    index = Index([small, large])
    assert index.by_name("same", Quantity.parse("50 mg")) is small
    assert index.by_name("same", Quantity.parse("200 mg")) is large
    assert index.by_name("same", Quantity.parse("1 mL")) is large


# --- by NDC ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ndc", ["00517-0031-25", "0517-0031-25", "00517003125", "0517003125", "000517-0031-25"])
def test_a_package_is_found_in_every_written_shape(index, ndc):
    found = index.by_ndc(ndc)
    assert found.product.key == "cyanocobalamin"
    assert found.package.holds == Quantity.parse("1000 mcg")
    assert found.package.volume == Quantity.parse("1 mL")
    assert found.package.single_dose is True


def test_an_unknown_package_finds_nothing_but_its_sister_does(index):
    assert index.by_ndc("00517-0031-99") is None
    assert index.by_labeler_and_product("0517-0031-99").key == "cyanocobalamin"
    assert index.by_labeler_and_product("99999-0031-99") is None


def test_ten_digits_that_mean_two_packages_are_not_guessed():
    index = Index([product("one", ndc="01234-5678-90"), product("two", ndc="12345-0678-90")])
    assert index.by_ndc("1234567890") is None
    assert index.by_ndc("12345-678-90").product.key == "two"


def test_one_package_in_two_products_is_refused():
    with pytest.raises(FormularyError, match="already belongs to one"):
        Index([product("one", ndc="12345-6789-01"), product("two", ndc="12345-6789-01")])


# --- by code ---------------------------------------------------------------------------------------------------------


def test_a_code_finds_its_product_on_the_days_when_it_was_in_force(index):
    assert [p.key for p in index.by_code("J1030", date(2024, 3, 31))] == ["methylprednisolone-acetate"]
    assert index.by_code("J1030", date(2024, 4, 1)) == ()
    assert [p.key for p in index.by_code(" j1030 ")] == ["methylprednisolone-acetate"]


def test_a_code_of_two_products_is_ordered_by_the_dose(index):
    assert [p.key for p in index.by_code("J0897", TODAY)] == ["denosumab", "denosumab-xgeva"]
    assert index.by_code("J0897", TODAY, Quantity.parse("120 mg"))[0].key == "denosumab-xgeva"


def test_what_one_unit_stood_for_goes_by_the_day(index):
    assert index.coding("J1170", date(2024, 9, 30)).amount == Quantity.parse("4 mg")
    assert index.coding("J1171", date(2024, 10, 1)).amount == Quantity.parse("0.1 mg")
    assert index.coding("J1170", date(2024, 10, 1)) is None


def test_a_key_finds_exactly_its_product(index):
    assert index.by_key("ketorolac").name == "ketorolac tromethamine"
    assert index.by_key("Ketorolac") is None
