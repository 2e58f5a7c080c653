"""What a line rests on, as the page of a review shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import Review
from billing.views.evidence import lines, tables_behind
from tests.billing import making
from tests.factories import OrderFactory, signed_dose

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_three_numbers_and_the_rows_of_each_line(client, visit):
    client.force_login(making.person(visit.practice, "biller"))
    signed_dose(encounter=visit, order=OrderFactory(patient=visit.patient), supervisor=None)
    review = Review.objects.get(encounter=visit)
    page = " ".join(client.get(reverse("billing:review", args=[review.pk])).content.decode().split())
    assert "$15.36 allowed, $12.04 from the payer, $3.07 from the patient" in page
    assert "<dt>Fee schedule 2026</dt><dd>96372: $15.36 a unit." in page
    assert "<dt>MUE unit limits Jul-Sep 2024</dt>" in page
    assert "Newest table ends 30 Sep 2024." in page
    drug = reverse("injections:drug", args=[visit.administrations.get().product.key])
    assert page.count(f'href="{drug}"') == 1  # what was done; no code of this drug is billed


def test_an_answer_from_before_lines_had_rows_shows_none(visit):
    review = making.answer(visit)
    (line,) = lines(review, {"lines": [{"code": "96372"}]})
    assert (line.rests_on, line.payer_share, line.patient_share) == ([], None, None)
    assert lines(review, {})[0].code == line.code


def test_parts_are_read_as_money(visit):
    told = {"payer_share": "12.04", "patient_share": None, "reference": []}
    (line,) = lines(making.answer(visit), {"lines": [told]})
    assert (line.payer_share, line.patient_share) == (Decimal("12.04"), None)


@pytest.mark.parametrize(
    ("payer", "why"),
    [
        ("medicare", "no price is published for this code and day"),
        ("commercial", "this payer publishes no prices"),
        ("", "no payer is on file"),
    ],
)
def test_a_price_that_is_not_known_says_why_and_is_never_zero(client, visit, payer, why):
    client.force_login(making.person(visit.practice, "biller"))
    review = making.answer(visit, lines=(("96372", 1, None),), payer_key=payer)
    page = client.get(reverse("billing:review", args=[review.pk])).content.decode()
    assert f"Unknown: {why}" in page
    assert "$0" not in page


def test_a_table_that_several_lines_used_is_named_once():
    row = {"table": "mue", "period": "MUE unit limits Jul-Sep 2024", "source": "starter", "because": None}
    assert tables_behind([{"reference": [row]}, {"reference": [dict(row)]}, {}]) == [row]
