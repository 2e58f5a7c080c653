"""The page of one lot: what may happen to it besides being given."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests import clock
from tests.factories import LotFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(clinic):
    lot = LotFactory(location=clinic.location, on_hand=0, expires_on=clock.today() - timedelta(days=1))
    lot.product.details["schedule"] = "CIII"
    lot.product.save()
    return reverse("injections:lot", args=[lot.pk])


def test_each_way_off_the_shelf_of_a_controlled_drug_has_its_witness(clinic, nurse, page):
    witness = StaffFactory(practice=clinic.location.practice)

    def sends(act, containers, **told):
        said = {"act": act, "containers": containers, "submission_key": str(uuid4()), **told}
        answer = nurse.post(page, said, follow=True)
        return answer.status_code, answer.content.decode()

    told = {"note": "found behind the box", "witness": witness.pk}
    for act, containers, words in (
        ("count", 9, "9 more than the ledger said"),
        ("wasted", 1, "Written down: 1"),
        ("returned", 2, "Written down: 2"),
        ("expired", 3, "Written down: 3"),
    ):
        assert sends(act, containers, **told | {"witness": ""})[0] == 422
        status, shown = sends(act, containers, **told)
        assert (status, words in shown) == (200, True)
    _, shown = sends("count", 3)
    assert "as the ledger says" in shown
    assert "Counted, agrees" in shown
    assert "Who saw it?" in shown


@pytest.mark.parametrize(
    ("days", "first"), [(-1, "Take out: expired"), (0, "Count the shelf"), (90, "Count the shelf")]
)
def test_an_expired_lot_offers_first_to_be_taken_out(clinic, nurse, days, first):
    lot = LotFactory(location=clinic.location, expires_on=clock.today() + timedelta(days=days))
    form = nurse.get(reverse("injections:lot", args=[lot.pk])).context["form"]
    labels = [label for _, label in form.fields["act"].choices]
    assert (labels[0], len(labels)) == (first, 5)
