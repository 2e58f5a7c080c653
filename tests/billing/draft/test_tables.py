"""Drafted codings and rows of the public tables: what they change, for which days, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.draft import Draft, DraftError
from billing.draft.document import draft_from_text, draft_of
from billing.loading import shipped_reference
from billing.reference import Reference
from injections.facts import Product
from injections.quantity import Quantity

DAY, BEFORE = date(2026, 10, 6), date(2026, 6, 30)
J1050 = {"drug": "medroxyprogesterone", "code": "J1050", "since": date(2026, 7, 1), "source": "a bulletin"}
SAID = {"since": date(2026, 7, 1), "source": "a bulletin"}


def over(**rows: Any) -> Reference:
    return draft_of(rows).over(shipped_reference())


def depo(reference: Reference) -> Product:
    found = reference.products.by_key("medroxyprogesterone")
    assert found is not None
    return found


def test_a_coding_changes_its_unit_from_its_day_on() -> None:
    product = depo(over(coding=[{**J1050, "amount": "10 mg"}]))
    assert [c.amount for c in product.codings_on(DAY)] == [Quantity.parse("10 mg")]
    assert [c.amount for c in product.codings_on(BEFORE)] == [Quantity.parse("1 mg")]


def test_a_coding_ends_and_another_code_takes_over() -> None:
    new = {**J1050, "code": "J9990", "per_dose": True}
    product = depo(over(coding=[{**J1050, "ended": True}, new]))
    assert [(c.code, c.amount) for c in product.codings_on(DAY)] == [("J9990", None)]
    assert [c.code for c in product.codings_on(BEFORE)] == ["J1050"]
    assert over(coding=[new]).products.by_code("J9990", DAY)[0].key == "medroxyprogesterone"


def test_a_price_for_its_days_only() -> None:
    reference = over(price=[{"code": "96372", "amount": "20.00", "until": date(2026, 12, 31), **SAID}])
    assert [reference.on(day).price("96372").amount for day in (BEFORE, DAY)] == [Decimal("15.36"), Decimal("20.00")]  # type: ignore[union-attr]  # both prices are there
    assert reference.on(DAY).price("96375") == shipped_reference().on(DAY).price("96375")


def test_a_price_that_ends_is_unknown() -> None:
    reference = over(price=[{"code": "96372", "ended": True, **SAID}])
    assert reference.on(DAY).price("96372") is None
    assert reference.on(BEFORE).price("96372") is not None


def test_pairs_limits_replacements_and_diagnoses() -> None:
    reference = over(
        pair=[{"column1": "99213", "column2": "96372", "modifier_allowed": False, **SAID}],
        limit=[{"code": "96372", "units": 1, "indicator": 2, **SAID}],
        replacement=[{"code": "J1050", "until": BEFORE, "successor": "J9990", "source": "a bulletin"}],
        diagnosis=[{"code": "Z30.42", "heading": True, **SAID}, {"code": "E53.8", "ended": True, **SAID}],
    )
    now, then = reference.on(DAY), reference.on(BEFORE)
    pair, limit, successor = now.pair("99213", "96372"), now.limit("96372"), now.replacement("J1050")
    assert pair is not None
    assert not pair.modifier_allowed
    assert limit is not None
    assert (limit.units, limit.indicator) == (1, 2)
    assert successor is not None
    assert successor.successor == "J9990"
    assert then.replacement("J1050") is None
    assert then.limit("96372") == shipped_reference().on(BEFORE).limit("96372") != limit
    assert [now.diagnosis(code) for code in ("Z3042", "E538", "E539")] == [False, None, True]
    assert now.pair("10060", "96372") == shipped_reference().on(DAY).pair("10060", "96372")


def test_several_payers_in_one_draft() -> None:
    ndc = [{"demand": "ndc", "value": True, "source": "a letter"}]
    reference = over(payer=[{"key": "medicare", "wants": ndc}, {"key": "commercial", "wants": ndc}])
    assert all(reference.payers[key].wants("ndc", DAY) for key in ("medicare", "commercial"))


def test_an_empty_draft_is_the_reference_itself() -> None:
    assert Draft().over(shipped_reference()) is shipped_reference()


def test_a_draft_names_its_edition() -> None:
    for rows in ({"price": [{"code": "96372", "ended": True, **SAID}]}, {"coding": [{**J1050, "ended": True}]}):
        assert over(**rows).edition == f"{shipped_reference().edition}+draft"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"coding": [{**J1050}]}, r"coding\[0\]\.amount"),
        ({"coding": [{**J1050, "amount": "1 mg", "per_dose": True}]}, r"coding\[0\]\.amount"),
        ({"coding": [{**J1050, "amount": "many"}]}, r"coding\[0\]\.amount"),
        ({"coding": [{**J1050, "amount": "0 mg"}]}, r"coding\[0\]\.amount: is zero"),
        ({"coding": [{**J1050, "amount": "1 mg", "code": "J105"}]}, r"coding\[0\]\.code"),
        ({"coding": [{**J1050, "amount": "1 mg", "routes": ["ear"]}]}, r"coding\[0\]\.routes"),
        ({"coding": [{**J1050, "amount": "1 mg", "units": 1}]}, r"coding\[0\]\.units"),
        ({"coding": [{**J1050, "amount": "1 mg"}] * 2}, r"coding\[1\]: J1050 stands twice"),
        ({"price": [{"code": "96372", "amount": 15.36, **SAID}]}, r"price\[0\]\.amount"),
        ({"price": [{"code": "96372", "amount": "NaN", **SAID}]}, r"price\[0\]\.amount"),
        ({"price": [{"code": "96372", "amount": "-1", **SAID}]}, r"price\[0\]\.amount"),
        ({"price": [{"code": "96372", "amount": "1", "since": DAY}]}, r"price\[0\]\.source"),
        ({"price": {}}, r"price: each stands under"),
        ({"price": ["96372"]}, r"price\[0\]: is no table"),
        ({"pair": [{"column1": "99213", **SAID}]}, r"pair\[0\]\.column2"),
        ({"limit": [{"code": "96372", "units": -1, "indicator": 2, **SAID}]}, r"limit\[0\]\.units"),
        ({"limit": [{"code": "96372", "units": 1, "indicator": 9, **SAID}]}, r"limit\[0\]\.indicator"),
        ({"limit": [{"code": "96372", "units": 1, "indicator": 2, **SAID}] * 2}, r"limit\[1\]: 96372 stands twice"),
        ({"price": [{"code": "96372", "price": "1", "amount": "1", **SAID}]}, r"price: is not a column .*code, amount"),
        ({"replacement": [{"code": "J1050", "source": "x"}]}, r"replacement\[0\]\.until"),
        ({"diagnosis": [{"source": "x"}]}, r"diagnosis\[0\]\.code"),
        ({"payer": [{"key": "medicare"}] * 2}, r"payer\[1\]: medicare stands twice"),
        ({"payer": [{"key": "medicare", "wants": [{}]}]}, r"payer\[0\]\.wants\[0\]\.demand"),
        ({"prices": []}, r"prices: is no part of a draft. Its parts are payer, coding, .*did you mean price\?"),
        ({"wants": []}, r"key: is missing: it says which payer this is about"),
    ],
)
def test_what_is_no_draft_is_refused_with_its_place(rows: dict[str, Any], said: str) -> None:
    with pytest.raises(DraftError, match=said):
        draft_of(rows)


def test_writing_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(DraftError, match="line 2"):
        draft_from_text("[[price]]\ncode = \n")
    with pytest.raises(DraftError, match="nested"):
        draft_from_text("a = " + "[" * 100_000)


def test_unknown_payers_and_drugs_are_refused_with_their_place() -> None:
    draft = draft_of({"payer": [{"key": "medicare"}, {"key": "nobody"}], "coding": [{**J1050, "ended": True}]})
    with pytest.raises(DraftError, match=r"payer\[1\]\.key: nobody"):
        draft.refuse_unknown(payers={"medicare"}, drugs={"medroxyprogesterone"})
    with pytest.raises(DraftError, match=r"coding\[0\]\.drug"):
        draft.refuse_unknown(payers={"medicare", "nobody"}, drugs=set())
