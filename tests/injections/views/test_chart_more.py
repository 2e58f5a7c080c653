"""Beyond the routine: several vials or sites, consent, a second person, corrections."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.actions import recalls
from injections.models import Administration, AdministrationDraft, AuditEvent, Product, SignIn, StockMove
from injections.models.signature import Meaning
from tests.factories import PASSWORD, LotFactory, PackageFactory
from tests.injections.views.charts import chart_of, gs1, save, sign, typed

pytestmark = pytest.mark.django_db


def note_of(browser, dose):
    return browser.get(reverse("injections:note", args=[dose.encounter_id])).content.decode()


@pytest.fixture
def high_alert(clinic):
    Product.objects.filter(pk=clinic.drug.pk).update(details={**clinic.drug.details, "high_alert": True})


# --- several vials, several sites, consent ---------------------------------------------------------------------------


def test_a_dose_from_two_vials_keeps_both_lots_and_takes_both(nurse, clinic, draft, shelf):
    other = LotFactory(location=clinic.location, package=shelf.package, number="B777", on_hand=3)
    page = save(nurse, draft, htmx=True, **{"vial2.scan": gs1(lot="B777"), "dose": "1500 mcg"}).content.decode()
    assert 'value="B777"' in page
    draft.refresh_from_db()
    answer = sign(nurse, draft, dose="1500 mcg", dose_change_reason="as ordered by phone", discarded="", opened="2")
    assert answer.status_code == 302, answer.content.decode()
    dose = Administration.objects.get()
    assert [(one["lot"], one["used"], one["discarded"]) for one in dose.containers] == [
        ("A123", "1000 mcg", "0 mcg"),
        ("B777", "500 mcg", "500 mcg"),
    ]
    moved = dict(StockMove.objects.filter(administration=dose).values_list("lot__number", "containers"))
    assert moved == {shelf.number: -1, other.number: -1}
    assert "lot B777, 500\xa0mcg used" in note_of(nurse, dose)


def test_the_fields_of_one_more_vial_come_while_the_last_ones_are_typed(nurse, draft, shelf):
    second = {"vial2.scan": "", "vial2.lot": "B777", "vial2.expires": "", "vial2.used": ""}
    page = save(nurse, draft, htmx=True, lot_id=str(shelf.pk), **second).content.decode()
    assert 'id="id_vial3.lot"' in page
    assert 'id="id_vial2.lot"' not in page  # what is being typed is never replaced
    third = {name.replace("2", "3"): text for name, text in second.items()} | {"vial3.lot": "C888"}
    draft.refresh_from_db()
    page = save(nurse, draft, htmx=True, **second, **third).content.decode()
    assert 'id="id_vial4.lot"' in page
    assert 'id="id_vial3.lot"' not in page


def test_a_recalled_second_vial_stops_the_dose(nurse, draft, shelf, clinic):
    recalls.stop(product=clinic.drug, number="B777", reason="glass in the vial", by=clinic.nurse)
    page = save(nurse, draft, htmx=True, lot_id=str(shelf.pk), **{"vial2.lot": "b777"}).content.decode()
    assert "recalled" in page


def test_a_divided_dose_names_each_site_and_why(nurse, draft):
    sign(nurse, draft, site="deltoid:left", site2="deltoid:right", split_reason="too much for one arm")
    dose = Administration.objects.get()
    assert dose.split["parts"] == 2
    assert [place["side"] for place in dose.split["sites"]] == ["left", "right"]
    assert "left deltoid, right deltoid: too much for one arm" in note_of(nurse, dose)


def test_a_guardian_agrees_through_an_interpreter(nurse, draft):
    sign(nurse, draft, consent="guardian", consent_by="Ana Rivera", interpreter="video 7731")
    dose = Administration.objects.get()
    assert dose.consent == {"given": True, "by": "parent or guardian: Ana Rivera", "interpreter": "video 7731"}
    assert "parent or guardian: Ana Rivera, interpreter video 7731" in note_of(nurse, dose)


def test_who_did_not_agree_gets_nothing(nurse, draft):
    page = save(nurse, draft, htmx=True, consent="refused").content.decode()
    assert "The patient did not agree to this dose" in page


def test_a_child_s_chart_asks_who_agreed_where_the_checks_stand(nurse, draft, clinic):
    assert page_order(nurse, draft) == ["step-checks", "step-site", "id_consent_1"]
    type(clinic.patient).objects.filter(pk=clinic.patient.pk).update(birth_date="2015-01-01")
    assert page_order(nurse, draft) == ["step-checks", "id_consent_1", "step-site"]


def test_a_vaccine_is_charted_with_the_edition_of_its_sheet(nurse, draft, clinic):
    """Asked for where the drug is a vaccine, and only there; the next chart offers the edition that was handed over."""
    assert "Information statement" not in nurse.get(chart_of(draft)).content.decode()
    Product.objects.filter(pk=clinic.drug.pk).update(classes=["vaccine"])
    page = nurse.get(chart_of(draft)).content.decode()
    assert "The vaccine information statement is not charted" in page
    assert ("Edition of the sheet" in page, "Another edition" in page) == (True, False)
    refused = save(nurse, draft, htmx=True, statement_typed="1/31/2099").content.decode()
    assert "The sheet is printed first, and handed over before the dose" in refused

    draft.refresh_from_db()
    sign(nurse, draft, statement_typed="1/31/2025")
    dose = Administration.objects.get()
    assert dose.information_statement == {"edition": "2025-01-31", "given_on": dose.encounter.date.isoformat()}
    assert "edition 31 Jan 2025, handed over " in note_of(nurse, dose)
    nurse.post(reverse("injections:correct", args=[dose.pk]))
    again = AdministrationDraft.objects.get(corrects=dose)
    page = nurse.get(chart_of(again)).content.decode()
    assert 'name="statement" value="2025-01-31"' in page
    assert "information statement is not charted" not in page


def page_order(browser, draft):
    page = browser.get(chart_of(draft)).content.decode()
    return sorted(("step-checks", "step-site", "id_consent_1"), key=lambda mark: page.index(f'id="{mark}"'))


# --- people ----------------------------------------------------------------------------------------------------------


def test_who_prepared_it_is_kept_beside_who_gave_it(nurse, draft, clinic):
    sign(nurse, draft, prepared_by=str(clinic.medical_assistant.pk))
    dose = Administration.objects.get()
    assert (dose.prepared_by, dose.given_by) == (clinic.medical_assistant, clinic.nurse)


def test_whoever_is_at_the_screen_is_listed_once(nurse, draft, clinic):
    page = nurse.get(chart_of(draft)).content.decode()
    giver = page[page.index('id="id_given_by"') :].partition("</select>")[0]
    assert '<option value="">Me</option>' in giver
    assert f'value="{clinic.physician.pk}"' in giver
    assert f'value="{clinic.nurse.pk}"' not in giver


def test_only_who_gave_it_signs_for_it(nurse, draft, clinic):
    page = sign(nurse, draft, given_by=str(clinic.physician.pk)).content.decode()
    assert "only the person who gave it signs for it" in page
    assert not Administration.objects.exists()


def test_a_high_alert_drug_waits_for_a_second_person(nurse, draft, clinic, high_alert):
    assert "ask a colleague to check" in nurse.get(chart_of(draft)).content.decode()
    # Naming a colleague is not enough: only their own secret puts them on the draft.
    refused = sign(nurse, draft, second_check_by=str(clinic.physician.pk))
    assert refused.status_code == 422
    summary = refused.content.decode().partition('id="problems"')[2].partition("</section>")[0]
    assert summary.count("ask a colleague to check") == 1
    draft.refresh_from_db()
    address = reverse("injections:second_check", args=[draft.pk])
    said = {"second_name": clinic.physician.username, "second_secret": "wrong"}
    page = nurse.post(address, typed(draft) | said).content.decode()
    assert "This is not your password" in page
    assert f'value="{clinic.physician.username}"' in page  # the name was right: only the secret is typed again
    assert "wrong" not in page
    draft.refresh_from_db()
    own = {"second_name": clinic.nurse.username, "second_secret": PASSWORD}
    assert "another person than you" in nurse.post(address, typed(draft) | own).content.decode()
    draft.refresh_from_db()
    said["second_secret"] = PASSWORD
    assert nurse.post(address, typed(draft) | said).status_code == 302
    draft.refresh_from_db()
    assert "second_secret" not in draft.entries
    assert sign(nurse, draft).status_code == 302
    assert Administration.objects.get().second_check_by == clinic.physician


def test_a_change_of_the_dose_asks_for_a_new_check(nurse, draft, clinic, high_alert):
    address = reverse("injections:second_check", args=[draft.pk])
    said = {"second_name": clinic.physician.username, "second_secret": PASSWORD}
    nurse.post(address, typed(draft) | said)
    draft.refresh_from_db()
    assert draft.entries["second_check_by"]
    save(nurse, draft, dose="500 mcg")
    draft.refresh_from_db()
    assert "second_check_by" not in draft.entries


def test_where_nobody_else_was_there_the_reason_is_kept(nurse, draft, high_alert):
    answer = sign(nurse, draft, **{"waive.signing.second_check_missing": "alone in the building"})
    assert answer.status_code == 302, answer.content.decode()
    assert "alone in the building" in str(Administration.objects.get().waivers)


# --- corrections by another ------------------------------------------------------------------------------------------


def correct(browser, dose, **changes):
    browser.post(reverse("injections:correct", args=[dose.pk]))
    draft = AdministrationDraft.objects.filter(corrects=dose).first()
    if draft is None:
        return None
    form = {"version": draft.version, **draft.entries, "correction_reason": "it was the right arm", **changes}
    return browser.post(reverse("injections:sign", args=[draft.pk]), form)


def test_a_physician_corrects_what_a_nurse_signed_and_says_so(nurse, physician, draft, clinic):
    sign(nurse, draft)
    first = Administration.objects.get()
    assert correct(physician, first, site="deltoid:right").status_code == 302
    second = Administration.objects.get(supersedes=first)
    assert (second.side, second.given_by, second.given_by_name) == ("right", clinic.nurse, first.given_by_name)
    signature = second.signatures.get()
    assert (signature.signer, signature.meaning) == (clinic.physician, Meaning.CORRECTED)


def test_a_medical_assistant_corrects_only_what_they_gave(nurse, draft, clinic, as_):
    sign(nurse, draft)
    assistant = as_(clinic.medical_assistant)
    assert correct(assistant, Administration.objects.get()) is None
    assert "may correct its record" in assistant.get(chart_of(draft)).content.decode()


def test_packages_of_one_drug_are_no_other_drug(nurse, draft):
    small = PackageFactory(ndc="99990-0007-01")
    assert "Matches the order" in save(nurse, draft, htmx=True, ndc=small.ndc).content.decode()


# --- somebody else was quicker, or we failed --------------------------------------------------------------------------


def test_a_chart_that_a_colleague_signed_meanwhile_shows_both(nurse, draft, clinic, as_):
    colleague = as_(clinic.medical_assistant)
    colleague.post(reverse("injections:draft_take_over", args=[draft.pk]))
    mine = typed(draft, note="she asked about her arm")
    draft.refresh_from_db()
    assert sign(colleague, draft).status_code == 302
    for answer in (
        nurse.post(reverse("injections:draft_save", args=[draft.pk]), mine, headers={"HX-Request": "true"}),
        nurse.post(reverse("injections:sign", args=[draft.pk]), mine),
    ):
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f"Signed by {clinic.medical_assistant.full_name} at" in page
        assert "Note: she asked about her arm" in page
        assert "Add as addendum" in page
    dose = Administration.objects.get()
    added = {"addendum": "Note: she asked\nabout her arm"}
    nurse.post(reverse("injections:correct", args=[dose.pk]), added)
    correction = AdministrationDraft.objects.get(corrects=dose)
    assert correction.entries["note"] == "Note: she asked about her arm"
    assert correction.entries["site"] == dose.entries["site"]  # it adds, and replaces nothing
    assert correction.entries["correction_reason"] == "Addendum"


def test_an_open_page_can_ask_whether_a_colleague_was_quicker(nurse, draft, clinic, as_):
    url = reverse("injections:draft_versions", args=[draft.encounter_id])
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    mine = SignIn.objects.filter(staff=clinic.nurse).values_list("seen_at", flat=True)
    before, reads = list(mine), AuditEvent.objects.filter(person_id=clinic.nurse.pk)
    colleague, looked = as_(clinic.medical_assistant), reads.count()
    assert nurse.get(url).json() == {str(draft.pk): draft.version}
    colleague.post(reverse("injections:draft_take_over", args=[draft.pk]))
    assert nurse.get(url).json() == {str(draft.pk): draft.version + 1}
    draft.refresh_from_db()
    assert sign(colleague, draft).status_code == 302
    assert nurse.get(url).json() == {}
    assert reads.count() == looked, "it shows nobody"
    assert list(mine.all()) == before, "asking keeps no screen open"


def test_a_chart_that_was_thrown_away_keeps_what_was_typed_in_sight(nurse, draft):
    mine = typed(draft, note="she asked about her arm")
    nurse.post(reverse("injections:draft_discard", args=[draft.pk]))
    page = nurse.post(reverse("injections:draft_save", args=[draft.pk]), mine).content.decode()
    assert "thrown away while this page was open" in page
    assert "she asked about her arm" in page


def test_a_failure_of_ours_leads_back_to_the_draft(nurse, draft, monkeypatch):
    nurse.raise_request_exception = False
    monkeypatch.setattr("injections.views.sign.signing.sign", lambda **how: 1 / 0)
    answer = sign(nurse, draft, note="kept")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Your chart is saved as a draft (" in page
    assert chart_of(draft) in page
