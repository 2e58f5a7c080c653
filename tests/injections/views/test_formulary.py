"""The formulary on screen: found by name, code or NDC; what nobody has confirmed is shown as such and stops nobody."""

from datetime import date

import pytest
from django.urls import reverse

from injections.models import Product
from tests.factories import CodingFactory, OrderFactory, PackageFactory, ProductFactory

pytestmark = pytest.mark.django_db

LIST = reverse("injections:formulary")
DOUBTED = {
    "routes": ["IM"],
    "details": {
        "sites": ["deltoid"],
        "supports": ["D51"],
        "minimum_interval_days": 28,
        "screening": [],
        "source": "made up label",
        "unconfirmed": ["routes", "sites", "supports", "minimum_interval_days", "package.single_dose", "coding.since"],
    },
}


@pytest.fixture
def doubted(clinic):
    """The drug of the clinic, of which nearly nothing is confirmed."""
    Product.objects.filter(pk=clinic.drug.pk).update(**DOUBTED)
    CodingFactory(product=clinic.drug, code="J9997", source="made up table")
    CodingFactory(product=clinic.drug, code="J9998", since=date(2000, 1, 1), until=date(2019, 12, 31))
    return clinic.drug


def found(browser, words):
    return [row.product.key for row in browser.get(LIST, {"q": words}).context["rows"]]


def test_a_drug_is_found_by_its_names_its_code_and_its_package(nurse, doubted):
    other = ProductFactory(key="elsewhere", name="elsewhere", display="ELSEwhere")
    PackageFactory(product=other, ndc="55555-0444-02")
    for words in ("fictamine", "FICTA", "fictavit", "vitamin fict", "j9997", "J9998"):
        assert found(nurse, words) == ["fictamine"], words
    for words in ("else", "55555-0444-02", "5555544402", "55555044402", "55555-444-02", "55555-0444-30"):
        assert found(nurse, words) == ["elsewhere"], words
    assert {"elsewhere", "fictamine", "ceftriaxone"} <= set(found(nurse, ""))
    nothing = nurse.get(LIST, {"q": "J9996"})
    assert "No drug here has the name, code or NDC “J9996”" in nothing.content.decode()
    Product.objects.filter(pk=other.pk).update(withdrawn_on=date(2026, 1, 1))
    assert "elsewhere" not in found(nurse, "")
    assert nurse.get(reverse("injections:drug", args=["elsewhere"])).status_code == 200
    assert nurse.get(reverse("injections:drug", args=["nosuch"])).status_code == 404


def test_a_nurse_and_a_biller_read_what_is_known_and_what_is_not(clinic, as_, doubted):
    for person in (clinic.nurse, clinic.biller):
        page = as_(person).get(reverse("injections:drug", args=["fictamine"]))
        text = " ".join(page.content.decode().split())
        assert page.context["unconfirmed"] == [
            "the days between two doses",
            "the ways to give it",
            "the usual sites",
            "the diagnoses it is given for",
            "the first day of its code",
            "whether a container is for one dose or several",
        ]
        doubts = text.count("Not confirmed")
        assert doubts == 4 + len(page.context["codes"]) + len(page.context["containers"])
        for words in ("J9997", "At least 28 days between two doses.", "Made up label", "made up table", "D51"):
            assert words in text
        assert "Our file does not say." in text  # the largest dose
    assert "Fictional Labs" in text


def test_whoever_orders_sees_what_nobody_confirmed_and_is_stopped_by_nothing(clinic, physician, doubted):
    page = physician.get(reverse("injections:order_details", args=[clinic.patient.pk, doubted.pk]))
    text = page.content.decode()
    assert "the days between two doses, the ways to give it, the usual sites and the diagnoses it is given for" in text
    assert reverse("injections:drug", args=["fictamine"]) in text
    protocol = physician.get(reverse("injections:standing_order_details", args=[doubted.pk])).content.decode()
    assert "Nobody has confirmed yet: the days between two doses" in protocol
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, product=doubted)
    shown = physician.get(reverse("injections:order", args=[order.pk])).content.decode()
    assert reverse("injections:drug", args=["fictamine"]) in shown
