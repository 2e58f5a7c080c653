"""A dose from several vials: what the entries of the further ones add to it."""

from dataclasses import replace
from decimal import Decimal

from injections.quantity import Quantity
from tests.injections.test_entries import POWDER, PRODUCT, VIAL, parse

STRONG = replace(VIAL, ndc="99999-0004-01", volume=Quantity(Decimal(1), "mL"))
SIZES = replace(PRODUCT, packages=(*PRODUCT.packages, STRONG))


def facts(**entries):
    charted = parse(product=SIZES, **entries)
    assert charted.errors == {}
    return charted.facts


def test_the_liquid_of_several_vials_is_added_up_vial_by_vial():
    two = {"dose": "80 mg", "package_ndc": VIAL.ndc, "vial2.lot": "B2"}
    assert facts(**two)["volume"] == Quantity(Decimal(4), "mL")
    assert facts(**two, **{"vial2.ndc": STRONG.ndc})["volume"] == Quantity(Decimal(3), "mL")
    assert facts(**two, **{"vial2.ndc": STRONG.ndc}, volume="3.5 mL")["volume"] == Quantity(Decimal("3.5"), "mL")
    assert "volume" not in facts(**two, **{"vial2.ndc": POWDER.ndc})  # nobody said how much liquid was added
