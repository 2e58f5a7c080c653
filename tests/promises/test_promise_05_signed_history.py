"""Promise 5: changing payers, prices, codes and rules rewrites nothing that was signed; new visits use what is new.

Short version: 40 visits. ``HISTORY=500`` in the environment takes that many.
"""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import import_string

from billing import engine
from billing.actions import again, reference, review, said
from billing.actions.context import context
from billing.loading import shipped_reference
from billing.models import EditionRow, Review
from billing.outcomes import claim_gap
from billing.reference.products import ProductIndex
from billing.replay import compare
from billing.rules import RULEBOOK
from billing.rules.rule import Rule, Stage
from injections.models import Encounter, Product
from tests.factories import (
    TODAY,
    CoverageFactory,
    EncounterFactory,
    OrderFactory,
    PatientFactory,
    PracticeFactory,
    PresenceFactory,
    signed_dose,
)
from tests.promises.test_promise_04_signed_is_signed import signed_tables

VISITS = int(os.environ.get("HISTORY", "40"))
PAYERS = ("medicare", "medicaid", "commercial", "medicare-advantage", "self-pay")
DRUG, NDC, CODE = "cyanocobalamin", "00517-0031-25", "J3420"
NEW_CODE = "Q9999"


@pytest.fixture
def practice(transactional_db, monkeypatch):
    """Whose outbox and jobs reach nobody: there is no broker in this test."""
    monkeypatch.setattr("billing.tasks.replay_batch.apply_async", lambda *arguments, **how: None)
    return PracticeFactory()


def sign(practice, payer):
    """A signed visit for a shipped drug, with its stored answer."""
    patient = PatientFactory(practice=practice)
    CoverageFactory(patient=patient, payer_key=payer)
    encounter = EncounterFactory(patient=patient)
    PresenceFactory(location=encounter.location)
    order = OrderFactory(patient=patient, product=Product.objects.get(key=DRUG))
    signed_dose(encounter=encounter, order=order, supervisor=None, package_ndc=NDC)
    return encounter


def all_signed():
    """Each signed table, row by row in the order of their making, as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in signed_tables():
            cursor.execute(f"SELECT to_jsonb(row)::text FROM {table} row ORDER BY id")
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


def still_there(before):
    """No row of before is gone or other than it was; rows may have come after them."""
    after = all_signed()
    return {table: after[table][: len(rows)] for table, rows in before.items()} == before


def everything_else():
    """The shipped reference with every demand, price, limit, pair and coding changed."""
    shipped = shipped_reference()

    def prices(rows):
        return tuple(replace(price, amount=price.amount * 2) for price in rows)

    def coded(product):
        codings = tuple(
            replace(c, code=NEW_CODE if c.code == CODE else f"Z{c.code[1:]}", source="new") for c in product.codings
        )
        return replace(product, codings=codings)

    def turned(demand):
        return replace(demand, until=TODAY - timedelta(days=1), since=None, source="a letter")

    def demands(payer):
        ended = {demand.key: turned(demand) for demand in payer.demands}
        return replace(payer, demands=tuple(ended.values()))

    return replace(
        shipped,
        edition="0" * 16,
        products=ProductIndex.of([coded(product) for product in shipped.products.products]),
        payers={key: demands(payer) for key, payer in shipped.payers.items()},
        prices={code: prices(rows) for code, rows in shipped.prices.items()},
        limits={code: replace(row, units=row.units + 1) for code, row in shipped.limits.items()},
        pairs={codes: replace(row, modifier_allowed=not row.modifier_allowed) for codes, row in shipped.pairs.items()},
    )


def run_every_job():
    """What beat would start, and then what the outbox owes."""
    for job in settings.CELERY_BEAT_SCHEDULE.values():
        import_string(job["task"])()


def new_rule(case):
    yield claim_gap("A rule that came later", source="this test")


def lines_of(review_row):
    return [(line.code, line.units, line.expected) for line in review_row.lines.all()]


def answer_of(encounter):
    return Review.objects.get(encounter=encounter, superseded_by__isnull=True)


def difference(stored, under=None):
    """What the engine says otherwise about the visit, under the edition that its stored answer names or another."""
    then = again.reference_then(under or stored)
    encounter = Encounter.objects.get(pk=stored.encounter_id)
    about = context(encounter, then)
    fresh = said.said_now(engine.review(review.chart.read_chart(encounter), about, then))
    return compare(stored.encounter_id, TODAY, said.stored_answer(stored), fresh)


def test_no_change_of_the_reference_touches_what_was_signed(practice, monkeypatch, record_property):
    """Changed, worked on by every job, loaded back: each signed row is the same to the byte."""
    visits = [sign(practice, PAYERS[n % len(PAYERS)]) for n in range(VISITS)]
    run_every_job()
    before, edition = all_signed(), answer_of(visits[0]).edition
    assert {"injections_administration", "injections_signature", "billing_claimline"} <= {
        t for t in before if before[t]
    }
    stored = [answer_of(visit) for visit in visits]
    assert all(CODE in {code for code, _, _ in lines_of(row)} for row in stored)

    with monkeypatch.context() as patch:
        whole = engine.review
        later = (*RULEBOOK, Rule("history.new_rule", new_rule, Stage.CHECK))
        patch.setattr(engine, "review", lambda *a, **k: whole(*a, **{"rules": later, **k}))
        reference.load(everything_else())
        run_every_job()
        assert still_there(before)
        fresh = [answer_of(sign(practice, payer)) for payer in PAYERS]
        for row in fresh:
            assert row.edition != edition
            assert NEW_CODE in {code for code, _, _ in lines_of(row)}
            assert "history.new_rule" in set(row.gaps.values_list("rule", flat=True))
    assert still_there(before)

    call_command("load_reference", verbosity=0)
    run_every_job()
    assert still_there(before)
    assert EditionRow.objects.count() >= 3
    assert [found for row in stored if (found := difference(row))] == []
    late = [difference(row, under=stored[0]) for row in fresh]
    assert all(late), "what was answered under the changed reference is answered otherwise under the shipped one"
    rows = sum(map(len, before.values()))
    record_property(
        "figure", f"{VISITS} visits, {rows:,} signed rows the same to the byte; new visits used what is new"
    )
