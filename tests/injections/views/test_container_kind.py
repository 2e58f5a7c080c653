"""A vial of which only its own label can tell whether it is for one dose or for several."""

import pytest
from django.urls import reverse

from injections.chart.doses import signed_fact
from injections.models import Administration
from tests.injections.views.charts import chart_of, gs1, save, sign

pytestmark = pytest.mark.django_db
ASKED = "What does its label say?"


@pytest.fixture
def unknown(shelf):
    """A lot whose package nobody has described."""
    shelf.package.single_dose = None
    shelf.package.save()
    return shelf


def test_it_is_asked_only_where_nobody_knows(nurse, draft, shelf):
    save(nurse, draft, lot_id=str(shelf.pk))
    assert ASKED not in nurse.get(chart_of(draft)).content.decode()


def test_a_typed_label_is_asked_about_at_once_and_once_only(nurse, draft, unknown):
    label = {"ndc": "99990-0001-01", "lot": "T77", "expires": "03/2028"}
    assert ASKED in save(nurse, draft, htmx=True, **label).content.decode()
    draft.refresh_from_db()
    assert ASKED not in save(nurse, draft, htmx=True, **label, kinds_shown="yes").content.decode()


@pytest.mark.parametrize(("kind", "single"), [("single-dose", True), ("multi-dose", False)])
def test_what_was_read_off_the_label_is_on_the_record(nurse, draft, unknown, kind, single):
    save(nurse, draft, lot_id=str(unknown.pk))
    page = nurse.get(chart_of(draft)).content.decode()
    assert ASKED in page
    assert 'id="id_container_kind_0"' in page
    draft.refresh_from_db()
    save(nurse, draft, container_kind=kind)
    draft.refresh_from_db()
    assert "checked" in nurse.get(chart_of(draft)).content.decode().split(ASKED)[1][:600]
    here = draft.entries["package_ndc"]
    assert sign(nurse, draft, discarded="0 mg", package_ndc=here).status_code == 302
    dose = Administration.objects.get()
    assert signed_fact(dose).package.single_dose is single
    note = nurse.get(reverse("injections:note", args=[dose.encounter_id])).content.decode()
    assert "Read off its label" in note


def test_another_vial_is_asked_about_anew(nurse, draft, unknown):
    save(nurse, draft, lot_id=str(unknown.pk))
    draft.refresh_from_db()
    save(nurse, draft, container_kind="multi-dose")
    draft.refresh_from_db()
    save(nurse, draft, container_kind="multi-dose", scan=gs1())
    draft.refresh_from_db()
    assert "container_kind" not in draft.entries


def test_any_other_word_says_nothing(nurse, draft, unknown):
    save(nurse, draft, lot_id=str(unknown.pk))
    draft.refresh_from_db()
    save(nurse, draft, container_kind="both")
    assert ASKED in nurse.get(chart_of(draft)).content.decode()
