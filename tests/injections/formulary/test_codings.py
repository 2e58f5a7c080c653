"""Every code against the CMS files: what one unit stands for, its first day and its last."""

from __future__ import annotations

import re
from datetime import date

import pytest

from injections.quantity import UNITS, Quantity

#: what CMS writes in words, as the amount that doses are charted in
IN_WORDS = {
    "3 MG & 3 MG": "6 mg",  # betamethasone: both salts together
    "2MG/3MG": "2 mg",  # cabotegravir, beside 3 mg of rilpivirine
    "Less than or equal to 100 MG": "100 mg",
    "Less than or equal to 7 days of therapy": "32 mg",  # the largest weekly strength
}
PER_DOSE = re.compile(r"per dose|greater than|^1 (dose|ea)$", re.IGNORECASE)
UNCLASSIFIED = ("J3490", "J3590", "J9999")
#: the domain's table of replaced codes: (old code, its last day, the code of the next day, what one unit is then)
REPLACED = [
    ("J1020", date(2024, 3, 31), "J1010", "1 mg"),
    ("J1030", date(2024, 3, 31), "J1010", "1 mg"),
    ("J1040", date(2024, 3, 31), "J1010", "1 mg"),
    ("J2920", date(2024, 3, 31), "J2919", "5 mg"),
    ("J2930", date(2024, 3, 31), "J2919", "5 mg"),
    ("J1170", date(2024, 9, 30), "J1171", "0.1 mg"),
    ("J2001", date(2024, 9, 30), "J2003", "1 mg"),
    ("J1940", date(2025, 3, 31), "J1938", "1 mg"),
    ("J0171", date(2025, 6, 30), "J0165", "0.1 mg"),
    ("J2310", date(2025, 6, 30), "J2312", "0.01 mg"),
    ("J3370", date(2025, 6, 30), "J3373", "10 mg"),
    ("J2505", date(2021, 12, 31), "J2506", "0.5 mg"),
    ("J1070", date(2014, 12, 31), "J1071", "1 mg"),
    ("J1080", date(2014, 12, 31), "J1071", "1 mg"),
    ("J3130", date(2014, 12, 31), "J3121", "1 mg"),
    ("J1051", date(2012, 12, 31), "J1050", "1 mg"),
    ("J1055", date(2012, 12, 31), "J1050", "1 mg"),
]
#: units that are not one milligram, and have been billed as if they were
TRAPS = {
    "J2357": "5 mg",
    "J1885": "15 mg",
    "J0696": "250 mg",
    "J3301": "10 mg",
    "J1171": "0.1 mg",
    "J2312": "0.01 mg",
    "J0165": "0.1 mg",
    "J2794": "0.5 mg",
    "J2798": "0.5 mg",
    "J2359": "0.5 mg",
    "J3425": "10 mcg",
    "J0881": "1 mcg",
    "J0885": "1000 units",
    "J0561": "100000 units",
    "J2791": "100 units",
    "J9217": "7.5 mg",
    "J1950": "3.75 mg",
    "J0896": "0.25 mg",
    "J1815": "5 units",
    "J0702": "6 mg",
    "J0741": "2 mg",
}
TODAY = date(2026, 10, 6)


def cms_amount(text: str) -> Quantity:
    """One billing unit as CMS writes it."""
    text = IN_WORDS.get(text, text)
    match = re.match(r"(?:up to )?([0-9.,]+)\s*(?:USP )?([A-Za-z]+)", text)
    assert match is not None, text
    return Quantity.parse(f"{match.group(1)} {match.group(2)}")


def is_level_two(code: str) -> bool:
    """A HCPCS code of CMS; the others are CPT numbers, whose dates CMS does not publish."""
    return code[0].isalpha()


def codings(products):
    return [(product, coding) for product in products for coding in product.codings]


def test_every_amount_is_that_of_the_payment_limit_files(products, dosages):
    wrong = []
    for product, coding in codings(products):
        for text in dosages.get(coding.code, ()):
            if coding.amount is None:
                same = not is_level_two(coding.code) or PER_DOSE.search(text)
            else:
                same = cms_amount(text) == coding.amount
            if not same:
                wrong.append((product.key, coding.code, str(coding.amount), text))
    assert wrong == []


