"""What a practitioner signed as an order stays as it was signed; only stopping it is said beside it."""

from django.db import migrations

FUNCTIONS = """
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

CREATE TRIGGER signed_stays BEFORE UPDATE OR DELETE ON injections_order
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_change('stopped_on', 'stopped_by_id', 'stop_reason');
CREATE TRIGGER signed_stays_truncate BEFORE TRUNCATE ON injections_order
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
REVERSE = """
DROP TRIGGER signed_stays ON injections_order;
DROP TRIGGER signed_stays_truncate ON injections_order;
DROP FUNCTION refuse_signed_change();
"""


class Migration(migrations.Migration):
    dependencies = [("injections", "0008_practice_bounds")]

    operations = [migrations.RunSQL(FUNCTIONS, REVERSE)]
