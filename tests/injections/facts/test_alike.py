"""Doses that are alike share what follows from them, and no two that differ ever do."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from injections.facts import ASSUMED, Administration, Container, Package, Unobtainable
from injections.facts.alike import KEPT, in_itself
from injections.quantity import Concentration, Quantity
from tests.builders import AT, amount, dose, product, vial

ALIKE = {
    "id": "7",
    "lot": "B456",
    "site": "thigh",
    "given_at": AT + timedelta(days=1),
    "diagnoses": ("Z00.00",),
    "given_by": None,
    "note": "at home",
}
OTHER: dict[str, Any] = {
    "product": product("promethazine"),
    "drug": "Toradol",
    "drug_class": "vaccine",
    "ndc": Unobtainable("binned"),
    "claimed_hcpcs": "J1885",
    "dose": amount("60 mg"),
    "volume": amount("1 mL"),
    "route": "IV-push",
    "package": vial("30 mg"),
    "opened": 2,
    "discarded": ASSUMED,
    "vial_assumed": True,
    "containers": (Container(package=vial("15 mg")),),
}

LABEL: dict[str, Any] = {
    "ndc": "99999-0001-01",
    "labeler": "Other Labs",
    "brand": "Toradol",
    "container": "syringe",
    "form": "powder",
    "holds": amount("60 mg"),
    "volume": amount("2 mL"),
    "single_dose": None,
    "since": AT.date(),
    "until": AT.date(),
    "source": "another label",
    "strength": Concentration(amount("30 mg"), amount("1 mL")),
}


def test_who_when_and_where_do_not_matter() -> None:
    one = dose()
    assert in_itself(replace(one, **ALIKE)) is in_itself(one)
    assert in_itself(in_itself(one)) is in_itself(one)


def test_a_package_read_anew_is_the_same_package() -> None:
    one = replace(dose(), package=vial("30 mg"))
    assert in_itself(replace(one, package=replace(one.package))) is in_itself(one)


@pytest.mark.parametrize("fact", [field.name for field in fields(Package)])
def test_packages_with_other_labels_never_are(fact: str) -> None:
    one, other = dose(package=vial("30 mg")), dose(package=replace(vial("30 mg"), **{fact: LABEL[fact]}))
    assert in_itself(other) is not in_itself(one)
    assert getattr(in_itself(other).package, fact) == LABEL[fact]


@pytest.mark.parametrize("fact", OTHER)
def test_what_was_given_does(fact: str) -> None:
    other = in_itself(replace(dose(), **{fact: OTHER[fact]}))
    assert other is not in_itself(dose())
    assert getattr(other, fact) == OTHER[fact]


def test_it_holds_nothing_else() -> None:
    assert in_itself(dose()) == Administration("", **{name: getattr(dose(), name) for name in OTHER})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"dose": amount("1 mg")}, {"dose": amount("1000 mcg")}),
        ({"dose": amount("1 mg")}, {"dose": Quantity(amount("1.0 mg").amount, "mg")}),
        ({"route": ASSUMED}, {"route": str(ASSUMED)}),
        ({"discarded": Unobtainable("binned")}, {"discarded": None}),
        ({"package": vial("30 mg")}, {"package": vial("30000 mcg")}),
    ],
)
def test_equal_is_not_yet_alike(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert in_itself(dose(**one)) is not in_itself(dose(**other))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["1 mg", "2 mg", "3 mg", "1000 mcg", "1 mL"]), min_size=1, max_size=40))
def test_a_dose_is_found_as_it_is_whatever_was_asked_before(given_: list[str]) -> None:
    for text in given_:
        found = in_itself(dose("ketorolac", text)).dose
        assert (str(found), found) == (text, amount(text))


def test_few_are_kept() -> None:
    drug = replace(product("ketorolac"))
    seen = {id(in_itself(dose(product=drug, opened=n))) for n in range(KEPT * 3)}
    first = in_itself(dose(product=drug, opened=KEPT * 3 - 1))
    assert id(first) in seen
    assert first.opened == KEPT * 3 - 1


def test_a_changed_drug_begins_anew() -> None:
    one = in_itself(dose())
    assert one.product is not None
    other = in_itself(dose(product=replace(one.product, routes=frozenset({"IM"}))))
    assert other is not one
    assert other.product != one.product
