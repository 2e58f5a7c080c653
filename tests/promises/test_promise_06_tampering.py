"""Promise 6: one byte changed in the audit log is detected, and the first bad row is named."""

import random
from itertools import cycle

import pytest
from django.core.management import CommandError, call_command

from injections.audit import anchoring, sealing
from injections.audit.chain import flaws
from injections.audit.chains import AUDIT, links
from injections.audit.verification import verify_chain
from tests.factories import PatientFactory
from tests.promises.owners import owner, tampering

ROWS, CHANGED, DELETED, SWAPPED = 500, 200, 20, 20
EVENTS, SEALS = "injections_auditevent", "injections_seal"
FILL = f"""
INSERT INTO {EVENTS} (practice_id, person_id, patient_id, action, subject, row_key, columns)
SELECT %(practice)s, n %% 7 + 1, n %% 90 + 1, 'changed', 'injections_patient', n::text, ARRAY['phone', 'city']
FROM generate_series(1, {ROWS}) n
"""
#: what changes one byte of a column of each kind
FLIPS = {
    "at": "at + interval '1 microsecond'",
    "practice_id": "practice_id # 1",
    "person_id": "person_id # 1",
    "patient_id": "patient_id # 1",
    "action": "overlay(action placing 'C' from 1)",
    "subject": "overlay(subject placing 'I' from 1)",
    "row_key": "'9' || substr(row_key, 2) || '0'",
    "columns": "ARRAY['phone', 'citz']",
    "role": "overlay(role placing 'D' from 1)",
    "via": "'x' || substr(via, 2)",
}


@pytest.fixture
def log(transactional_db, databases):
    """A sealed log, its owner, and an ordered list of the rows in it."""
    patient = PatientFactory()
    with owner(databases) as found:
        found.execute(FILL, {"practice": patient.practice_id})
        while sealing.seal_all():
            pass
        with tampering(found, EVENTS):
            ours = f"SELECT id FROM {EVENTS} WHERE practice_id = {patient.practice_id} ORDER BY id"
            rows = [row for (row,) in found.execute(ours).fetchall()]
        found.execute(f"ANALYZE {EVENTS}, {SEALS}")
        yield found, rows


def first_flaw(found, anchors=()):
    with found.cursor() as cursor:
        return verify_chain(cursor, AUDIT, anchors).flaw


def change(found, row, column):
    found.execute(f"UPDATE {EVENTS} SET {column} = {FLIPS[column]} WHERE id = %s", [row])


def test_every_column_is_covered(db):
    from injections.audit.chains import SIGNATURES
    from injections.models import AuditEvent, Signature

    for model, chain in ((AuditEvent, AUDIT), (Signature, SIGNATURES)):
        assert set(chain.columns) == {field.column for field in model._meta.concrete_fields}
    assert set(AUDIT.columns) == {"id", *FLIPS}


def test_240_of_240_tamperings_are_found(log, record_property):
    """As the owner with triggers off: a byte in each column of random rows, rows deleted, rows swapped.

    One look names every row that was touched and no other; the command stops at the first.
    """
    found, rows = log
    chosen = random.Random(6).sample(rows, CHANGED + DELETED + 2 * SWAPPED)
    changed, deleted, rest = chosen[:CHANGED], chosen[CHANGED : CHANGED + DELETED], chosen[CHANGED + DELETED :]
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    with tampering(found, EVENTS, SEALS):
        assert first_flaw(found) is None
        for row, column in zip(changed, cycle(sorted(FLIPS))):
            change(found, row, column)
        found.execute(f"DELETE FROM {EVENTS} WHERE id = ANY(%s)", [deleted])
        for one, other in pairs:
            swap(found, one, other)
        with found.cursor() as cursor:
            named = {flaw.subject: flaw.what for flaw in flaws(links(cursor, AUDIT))}
        assert first_flaw(found).subject == min(chosen)
    detected = sum(row in named for row in changed)
    detected += sum(named.get(row) == "the row is gone" for row in deleted)
    detected += sum(one in named and other in named for one, other in pairs)
    record_property("found", f"{detected} of {CHANGED + DELETED + SWAPPED}")
    assert detected == 240
    assert named.keys() == set(chosen), "a row that nobody touched was named"


