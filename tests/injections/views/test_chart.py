"""The charting page: what is opened and what is saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from injections.models import AdministrationDraft
from tests import clock
from tests.factories import (
    AppointmentFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    ProductFactory,
    charted_draft,
)
from tests.injections.views.charts import chart_of, gs1, save

pytestmark = pytest.mark.django_db


# --- opening ---------------------------------------------------------------------------------------------------------


def test_one_tap_opens_the_visit_and_its_dose(nurse, clinic):
    order = OrderFactory(patient=clinic.patient)
    booked = AppointmentFactory(order=order, location=clinic.location, starts_at=timezone.now())
    answer = nurse.post(reverse("injections:open", args=[booked.pk]), follow=True)
    assert "Sign for Maria Rivera" in answer.content.decode()
    assert AdministrationDraft.objects.get().order == order


def test_two_taps_open_one_draft(nurse, clinic):
    booked = AppointmentFactory(order=OrderFactory(patient=clinic.patient), location=clinic.location)
    for _ in range(2):
        nurse.post(reverse("injections:open", args=[booked.pk]))
    assert AdministrationDraft.objects.count() == 1


def test_the_banner_tells_who_the_patient_is(nurse, draft):
    page = nurse.get(chart_of(draft)).content.decode()
    for words in ("RIVERA, Maria", "14 Mar 1961", "MRN 0017", "No known drug allergies", "1,000\xa0mcg"):
        assert words in page


def test_no_patient_stands_in_the_title_or_the_address(nurse, draft):
    page = nurse.get(chart_of(draft)).content.decode()
    assert "<title>Chart an injection</title>" in page
    assert "Rivera" not in chart_of(draft)


def test_a_colleague_s_draft_is_shown_and_can_be_taken_over(nurse, draft, clinic, as_):
    colleague = as_(clinic.medical_assistant)
    page = colleague.get(chart_of(draft)).content.decode()
    assert f"{clinic.nurse.short_name} is charting" in page
    colleague.post(reverse("injections:draft_take_over", args=[draft.pk]))
    assert "Sign for Maria Rivera" in colleague.get(chart_of(draft)).content.decode()
    draft.refresh_from_db()
    assert (draft.author, draft.started_by) == (clinic.medical_assistant, clinic.nurse)
    late = save(nurse, draft, htmx=True, note="wants the right arm").content.decode()
    assert "is charting this dose: take it over first" in late
    assert "<td>wants the right arm</td>" in late, "what was typed meanwhile stands there to copy"


def test_a_biller_reads_the_visit_and_cannot_chart(draft, clinic, as_):
    biller = as_(clinic.biller)
    page = biller.get(reverse("injections:chart", args=[draft.encounter_id]))
    assert page.status_code == 200
    assert reverse("injections:today") not in page.content.decode(), "a list that a biller does not see"
    assert biller.get(chart_of(draft)).status_code == 200
    assert save(biller, draft, site="deltoid:left").status_code == 404


def test_another_practice_s_draft_does_not_exist(nurse):
    foreign = charted_draft()
    assert nurse.get(chart_of(foreign)).status_code == 404
    for page in ("draft_save", "draft_discard", "draft_take_over", "sign"):
        assert nurse.post(reverse(f"injections:{page}", args=[foreign.pk])).status_code == 404


# --- saving ----------------------------------------------------------------------------------------------------------


def test_every_change_is_saved_and_the_page_is_told(nurse, draft):
    answer = save(nurse, draft, htmx=True, site="deltoid:left")
    draft.refresh_from_db()
    assert draft.entries["site"] == "deltoid:left"
    assert answer["X-Draft-Version"] == str(draft.version)
    assert "chart-changed" in answer["HX-Trigger"]
    assert "Draft saved" in answer.content.decode()


def test_it_works_without_javascript(nurse, draft):
    answer = save(nurse, draft, site="deltoid:left", checks="yes")
    assert answer.status_code == 302
    page = nurse.get(answer.url).content.decode()
    assert 'value="deltoid:left" checked' in page


def test_a_box_that_is_unticked_is_forgotten(nurse, draft):
    save(nurse, draft, checks="yes")
    draft.refresh_from_db()
    save(nurse, draft, site="deltoid:left")
    draft.refresh_from_db()
    assert "checks" not in draft.entries


def test_what_cannot_be_read_is_told_at_its_field_and_kept(nurse, draft):
    answer = save(nurse, draft, lot="A1\u202e23", site="deltoid:left")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is a problem" in page
    assert "characters that cannot be seen" in page
    draft.refresh_from_db()
    assert draft.entries["site"] == "deltoid:left"
    assert "lot" not in draft.entries


def test_an_older_page_does_not_overwrite_a_newer_one(nurse, draft):
    save(nurse, draft, note="the first")
    answer = save(nurse, draft, note="the second")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "the first" in page
    assert "the second" in page
    draft.refresh_from_db()
    assert draft.entries["note"] == "the first"


def test_pause_leads_back_to_the_list(nurse, draft):
    assert save(nurse, draft, then="today").url == reverse("injections:today")


def test_going_back_from_the_wrong_order_keeps_what_was_typed(nurse, draft, clinic, as_):
    page = nurse.get(chart_of(draft)).content.decode()
    away = reverse("injections:draft_discard", args=[draft.pk])
    assert away not in page, "no button on the chart throws it away unasked"
    assert save(nurse, draft, note="she asked about her arm", then="back").url == away
    asked = nurse.get(away).content.decode()
    assert "she asked about her arm" in asked
    draft.refresh_from_db()
    assert draft.entries["note"] == "she asked about her arm"
    again = nurse.get(chart_of(draft), {"choose": "yes"}).content.decode()
    assert "You are charting fictamine" in again
    assert "What will be given" in again
    colleague = as_(clinic.medical_assistant)
    assert "Take it over before you throw it away" in colleague.get(away).content.decode()
    colleague.post(away)
    assert AdministrationDraft.objects.exists(), "what a colleague typed is theirs"
    assert nurse.post(away).url == f"{chart_of(draft)}?choose=yes"
    assert not AdministrationDraft.objects.exists()


# --- the vial --------------------------------------------------------------------------------------------------------


def test_a_scan_fills_product_lot_and_expiry(nurse, draft, shelf):
    save(nurse, draft, scan=gs1())
    draft.refresh_from_db()
    assert draft.entries["lot"] == "A123"
    assert draft.entries["expires"] == "2027-03-31"
    assert draft.entries["package_ndc"] == "99990-0001-01"
    assert draft.entries["lot_id"] == str(shelf.pk)
    assert "Matches the order" in nurse.get(chart_of(draft)).content.decode()


def test_a_lot_from_the_shelf_fills_the_same(nurse, draft, shelf):
    save(nurse, draft, lot_id=str(shelf.pk))
    draft.refresh_from_db()
    assert (draft.entries["lot"], draft.entries["ndc"]) == ("A123", "99990-0001-01")


def test_the_rest_of_the_vial_is_worked_out_and_attested(nurse, draft, shelf):
    page = save(nurse, draft, htmx=True, lot_id=str(shelf.pk)).content.decode()
    draft.refresh_from_db()
    assert draft.entries["discarded"] == "0 mcg"
    assert "1\xa0mL used, 0 left" in page


def test_the_rest_follows_the_dose_until_somebody_types_it(nurse, draft, shelf):
    save(nurse, draft, lot_id=str(shelf.pk))
    draft.refresh_from_db()
    save(nurse, draft, dose="400 mcg", discarded="0 mcg", discarded_worked_out="0 mcg")
    draft.refresh_from_db()
    assert draft.entries["discarded"] == "600 mcg"
    save(nurse, draft, discarded="500 mcg", discarded_worked_out="600 mcg")
    draft.refresh_from_db()
    save(nurse, draft, dose="300 mcg", discarded="500 mcg", discarded_worked_out="700 mcg")
    draft.refresh_from_db()
    assert draft.entries["discarded"] == "500 mcg"


def test_scan_another_empties_the_vial(nurse, draft, shelf):
    save(nurse, draft, lot_id=str(shelf.pk))
    draft.refresh_from_db()
    save(nurse, draft, again="vial", lot="A123", lot_id=str(shelf.pk), package_ndc="99990-0001-01")
    draft.refresh_from_db()
    assert not {"lot", "lot_id", "package_ndc", "expires"} & draft.entries.keys()


def test_a_code_that_is_no_drug_says_what_to_do(nurse, draft):
    page = save(nurse, draft, htmx=True, scan="rubbish").content.decode()
    assert "neither the code of a drug nor a lot that lies here" in page
    assert "(scanned: rubbish)" in page
    draft.refresh_from_db()
    assert "scan" not in draft.entries


def test_an_expired_lot_is_stopped_with_both_dates(nurse, draft, shelf, clinic):
    LotFactory(location=clinic.location, package=shelf.package, number="GOOD7", on_hand=2)
    small = PackageFactory(product=shelf.product, ndc="99999-0001-09", holds_amount=250)
    LotFactory(location=clinic.location, package=small, number="SMALL", on_hand=2, expires_on=clock.today())
    tiles = nurse.get(chart_of(draft)).content.decode()
    assert "<b>1,000\xa0mcg</b>, " not in tiles  # it holds the dose, and comes first
    assert tiles.index(f'"mono">{shelf.number}<') < tiles.index("SMALL") < tiles.index("<b>250\xa0mcg</b>, ")
    page = save(nurse, draft, htmx=True, scan=gs1(expires="200131")).content.decode()
    assert "Stop. The drug has expired" in page
    assert "31 Jan 2020" in page
    assert "The right drug, but not this vial" in page
    assert 'Good, and here: lot <span class="mono">GOOD7</span>, 1,000\xa0mcg, expires' in page
    assert "It was already given: record why" in page


@pytest.mark.parametrize("odd", ["²", "³²", "9" * 40])
def test_a_lot_or_an_order_that_is_no_number_is_not_an_error(nurse, draft, odd):
    assert save(nurse, draft, lot_id=odd).status_code < 500
    opened = nurse.post(reverse("injections:another_dose", args=[draft.encounter_id]), {"order": odd})
    assert opened.status_code < 500


# --- the vial, typed or read from a photo ----------------------------------------------------------------------------


def test_a_typed_lot_of_the_shelf_matches_at_once(nurse, draft, shelf):
    page = save(nurse, draft, htmx=True, lot="a123").content.decode()
    assert "Matches the order" in page
    assert "Now type the expiry" in page
    draft.refresh_from_db()
    page = save(nurse, draft, htmx=True, lot="a123", expires="03/2027").content.decode()
    assert "Now type" not in page
    draft.refresh_from_db()
    assert draft.entries["package_ndc"] == "99990-0001-01"


def test_a_typed_ndc_of_another_drug_is_named_at_once(nurse, draft):
    other = PackageFactory(ndc="99990-0009-01", product=ProductFactory(key="otherdrug", display="otherDRUG"))
    page = save(nurse, draft, htmx=True, ndc=other.ndc, lot="B1", expires="03/2027").content.decode()
    assert "Not the drug of the order" in page
    assert "otherDRUG" in page


def test_the_ordered_dose_is_not_taken_for_that_of_another_drug(nurse, draft, shelf):
    other = PackageFactory(ndc="99990-0009-01", product=ProductFactory(key="otherdrug", display="otherDRUG"))
    page = save(nurse, draft, htmx=True, ndc=other.ndc, lot="B1", expires="03/2027").content.decode()
    assert 'id="dose-given" hx-swap-oob="true"' in page
    draft.refresh_from_db()
    assert not draft.entries.get("dose")
    save(nurse, draft, htmx=True, scan=gs1())
    draft.refresh_from_db()
    assert draft.entries["dose"] == "1,000 mcg"
    save(nurse, draft, htmx=True, dose="500 mcg")
    draft.refresh_from_db()
    save(nurse, draft, htmx=True, ndc=other.ndc, lot="B1", expires="03/2027")
    draft.refresh_from_db()
    assert draft.entries["dose"] == "500 mcg"  # somebody typed it


def test_a_lost_separator_is_asked_about_and_the_answer_taken(nurse, draft, shelf):
    code = f"{gs1(lot='Z77')}21SN5"
    page = save(nurse, draft, htmx=True, scan=code).content.decode()
    assert "Which lot stands on the label?" in page
    draft.refresh_from_db()
    assert "lot" not in draft.entries
    save(nurse, draft, htmx=True, unsettled=code, reading="Z77")
    draft.refresh_from_db()
    assert draft.entries["lot"] == "Z77"


def test_a_photo_of_the_vial_is_as_good_as_a_scan(nurse, draft, shelf, photo):
    address = reverse("injections:draft_photo", args=[draft.pk])
    answer = nurse.post(
        address,
        {"version": draft.version, "photo": photo(f"(01){gs1()[2:16]}(17)270331(10)A123")},
        headers={"HX-Request": "true"},
    )
    assert "Matches the order" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.entries["lot"], draft.entries["lot_id"]) == ("A123", str(shelf.pk))


@pytest.mark.parametrize("sent", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_photo_that_shows_no_code_says_what_to_do(nurse, draft, sent):
    address = reverse("injections:draft_photo", args=[draft.pk])
    form = {"version": draft.version, "note": "kept", "photo": SimpleUploadedFile("vial.jpg", sent)}
    answer = nurse.post(address, form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "photo" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.entries["note"] == "kept"
