"""A lot number typed into the scan box: it picks the vial as its tile does, and stops as a scan does."""

from datetime import timedelta

import pytest

from tests import clock
from tests.factories import LotFactory, PackageFactory, ProductFactory
from tests.injections.views.charts import save

pytestmark = pytest.mark.django_db


def typed(nurse, draft, text, **more):
    page = save(nurse, draft, htmx=True, scan=text, **more).content.decode()
    draft.refresh_from_db()
    return page


def test_a_lot_of_the_shelf_is_taken_whatever_its_case(nurse, draft, shelf):
    assert "Matches the order" in typed(nurse, draft, f" {shelf.number.lower()} ")
    entries = draft.entries
    assert (entries["lot_id"], entries["lot"]) == (str(shelf.pk), shelf.number)
    assert (entries["package_ndc"], entries["expires"]) == (shelf.package.ndc, shelf.expires_on.isoformat())


def test_a_lot_of_another_drug_stops_the_chart(clinic, nurse, draft, shelf):
    other = ProductFactory(key="fictother", name="fictother", display="fictother")
    LotFactory(location=clinic.location, package=PackageFactory(product=other, ndc="99999-0009-01"), number="B9")
    assert "Not the drug of the order" in typed(nurse, draft, "B9")
    assert draft.entries["product"] == "fictother"


def test_an_expired_lot_stops_the_chart(clinic, nurse, draft, shelf):
    LotFactory(
        location=clinic.location, package=shelf.package, number="OLD1", expires_on=clock.today() - timedelta(days=9)
    )
    assert "The right drug, but not this vial" in typed(nurse, draft, "OLD1")


def test_the_ordered_drug_comes_first_where_two_drugs_share_a_number(clinic, nurse, draft, shelf):
    other = ProductFactory(key="fictother", name="fictother", display="fictother")
    for key, number in (("99999-0009-01", shelf.number), ("99999-0009-02", "TWIN")):
        LotFactory(location=clinic.location, package=PackageFactory(product=other, ndc=key), number=number)
    third = ProductFactory(key="fictthird", name="fictthird", display="fictthird")
    LotFactory(location=clinic.location, package=PackageFactory(product=third, ndc="99999-0010-01"), number="TWIN")
    assert "Lots of several drugs here have this number" in typed(nurse, draft, "TWIN")
    assert "lot" not in draft.entries
    assert "Matches the order" in typed(nurse, draft, shelf.number)


def test_a_lot_of_two_owners_asks_whose_it_is(clinic, nurse, draft, shelf):
    state = LotFactory(location=clinic.location, package=shelf.package, source="state", on_hand=3)
    assert "whose vial is it?" in typed(nurse, draft, shelf.number)
    assert "Matches the order" in typed(nurse, draft, "", unsettled=shelf.number, reading="", owner="state")
    assert draft.entries["lot_id"] == str(state.pk)


def test_a_lot_that_lies_elsewhere_is_no_lot_here(clinic, nurse, draft, shelf):
    LotFactory(package=shelf.package, number="AWAY")
    assert "nor a lot that lies here" in typed(nurse, draft, "AWAY")


def test_the_second_vial_of_a_dose_is_typed_as_well(clinic, nurse, draft, shelf):
    LotFactory(location=clinic.location, package=shelf.package, number="SECOND")
    typed(nurse, draft, shelf.number, **{"vial2.scan": "second"})
    assert draft.entries["vial2.lot"] == "SECOND"