def swap(found, one, other):
    """Each row takes the other's place."""
    for old, new in ((one, -1), (other, one), (-1, other)):
        found.execute(f"UPDATE {EVENTS} SET id = %s WHERE id = %s", [new, old])


def test_every_column_of_one_row_is_found(log):
    found, rows = log
    row = rows[333]
    with tampering(found, EVENTS):
        for column in FLIPS:
            with found.transaction(force_rollback=True):
                change(found, row, column)
                assert first_flaw(found).subject == row, column


def test_a_changed_or_missing_seal_is_found(log):
    found, rows = log
    row = rows[300]
    its = f"chain = 'audit' AND subject_id = {row}"
    with tampering(found, EVENTS, SEALS):
        number = found.execute(f"SELECT number FROM {SEALS} WHERE {its}").fetchone()[0]
        for tampering_with in (
            f"UPDATE {SEALS} SET sealed_at = sealed_at + interval '1 second' WHERE {its}",
            f"UPDATE {SEALS} SET digest = overlay(digest placing 'g' from 1) WHERE {its}",
            f"DELETE FROM {SEALS} WHERE {its}",
        ):
            with found.transaction(force_rollback=True):
                found.execute(tampering_with)
                assert first_flaw(found).number == number


def test_a_row_that_was_put_in_behind_the_sealer_is_found(log):
    found, _ = log
    with tampering(found, EVENTS):
        found.execute(FILL.replace(f"{ROWS}", "1"), {"practice": 1})
        new = found.execute(f"SELECT max(id) FROM {EVENTS}").fetchone()[0]
        found.execute(f"UPDATE {EVENTS} SET at = at - interval '1 day' WHERE id = %s", [new])
        assert first_flaw(found).subject == new


def test_a_cut_end_and_a_chain_made_again_show_against_an_anchor(log):
    found, rows = log
    known = [anchor for anchor in anchoring.heads() if anchor.chain == "audit"]
    with tampering(found, EVENTS, SEALS):
        assert first_flaw(found, known) is None
        with found.transaction(force_rollback=True):
            found.execute(f"DELETE FROM {SEALS} WHERE chain = 'audit' AND subject_id > {rows[399]}")
            found.execute(f"DELETE FROM {EVENTS} WHERE id > {rows[399]}")
            assert first_flaw(found) is None, "a chain alone cannot show it"
            assert "cut off" in first_flaw(found, known).what
        with found.transaction(force_rollback=True):
            found.execute(f"UPDATE {EVENTS} SET person_id = 1 WHERE id = %s", [rows[10]])
            remake(found)
            assert first_flaw(found) is None, "a chain alone cannot show it"
            assert "made again" in first_flaw(found, known).what


def remake(found):
    """What somebody with all rights would do to hide a change: digest everything again."""
    from injections.audit.chain import START, digest

    with found.cursor() as cursor:
        previous = START
        for link in list(links(cursor, AUDIT)):
            previous = digest(previous, link.number, link.sealed_at, link.row)
            cursor.execute(
                f"UPDATE {SEALS} SET digest = %s WHERE chain = 'audit' AND number = %s", [previous, link.number]
            )


def test_the_command_names_the_row_and_reads_the_anchors(log, tmp_path, settings, capsys):
    found, rows = log
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "anchors")
    anchoring.anchor()
    call_command("verify_audit", anchor=tmp_path / "anchors")
    assert "links, all as they were sealed" in capsys.readouterr().out
    found.execute(f"ALTER TABLE {EVENTS} DISABLE TRIGGER USER")
    found.execute(f"ALTER TABLE {EVENTS} NO FORCE ROW LEVEL SECURITY")
    change(found, rows[333], "person_id")
    with pytest.raises(CommandError, match=f"audit: row {rows[333]}: the row, or its seal, was changed"):
        call_command("verify_audit")
    (tmp_path / "empty").write_text("nothing")
    with pytest.raises(CommandError, match="holds no anchor"):
        call_command("verify_audit", anchor=tmp_path / "empty")
