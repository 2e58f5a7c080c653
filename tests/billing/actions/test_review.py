"""Charges are worked out when a dose is signed, once for each change of the chart, and never in the way of care."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from billing import engine
from billing.actions import review as reviews
from billing.models import ClaimLine, Decision, ExportedLine, Gap, Review
from billing.rules import RULEBOOK
from billing.rules.rule import Rule, Stage
from injections.actions import outbox, signing
from injections.models import OutboxMessage
from tests.factories import (
    NOW,
    EncounterFactory,
    OrderFactory,
    PresenceFactory,
    StaffFactory,
    charted_draft,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


def give(encounter, **how):
    how.setdefault("supervisor", None)
    return signed_dose(encounter=encounter, order=OrderFactory(patient=encounter.patient), **how)


def broken(case):
    raise RuntimeError("ROSSI, Anna, born 1961")
    yield


BROKEN = Rule("broken.rule", broken, Stage.CHECK)


@pytest.fixture
def broken_rule(monkeypatch):
    """The engine with one more rule, which raises."""
    whole = engine.review
    monkeypatch.setattr(engine, "review", lambda *a, **k: whole(*a, **{**k, "rules": (*RULEBOOK, BROKEN)}))
    return monkeypatch


def test_signing_stores_what_is_billed_and_why(visit):
    give(visit)
    review = Review.objects.get(encounter=visit)
    assert review.state == Review.State.DERIVED
    assert review.practice_id == visit.practice_id
    assert "96372" in review.lines.values_list("code", flat=True)
    assert all(line.because and line.rule for line in review.lines.all())
    assert json.loads(review.input)["encounter"]["date"] == "2026-10-06"
    assert review.payer_key == "medicare"


def test_the_stored_answer_is_the_previewed_one(visit):
    draft = charted_draft(encounter=visit, order=OrderFactory(patient=visit.patient), supervisor=None)
    shown = [(c.code, c.units, c.modifiers, c.because) for c in reviews.preview(visit, draft).charges]
    signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)
    stored = [(c.code, c.units, c.modifiers, c.because) for c in reviews.derive(visit).charges]
    assert stored == shown


def test_an_answer_about_a_charted_visit_does_not_say_that_nobody_named_the_payer(visit):
    give(visit)
    review = Review.objects.get(encounter=visit)
    assert "payer" not in [row["check"] for row in json.loads(review.output)["not_checked"]]


def test_each_change_of_the_chart_is_a_new_review_that_supersedes_the_last(visit):
    first = give(visit)
    signing.enter_in_error(
        administration=first, by=first.given_by, proof=proof_of(first.given_by), reason="wrong visit", now=NOW
    )
    older, newer = Review.objects.filter(encounter=visit).order_by("pk")
    assert newer.supersedes == older
    assert not newer.lines.exists()
    assert older.lines.exists()


def test_asked_the_same_again_the_same_review_answers(visit):
    give(visit)
    review = reviews.current(visit.pk)
    assert reviews.store(visit, reviews.derive(visit)) == review
    assert Review.objects.filter(encounter=visit).count() == 1


def test_a_visit_without_coverage_waits_for_it():
    encounter = EncounterFactory()
    PresenceFactory(location=encounter.location)
    give(encounter)
    gap = Gap.objects.get(rule="coverage.none_on_file")
    assert (gap.gate, gap.owner) == ("claim", "biller")
    assert Review.objects.get().blocked


def test_a_rule_that_raises_leaves_signing_working_and_shows_a_failed_review(visit, broken_rule, caplog):
    dose = give(visit)
    assert dose.signatures.exists()
    review = Review.objects.get(encounter=visit)
    assert review.failed
    assert review.error_reference in caplog.text
    assert "ROSSI" not in caplog.text
    assert OutboxMessage.objects.filter(kind="derive", done_at=None).exists()


def test_a_rule_that_raises_leaves_every_clinical_stop_working(visit, broken_rule):
    draft = charted_draft(encounter=visit, order=OrderFactory(patient=visit.patient), supervisor=None, site=None)
    with pytest.raises(signing.Refused) as refused:
        signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)
    assert any(finding.rule.endswith("site_not_charted") for finding in refused.value.findings)


def test_a_failed_review_heals_when_the_rule_is_mended(visit, broken_rule):
    give(visit)
    failed = Review.objects.get(encounter=visit)
    outbox.drain()
    assert reviews.current(visit.pk) == failed
    broken_rule.undo()
    OutboxMessage.objects.filter(done_at=None).update(due_at=NOW)
    outbox.drain()
    healed = reviews.current(visit.pk)
    assert healed.supersedes == failed
    assert healed.lines.exists()


def test_a_reference_that_cannot_be_read_does_not_stop_signing_either(visit, monkeypatch):
    def torn(practice_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column")

    monkeypatch.setattr(reviews, "in_force", torn)
    assert give(visit).signatures.exists()
    assert Review.objects.get(encounter=visit).failed


def test_billing_objects_only_to_what_the_nurse_can_still_write_down(visit):
    draft = charted_draft(encounter=visit, order=OrderFactory(patient=visit.patient), supervisor=None)
    seen = signing.preview(visit, draft, draft.author, now=NOW)
    assert not seen.blocking


def test_lines_that_went_out_and_are_unchanged_need_no_second_look(visit):
    dose = give(visit)
    review = reviews.current(visit.pk)
    send(review)
    corrected = signing.correct(
        administration=dose,
        entries={"response": "Sore site"},
        reason="forgot to say",
        by=dose.given_by,
        proof=proof_of(dose.given_by),
        now=NOW,
    )
    newest = reviews.current(visit.pk)
    assert corrected.supersedes == dose
    assert newest.pk != review.pk
    assert newest.already_sent == review


def test_a_change_after_sending_is_not_taken_for_sent(visit):
    dose = give(visit)
    send(reviews.current(visit.pk))
    signing.enter_in_error(
        administration=dose, by=dose.given_by, proof=proof_of(dose.given_by), reason="wrong patient", now=NOW
    )
    assert reviews.current(visit.pk).already_sent is None


def send(review):
    from billing.models import Export

    by = StaffFactory(practice=review.practice, role="biller")
    export = Export.objects.create(
        practice=review.practice, by=by, submission_key="6f0f3f52-7f0e-4e0e-9df5-a5c4f3a9a001"
    )
    for line in review.lines.all():
        ExportedLine.objects.create(practice=review.practice, export=export, line=line)


# --- what the tables themselves refuse ---


@pytest.mark.parametrize("model", [Review, ClaimLine, Gap, Decision])
def test_answers_and_decisions_take_no_change(visit, model):
    give(visit)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET practice_id = practice_id")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_a_visit_has_one_first_review(visit):
    give(visit)
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.create(
            practice=visit.practice, encounter=visit, state="failed", error_reference="x", blocked=True
        )


def test_a_review_supersedes_one_of_the_same_visit_only(visit):
    give(visit)
    other = EncounterFactory()
    first = reviews.current(visit.pk)
    columns = {"practice": other.practice, "state": "failed", "error_reference": "x", "blocked": True}
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.create(encounter=other, supersedes=first, **columns)
