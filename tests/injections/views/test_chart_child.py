"""A child's chart: who agreed is part of the record, or why nobody can say; a grown-up's is not asked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.models import Administration, Patient
from tests.injections.views.charts import chart_of, save, sign, typed

pytestmark = pytest.mark.django_db
MISSING = "Say who agreed to this dose"


@pytest.fixture
def child(clinic):
    Patient.objects.filter(pk=clinic.patient.pk).update(birth_date=f"{timezone.now().year - 9}-01-01")
    return clinic.patient


def test_nothing_is_signed_for_a_child_while_nobody_said_who_agreed(nurse, draft, child):
    page = sign(nurse, draft).content.decode()
    assert MISSING in page
    assert not Administration.objects.exists()
    assert 'href="#id_consent_0"' in page
    assert 'id="id_consent_0"' in page
    assert 'name="unobtainable.consent"' in page


@pytest.mark.parametrize(
    ("who", "kept"),
    [("guardian", "parent or guardian"), ("minor", "the minor, who may agree alone"), ("court", "a court or agency")],
)
def test_who_may_agree_for_a_child(nurse, draft, child, who, kept):
    sign(nurse, draft, consent=who)
    assert Administration.objects.get().consent["by"] == kept


def test_why_nobody_can_say_who_agreed_is_an_answer(nurse, draft, child):
    sign(nurse, draft, **{"unobtainable.consent": "emergency, nobody could be reached"})
    dose = Administration.objects.get()
    assert dose.consent == {}
    assert dose.unobtainable["consent"] == "emergency, nobody could be reached"
    note = nurse.get(reverse("injections:note", args=[dose.encounter_id])).content.decode()
    assert "emergency, nobody could be reached" in note


def test_a_child_who_got_nothing_needs_nobody_to_agree(nurse, draft, child):
    sign(nurse, draft, status="refused", not_given_reason="The patient declined")
    assert Administration.objects.get().status == "refused"


def test_a_child_does_not_agree_alone_by_the_tile_of_a_grown_up(nurse, draft, child):
    page = nurse.get(chart_of(draft)).content.decode()
    assert ('value="patient"' in page, 'value="minor"' in page) == (False, True)


def test_a_grown_up_is_not_asked(nurse, draft):
    page = save(nurse, draft, htmx=True, **typed(draft)).content.decode()
    assert MISSING not in page
    draft.refresh_from_db()
    sign(nurse, draft)
    assert Administration.objects.exists()
