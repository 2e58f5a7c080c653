"""Signed visits asked again: what moves is shown, and nothing is written."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from billing import engine
from billing.actions import replay as replays
from billing.actions.again import Asker
from billing.actions.replay import Replay, draft_from
from billing.draft import DraftError
from billing.loading import HERE
from billing.models import Review
from tests.billing import making
from tests.billing.drafting import LINE_MODIFIER, SINCE, UNIT, written
from tests.billing.signing import signed
from tests.factories import (
    CodingFactory,
    CoverageFactory,
    EncounterFactory,
    OrderFactory,
    PatientFactory,
    PracticeFactory,
    PresenceFactory,
)
from tests.factories import signed_dose as give

pytestmark = pytest.mark.django_db

AS_ONE_OF_SEVERAL = LINE_MODIFIER.replace("key =", "[[payer]]\nkey =").replace("[[wants]]", "[[payer.wants]]")


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
    assert list(Replay(SINCE)) == []  # what was asked then had no coverage
    (difference,) = Replay(SINCE, charted=True)
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


def wrong_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")


def wrong_in_a_rule():
    raise ZeroDivisionError


@pytest.mark.parametrize(("charted", "fail"), [(True, wrong_in_the_database), (False, wrong_in_a_rule)])
def test_rules_that_raise_are_counted_and_the_rest_go_on(monkeypatch, charted, fail):
    first, second = signed(), signed()
    whole, told = engine.review, []

    def torn(visit, *rest, **more):
        if visit.id == str(first.pk):
            fail()
        return whole(visit, *rest, **more)

    monkeypatch.setattr(engine, "review", torn)
    replay = Replay(SINCE, tell=lambda encounter, problem: told.append(encounter), charted=charted)
    assert list(replay) == []
    assert (replay.totals.failed, replay.totals.unchanged, told) == (1, 1, [first.pk])
    assert second.pk not in told


def test_a_stored_question_and_the_chart_are_answered_alike(tmp_path):
    CodingFactory()
    for payer in ("medicare", "medicaid", "commercial", "self-pay", "no-such-payer"):
        signed(payer)
    draft = draft_from(written(tmp_path, AS_ONE_OF_SEVERAL + PRICE))
    asked = [list(Replay(SINCE, Asker(draft), charted=charted)) for charted in (False, True)]
    assert asked[0] == asked[1]
    assert {"price", "modifiers.modifier_of_the_payer"} <= {rule for found in asked[0] for rule in found.counted}


def queries(asker):
    with CaptureQueriesContext(connection) as captured:
        assert list(Replay(SINCE, asker)) == []
    return len(captured)


def test_the_database_is_asked_as_often_for_many_visits_as_for_one():
    asker, practice = Asker(), PracticeFactory()
    signed(practice=practice)
    queries(asker)  # what is read once: the tables, the payers, the drugs
    one = queries(asker)
    for _ in range(4):
        signed(practice=practice)
    assert queries(asker) == one


def test_a_drug_is_coded_as_the_formulary_says_today(tmp_path):
    encounter = signed("medicare")
    coding = apps.get_model("injections", "Coding")
    drug = encounter.administrations.get().product
    assert list(Replay(SINCE)) == []
    coding.objects.filter(product=drug).delete()
    CodingFactory(product=drug, code="J9999")
    (difference,) = Replay(SINCE)
    assert {move.after.code for move in difference.lines if move.after} == {"J9999"}


def test_an_answer_whose_question_was_not_kept_cannot_be_asked():
    encounter = signed()
    making.answer(encounter, input="", supersedes=Review.objects.get(encounter=encounter))
    replay = Replay(SINCE)
    assert list(replay) == []
    assert (replay.totals.without_answer, replay.totals.visits) == (1, 1)


def test_more_visits_than_are_read_at_once(monkeypatch):
    monkeypatch.setattr(replays, "CHUNK", 2)
    for _ in range(5):
        signed()
    replay = Replay(SINCE)
    assert list(replay) == []
    assert replay.totals.unchanged == 5


def test_a_draft_that_is_not_there_or_no_text_is_refused_with_its_path(tmp_path):
    with pytest.raises(DraftError, match=r"absent\.toml: No such file"):
        draft_from(tmp_path / "absent.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DraftError, match=r"bytes\.toml"):
        draft_from(tmp_path / "bytes.toml")


# --- drafts of more than payers ---

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
