"""Every package against the CMS crosswalks, and what we say about its container."""

from __future__ import annotations

from fractions import Fraction

import pytest

from injections.quantity import Quantity

#: CMS rounds bill units of "up to" codes to two places: 5,000,000 units are 8.33 times 600,000
ROUNDED = Fraction(1, 200)
#: CMS lists these packages under another use as well, and that row may come last
OTHER_USE = {
    "darbepoetin-alfa": {"J0882"},  # on dialysis
    "epoetin-alfa": {"Q4081"},
    "epoetin-alfa-epbx": {"Q5105"},
    "epoetin-beta": {"J0887"},
    "ferumoxytol": {"Q0139"},  # on dialysis
    "immune-globulin-im": {"J1560"},  # more than 10 mL
    "insulin": {"J1817"},  # through a pump
    "insulin-aspart-fiasp": {"J1811"},
    "insulin-lispro-aabc": {"J1813"},
}


def packages(products):
    return [(product, package) for product in products for package in product.packages]


def test_every_package_is_in_the_crosswalk_or_marked_unconfirmed(products, crosswalk):
    unknown = [
        (product.key, package.ndc)
        for product, package in packages(products)
        if package.ndc not in crosswalk and "package.ndc" not in product.unconfirmed
    ]
    assert unknown == []


def test_no_package_stands_under_a_code_that_cms_has_moved_elsewhere(products, crosswalk):
    wrong = []
    for product, package in packages(products):
        rows = crosswalk.get(package.ndc, [])
        if rows and rows[-1].code not in {c.code for c in product.codings} | OTHER_USE.get(product.key, set()):
            wrong.append((product.key, package.ndc, rows[-1].code))
    assert wrong == []


def test_the_content_is_bill_units_times_the_amount_of_one(products, crosswalk):
    wrong = []
    for product, package in packages(products):
        for row in crosswalk.get(package.ndc, []):
            for coding in (c for c in product.codings if c.code == row.code and c.amount is not None):
                if package.holds is None or package.holds.dimension is not coding.amount.dimension:
                    continue
                units = package.holds.over(coding.amount)
                off = abs(units - Fraction(row.units)) / units
                if off > (ROUNDED if coding.up_to else 0) and coding.code not in BY_DOSE:
                    wrong.append((product.key, package.ndc, str(package.holds), row.code, row.units))
    assert wrong == []


#: one unit is one dose, whatever it holds up to the amount
BY_DOSE = {"Q9991", "J0577"}


def test_a_liquid_has_the_volume_of_the_crosswalk(products, crosswalk):
    """Where CMS gives a size other than "1", which it also writes for "one of them"."""
    wrong = []
    for product, package in packages(products):
        sizes = {row.size for row in crosswalk.get(package.ndc, []) if Fraction(row.size) != 1}
        if package.volume is not None and sizes and str(package.volume.amount.normalize()) not in plain(sizes):
            wrong.append((product.key, package.ndc, str(package.volume), sizes))
    wrong = [w for w in wrong if w[1] not in SIZE_IN_MILLIGRAMS]
    assert wrong == []


#: Ilaris: CMS gives 150, its milligrams
SIZE_IN_MILLIGRAMS = {"00078-0734-61"}


def plain(sizes):
    return {str(Quantity.parse(f"{size} mL").amount.normalize()) for size in sizes}


def test_a_doubtful_container_is_one_that_was_stated(products):
    """A container of unknown kind says so by itself; ``package.single_dose`` is for what was stated from memory."""
    hollow = [
        product.key
        for product in products
        if "package.single_dose" in product.unconfirmed
        and all(package.single_dose is None for package in product.packages)
    ]
    assert hollow == []


@pytest.mark.parametrize("container", ["syringe", "autoinjector", "on-body injector", "ampule"])
def test_a_syringe_or_ampule_is_single_dose(products, container):
    many = [
        package.ndc
        for _, package in packages(products)
        if package.container == container and package.single_dose is False
    ]
    assert many == []


def test_a_powder_has_no_volume_of_its_own(products):
    wet = [package.ndc for _, package in packages(products) if package.form == "powder" and package.volume is not None]
    assert wet == []


@pytest.mark.parametrize(
    ("ndc", "holds", "volume", "single_dose"),
    [
        ("00517-0031-25", "1000 mcg", "1 mL", True),
        ("00517-0130-01", "30000 mcg", "30 mL", False),
        ("00009-3073-01", "40 mg", "1 mL", True),
        ("00009-0280-03", "400 mg", "10 mL", False),
        ("00003-0293-05", "40 mg", "1 mL", True),
        ("00075-0620-40", "40 mg", "0.4 mL", True),
        ("55513-0730-01", "120 mg", "1.7 mL", True),
        ("00143-9858-25", "500 mg", None, True),
        ("55513-0190-01", "6 mg", "0.6 mL", True),
        ("61703-0350-38", "50 mg", "2 mL", False),
        ("00143-9519-10", "50 mg", "2 mL", True),
        ("61703-0408-41", "1000 mg", "40 mL", True),
    ],
)
def test_a_common_package_is_what_its_label_says(index, ndc, holds, volume, single_dose):
    package = index.by_ndc(ndc).package
    assert package.holds == Quantity.parse(holds)
    assert package.volume == (Quantity.parse(volume) if volume else None)
    assert package.single_dose is single_dose
