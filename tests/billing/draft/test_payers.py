"""What a draft of payers says, and where it is refused."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from billing.draft import DraftError
from billing.draft.days import without
from billing.draft.document import draft_of, read_draft
from billing.loading import HERE, shipped_reference
from billing.reference.demands import DEMANDS
from billing.reference.payers import Demand

DAY = date(2026, 10, 6)
NDC = {"demand": "ndc", "value": True, "source": "a letter"}


def wants(table: dict[str, object], payer: str, demand: str, day: date = DAY) -> object:
    return draft_of(table).over(shipped_reference()).payers[payer].wants(demand, day)


def test_a_demand_is_added_from_its_day_on_and_for_those_that_follow() -> None:
    table = {"key": "medicare", "wants": [{**NDC, "since": DAY}]}
    assert wants(table, "medicare", "ndc") is True
    assert wants(table, "medicare-advantage", "ndc") is True
    assert wants(table, "medicare", "ndc", date(2026, 10, 5)) is None
    assert wants(table, "commercial", "ndc") is None


def test_a_demand_is_ended_from_a_day_on() -> None:
    table = {"key": "medicaid", "wants": [{**NDC, "value": False, "since": DAY}]}
    assert wants(table, "medicaid", "ndc") is None
    assert wants(table, "medicaid", "ndc", date(2026, 10, 5)) is True


def test_a_new_payer_follows_one_that_is_loaded() -> None:
    table = {"key": "lakeside", "name": "Lakeside", "kind": "commercial", "follows": "commercial", "wants": [NDC]}
    assert wants(table, "lakeside", "ndc") is True
    assert wants(table, "lakeside", "repeat-injections") == "59"


@pytest.mark.parametrize("path", sorted((HERE / "payers").glob("*.toml")), ids=lambda path: path.stem)
def test_each_shipped_file_is_a_draft_that_changes_nothing(path: Path) -> None:
    shipped, drafted = shipped_reference().payers, read_draft(path).over(shipped_reference()).payers
    days = (date(2019, 1, 1), date(2024, 5, 5), DAY)
    for key, demand, day in product(shipped, DEMANDS, days):
        assert drafted[key].wants(demand, day) == shipped[key].wants(demand, day)
    assert list(drafted) == list(shipped)


def test_a_draft_of_another_practices_payer_changes_nothing() -> None:
    assert draft_of({"key": "lakeside", "wants": [NDC]}).over(shipped_reference()) is shipped_reference()


def test_a_demand_gives_way_only_on_the_days_of_the_row() -> None:
    old = Demand("ndc", True, date(2026, 1, 1), date(2026, 12, 31))
    row = Demand("ndc", False, date(2026, 3, 1), date(2026, 3, 31))
    first, last = without(old, row)
    assert (first.since, first.until) == (date(2026, 1, 1), date(2026, 2, 28))
    assert (last.since, last.until) == (date(2026, 4, 1), date(2026, 12, 31))
    assert without(old, Demand("ndc", False)) == ()
    assert without(old, Demand("ndc", False, date(2027, 1, 1))) == (old,)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"wants": [NDC]}, "key"),
        ({"key": 3}, "key"),
        ({"key": "medicare", "want": []}, "want: is no part of a draft.*did you mean wants"),
        ({"key": "medicare", "wants": {}}, "wants"),
        ({"key": "medicare", "wants": [{"demand": "ndc", "value": True}]}, r"wants\[0\]"),
        ({"key": "medicare", "wants": [NDC, {**NDC, "demand": "ndcs"}]}, r"wants\[1\]\.demand: 'ndcs'"),
        ({"key": "medicare", "wants": [{**NDC, "value": 1.5}]}, r"wants\[0\]\.value"),
        ({"key": "medicare", "wants": [{**NDC, "since": "soon"}]}, r"wants\[0\]\.since"),
        ({"key": "medicare", "wants": [{**NDC, "since": DAY, "until": date(2026, 1, 1)}]}, r"wants\[0\]\.until"),
        ({"key": "medicare", "wants": [NDC, NDC]}, "twice"),
    ],
)
def test_what_is_no_draft_is_refused_with_its_place(table: dict[str, object], said: str) -> None:
    with pytest.raises(DraftError, match=said):
        draft_of(table)
