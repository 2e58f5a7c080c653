"""Signed rows take no change: not by UPDATE, not by DELETE, not by TRUNCATE, and not by the tables' owner either."""

from django.db import migrations

FUNCTIONS = """
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

SEALED = ["injections_administration", "injections_signature", "injections_stockmove"]


class Migration(migrations.Migration):
    dependencies = [("injections", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        *(migrations.RunSQL(f"SELECT seal_table('{table}')", migrations.RunSQL.noop) for table in SEALED),
    ]
