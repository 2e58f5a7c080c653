"""Signing a dose: the rest of the product may object or fail, and never holds up care."""

import pytest

from injections.models import Administration, Appointment, OutboxMessage
from injections.signals import encounter_about_to_sign, encounter_signed
from tests.factories import (
    NOW,
    OrderFactory,
    charted_draft,
)
from tests.injections.actions.signatures import refusal, sign

pytestmark = pytest.mark.django_db


# --- the rest of the product ---


def test_an_objection_refuses_the_signature(listen):
    from injections.findings import Finding

    def object_to(sender, encounter, **more):
        return [Finding(rule="bill.wants_more", summary="More", administrations=(encounter.administrations[-1].id,))]

    listen(encounter_about_to_sign, object_to)
    assert [finding.rule for finding in refusal(charted_draft()).findings] == ["bill.wants_more"]


def test_an_objector_that_raises_never_blocks_care(listen, caplog):
    def break_down(encounter_row, **more):
        Administration.objects.create(practice=encounter_row.practice)

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
        known = {"practice_id": encounter_row.practice_id, "patient": encounter_row.patient, "starts_at": NOW}
        Appointment.objects.create(**known, location_id=10**9)
        reached.append(encounter_row)

    reached = []
    listen(encounter_signed, point_nowhere)
    assert sign(charted_draft()).signatures.exists()
    assert reached
    assert not Appointment.objects.exists()


def test_a_receiver_that_succeeds_leaves_nothing_to_do(listen):
    heard = []
    listen(encounter_signed, lambda encounter_row, by, **more: heard.append((encounter_row.pk, by)))
    dose = sign(charted_draft())
    assert heard == [(dose.encounter_id, dose.given_by)]
    assert OutboxMessage.objects.get().done_at is not None
