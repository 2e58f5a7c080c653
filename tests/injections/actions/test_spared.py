"""Sides of a patient to avoid: said on the banner and the map, stopped in the chart, ended by a row of its own."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from injections.actions import drafts, spared
from injections.actions.errors import NotAllowed, Refused
from injections.actions.signing import preview
from injections.models import SparedSide
from injections.models.staff import Role
from tests.factories import EncounterFactory, OrderFactory, PatientFactory, StaffFactory, charted_draft

pytestmark = pytest.mark.django_db

MASTECTOMY = {"why": "mastectomy", "side": "left", "part": "arm"}


@pytest.fixture
def patient():
    return PatientFactory()


def staff(patient, role=Role.NURSE):
    return StaffFactory(practice=patient.practice, role=role)


def test_said_again_it_is_one_and_it_ends_once(patient):
    by = staff(patient)
    first = spared.spare(patient=patient, by=by, **MASTECTOMY)
    assert spared.spare(patient=patient, by=by, **MASTECTOMY) == first
    assert str(first) == "Avoid left arm: mastectomy"
    ended = spared.end(spared=first, reason="the other arm", by=by)
    assert spared.end(spared=first, reason="the other arm", by=by) == ended
    with pytest.raises(Refused):
        spared.end(spared=first, reason="again", by=staff(patient))
    assert spared.spare(patient=patient, by=by, **MASTECTOMY) != first


def test_the_front_desk_says_it_and_does_not_take_it_back(patient):
    desk = staff(patient, Role.FRONT_DESK)
    made = spared.spare(patient=patient, by=desk, **MASTECTOMY)
    with pytest.raises(NotAllowed):
        spared.end(spared=made, reason="no", by=desk)


def test_it_holds_for_the_days_on_which_it_stood(patient):
    day = date(2026, 10, 6)
    made = spared.spare(patient=patient, by=staff(patient), since=day, **MASTECTOMY)
    spared.end(spared=made, reason="cast is off", by=staff(patient), on=day + timedelta(days=9))
    held = [bool(patient.as_fact(day + timedelta(days=days)).spared) for days in (-1, 0, 8, 9)]
    assert held == [False, True, True, False]


def test_a_dose_into_that_side_stops_until_a_reason_stands(patient):
    order = OrderFactory(patient=patient)
    draft = charted_draft(order=order, encounter=EncounterFactory(patient=patient))
    spared.spare(patient=patient, by=draft.author, since=date(2026, 1, 1), **MASTECTOMY)
    found = [one for one in preview(draft.encounter, draft, draft.author).blocking if "Avoid" in one.summary]
    assert [one.summary for one in found] == ["Avoid the left arm: mastectomy"]
    rule = "waive.site.side_to_spare"
    draft = drafts.save(
        draft=draft, by=draft.author, entries={**draft.entries, rule: "no other muscle"}, version=draft.version
    )
    assert not [one for one in preview(draft.encounter, draft, draft.author).blocking if "Avoid" in one.summary]


def test_the_page_asks_where_and_why_and_the_banner_says_it(client, patient):
    client.force_login(staff(patient))
    address = reverse("injections:spared_new", args=[patient.pk])
    refused = client.post(address, {"where": "leg:right", "why": "other", "note": ""})
    assert refused.status_code == 422
    assert "Say what it is" in refused.content.decode()
    made = client.post(address, {"where": "side:right", "why": "paralysis", "note": ""}, follow=True)
    assert "Avoid right side of the body: paralysis" in made.content.decode()
    row = SparedSide.objects.get()
    client.post(reverse("injections:spared_end", args=[row.pk]), {"reason": "entered for the wrong patient"})
    page = client.get(reverse("injections:patient", args=[patient.pk])).content.decode()
    assert "Used again from" in page
    assert "■</span> Avoid" not in page
