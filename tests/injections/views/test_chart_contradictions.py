"""What contradicts or is missing leads to a control that stands on the page, and a true record can always be signed."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from injections.checks import CHECKS, examine
from injections.checks.rule import address
from injections.entries.reasons import EXPLAINED
from injections.findings import Gate, Owner
from injections.models import Administration, AdministrationDraft, Patient, Product
from injections.reading.charting import MAY_BE_ABSENT
from injections.reading.controls import control_of
from tests import clock
from tests.factories import OrderFactory
from tests.injections.checks.test_twins import SPEAKS
from tests.injections.views.charts import chart_of, sign

pytestmark = pytest.mark.django_db
#: answered by doing what they ask, without any record that could be true and still say otherwise
DONE = {
    "completeness.drug_not_charted": "a record of no drug is none",
    "completeness.giver_not_charted": "whoever signs it gave it",
    "completeness.split_reason_not_charted": "the reason is all that it asks for",
    "completeness.reason_not_given_not_charted": "the reason is all that it asks for",
    "completeness.reason_partly_given_not_charted": "the reason is all that it asks for",
    "dose.dose_is_zero": "a dose of nothing is charted as not given",
    "order.dose_change_without_reason": "the reason is all that it asks for",
    "order.order_signature_not_charted": "our own orders are signed or not",
    "site.side_contradicts_site": "the page has one tile for place and side",
    "timing.charted_before_given": "nothing is signed before its time",
}
GAPS = sorted(
    {
        found.rule
        for case in SPEAKS
        for found in examine(case.encounter)
        if found.gate is Gate.SIGNING and found.owner is Owner.NURSE
    }
)


def ids(page):
    return set(re.findall(r'id="(id_[^"]+)"', page))


@pytest.mark.parametrize("rule", GAPS)
def test_every_gap_can_be_answered_truly(rule):
    assert rule in {*MAY_BE_ABSENT, *EXPLAINED, *DONE}


def test_what_is_explained_is_a_check():
    assert set(EXPLAINED) <= {address(check) for check in CHECKS}


#: controls that the page shows where they are asked for: no order, no route, not given, a rest, an infusion
AT_NEED = {
    *("id_order", "id_route_0", "id_not_given_reason_0", "id_stopped_at"),
    *("id_discarded", "id_opened", "id_discard_witness"),
    *(f"id_vial{place}.{name}" for place in (2, 3, 4) for name in ("lot", "expires", "discarded")),
}


def test_every_gap_leads_to_a_control_of_the_page(nurse, draft):
    there = ids(nurse.get(chart_of(draft)).content.decode()) | AT_NEED | {f"id_waive.{rule}" for rule in EXPLAINED}
    lost = {
        (found.rule, control_of(found))
        for case in SPEAKS
        for found in examine(case.encounter)
        if found.rule in GAPS and found.gate is Gate.SIGNING and control_of(found) not in there
    }
    assert lost == {("order.order_signature_not_charted", "id_order.signed")}  # not among our own orders


def refused(nurse, draft, **typing):
    answer = sign(nurse, draft, **typing).content.decode()
    assert not Administration.objects.exists()
    draft.refresh_from_db()
    for link in re.findall(r'href="#(id_[^"]+)"', answer):
        assert link in ids(answer), link
    return answer


def signed_with(nurse, draft, rule, **typing):
    sign(nurse, draft, **typing, **{f"waive.{rule}": "it was so, checked twice"})
    (waiver,) = Administration.objects.get().waivers
    assert (waiver["rule"], waiver["reason"]) == (rule, "it was so, checked twice")


def test_a_birth_date_that_cannot_be_is_put_right_on_its_page_or_true_as_it_stands(nurse, draft, clinic):
    rule = "patient.birth_date_not_possible"
    Patient.objects.filter(pk=clinic.patient.pk).update(birth_date="1900-01-01")
    page = refused(nurse, draft)
    assert f'id="id_waive.{rule}"' in page
    assert f'href="{reverse("injections:patient_edit", args=[clinic.patient.pk])}">open the page for it' in page
    signed_with(nurse, draft, rule)


def test_a_weight_that_nobody_could_take_has_its_reason(nurse, draft, clinic):
    Product.objects.filter(pk=clinic.drug.pk).update(
        details={**clinic.drug.details, "limits": [{"max_single": "1 mg", "per_kg": True}]}
    )
    assert "It could not be recorded: say why" in refused(nurse, draft)
    signed_with(nurse, draft, "patient.weight_not_charted")


def test_a_dose_of_the_night_before_is_signed_with_a_reason(nurse, draft):
    rule, night = "timing.given_on_another_day", datetime.now(clock.ZONE) - timedelta(days=1)
    page = refused(nurse, draft, given_at=night.strftime("%Y-%m-%d %H:%M"))
    assert "It is right as charted: record why" in page
    signed_with(nurse, draft, rule, given_at=night.strftime("%Y-%m-%d %H:%M"))


def test_an_order_dated_after_the_dose_is_signed_with_a_reason(nurse, draft):
    later = draft.encounter.date + timedelta(days=1)
    order = OrderFactory(patient=draft.encounter.patient, product=draft.order.product, ordered_on=later)
    AdministrationDraft.objects.filter(pk=draft.pk).update(order=order)
    refused(nurse, draft)
    signed_with(nurse, draft, "order.order_later_than_dose")
