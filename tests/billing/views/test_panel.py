"""The charges beside the chart: clinical words for those who chart, money for those who bill, and never in the way."""

import pytest
from django.urls import reverse

from billing import engine
from injections.actions import drafts
from tests.factories import (
    CodingFactory,
    EncounterFactory,
    OrderFactory,
    PatientFactory,
    StaffFactory,
    charted_draft,
    signed_dose,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(visit):
    order = OrderFactory(patient=visit.patient)
    CodingFactory(product=order.product)
    return charted_draft(encounter=visit, order=order, supervisor=None, given_at="09:21")


def panel(client, encounter, role="nurse", draft=None):
    client.force_login(StaffFactory(practice=encounter.practice, role=role))
    query = {"draft": draft.pk} if draft else {}
    return client.get(reverse("billing:panel", args=[encounter.pk]), query)


def test_a_draft_shows_the_lines_it_would_be_billed_as(client, visit, draft):
    page = panel(client, visit, draft=draft).content.decode()
    assert "96372" in page
    assert "J3420" in page
    assert "Ready" in page


def test_a_dose_that_was_not_given_asks_for_no_vial(client, visit, draft):
    assert "The chart will ask for" in panel(client, visit).content.decode()
    draft.entries |= {"status": "not-given", "not_given_reason": "Too early"}
    draft.save()
    page = panel(client, visit, draft=draft).content.decode()
    assert "Not billed" in page
    assert "The chart will ask for" not in page


def test_a_nurse_sees_codes_and_reasons_and_no_money(client, visit, draft):
    page = panel(client, visit, draft=draft).content.decode()
    assert "$" not in page
    assert "price unknown" not in page
    assert "administration.therapeutic_injection" not in page


@pytest.mark.parametrize("role", ["biller", "manager"])
def test_those_who_bill_see_the_expected_amount_the_rule_and_the_payer(client, visit, draft, role):
    page = panel(client, visit, role, draft).content.decode()
    assert "$" in page
    assert "administration.therapeutic_injection" in page
    assert "Medicare" in page


@pytest.mark.parametrize("role", ["front-desk", "administrator"])
def test_others_see_nothing(client, visit, role):
    assert panel(client, visit, role).status_code == 404


def test_another_practices_visit_is_unknown(client, visit):
    client.force_login(StaffFactory(role="nurse"))
    assert client.get(reverse("billing:panel", args=[visit.pk])).status_code == 404


def test_an_empty_chart_lists_what_it_will_need(client, visit):
    page = panel(client, visit).content.decode()
    assert "The injection site" in page


def test_a_gap_makes_the_line_wait(client, visit, draft):
    entries = {**draft.entries, "site": ""}
    draft = drafts.save(draft=draft, entries=entries, version=draft.version, by=draft.author)
    page = panel(client, visit, draft=draft).content.decode()
    assert "Waits" in page
    assert "Ready" not in page


def test_what_is_not_billed_says_plainly_why(client, visit):
    signed_dose(encounter=visit, order=OrderFactory(patient=visit.patient), supervisor=None, source="sample")
    page = panel(client, visit).content.decode()
    assert "Not billed" in page


def test_when_the_engine_is_down_charting_goes_on(client, visit, draft, monkeypatch):
    def down(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(engine, "review", down)
    answer = panel(client, visit, draft=draft)
    assert answer.status_code == 200
    assert "Charges will be worked out after signing" in answer.content.decode()


def test_a_draft_of_another_visit_is_not_counted(client, visit, draft):
    other = EncounterFactory(patient=PatientFactory(practice=visit.practice), practice=visit.practice)
    assert "96372" not in panel(client, other, draft=draft).content.decode()
