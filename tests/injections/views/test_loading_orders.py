"""A series that begins with loading doses: by the label in one tap, or typed day by day."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from injections.models import Order, Product
from tests import clock

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


@pytest.fixture
def typed():
    return {
        "dose": "1,000",
        "unit": "mcg",
        "route": "IM",
        "diagnoses": "E53.8",
        "starts_on": clock.today().isoformat(),
        "submission_key": str(uuid4()),
    }


@pytest.fixture
def address(clinic):
    return at("order_details", clinic.patient.pk, clinic.drug.pk)


def test_the_label_s_series_is_one_tap(clinic, physician, typed):
    drug = Product.objects.get(key="paliperidone-palmitate")
    address = at("order_details", clinic.patient.pk, drug.pk)
    page = physician.get(address).content.decode()
    assert "234 mg on day 1 and 156 mg on day 8, then 117 mg monthly (schizophrenia)" in page.replace("\xa0", " ")
    assert "the series of the label" in page.partition("Nobody has confirmed yet:")[2].partition("</p>")[0]
    answer = physician.post(address, typed | {"kind": "label-0", "dose": "", "unit": "mg"})
    order = Order.objects.get(patient=clinic.patient)
    assert answer["Location"] == at("order", order.pk)
    assert (order.dose_amount, order.dose_unit, order.every_days, order.late_days) == (Decimal(117), "mg", 30, 7)
    assert [step["dose"] for step in order.loading] == ["234 mg", "156 mg"]
    page = physician.get(at("order", order.pk)).content.decode().replace("\xa0", " ")
    assert "Dose 1 of the loading doses, <b>234 mg</b>, due" in page
    assert "loading doses of 234 mg on day 1 and 156 mg on day 8, then monthly" in page


LOADS = {"kind": "series", "every": "4", "period": "7", "day_2": "8", "day_3": "15", "amount_1": "2,000"}


def test_loading_doses_can_be_typed(clinic, physician, address, typed):
    physician.post(address, typed | LOADS | {"early_2": "4", "late_2": "3", "late_3": "6"})
    order = Order.objects.get(patient=clinic.patient)
    assert [(step["after_days"], step["dose"], step["early_days"], step["late_days"]) for step in order.loading] == [
        (0, "2000 mcg", 0, 0),
        (7, None, 4, 3),
        (14, None, 0, 6),
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("day_2", ""),
        ("day_2", "1"),
        ("day_3", "8"),
        ("day_3", "801"),
        ("amount_1", "0"),
        ("amount_5", "x"),
        ("early_2", "7"),
        ("late_3", "7"),
    ],
)
def test_loading_doses_that_cannot_be_are_refused_and_kept(clinic, physician, address, typed, field, text):
    answer = physician.post(address, typed | LOADS | {field: text})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert '<details class="loading" open>' in answer.content.decode()
    assert not Order.objects.filter(patient=clinic.patient).exists()
