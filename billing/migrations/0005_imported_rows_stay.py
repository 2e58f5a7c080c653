"""An imported row is never edited: it may be withdrawn, once, and nothing else. What is staged need not survive."""

from django.db import migrations

KEEP = """
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_in_id IS NULL AND NEW.withdrawn_in_id IS NOT NULL
       AND to_jsonb(OLD) - 'withdrawn_in_id' = to_jsonb(NEW) - 'withdrawn_in_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% keeps what was published: withdraw the row and publish another', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- As seal_table does for signed rows, with the one change that remains.
CREATE FUNCTION keep_published(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    other name;
BEGIN
    EXECUTE format('CREATE TRIGGER withdrawn_only BEFORE UPDATE OR DELETE ON %s '
                   'FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()', kept);
    EXECUTE format('CREATE TRIGGER withdrawn_only_truncate BEFORE TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()', kept);
    FOR other IN
        SELECT DISTINCT grants.grantee::regrole::name
        FROM pg_class, aclexplode(relacl) AS grants
        WHERE pg_class.oid = kept AND grants.grantee <> relowner AND grants.grantee <> 0
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %I', kept, other);
        EXECUTE format('GRANT UPDATE (withdrawn_in_id) ON %s TO %I', kept, other);
    END LOOP;
END $$;
"""
FORGET = "DROP FUNCTION keep_published(regclass); DROP FUNCTION refuse_rewriting() CASCADE;"

KEPT = [
    "addoncode",
    "asplimit",
    "asppackage",
    "gpcilocality",
    "hcpcscode",
    "icd10code",
    "localityamount",
    "muelimit",
    "nccipair",
    "ndcpackage",
    "ndcproduct",
    "placeofservice",
    "relativevalue",
]


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("billing", "0010_days_within_bounds")]

    dependencies = [("billing", "0004_answers_stay")]

    operations = [
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(
            "".join(f"SELECT keep_published('billing_{table}');" for table in KEPT), migrations.RunSQL.noop
        ),
        migrations.RunSQL("SELECT seal_table('billing_sourcefile')", migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE billing_stagedrow SET UNLOGGED", migrations.RunSQL.noop),
    ]
