"""Signed visits asked again: what moves is shown, and nothing is written."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Max

from billing import engine
from billing.actions import replay as replays
from billing.actions.again import Asker
from billing.actions.replay import Replay, draft_from
from billing.draft import DraftError
from billing.loading import HERE
from billing.models import Review
from tests.billing.signing import signed
from tests.factories import (
    NOW,
    CodingFactory,
    CoverageFactory,
    EncounterFactory,
    OrderFactory,
    PatientFactory,
    PresenceFactory,
)
from tests.factories import signed_dose as give

pytestmark = pytest.mark.django_db

SINCE = NOW.date()
LINE_MODIFIER = """
key = "medicaid"

[[wants]]
demand = "line-modifiers"
value = { 96372 = "UD" }
since = 2026-10-01
source = "a letter of the plan"
"""


def written(tmp_path, text):
    path = tmp_path / "draft.toml"
    path.write_text(text)
    return path


def run(**how):
    out, err = StringIO(), StringIO()
    call_command("replay", since=SINCE, stdout=out, stderr=err, **how)
    return out.getvalue()


def everything():
    """How many rows stand in each table, and the newest."""
    models = [m for app in ("billing", "injections") for m in apps.get_app_config(app).get_models()]
    return {m._meta.label: m._default_manager.aggregate(Count("pk"), Max("pk")) for m in models}


def test_an_unchanged_reference_moves_nothing():
    signed(), signed("medicaid"), signed("no-such-payer")
    replay = Replay(SINCE)
    assert list(replay) == []
    assert (replay.totals.unchanged, replay.totals.differ, replay.totals.failed) == (3, 0, 0)


@pytest.mark.parametrize("payer", ["medicare", "medicaid", "medicare-advantage"])
def test_a_draft_that_says_what_is_loaded_moves_nothing(payer):
    signed(payer)
    replay = Replay(SINCE, Asker(draft_from(Path(HERE / "payers" / f"{payer}.toml"))))
    assert list(replay) == []
    assert replay.totals.unchanged == 1


def test_a_changed_demand_moves_exactly_the_lines_that_it_should(tmp_path):
    signed("medicare")
    mine = signed("medicaid")
    replay = Replay(SINCE, Asker(draft_from(written(tmp_path, LINE_MODIFIER))))
    (difference,) = replay
    (move,) = difference.lines
    assert (difference.encounter, difference.day, difference.rules) == (mine.pk, mine.date, ())
    assert (move.before.code, move.after.code) == ("96372", "96372")
    assert set(move.after.modifiers) - set(move.before.modifiers) == {"UD"}
    assert (move.units, replay.totals.unchanged, list(replay.totals.by_payer)) == (0, 1, ["medicaid"])


def test_a_price_that_is_no_longer_expected_is_unknown_and_not_zero(tmp_path):
    signed("medicare")
    text = 'key = "medicare"\n[[wants]]\ndemand = "fee-schedule"\nvalue = false\nsource = "a guess"\n'
    replay = Replay(SINCE, Asker(draft_from(written(tmp_path, text))))
    ((move,),) = (difference.lines for difference in replay)
    assert (move.before.expected, move.after.expected, move.dollars) == (Decimal("15.36"), None, None)
    assert (replay.totals.whole.unpriced, replay.totals.whole.dollars) == (1, 0)


def test_a_draft_for_later_days_moves_nothing(tmp_path):
    signed("medicaid")
    draft = draft_from(written(tmp_path, LINE_MODIFIER.replace("2026-10-01", "2026-10-07")))
    assert list(Replay(SINCE, Asker(draft))) == []


def test_nothing_is_written(tmp_path):
    signed("medicaid")
    before = everything()
    assert "1 differ" in run(draft=written(tmp_path, LINE_MODIFIER))
    run(json=True)
    assert everything() == before


def test_the_database_itself_refuses_to_write_meanwhile():
    with pytest.raises(DatabaseError, match="read-only"), transaction.atomic(), replays.reading_only(1):
        PatientFactory()
    PatientFactory()


def test_visits_before_the_day_of_service_are_left_alone():
    signed()
    replay = Replay(SINCE + timedelta(days=1))
    assert list(replay) == []
    assert replay.totals.unchanged == 0


def test_a_visit_that_only_gained_a_coverage_shows_both_payers():
    encounter = EncounterFactory()
    PresenceFactory(location=encounter.location)
    give(encounter=encounter, order=OrderFactory(patient=encounter.patient), supervisor=None)
    CoverageFactory(patient=encounter.patient, payer_key="medicaid")
    (difference,) = Replay(SINCE)
    assert (difference.payer_before, difference.payer) == ("", "medicaid")
    assert ("coverage.none_on_file", False) in {(move.rule, move.begins) for move in difference.rules}


def test_a_failed_review_has_nothing_to_compare_with():
    encounter = signed()
    Review.objects.create(
        practice=encounter.practice,
        encounter=encounter,
        supersedes=Review.objects.get(encounter=encounter),
        state=Review.State.FAILED,
        error_reference="x",
        blocked=True,
    )
    replay = Replay(SINCE)
    assert list(replay) == []
    assert (replay.totals.without_answer, replay.totals.unchanged) == (1, 0)


def test_rules_that_raise_are_counted_and_the_rest_go_on(monkeypatch):
    first, second = signed(), signed()
    whole, told = engine.review, []

    def torn(visit, *rest, **more):
        if visit.id == str(first.pk):
            with connection.cursor() as cursor:
                cursor.execute("SELECT no_such_column")
        return whole(visit, *rest, **more)

    monkeypatch.setattr(engine, "review", torn)
    replay = Replay(SINCE, tell=lambda encounter, problem: told.append(encounter))
    assert list(replay) == []
    assert (replay.totals.failed, replay.totals.unchanged, told) == (1, 1, [first.pk])
    assert second.pk not in told


def test_more_visits_than_are_read_at_once(monkeypatch):
    monkeypatch.setattr(replays, "CHUNK", 2)
    for _ in range(5):
        signed()
    replay = Replay(SINCE)
    assert list(replay) == []
    assert replay.totals.unchanged == 5


# --- the command ---


def test_people_read_counts_then_the_lines_before_and_after(tmp_path):
    signed("medicare")
    mine = signed("medicaid")
    said = run(draft=written(tmp_path, LINE_MODIFIER))
    assert said.startswith("Visits: 1 unchanged, 1 differ\n")
    assert "By rule" in said
    assert "  medicaid: visits 1, lines 1, units +0" in said
    assert f"visit {mine.pk} of 2026-10-06, medicaid" in said
    assert "-> 96372" in said
    assert "and 1 more;" in run(draft=written(tmp_path, LINE_MODIFIER), show=0)


def test_machines_read_a_line_for_each_difference_then_the_counts(tmp_path):
    mine = signed("medicaid")
    difference, last = map(json.loads, run(draft=written(tmp_path, LINE_MODIFIER), json=True).splitlines())
    assert (difference["encounter"], difference["day"]) == (mine.pk, "2026-10-06")
    assert difference["lines"][0]["after"]["code"] == "96372"
    (line,) = difference["lines"]
    assert (line["units"], line["dollars"], line["rule"]) == (0, "0", "modifiers.modifier_of_the_payer")
    assert (last["totals"]["unchanged"], last["totals"]["differ"]) == (0, 1)


@pytest.mark.parametrize(
    "text", ["key = ", 'key = "medicare"\nwhat = 1', 'key = "nobody"', 'key = "medicare"\nfollows = "nobody"']
)
def test_a_draft_that_cannot_be_read_is_refused_with_its_path(tmp_path, text):
    path = written(tmp_path, text)
    with pytest.raises(CommandError) as refused:
        run(draft=path)
    assert str(refused.value).startswith(f"{path}: ")


def test_a_draft_that_is_not_there_or_no_text_is_refused_with_its_path(tmp_path):
    with pytest.raises(DraftError, match=r"absent\.toml: No such file"):
        draft_from(tmp_path / "absent.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DraftError, match=r"bytes\.toml"):
        draft_from(tmp_path / "bytes.toml")


# --- drafts of more than payers, and several processes ---

UNIT = """
[[coding]]
drug = "fictamine"
code = "J3420"
amount = "500 mcg"
since = 2026-10-01
source = "a bulletin"
"""
PRICE = """
[[price]]
code = "96372"
amount = "20.00"
since = 2026-10-01
source = "a bulletin"
"""


def test_a_drafted_unit_moves_the_units_of_the_drug_under_the_rule_that_counts_them(tmp_path):
    CodingFactory()
    signed("medicare")
    replay = Replay(SINCE, Asker(draft_from(written(tmp_path, UNIT))))
    (difference,) = replay
    moved = {move.rule: (move.before.units, move.after.units) for move in difference.lines}
    assert moved == {"drug.billing_units": (1, 2)}
    assert replay.totals.by_rule["drug.billing_units"].units == 1


def test_a_drafted_price_is_counted_as_a_price(tmp_path):
    signed("medicare")
    replay = Replay(SINCE, Asker(draft_from(written(tmp_path, PRICE))))
    ((move,),) = (difference.lines for difference in replay)
    assert (move.before.expected, move.after.expected, move.rule) == (Decimal("15.36"), Decimal("20.00"), "price")
    assert replay.totals.by_rule["price"].dollars == Decimal("4.64")


def test_a_drug_that_nobody_loaded_is_refused_with_path_and_place(tmp_path):
    path = written(tmp_path, UNIT.replace("fictamine", "fictamin"))
    with pytest.raises(CommandError) as refused:
        run(draft=path)
    assert str(refused.value) == f"{path}: coding[0].drug: 'fictamin' is no drug of the formulary"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"kind": "mue"}, "needs the file"),
        ({"draft": Path("next.xlsx")}, "say --kind too"),
        ({"workers": 0}, "between 1 and 64"),
        ({"draft": Path("absent.csv"), "kind": "mue"}, "absent.csv: "),
    ],
)
def test_what_cannot_be_tried_is_refused(how, said):
    with pytest.raises(CommandError, match=said):
        run(**how)


@pytest.mark.django_db(transaction=True)
def test_several_processes_find_what_one_finds(tmp_path, monkeypatch):
    from billing.actions import side_by_side

    monkeypatch.setattr(side_by_side, "PART", 2)
    for payer in ("medicaid", "medicare", "medicaid", "commercial", "medicaid"):
        signed(payer)
    alone = run(draft=written(tmp_path, LINE_MODIFIER), json=True)
    assert run(draft=written(tmp_path, LINE_MODIFIER), json=True, workers=2) == alone
    assert alone.count("modifiers.modifier_of_the_payer") >= 3
