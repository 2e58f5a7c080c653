"""The charting page: what is refused, what becomes a record, and what can be done about it."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from injections.models import Administration, AdministrationDraft, Signature
from tests import clock
from tests.factories import (
    LotFactory,
    OrderFactory,
    signed_dose,
)
from tests.injections.views.charts import chart_of, save, sign

pytestmark = pytest.mark.django_db


# --- signing ---------------------------------------------------------------------------------------------------------


def test_signing_makes_one_record_however_often_it_is_tapped(nurse, draft):
    answers = [sign(nurse, draft) for _ in range(3)]
    dose = Administration.objects.get()
    assert {urlsplit(answer.url).query for answer in answers} == {f"signed={dose.pk}"}
    assert Signature.objects.get().printed_name == draft.author.full_name


def test_a_refused_signature_names_what_is_left_and_keeps_what_was_typed(nurse, draft):
    answer = sign(nurse, draft, site="", response="", note="came with her son")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Chart an injection</title>" in page
    assert 'href="#id_site_0">Choose the injection site' in page
    assert 'href="#id_response_0"' in page
    assert "came with her son" in page
    assert not Administration.objects.exists()


def test_a_fact_that_cannot_be_known_is_signed_with_its_reason(nurse, draft):
    changes = {"lot": None, "package_ndc": None, "unobtainable.lot": "vial already binned"}
    changes |= {"ndc": "99999-0001-01", "expires": "2027-03-31", "manufacturer": "Fictional Labs"}
    assert sign(nurse, draft, **changes).status_code == 302
    assert Administration.objects.get().unobtainable["lot"] == "vial already binned"


def test_a_stop_can_be_answered_when_it_was_already_given(nurse, draft):
    expired = {"expires": "2020-01-31"}
    assert sign(nurse, draft, **expired).status_code == 422
    draft.refresh_from_db()
    assert sign(nurse, draft, **expired, **{"waive.vial.lot_expired": "seen only afterwards"}).status_code == 302


def test_amounts_that_contradict_are_signed_with_a_reason(nurse, draft):
    """An overfilled vial is true: the card says both amounts, leads to the dose, and takes the reason."""
    over = {"dose": "1200 mcg", "dose_change_reason": "by phone", "opened": "1", "discarded": "0 mcg"}
    page = sign(nurse, draft, **over).content.decode()
    assert "More liquid was given than the opened vials hold" in page
    assert "1.2\u00a0mL charted, the opened vials hold 1\u00a0mL" in page
    assert "It is right as charted: record why" in page
    assert 'href="#id_dose">Check the volume and the vials opened' in page
    assert 'href="#id_volume"' not in page
    assert "Stop. More liquid" not in page
    rules = ("vial.volume_over_content", "vial.more_used_than_opened")
    over |= {f"waive.{rule}": "the vial was overfilled" for rule in rules}
    draft.refresh_from_db()
    assert sign(nurse, draft, **over).status_code == 302
    assert Administration.objects.get().dose_amount == 1200
    record = nurse.get(reverse("injections:order", args=[draft.order_id])).content.decode()
    assert "1,200\u00a0mcg" in record


def test_not_given_asks_only_why(nurse, draft):
    save(nurse, draft, status="not-given")
    draft.refresh_from_db()
    page = nurse.get(chart_of(draft)).content.decode()
    assert "Sign: not given to Maria Rivera" in page
    form = {"version": draft.version, "status": "not-given", "not_given_reason": "The patient declined"}
    answer = nurse.post(reverse("injections:sign", args=[draft.pk]), form)
    assert answer.status_code == 302
    assert Administration.objects.get().status == "refused"
    order = nurse.get(reverse("injections:order", args=[draft.order_id])).content.decode()
    assert "<span>Not recorded</span>" not in order  # nothing was given, so there is no amount to miss


def test_after_signing_the_way_on_and_back_is_shown(nurse, draft):
    page = nurse.get(sign(nurse, draft).url).content.decode()
    for words in ("Signed", "Undo", "Note, to print", "Another dose at this visit"):
        assert words in page


def test_undo_marks_the_record_as_entered_in_error(nurse, draft):
    sign(nurse, draft)
    nurse.post(reverse("injections:undo", args=[Administration.objects.get().pk]))
    assert Administration.objects.filter(status="entered-in-error").count() == 1


def test_withdrawing_needs_a_reason(nurse, draft):
    sign(nurse, draft)
    dose = Administration.objects.get()
    address = reverse("injections:withdraw", args=[dose.pk])
    answer = nurse.post(address, {"reason": ""})
    assert answer.status_code == 422
    assert "Say why the record is wrong" in answer.content.decode()
    nurse.post(address, {"reason": "wrong patient"})
    assert Administration.objects.filter(status="entered-in-error", correction_reason="wrong patient").exists()


def test_a_correction_needs_a_reason_and_keeps_both(nurse, draft):
    sign(nurse, draft)
    first = Administration.objects.get()
    nurse.post(reverse("injections:correct", args=[first.pk]))
    correction = AdministrationDraft.objects.get()
    assert "Nothing left before you sign" not in nurse.get(chart_of(correction)).content.decode()
    form = {"version": correction.version, **correction.entries, "site": "deltoid:right"}
    address = reverse("injections:sign", args=[correction.pk])
    answer = nurse.post(address, form)
    assert answer.status_code == 422
    assert "Say why the record is corrected" in answer.content.decode()
    correction.refresh_from_db()
    form |= {"version": correction.version, "correction_reason": "it was the right arm"}
    assert nurse.post(address, form).status_code == 302
    second = Administration.objects.get(supersedes=first)
    assert second.side == "right"
    assert second.given_at == first.given_at.replace(microsecond=0)


def test_a_second_dose_at_the_same_visit(nurse, draft, clinic):
    sign(nurse, draft)
    another = OrderFactory(patient=clinic.patient)
    nurse.post(reverse("injections:another_dose", args=[draft.encounter_id]), {"order": another.pk})
    assert AdministrationDraft.objects.get().encounter_id == draft.encounter_id
    assert "Signed at this visit" in nurse.get(chart_of(draft)).content.decode()


def test_undoing_brings_the_chart_back_as_it_was_typed(nurse, draft):
    sign(nurse, draft, note="came with her son")
    dose = Administration.objects.get()
    answer = nurse.post(reverse("injections:undo", args=[dose.pk]), follow=True)
    again = AdministrationDraft.objects.get()
    assert again.entries == dose.entries
    assert (again.order, again.author) == (draft.order, draft.author)
    assert "came with her son" in answer.content.decode()


def test_the_next_dose_of_the_visit_opens_by_itself(nurse, draft, clinic):
    today = {"patient": clinic.patient, "ordered_on": clock.today(), "starts_on": clock.today()}
    OrderFactory(**today, signed_at=None, signed_by=None)
    waits = OrderFactory(**today)
    answer = sign(nurse, draft)
    following = AdministrationDraft.objects.get()
    assert (following.order, following.encounter_id) == (waits, draft.encounter_id)
    page = nurse.get(answer.url).content.decode()
    assert "Signed at this visit" in page
    assert "Undo" in page


# --- the note --------------------------------------------------------------------------------------------------------


def test_the_note_shows_name_meaning_time_zone_and_content(nurse, clinic):
    dose = signed_dose(order=OrderFactory(patient=clinic.patient), nurse=clinic.nurse)
    page = nurse.get(reverse("injections:note", args=[dose.encounter_id])).content.decode()
    signature = dose.signatures.get()
    for words in ("RIVERA, Maria", "MRN 0017", "I gave this injection", "CDT", signature.content_hash[:12], "A123"):
        assert words in page


def test_the_note_of_another_practice_does_not_exist(nurse):
    assert nurse.get(reverse("injections:note", args=[signed_dose().encounter_id])).status_code == 404


def test_what_was_missing_is_taken_back_once_it_is_there(nurse, draft):
    refused = sign(nurse, draft, checks="", response="")
    assert "Check name and birth date" in refused.content.decode()
    draft.refresh_from_db()
    told = save(nurse, draft, htmx=True, checks="yes").content.decode()
    assert '<div id="missing-checks" hx-swap-oob="true"></div>' in told
    assert 'id="missing-response"' not in told


def test_whoever_finds_less_than_we_counted_signs_and_is_told(clinic, nurse, draft):
    lot = LotFactory(location=clinic.location, on_hand=0)
    refused = sign(nurse, draft, note="came with her son")
    told = refused.content.decode()
    assert refused.status_code == 422
    assert f"By our count none of lot {lot.number} is left here." in told
    assert 'href="#id_short_of"' in told
    assert "Nothing left before you sign" not in told
    assert "came with her son" in told
    draft.refresh_from_db()
    page = nurse.get(sign(nurse, draft, short_of="yes")["Location"]).content.decode()
    assert f"By our count, lot {lot.number} was used up before this dose." in page
    assert Administration.objects.get().lot == lot


def test_whoever_finds_a_vial_is_told_nothing_of_the_shelf(clinic, nurse, draft):
    LotFactory(location=clinic.location, on_hand=1)
    assert "By our count" not in nurse.get(sign(nurse, draft)["Location"]).content.decode()