def test_every_first_day_is_that_of_the_code_file(products, added):
    """A drug without a code of its own may have become known later than the unclassified code that stands for it."""
    wrong = [
        (product.key, coding.code, coding.since, added[coding.code])
        for product, coding in codings(products)
        if coding.code in added and f"{coding.since:%Y%m%d}" != added[coding.code]
        if coding.code not in UNCLASSIFIED or f"{coding.since:%Y%m%d}" < added[coding.code]
    ]
    assert wrong == []


def test_a_first_day_that_cms_does_not_state_is_marked_unconfirmed(products, added):
    unmarked = [
        (product.key, coding.code)
        for product, coding in codings(products)
        if coding.code not in added and "coding.since" not in product.unconfirmed
    ]
    assert unmarked == []


def test_every_last_day_is_that_of_the_code_file(products, ended):
    wrong = [
        (product.key, coding.code, coding.until, ended[coding.code])
        for product, coding in codings(products)
        if coding.code in ended and (coding.until is None or f"{coding.until:%Y%m%d}" != ended[coding.code])
    ]
    assert wrong == []


def test_no_code_is_open_that_has_left_the_list(products, listed_in_2026):
    gone = [
        (product.key, coding.code)
        for product, coding in codings(products)
        if is_level_two(coding.code) and coding.until is None and coding.code not in listed_in_2026
    ]
    assert gone == []


def test_the_descriptor_says_up_to_where_we_do(products, descriptors):
    wrong = []
    for product, coding in codings(products):
        text = descriptors.get(coding.code, "")
        says_so = bool(re.search("up to|less than or equal", text))
        if text and coding.amount is not None and coding.up_to is not says_so:
            wrong.append((product.key, coding.code, text))
    assert wrong == []


def test_one_code_never_stands_for_two_amounts_on_one_day(products):
    seen = {}
    for product, coding in codings(products):
        for other_product, other in seen.setdefault(coding.code, []):
            apart = (other.until or TODAY) < coding.since or (coding.until or TODAY) < other.since
            same = (other.amount, other.up_to) == (coding.amount, coding.up_to)
            assert apart or same, (coding.code, product.key, other_product.key)
        seen[coding.code].append((product, coding))


@pytest.mark.parametrize(("old", "last_day", "new", "amount"), REPLACED)
def test_a_replaced_code_ends_the_day_before_its_successor_begins(index, old, last_day, new, amount):
    products = [p for p in index.by_code(old) if p in index.by_code(new)]
    assert products
    for product in products:
        assert any(c.code == old and c.until == last_day for c in product.codings)
        following = [c for c in product.codings if c.code == new]
        assert following[0].amount == Quantity.parse(amount)
        assert (following[0].since - last_day).days in (0, 1) or following[0].since <= last_day


@pytest.mark.parametrize(("code", "amount"), TRAPS.items())
def test_the_unit_is_not_the_obvious_one(index, code, amount):
    assert index.coding(code, TODAY).amount == Quantity.parse(amount)


@pytest.mark.parametrize("code", ["Q9992", "J0578", "J7323", "J7321", "J7307", "86580"])
def test_the_unit_is_a_dose_and_never_milligrams(index, code):
    assert index.coding(code, TODAY).amount is None


def test_every_code_of_the_drug_table_has_a_product(drug_table, index):
    assert [row["hcpcs"] for row in drug_table if not index.by_code(row["hcpcs"])] == []


def test_every_measured_unit_of_the_drug_table_is_ours(drug_table, index):
    measured = set(UNITS) - {"dose"}
    wrong = []
    for row in drug_table:
        unit = {"IU": "units", "unit": "units"}.get(row["unit_measure"], row["unit_measure"])
        for coding in (c for p in index.by_code(row["hcpcs"]) for c in p.codings if c.code == row["hcpcs"]):
            if unit in measured and coding.amount not in (None, Quantity.parse(f"{row['unit_amount']} {unit}")):
                wrong.append((row["hcpcs"], str(coding.amount), row["unit_amount"], unit))
    assert wrong == []
