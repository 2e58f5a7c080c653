"""A recall on screen: from the lot to the stop in two taps, then the people, the call list and the letters."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from injections.actions import recalls
from injections.models import AuditEvent, Recall, RecallContact, StockMove
from tests import clock
from tests.factories import EncounterFactory, LocationFactory, LotFactory, OrderFactory, PackageFactory, signed_dose

pytestmark = pytest.mark.django_db
NEW, STOP = reverse("injections:recall_new"), reverse("injections:recall_stop")


@pytest.fixture
def dose(clinic):
    LotFactory(location=clinic.location, on_hand=7)
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    visit = EncounterFactory(patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse)
    return signed_dose(order=order, encounter=visit, nurse=clinic.nurse)


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_from_the_carton_to_the_letters(dose, nurse, clinic):
    found = text(nurse.post(NEW, {"lot": "a123"}))
    assert "<b>1</b> patient got it" in found
    assert "RIVERA" not in found, "nobody is named before the lot is stopped"
    assert "Say why it is recalled" in text(nurse.post(STOP, {"number": "A123", "which": f"{dose.product_id}:"}), 422)
    answer = nurse.post(STOP, {"number": "A123", "which": f"{dose.product_id}:", "reason": "particles"})
    recall = Recall.objects.get()
    assert answer.url == reverse("injections:recall", args=[recall.pk])
    page = text(nurse.get(answer.url))
    assert "RIVERA, Maria" in page
    assert "Not called yet" in page
    assert "<b>6</b>" in page, "one of seven was given"
    nurse.post(answer.url, {"patient": clinic.patient.pk, "reached": "spoke", "note": "feels well"})
    assert RecallContact.objects.get().note == "feels well"
    with CaptureQueriesContext(connection) as asked:
        assert "Spoke with the patient" in text(nurse.get(answer.url))
    further = [one for one in asked if '"containers" FROM "injections_administration"' in one["sql"]]
    assert len(further) == 1, "whose further vials had the lot is asked once"
    assert nurse.post(answer.url, {"patient": clinic.stranger.pk, "reached": "spoke"}).status_code == 422
    file = nurse.get(reverse("injections:recall_file", args=[recall.pk]))
    assert "Rivera,Maria,1961-03-14,0017" in file.content.decode()
    letters = nurse.get(reverse("injections:recall_letters", args=[recall.pk]))
    words = PdfReader(BytesIO(letters.content)).pages[0].extract_text()
    assert "Please call us at ____" in words, "a letter that asks for a call has a place for the number"
    assert "page 1" not in words, "each page is a whole letter to somebody else"
    assert "Dear Maria Rivera" in words
    assert "particles" in words
    actions = AuditEvent.objects.filter(patient_id=clinic.patient.pk, subject__contains="recall_")
    assert set(actions.values_list("action", flat=True)) == {"exported", "printed"}
    assert "Recalled: do not give" in text(nurse.get(reverse("injections:stock")))


def test_a_lot_that_nobody_knows_is_said_so(nurse):
    assert "No drug of this lot lies here" in text(nurse.post(NEW, {"lot": "NOPE"}), 422)
    assert "Scan the carton" in text(nurse.post(NEW, {}), 422)


def test_the_carton_s_code_says_the_lot(dose, nurse):
    assert "<b>1</b> patient got it" in text(nurse.post(NEW, {"lot": "(01)00399999000109(17)270331(10)A123"}))


def test_a_lot_is_counted_moved_and_sent_back_on_its_page(clinic, nurse):
    lot = LotFactory(location=clinic.location, on_hand=7, expires_on=clock.today() - timedelta(days=1))
    other = LocationFactory(practice=clinic.practice, name="Riverside")
    page = reverse("injections:lot", args=[lot.pk])
    assert "Choose where it goes" in text(nurse.post(page, {"act": "transferred", "containers": "2"}), 422)
    nurse.post(page, {"act": "transferred", "containers": "2", "to": other.pk})
    nurse.post(page, {"act": "count", "containers": "4", "note": "one broken"})
    assert "Say why" in text(nurse.post(page, {"act": "returned", "containers": "1"}), 422)
    nurse.post(page, {"act": "returned", "containers": "1", "note": "overstock"})
    nurse.post(page, {"act": "expired", "containers": "1"})
    assert "Only 2 of lot" in text(nurse.post(page, {"act": "wasted", "containers": "3", "note": "dropped"}), 422)
    lot.refresh_from_db()
    assert lot.on_hand == 2
    assert list(lot.moves.values_list("kind", "containers")) == [
        ("transferred", -2),
        ("counted", -1),
        ("returned", -1),
        ("expired", -1),
    ]
    assert "to Riverside" in text(nurse.get(page))


def test_the_controlled_log_names_the_witness_and_counts_down(clinic, nurse):
    lot = LotFactory(location=clinic.location, on_hand=0)
    lot.product.details["schedule"] = "CIII"
    lot.product.save()
    log = reverse("injections:controlled_log")
    assert "A123" in text(nurse.get(log))
    told = {"practice": clinic.practice, "lot": lot, "moved_by": clinic.nurse}
    StockMove.objects.create(kind="received", containers=5, **told)
    StockMove.objects.create(kind="wasted", containers=-1, note="broken", witness=clinic.medical_assistant, **told)
    page = text(nurse.get(log))
    assert clinic.medical_assistant.signs_as in page
    rows = nurse.get(reverse("injections:controlled_file")).content.decode().splitlines()
    assert ",CIII," in rows[1]
    assert f',-1,4,,,,"{clinic.nurse.signs_as}","{clinic.medical_assistant.signs_as}",broken,' in rows[2]
    assert clock.today().isoformat() in rows[2]


def test_two_makers_of_one_number_are_told_apart(dose, nurse, clinic):
    other = PackageFactory(ndc="88888-0002-02", product=dose.product)
    LotFactory(location=clinic.location, package=other, manufacturer="Other Labs")
    assert "Other Labs (NDC 88888)" in text(nurse.post(NEW, {"lot": "A123"}))
    assert "Choose which drug" in text(nurse.post(STOP, {"number": "A123", "reason": "particles"}), 422)
    answer = nurse.post(STOP, {"number": "A123", "which": f"{dose.product_id}:88888", "reason": "particles"})
    page = text(nurse.get(answer.url))
    assert "maker with NDC" in page
    assert "Nobody got this lot here" in page


@pytest.mark.parametrize("typed_in", [False, True], ids=["picked", "typed"])
def test_an_open_page_hears_that_its_vial_is_recalled(nurse, draft, clinic, typed_in):
    url = reverse("injections:draft_versions", args=[draft.encounter_id])
    lot = LotFactory(location=clinic.location, number="BAD1", on_hand=3)
    draft.entries |= {"lot": "bad1"} if typed_in else {"lot_id": str(lot.pk)}
    draft.save()
    assert nurse.get(url).json() == {str(draft.pk): draft.version}
    recalls.stop(product=lot.product, number="BAD1", reason="particles", by=clinic.nurse)
    assert nurse.get(url).json() == {str(draft.pk): draft.version, "stopped": [draft.pk]}
