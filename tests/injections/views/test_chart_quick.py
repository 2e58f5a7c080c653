"""What one tap fills in on the charting page, and what the page asks of a dose that is charted late."""

import re
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from injections.actions.drafts import as_typed
from injections.models import Administration
from injections.views import quick
from tests import clock
from tests.factories import PackageFactory, ProductFactory, signed_dose
from tests.injections.views.charts import chart_of, gs1, save, sign

pytestmark = pytest.mark.django_db


def test_a_tap_steps_the_dose_by_a_tenth_of_the_order_and_never_to_nothing(nurse, draft, shelf):
    page = save(nurse, draft, htmx=True, lot_id=str(shelf.pk), step="less").content.decode()
    draft.refresh_from_db()
    assert draft.entries["dose"] == "900 mcg"
    assert 'value="900 mcg"' in page
    draft.entries["dose"] = "0.1 mg"  # what somebody typed in another unit
    draft.save()
    save(nurse, draft, step="less")  # without a script
    draft.refresh_from_db()
    assert draft.entries["dose"] == "0.1 mg"
    save(nurse, draft, step="more")
    draft.refresh_from_db()
    assert draft.entries["dose"] == "200 mcg"
    assert '<details class="more" open>' in nurse.get(chart_of(draft)).content.decode()


def test_a_tap_says_some_minutes_ago_by_our_clock_and_now_again(nurse, draft, clinic, monkeypatch):
    noon = datetime.combine(draft.encounter.date, time(12, 3), clinic.practice.zone)
    monkeypatch.setattr(quick, "timezone", SimpleNamespace(now=lambda: noon))
    page = save(nurse, draft, htmx=True, ago="15").content.decode()
    draft.refresh_from_db()
    assert draft.entries["given_at"] == "11:48"
    assert 'value="11:48"' in page
    save(nurse, draft, ago="0")
    draft.refresh_from_db()
    assert "given_at" not in draft.entries


@pytest.fixture
def in_the_evening():
    """Five hours ago it was the same day. Asked for first: everything else is made then."""
    with time_machine.travel(datetime.combine(clock.today(), time(19, 30), clock.ZONE).astimezone(UTC)):
        yield


def test_a_dose_charted_hours_later_asks_why_and_the_note_says_it(in_the_evening, nurse, draft, shelf):
    long_ago = (timezone.now() - timedelta(hours=5)).isoformat(timespec="seconds")
    page = save(nurse, draft, htmx=True, lot_id=str(shelf.pk), given_at=long_ago).content.decode()
    rule = re.search(r'id="id_waive\.(timing\.charted_[a-z_]+)"', page)[1]
    assert "Say why it is charted only now" in page
    draft.refresh_from_db()
    reason = {f"waive.{rule}": "the network was down"}
    answer = sign(nurse, draft, given_at=long_ago, **reason)
    dose = Administration.objects.get()
    assert answer.status_code == 302
    assert [waiver["reason"] for waiver in dose.waivers] == ["the network was down"]
    note = nurse.get(reverse("injections:note", args=[dose.encounter_id])).content.decode()
    assert "Charted late" in note
    assert "the network was down" in note


def test_another_drug_brings_its_own_questions_and_places(nurse, draft, shelf):
    egg = {"key": "egg", "ask": "Allergic to egg?", "safe_answers": ["no"], "source": "made up"}
    other = ProductFactory(key="other", display="other", details={"sites": ["deltoid"], "screening": [egg]})
    PackageFactory(product=other, ndc="88888-0001-01")
    page = save(nurse, draft, htmx=True, scan=gs1(), product=draft.entries["product"]).content.decode()
    assert 'id="part-site"' not in page  # nothing moves under the finger while the drug stays
    draft.refresh_from_db()
    page = save(nurse, draft, htmx=True, lot="B777", ndc="88888-0001-01", product="fictamine").content.decode()
    assert "Allergic to egg?" in page
    places = page[page.index('id="part-site"') :]
    assert "Right deltoid" in places
    assert "ventrogluteal" not in places


def test_a_dose_without_an_order_asks_for_the_route_and_then_shows_its_places(nurse, clinic, draft, shelf):
    answer = nurse.post(reverse("injections:another_dose", args=[draft.encounter_id]), {"order": ""}, follow=True)
    page = answer.content.decode()
    assert "The route first: it says which places there are." in page
    assert 'href="#id_route_0"' in page  # what is left leads to the tiles,
    assert 'id="id_route_0"' in page
    assert "Take a spoken order" in page  # and to an order
    alone = draft.encounter.drafts.get(order=None)
    page = save(nurse, alone, htmx=True, scan=gs1(), route_shown="").content.decode()
    assert "Matches the order" not in page
    assert "Enter the dose that was given" in page
    assert "Enter the amount thrown away" not in page  # it follows from the dose
    assert "<b>fictamine</b>" in page
    alone.refresh_from_db()
    page = save(nurse, alone, htmx=True, route="SC", route_shown="", product="fictamine").content.decode()
    assert 'id="part-site"' in page
    assert "The route first" not in page


def test_a_place_that_was_chosen_for_another_route_is_neither_offered_nor_taken(nurse, draft, shelf):
    nurse.post(reverse("injections:another_dose", args=[draft.encounter_id]), {"order": ""})
    alone = draft.encounter.drafts.get(order=None)
    save(nurse, alone, htmx=True, scan=gs1(), dose="1,000 mcg", route="SC", route_shown="", site="abdomen")
    alone.refresh_from_db()
    assert 'value="abdomen"' in nurse.get(f"{chart_of(alone)}?draft={alone.pk}").content.decode()
    page = save(nurse, alone, htmx=True, route="IM", route_shown="SC", product="fictamine").content.decode()
    assert 'id="part-site"' in page
    assert 'value="abdomen"' not in page
    assert "The site does not go with the route" in page
    alone.refresh_from_db()
    assert sign(nurse, alone).status_code == 422
    assert not Administration.objects.exists()


def test_a_correction_shows_the_time_as_a_person_types_it(nurse, clinic, draft):
    noon = datetime.combine(draft.encounter.date, time(12, 3, 9), clinic.practice.zone)
    dose = signed_dose(order=draft.order, encounter=draft.encounter, nurse=clinic.nurse, now=noon)
    assert as_typed(dose)["given_at"] == "12:03:09"
    dose.given_at = noon - timedelta(days=1)  # of another day it needs the day
    assert as_typed(dose)["given_at"] == (noon - timedelta(days=1)).isoformat()
