"""Opened multi-dose vials on screen: on the chart, on the stock page, and on their own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.actions import signing, vials
from injections.forms.chart import DoseForm
from injections.models import Administration, OpenedVial
from injections.reading.opened import Opened
from injections.templatetags.words import full_day
from tests import clock
from tests.factories import LocationFactory, LotFactory, PackageFactory
from tests.injections.views.charts import chart_of, save, sign

pytestmark = pytest.mark.django_db
STOCK = reverse("injections:stock")


@pytest.fixture
def lot(clinic):
    package = PackageFactory(
        product=clinic.drug, ndc="99999-0002-01", holds_amount=10_000, volume_ml=10, single_dose=False
    )
    return LotFactory(location=clinic.location, package=package, number="M1", on_hand=2)


def words(vial, lot):
    with timezone.override(lot.practice.zone):
        return Opened(vial, lot).words.replace("\u00a0", "&nbsp;")


def page(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", "&nbsp;")


def test_one_tap_opens_a_vial_and_every_page_says_so(clinic, nurse, lot, draft):
    url, key = reverse("injections:lot", args=[lot.pk]), str(uuid4())
    assert "Open a vial now" in page(nurse.get(url))
    for _ in range(2):
        told = page(nurse.post(reverse("injections:vial_open", args=[lot.pk]), {"submission_key": key}, follow=True))
    vial = OpenedVial.objects.get()
    said = words(vial, lot)
    assert f"Write on the vial: {said}." in told
    assert "10&nbsp;mL left" in said
    assert said in page(nurse.get(STOCK))
    assert said in told, "the page of the lot"
    save(nurse, draft, lot_id=str(lot.pk))
    assert f"From the vial {said}" in page(nurse.get(chart_of(draft)))
    draft.refresh_from_db()
    assert (
        sign(nurse, draft, lot_id=str(lot.pk), lot="M1", package_ndc="99999-0002-01", discarded="").status_code == 302
    )
    vial.refresh_from_db()
    assert vial.given == 1_000
    assert "10&nbsp;mL: 1&nbsp;mL given, 0 thrown away, 9&nbsp;mL left" in page(nurse.get(url))
    signing.enter_in_error(administration=Administration.objects.get(), by=clinic.nurse, proof=None)
    own = page(nurse.get(reverse("injections:vial", args=[vial.pk])))
    assert "</b>, taken back" in own
    assert "10&nbsp;mL: 0 given, 0 thrown away, 10&nbsp;mL left" in own


def test_who_takes_an_opened_vial_out_as_expired_is_led_to_its_page(clinic, nurse, lot):
    vial = vials.open_by_hand(lot=lot, by=clinic.nurse)
    url, own = reverse("injections:lot", args=[lot.pk]), reverse("injections:vial", args=[vial.pk])
    told = {"act": "expired", "containers": "1", "submission_key": str(uuid4())}
    assert "thrown away on its own page" not in page(nurse.get(url))
    refused = page(nurse.post(url, told), 422)
    assert f'thrown away on its own page: <a href="{own}">' in refused
    vials.discard(vial=vial, by=clinic.nurse, note="forgotten")
    assert "thrown away on its own page" not in page(nurse.post(url, told), 422)


def test_past_its_use_date_it_stops_the_chart_until_it_is_thrown_away(clinic, nurse, lot, draft):
    vial = vials.open_by_hand(lot=lot, by=clinic.nurse, now=timezone.now() - timedelta(days=40))
    save(nurse, draft, lot_id=str(lot.pk))
    stopped = page(nurse.get(chart_of(draft)))
    assert "The opened vial is past its beyond-use date" in stopped
    assert f"to be used by {full_day(vial.use_by)}" in stopped
    assert "Past its use date: throw it away" in page(nurse.get(STOCK))
    url = reverse("injections:vial", args=[vial.pk])
    assert 'value="Past its use date"' in page(nurse.get(url))
    assert "Say why" in page(nurse.post(url, {"note": ""}), 422)
    assert nurse.post(url, {"note": "Past its use date"}).status_code == 302
    vial.refresh_from_db()
    assert (vial.wasted, vial.kept) == (10_000, 0)
    assert "Throw it away" not in page(nurse.get(url))
    assert "beyond-use date" not in page(nurse.get(chart_of(draft)))


def test_a_lot_whose_last_vial_is_open_is_still_here(clinic, nurse, lot, draft):
    lot.on_hand = 1
    lot.save()
    vials.open_by_hand(lot=lot, by=clinic.nurse)
    assert "M1" in page(nurse.get(STOCK))
    offered = nurse.get(chart_of(draft)).context["shelf"]
    assert [one.number for one in offered] == ["M1"]
    lot.expires_on = clock.today() - timedelta(days=1)
    lot.save()
    assert not nurse.get(chart_of(draft)).context["shelf"]


def test_what_was_drawn_up_of_it_and_not_given_is_the_ordered_dose(nurse, lot, draft):
    save(nurse, draft, lot_id=str(lot.pk))
    draft.refresh_from_db()
    said = {"status": "not-given", "not_given_reason": "Ill today", "drawn_up": "yes", "lot_id": str(lot.pk)}
    save(nurse, draft, **said)
    draft.refresh_from_db()
    assert draft.entries["discarded"] == "1,000 mcg"


def test_only_those_who_may_write_stock_open_and_throw_away(clinic, as_, lot):
    vial = vials.open_by_hand(lot=lot, by=clinic.nurse)
    physician = as_(clinic.physician)
    assert "Throw it away" not in page(physician.get(reverse("injections:vial", args=[vial.pk])))
    physician.post(reverse("injections:vial", args=[vial.pk]), {"note": "x"})
    vial.refresh_from_db()
    assert vial.ended_at is None
    assert physician.post(reverse("injections:vial_open", args=[lot.pk])).status_code == 404


def test_two_taps_bring_it_to_another_location(clinic, nurse, as_, lot):
    vial = vials.open_by_hand(lot=lot, by=clinic.nurse)
    url = reverse("injections:vial_bring", args=[vial.pk])
    own = reverse("injections:vial", args=[vial.pk])
    assert "to another location" not in page(nurse.get(own)), "there is no other one yet"
    north = LocationFactory(practice=clinic.practice, name="North")
    assert "Move the 10&nbsp;mL left to another location" in page(nurse.get(own))
    refused = page(nurse.post(url, {"to": str(clinic.location.pk), "submission_key": str(uuid4())}), 422)
    assert refused.count("Choose one of the answers for the where to?") <= 2
    assert "Throw away the 10&nbsp;mL left" in refused, "the page stands with both forms"
    sent = {"to": str(north.pk), "submission_key": str(uuid4())}
    for _ in range(2):
        told = page(nurse.post(url, sent, follow=True))
    there = OpenedVial.objects.get(came_from=vial)
    assert "10&nbsp;mL of this vial stand at North now. Its use date stays." in told
    assert words(there, there.lot) in page(nurse.get(STOCK))
    for where in (own, reverse("injections:lot", args=[lot.pk])):
        assert "Moved to North" in page(nurse.get(where))
    assert "Throw it away" not in page(nurse.get(own))
    assert as_(clinic.physician).post(url, sent).status_code == 404


@pytest.mark.parametrize("seen", ["", "A123"], ids=["no vial on it", "another vial on it"])
def test_a_page_that_picks_the_lot_is_saved_once_however_often_it_is_sent(clinic, nurse, lot, draft, seen):
    vials.open_by_hand(lot=lot, by=clinic.nurse)
    form = dict.fromkeys(DoseForm(entries=draft.entries).fields, "") | draft.entries | {"dose": "500 mcg"}
    form |= {"version": str(draft.version), "lot_id": str(lot.pk), "lot": seen}
    address, saved = reverse("injections:draft_save", args=[draft.pk]), []
    for _ in range(3):
        assert nurse.post(address, form).status_code == 302
        draft.refresh_from_db()
        saved.append((draft.version, draft.entries))
    assert saved[0] == saved[1] == saved[2]
    assert draft.entries["lot"] == "M1"
