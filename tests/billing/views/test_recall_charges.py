"""The charges of a recalled lot: which visits and lines it touches, and whose page that is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import ClaimLine
from injections.models import Recall
from tests.billing import making
from tests.factories import OrderFactory, PatientFactory, StaffFactory, signed_dose

pytestmark = pytest.mark.django_db


@pytest.fixture
def dose():
    return signed_dose(order=OrderFactory(patient=PatientFactory(family_name="Sample")))


@pytest.fixture
def page(dose):
    mine = {"practice": dose.practice, "product": dose.product, "number": dose.lot_number, "reason": "particles"}
    made = Recall.objects.create(**mine, stopped_by=dose.given_by, stopped_at=timezone.now())
    return reverse("billing:recall_charges", args=[made.pk])


def billed(dose):
    """Two lines, of which the second belongs to another dose of the same visit."""
    review = dose.encounter.reviews.filter(superseded_by=None).first()
    review = review or making.answer(dose.encounter, lines=(("J3420", 1, "2.50"), ("96372", 1, "15.00")))
    ClaimLine.objects.filter(review=review).delete()
    for number, (code, ids) in enumerate((("J3420", [str(dose.pk)]), ("96372", ["0"])), start=1):
        ClaimLine.objects.create(practice=dose.practice, review=review, line_no=number, code=code, units=1,
                                 administrations=ids, expected="2.50", rule="drug.billing_units")  # fmt: skip
    return review


def test_it_lists_the_lines_of_the_lot_with_their_status(client, dose, page):
    review = billed(dose)
    client.force_login(StaffFactory(practice=dose.practice, role="biller"))
    answer = client.get(page)
    (row,) = answer.context["rows"]
    assert (row.review, [line.code for line in row.lines]) == (review, ["J3420"])
    shown = answer.content.decode()
    assert "1 visit, 1 line, $2.50 expected" in shown
    assert row.status in shown
    assert "96372" not in shown


def test_it_is_a_page_of_billing(client, dose, page):
    for role, status in (("biller", 200), ("manager", 200), ("nurse", 404), ("front-desk", 404)):
        client.force_login(StaffFactory(practice=dose.practice, role=role))
        assert client.get(page).status_code == status
    client.force_login(StaffFactory(role="biller"))
    assert client.get(page).status_code == 404


def test_the_page_of_the_recall_leads_there_for_who_may_see_it(client, dose, page):
    recall = reverse("injections:recall", args=[Recall.objects.get().pk])
    for role, linked in (("manager", True), ("nurse", False)):
        client.force_login(StaffFactory(practice=dose.practice, role=role))
        assert (page in client.get(recall).content.decode()) is linked
