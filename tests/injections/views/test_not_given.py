"""A dose that was not given: why, and what became of the vial that was drawn up for it."""

import pytest
from django.urls import reverse

from injections.actions import drafts
from injections.models import Administration, StockMove
from tests.injections.views.charts import chart_of, save

pytestmark = pytest.mark.django_db
DECLINED = {"status": "not-given", "not_given_reason": "The patient declined"}


def note_of(browser, dose):
    return browser.get(reverse("injections:note", args=[dose.encounter_id])).content.decode()


def sign_not_given(nurse, draft, **form):
    draft.refresh_from_db()
    return nurse.post(reverse("injections:sign", args=[draft.pk]), {"version": draft.version, **draft.entries, **form})


def test_what_was_drawn_up_and_refused_leaves_the_shelf_as_thrown_away(nurse, draft, shelf):
    form = {"status": "not-given", "not_given_reason": "The patient declined", "drawn_up": "yes"}
    page = save(nurse, draft, **form, lot_id=str(shelf.pk))
    assert page.status_code == 302
    draft.refresh_from_db()
    posted = {"version": draft.version, **draft.entries}
    assert nurse.post(reverse("injections:sign", args=[draft.pk]), posted).status_code == 302
    dose = Administration.objects.get()
    assert (dose.status, dose.dose_amount, dose.discarded_amount) == ("refused", None, 1000)
    move = dose.stock_moves.get()
    assert (move.kind, move.containers, move.lot) == ("wasted", -1, shelf)
    assert "Drawn up already" in note_of(nurse, dose)


def test_what_was_not_drawn_up_stays_on_the_shelf(nurse, draft, shelf):
    save(nurse, draft, lot_id=str(shelf.pk))
    draft.refresh_from_db()
    form = {"version": draft.version, "status": "not-given", "not_given_reason": "Too early"}
    assert nurse.post(reverse("injections:sign", args=[draft.pk]), form).status_code == 302
    assert Administration.objects.get().discarded_amount is None
    assert not StockMove.objects.filter(administration__isnull=False).exists()


def test_back_from_not_given_everything_stands_as_before(nurse, draft):
    for form in ({"checks": "yes"}, {"status": ["", "not-given"], "checks": "yes"}, {"status": ["not-given", "given"]}):
        save(nurse, draft, **form)
        draft.refresh_from_db()
    assert (draft.entries["checks"], draft.entries["status"]) == ("yes", "given")


@pytest.mark.parametrize("drawn_up", [False, True])
def test_the_visit_says_so_only_of_a_vial_that_was_drawn_up(nurse, draft, shelf, drawn_up):
    save(nurse, draft, lot_id=str(shelf.pk))
    draft.refresh_from_db()
    save(nurse, draft, **DECLINED, **({"drawn_up": "yes", "lot_id": str(shelf.pk)} if drawn_up else {}))
    assert sign_not_given(nurse, draft).status_code == 302
    visit = nurse.get(reverse("injections:chart", args=[draft.encounter_id])).content.decode()
    assert ("was drawn up and thrown away" in visit) == drawn_up


@pytest.mark.parametrize(("why", "said"), [("The patient declined", "declined"), ("Too early", "not given")])
def test_beside_the_next_dose_of_the_visit_it_is_not_ticked_as_given(nurse, draft, clinic, why, said):
    further = drafts.start(encounter=draft.encounter, order=None, by=clinic.nurse)
    assert sign_not_given(nurse, draft, status="not-given", not_given_reason=why).status_code == 302
    page = nurse.get(f"{chart_of(draft)}?draft={further.pk}").content.decode()
    line = page[page.index("Signed at this visit") :]
    assert f"fictamine, {said}" in line
    assert "✓" not in line[: line.index("</ul>")]


def test_which_vial_was_drawn_up_is_asked_before_the_signature(nurse, draft, shelf):
    save(nurse, draft, **DECLINED, drawn_up="yes")
    draft.refresh_from_db()
    assert draft.entries["discarded"] == "1,000 mcg"
    page = nurse.get(chart_of(draft)).content.decode()
    assert "Scan the vial that was drawn up, or type its lot" in page
    assert sign_not_given(nurse, draft).status_code == 422
    draft.refresh_from_db()
    save(nurse, draft, **DECLINED, drawn_up="yes", lot_id=str(shelf.pk))
    assert sign_not_given(nurse, draft).status_code == 302
    assert StockMove.objects.get(administration__isnull=False).kind == "wasted"


def test_a_vial_that_is_gone_is_a_record_too(nurse, draft):
    """Its ampule is in the bin already: whoever says why may sign, and nothing leaves a shelf."""
    save(nurse, draft, **DECLINED, drawn_up="yes")
    assert 'id="id_unobtainable.lot"' in sign_not_given(nurse, draft).content.decode()
    assert sign_not_given(nurse, draft, **{"unobtainable.lot": "binned"}).status_code == 302
    dose = Administration.objects.get()
    assert (dose.lot_number, dose.discarded_amount) == ("", 1000)
    assert not StockMove.objects.filter(administration__isnull=False).exists()


def test_a_controlled_drug_that_was_drawn_up_and_declined_is_thrown_away_before_a_colleague(
    clinic, nurse, draft, shelf
):
    clinic.drug.details = {**clinic.drug.details, "schedule": "CIII"}
    clinic.drug.save()
    save(nurse, draft, **DECLINED, drawn_up="yes", lot_id=str(shelf.pk))
    page = nurse.get(chart_of(draft)).content.decode()
    witness = page[page.index('id="id_discard_witness"') :]
    assert f'value="{clinic.nurse.pk}"' not in witness.partition("</select>")[0], "nobody sees it alone"
    refused = sign_not_given(nurse, draft)
    assert refused.status_code == 422
    assert "Name the colleague who saw it thrown away" in refused.content.decode()
    assert sign_not_given(nurse, draft, discard_witness=str(clinic.medical_assistant.pk)).status_code == 302
    dose = Administration.objects.get()
    assert dose.discard_witness == clinic.medical_assistant
    assert "Seen thrown away by" in note_of(nurse, dose)
    log = nurse.get(reverse("injections:controlled_log")).content.decode()
    assert clinic.medical_assistant.signs_as in log


def test_a_drug_that_is_not_controlled_asks_for_no_witness(nurse, draft, shelf):
    save(nurse, draft, **DECLINED, drawn_up="yes", lot_id=str(shelf.pk))
    assert 'id="id_discard_witness"' not in nurse.get(chart_of(draft)).content.decode()
