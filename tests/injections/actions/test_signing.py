"""Signing a dose: once, completely, under its exact content, and never held up by anybody else's work."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from injections import records
from injections.actions import drafts, signing
from injections.actions.errors import NotAllowed, NotYours, Refused, StaleDraft
from injections.models import Administration, AdministrationDraft, OutboxMessage
from injections.models.signature import Meaning
from injections.models.staff import Role
from injections.signals import encounter_about_to_sign, encounter_signed
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

pytestmark = pytest.mark.django_db


def sign(draft, **how):
    return signing.sign(draft=draft, by=how.pop("by", draft.author), now=how.pop("now", NOW), **how)


def refusal(draft, **how):
    with pytest.raises(Refused) as refused:
        sign(draft, **how)
    assert not Administration.objects.filter(submission_key=draft.submission_key).exists()
    return refused.value


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
    dose = sign(drafts.take_over(draft=draft, by=colleague), by=colleague)
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


# --- the rest of the product ---


def test_an_objection_refuses_the_signature(listen):
    from injections.findings import Finding

    def object_to(sender, encounter, **more):
        return [Finding(rule="bill.wants_more", summary="More", administrations=(encounter.administrations[-1].id,))]

    listen(encounter_about_to_sign, object_to)
    assert [finding.rule for finding in refusal(charted_draft()).findings] == ["bill.wants_more"]


def test_an_objector_that_raises_never_blocks_care(listen, caplog):
    def break_down(**more):
        Administration.objects.create()

    listen(encounter_about_to_sign, break_down)
    assert sign(charted_draft()).pk
    assert "IntegrityError" in caplog.text
    assert "DETAIL" not in caplog.text


def test_a_receiver_that_raises_leaves_the_signature_and_work_to_do(listen, caplog):
    def break_down(encounter_row, by, **more):
        OrderFactory(patient=encounter_row.patient, reason="half done")
        raise RuntimeError("Maria Sample has E53.8")

    listen(encounter_signed, break_down)
    dose = sign(charted_draft())
    assert dose.signatures.exists()
    assert not dose.encounter.patient.orders.filter(reason="half done").exists()
    message = OutboxMessage.objects.get()
    assert (message.kind, message.subject_id, message.done_at) == ("derive", dose.encounter_id, None)
    assert "RuntimeError" in caplog.text
    assert "Maria" not in caplog.text


def test_a_deferred_constraint_that_a_receiver_breaks_does_not_kill_the_signature(listen):
    def point_nowhere(encounter_row, by, **more):
        OutboxMessage.objects.create(practice_id=10**9, kind="x", subject_id=1, key="x", due_at=NOW)

    listen(encounter_signed, point_nowhere)
    assert sign(charted_draft()).signatures.exists()
    assert not OutboxMessage.objects.filter(kind="x").exists()


def test_a_receiver_that_succeeds_leaves_nothing_to_do(listen):
    heard = []
    listen(encounter_signed, lambda encounter_row, by, **more: heard.append((encounter_row.pk, by)))
    dose = sign(charted_draft())
    assert heard == [(dose.encounter_id, dose.given_by)]
    assert OutboxMessage.objects.get().done_at is not None
