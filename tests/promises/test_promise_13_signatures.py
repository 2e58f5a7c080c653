"""Promise 13: a signature shows printed name, time with zone and meaning, and is bound to the exact content."""

from zoneinfo import ZoneInfo

import pytest

from injections import records
from injections.actions import signing
from injections.audit import sealing
from injections.audit.chains import SIGNATURES
from injections.audit.verification import verify_chain
from injections.models import Signature
from injections.models.signature import Meaning
from tests.factories import OrderFactory, PatientFactory, proof_of, signed_dose
from tests.promises.owners import owner, tampering

SIGNED = "injections_signature"
COPY = f"""
INSERT INTO {SIGNED} (practice_id, administration_id, signer_id, printed_name, credential, meaning, signed_at,
                      time_zone, content, content_hash)
SELECT practice_id, %s, signer_id, printed_name, credential, %s, signed_at, time_zone, content, content_hash
FROM {SIGNED} WHERE administration_id = %s AND meaning = 'administered'
"""


@pytest.fixture
def signed(transactional_db):
    """Three doses, one of them taken back, and everything sealed."""
    doses = [signed_dose()]
    practice = doses[0].practice
    doses += [signed_dose(order=OrderFactory(patient=PatientFactory(practice=practice))) for _ in range(2)]
    by = doses[1].given_by
    signing.enter_in_error(administration=doses[1], by=by, proof=proof_of(by), reason="wrong chart")
    sealing.seal_all()
    return doses


def test_every_signature_says_who_when_where_and_what_it_means(signed, record_property):
    rows = list(Signature.objects.all())
    for row in rows:
        content = records.read_signed(row.content)
        assert records.verify(row.content, row.content_hash)
        assert row.printed_name == content.signer != ""
        assert row.signed_at.utcoffset() is not None
        assert ZoneInfo(row.time_zone)
        assert Meaning(row.meaning).label
        assert (content.meaning, content.signed_at) == (row.meaning, row.signed_at)
        assert content.administration == str(row.administration_id)
    record_property("signatures", f"{len(rows)} of {len(rows)} match their content")
    assert len(rows) == 4


def flaw(found):
    with found.cursor() as cursor:
        return verify_chain(cursor, SIGNATURES).flaw


def test_a_signature_that_was_changed_copied_or_removed_is_found(signed, databases):
    first, _, third = signed
    with owner(databases) as found, tampering(found, SIGNED, "injections_seal"):
        assert flaw(found) is None
        row = found.execute(f"SELECT id FROM {SIGNED} WHERE administration_id = %s", [first.pk]).fetchone()[0]
        for change in ("content = replace(content, '1000', '1001')", "printed_name = 'Somebody Else'"):
            with found.transaction(force_rollback=True):
                found.execute(f"UPDATE {SIGNED} SET {change} WHERE id = %s", [row])
                assert flaw(found).subject == row
        with found.transaction(force_rollback=True):
            found.execute(f"DELETE FROM {SIGNED} WHERE id = %s", [row])
            assert "gone" in flaw(found).what
        with found.transaction(force_rollback=True):
            found.execute(COPY, [third.pk, "co-signed", first.pk])
            assert "under another record" in flaw(found).what
