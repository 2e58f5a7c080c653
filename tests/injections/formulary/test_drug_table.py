"""The table of drugs that the formulary was asked to cover, cell by cell."""

from __future__ import annotations

import re

import pytest

from billing.loading import shipped_reference

#: the table's words for routes, in ours
ROUTES = {
    "IV": {"IV-push", "IV-infusion"},
    "IV infusion": {"IV-infusion"},
    "soft tissue": {"trigger-point", "tendon", "bursal"},
    "IT": {"intrathecal"},
    "wound infiltration": {"wound-infiltration"},
    "local infiltration": {"intradermal", "wound-infiltration"},
    "local": {"intradermal", "wound-infiltration"},
    "nerve block": {"perineural"},
    "joint": {"intra-articular"},
}
#: words of the table that are no name of a product
NOT_A_NAME = {
    "generic",
    "generic vial/ampule",
    "?",
    "",
    "etc.",
    "new biologics",
    "semaglutide",
    "lidocaine/B12 compounds",
}
#: an epoetin or darbepoetin for dialysis is the same brand under another code: the name alone means the other one
SAME_BRAND = {"J0882", "Q4081", "Q5105", "90384", "90385"}


def bare(text: str) -> str:
    return re.sub(r"\([^)]*\)", "", text).replace("?", "").strip()


def parts(text: str) -> list[str]:
    return [bare(part) for part in text.split(";")]


@pytest.fixture
def rows(drug_table, index):
    """Each row of the table with our products of that code and the codings that it is about."""
    found = [(row, index.by_code(row["hcpcs"])) for row in drug_table]
    return [(row, ps, [c for p in ps for c in p.codings if c.code == row["hcpcs"]]) for row, ps in found]


def test_first_and_last_days_are_ours(rows):
    wrong = [
        (row["hcpcs"], ends, stated)
        for row, _, codings in rows
        for ends, stated in (("since", row["effective_from"]), ("until", row["effective_to"]))
        if bare(stated) and bare(stated) not in {str(getattr(c, ends)) for c in codings}
    ]
    assert wrong == []


def test_every_code_without_a_last_day_is_open(rows):
    ended = [r["hcpcs"] for r, _, codings in rows if not r["effective_to"] and all(c.until for c in codings)]
    assert ended == []


def test_every_successor_is_a_code_of_the_same_drug(rows):
    lost = [
        (row["hcpcs"], code)
        for row, products, _ in rows
        for code in re.findall(r"[A-Z][0-9]{4}", row["replaced_by"])
        if not any(c.code == code for p in products for c in p.codings)
        and code != "J0169"  # the brand of its own, a file beside this one
    ]
    assert lost == []


def test_every_route_is_ours(rows):
    lost = []
    for row, products, _ in rows:
        ours = {route for p in products for route in p.routes}
        for route in parts(row["routes"]):
            words = {w for key, w_ in ROUTES.items() if key == route for w in w_} or _plain(route)
            if route and not words & ours and route not in ("any", "diluent"):
                lost.append((row["hcpcs"], route))
    assert lost == []


def _plain(route: str) -> set[str]:
    """ "deep SC" and "IV discouraged" are routes with a remark; an implant goes under the skin."""
    if "implant" in route:
        return {"subdermal-implant"}
    for key in ("IM", "SC", "IV"):
        if key in route.split():
            return ROUTES.get(key, {key})
    return {route}


def test_every_brand_finds_its_product(rows):
    lost = [
        (row["hcpcs"], brand)
        for row, products, _ in rows
        for brand in re.split("[;,]", bare(row["brand_examples"]))
        if brand.strip() not in NOT_A_NAME
        and row["hcpcs"] not in SAME_BRAND
        and not set(shipped_reference().products.by_name(brand.strip())) & set(products)
    ]
    assert lost == []


def test_every_diagnosis_supports_its_drug(rows):
    lost = []
    for row, products, _ in rows:
        for prefix in parts(row["icd10_prefixes"]):
            if re.fullmatch(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]+)?", prefix) and not any(
                prefix.startswith(s) or s.startswith(prefix) for p in products for s in p.supports
            ):
                lost.append((row["hcpcs"], prefix))
    assert lost == []


#: a maximum that the table calls typical
NO_SINGLE_MAXIMUM = {"J1100", "J0885"}


def test_every_stated_maximum_is_a_limit(rows):
    without = {
        row["hcpcs"]
        for row, products, _ in rows
        if re.match("[0-9.]", row["label_max_single_dose"]) and not any(p.limits for p in products)
    }
    assert without == NO_SINGLE_MAXIMUM
