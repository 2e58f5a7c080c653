"""One lot of several owners on one shelf: whose vial it is, is said and never guessed."""

import pytest

from tests.factories import LotFactory
from tests.injections.views.charts import gs1, save, sign

pytestmark = pytest.mark.django_db


def test_a_lot_of_two_owners_is_asked_about_and_the_answer_taken(clinic, nurse, draft, shelf):
    state = LotFactory(location=clinic.location, package=shelf.package, source="state", on_hand=3)
    page = save(nurse, draft, htmx=True, scan=gs1()).content.decode()
    assert "whose vial is it?" in page
    assert page.index("Clinic stock") < page.index("5 left") < page.index("State supply") < page.index("3 left")
    assert 'name="owner" value="stock">' in page, "nothing is chosen beforehand"
    draft.refresh_from_db()
    assert "lot" not in draft.entries
    answered = save(nurse, draft, htmx=True, unsettled=gs1(), reading="", owner="state").content.decode()
    assert "Matches the order" in answered
    assert "<b>State supply</b>" in answered
    assert "whose vial is it?" not in answered
    draft.refresh_from_db()
    assert (draft.entries["lot_id"], draft.entries["source"]) == (str(state.pk), "state")
    assert sign(nurse, draft, package_ndc=shelf.package.ndc, scan=None).status_code == 302
    state.refresh_from_db()
    shelf.refresh_from_db()
    assert (shelf.on_hand, state.on_hand) == (5, 2)


def test_whose_vial_it_is_is_not_asked_where_only_one_owner_has_any_left(clinic, nurse, draft, shelf):
    LotFactory(location=clinic.location, package=shelf.package, source="state", on_hand=0)
    page = save(nurse, draft, htmx=True, scan=gs1()).content.decode()
    assert "whose vial is it?" not in page
    draft.refresh_from_db()
    assert (draft.entries["lot_id"], draft.entries["source"]) == (str(shelf.pk), "stock")


def test_a_typed_lot_of_two_owners_is_taken_from_the_one_that_is_charted(clinic, nurse, draft, shelf):
    state = LotFactory(location=clinic.location, package=shelf.package, source="state", on_hand=3)
    typed_in = {"lot": "A123", "expires": "2027-03-31", "package_ndc": shelf.package.ndc, "source": "state"}
    assert sign(nurse, draft, **typed_in).status_code == 302
    state.refresh_from_db()
    assert state.on_hand == 2
