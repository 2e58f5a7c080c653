"""Signing a dose: once, completely, under its exact content."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from config.transactions import task_transaction
from injections import records
from injections.actions import drafts, signing
from injections.actions.errors import NotAllowed, NotYours, StaleDraft
from injections.models import Administration, AdministrationDraft
from injections.models.signature import Meaning
from injections.models.staff import Role
from tests.factories import (
    NOW,
    EncounterFactory,
    LotFactory,
    OrderFactory,
    PhysicianFactory,
    StaffFactory,
    charted_draft,
    signed_dose,
)
from tests.injections.actions.signatures import refusal, sign

pytestmark = pytest.mark.django_db


# --- what is kept ---


def test_a_complete_draft_becomes_a_record():
    draft = charted_draft()
    dose = sign(draft)
    assert (dose.status, dose.lot_number, dose.ndc, dose.site, dose.side) == (
        "given",
        "A123",
        "99999-0001-01",
        "deltoid",
        "left",
    )
    assert (str(dose.dose_amount), dose.dose_unit, str(dose.volume_ml)) == ("1000", "mcg", "1.0000")
    assert dose.given_at == NOW
    assert dose.manufacturer == "Fictional Labs"
    assert dose.discarded_amount == 0
    assert not AdministrationDraft.objects.exists()


def test_the_giver_is_kept_as_they_were_that_day():
    dose = signed_dose()
    giver = dose.given_by
    signed_as = giver.full_name
    giver.family_name, giver.credential = "Married", "NP"
    giver.save()
    dose.refresh_from_db()
    assert (dose.given_by_name, dose.given_by_credential) == (signed_as, "RN")


def test_the_signature_stands_under_the_exact_content():
    dose = signed_dose()
    signature = dose.signatures.get()
    assert signature.meaning == Meaning.ADMINISTERED
    assert records.verify(signature.content, signature.content_hash)
    assert json.loads(signature.content)["encounter"]["administrations"][0]["lot"] == "A123"
    assert (signature.printed_name, signature.credential) == (dose.given_by_name, "RN")
    assert signature.time_zone == "America/Chicago"


def test_what_was_typed_is_kept_as_typed():
    dose = signed_dose(expires="03/2027")
    assert dose.entries["expires"] == "03/2027"
    assert str(dose.expires_on) == "2027-03-31"


def test_a_dose_not_given_needs_only_its_reason():
    order = OrderFactory()
    entries = {"status": "refused", "not_given_reason": "Patient declined today"}
    dose = sign(charted_draft(entries, order=order))
    assert (dose.status, dose.given_at, dose.given_by, dose.dose_amount) == ("refused", None, None, None)
    assert dose.signatures.get().meaning == Meaning.NOT_GIVEN


def test_a_dose_not_given_without_a_reason_is_refused():
    found = refusal(charted_draft({"status": "not-given"}))
    assert any("not_given_reason" in finding.fields for finding in found.findings)


# --- once ---


def test_signing_twice_makes_one_record():
    draft = charted_draft()
    first, second = sign(draft), sign(draft)
    assert first == second
    assert Administration.objects.count() == 1
    assert first.signatures.count() == 1
    assert signing.signed_as(draft.submission_key) == first


def test_a_page_that_is_not_the_latest_is_refused():
    draft = charted_draft()
    drafts.save(draft=draft, entries={"lot": "B999"}, version=draft.version, by=draft.author)
    with pytest.raises(StaleDraft) as stale:
        sign(draft)
    assert stale.value.newer.entries["lot"] == "B999"


def test_a_discarded_draft_cannot_be_signed():
    draft = charted_draft()
    drafts.discard(draft=draft, by=draft.author)
    refusal(draft, by=draft.author)


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_record():
    draft = charted_draft()
    together, signed = Barrier(2), []

    def tap(read_before):
        together.wait()
        with task_transaction(draft.practice_id, draft.author_id):
            signed.append(sign(read_before).pk)
        connection.close()

    pages = [AdministrationDraft.objects.select_related("author").get(pk=draft.pk) for _ in range(2)]
    taps = [Thread(target=tap, args=(page,)) for page in pages]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert len(signed) == 2
    assert set(signed) == {Administration.objects.get().pk}


# --- who ---


def test_only_the_author_signs_until_a_colleague_takes_over():
    draft = charted_draft()
    colleague = StaffFactory(practice=draft.practice)
    with pytest.raises(NotYours):
        sign(draft, by=colleague)
    taken = drafts.take_over(draft=draft, by=colleague)
    left = [finding.rule for finding in refusal(taken, by=colleague).findings]
    assert "patient.identity_check_not_charted" in left, "whoever gives it checks"
    taken = drafts.save(draft=taken, entries={"checks": "yes"}, version=taken.version, by=colleague)
    dose = sign(taken, by=colleague)
    assert (dose.given_by, dose.charted_by) == (colleague, draft.started_by)


def test_nobody_signs_for_what_another_gave():
    draft = charted_draft()
    colleague = StaffFactory(practice=draft.practice)
    draft = drafts.save(draft=draft, entries={"given_by": str(colleague.pk)}, version=draft.version, by=draft.author)
    assert "given_by" in refusal(draft).errors


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER, Role.MANAGER, Role.ADMINISTRATOR])
def test_roles_that_give_nothing_sign_nothing(role):
    draft = charted_draft()
    with pytest.raises(NotAllowed):
        sign(draft, by=StaffFactory(practice=draft.practice, role=role))


def test_another_practice_signs_nothing_here():
    with pytest.raises(NotAllowed):
        sign(charted_draft(), by=StaffFactory())


def test_a_physician_who_gives_the_dose_needs_no_supervisor():
    order = OrderFactory()
    physician = PhysicianFactory(practice=order.practice)
    dose = sign(charted_draft(order=order, nurse=physician, supervisor=None))
    assert dose.supervision_mode == ""


# --- what refuses ---


@pytest.mark.parametrize(
    "left_out", ["lot", "expires", "site", "checks", "response", "supervisor", "package_ndc", "discarded"]
)
def test_what_is_not_charted_refuses_the_signature(left_out):
    assert refusal(charted_draft(**{left_out: None})).findings


@pytest.mark.parametrize(
    ("fact", "left_out"),
    [
        ("lot", "lot"),
        ("expires", "expires"),
        ("site", "site"),
        ("response", "response"),
        ("supervision", "supervisor"),
        ("discarded", "discarded"),
        ("identity_checked", None),
    ],
)
def test_a_true_record_can_always_be_signed(fact, left_out):
    changes = {left_out: None} if left_out else {"checks": None, "unobtainable.allergies_checked": "came unconscious"}
    dose = sign(charted_draft(**changes, **{f"unobtainable.{fact}": "vial already binned"}))
    assert dose.unobtainable[fact] == "vial already binned"


def test_overruling_a_missing_lot_is_saying_why_there_is_none():
    dose = sign(charted_draft(lot=None, **{"waive.completeness.lot_not_charted": "label torn"}))
    assert dose.unobtainable == {"lot": "label torn"}


def test_an_expired_lot_stops_the_dose_until_somebody_answers_for_it():
    draft = charted_draft(expires="2026-09-30")
    (stop,) = [finding for finding in refusal(draft).findings if finding.rule.startswith("vial.")]
    answered = {f"waive.{stop.rule}": "found out afterwards"}
    draft = drafts.save(draft=draft, entries=answered, version=draft.version, by=draft.author)
    dose = sign(draft)
    assert dose.waivers[0] | {"by": ""} == {"rule": stop.rule, "reason": "found out afterwards", "by": ""}


def test_a_recalled_lot_stops_the_dose():
    order = OrderFactory()
    encounter = EncounterFactory(patient=order.patient)
    LotFactory(location=encounter.location, recalled_at=NOW - timedelta(days=1))
    found = refusal(charted_draft(encounter=encounter, order=order, lot=" a123 "))
    assert "vial.lot_recalled" in {finding.rule for finding in found.findings}


def test_an_entry_that_cannot_be_read_refuses_the_signature():
    assert refusal(charted_draft(dose="a few drops")).errors == {
        "dose": "Enter an amount with its unit, such as 1000 mcg"
    }


def test_a_time_to_come_is_refused():
    assert "given_at" in refusal(charted_draft(given_at="23:00")).errors


def test_an_unsigned_order_never_holds_up_the_nurse():
    order = OrderFactory(signed_by=None, signed_at=None)
    assert sign(charted_draft(order=order)).pk


def test_a_signature_that_says_something_else_is_refused():
    assert "status" in refusal(charted_draft(), meaning=Meaning.NOT_GIVEN).errors
