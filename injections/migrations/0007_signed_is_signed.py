"""Signed rows take no change: not by UPDATE, not by DELETE, not by TRUNCATE, and not by the tables' owner either."""

from django.db import migrations

SEAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: corrections are new rows', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- Row triggers do not see TRUNCATE, hence the second one.
-- Rights go as well: whoever is not the owner may only read and add.
CREATE FUNCTION seal_table(sealed regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    other name;
BEGIN
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s '
                   'FOR EACH ROW EXECUTE FUNCTION refuse_change()', sealed);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', sealed);
    FOR other IN
        SELECT DISTINCT grants.grantee::regrole::name
        FROM pg_class, aclexplode(relacl) AS grants
        WHERE pg_class.oid = sealed AND grants.grantee <> relowner AND grants.grantee <> 0
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %I', sealed, other);
    END LOOP;
END $$;
"""

SEALED = [
    # what was charted and signed, and what was seen, said and done after it
    "administration", "signature", "observation", "reaction", "reactionentry", "incident", "incidentnote",
    # what left the shelf and came to it, and which lots must not be given
    "stockmove", "vialmove", "recall", "recallcontact", "excursion", "heldlot", "holdend", "knowncode", "knowncodeend",
    # what a practitioner signed for everybody, and that an order waits
    "standingorder", "standingorderend", "orderpause",
    # what is spared and kept back of a patient, who saw it all the same, and to whom it went
    "sparedside", "sparedsideend", "restriction", "restrictionend", "emergencyaccess", "emergencyend",
    "disclosuremade", "disclosuretakenback",
    # what a location was on a day
    "locationplace", "locationfact",
    # the log, and the chains over it and over signatures
    "auditevent", "seal",
]  # fmt: skip

SAME_ENCOUNTER = """
-- What an encounter is about never changes, only what is said about it.
CREATE FUNCTION refuse_other_encounter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.practice_id, OLD.patient_id, OLD.location_id, OLD.date)
       IS DISTINCT FROM (NEW.practice_id, NEW.patient_id, NEW.location_id, NEW.date) THEN
        RAISE EXCEPTION 'the patient, place and date of an encounter never change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER same_encounter BEFORE UPDATE ON injections_encounter
    FOR EACH ROW EXECUTE FUNCTION refuse_other_encounter();
"""

# What a practitioner signed as an order stays as it was signed.
SIGNED_STAYS = """
-- Everything but the columns named with the trigger is what was signed, columns that come later too.
CREATE FUNCTION refuse_signed_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - TG_ARGV::text[] IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV::text[] THEN
        RAISE EXCEPTION '% is signed and stays as it is: write a new row', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What may be said about a signed order: that it was stopped, and that it waits.
CREATE TRIGGER signed_stays BEFORE UPDATE OR DELETE ON injections_order
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_change('stopped_on', 'stopped_by_id', 'stop_reason', 'pause_id');
CREATE TRIGGER signed_stays_truncate BEFORE TRUNCATE ON injections_order
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
FORGET_SIGNED = """
DROP TRIGGER signed_stays ON injections_order;
DROP TRIGGER signed_stays_truncate ON injections_order;
DROP FUNCTION refuse_signed_change();
"""


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0037_counts_that_agree")]

    dependencies = [("injections", "0006_log_and_outbox")]

    operations = [
        migrations.RunSQL(SEAL, migrations.RunSQL.noop),
        migrations.RunSQL(
            "".join(f"SELECT seal_table('injections_{table}');" for table in SEALED), migrations.RunSQL.noop
        ),
        migrations.RunSQL(SAME_ENCOUNTER, migrations.RunSQL.noop),
        migrations.RunSQL(SIGNED_STAYS, FORGET_SIGNED),
    ]
