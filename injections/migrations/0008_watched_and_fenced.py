"""The two guards that every table of ours gets: `watch` and `fence`.

Which table gets which is worked out from the schema after each migration: injections/audit/attaching.py.
"""

from django.db import migrations

WATCH = """
-- Every write of every table. The first argument names the column that leads to the patient, the second the query
-- that goes the rest of the way, where there is one.
CREATE FUNCTION audit_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb;
    became jsonb;
    seen jsonb;
    patient bigint;
    changed text[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW); END IF;
    seen := coalesce(became, was);
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(array_agg(key ORDER BY key), '{}') INTO changed
        FROM jsonb_each(became) WHERE value IS DISTINCT FROM was -> key;
    END IF;
    IF TG_NARGS > 0 THEN patient := (seen ->> TG_ARGV[0])::bigint; END IF;
    IF TG_NARGS > 1 AND patient IS NOT NULL THEN EXECUTE TG_ARGV[1] INTO patient USING patient; END IF;
    INSERT INTO injections_auditevent (practice_id, person_id, patient_id, action, subject, row_key, columns)
    VALUES (coalesce(app_practice(), (seen ->> 'practice_id')::bigint), app_user(), patient,
            CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END,
            TG_TABLE_NAME, coalesce(seen ->> 'id', ''), changed);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO injections_auditevent (practice_id, person_id, action, subject, row_key, columns)
    VALUES (app_practice(), app_user(), 'emptied', TG_TABLE_NAME, '', '{}');
    RETURN NULL;
END $$;

CREATE FUNCTION watch(watched regclass, leads text, rest text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    arguments text := concat_ws(', ', quote_literal(leads), quote_literal(rest));
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %s '
                   'FOR EACH ROW EXECUTE FUNCTION audit_write(%s)', watched, arguments);
    EXECUTE format('CREATE OR REPLACE TRIGGER audited_emptying AFTER TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION audit_emptied()', watched);
END $$;
"""

FENCE = """
-- Only rows of the practice that was named for this transaction. `shared` lets rows of no practice be seen by all;
-- a door (a name in app.door) lets one kind of work see the rows of every practice, for the commands it lists.
CREATE FUNCTION fence(fenced regclass, shared boolean, door text, commands text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine text := 'practice_id = (SELECT app_practice())';
    policy name;
    command text;
BEGIN
    FOR policy IN SELECT polname FROM pg_policy WHERE polrelid = fenced LOOP
        EXECUTE format('DROP POLICY %I ON %s', policy, fenced);
    END LOOP;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', fenced);
    IF shared THEN mine := mine || ' OR practice_id IS NULL'; END IF;
    EXECUTE format('CREATE POLICY practice ON %s USING (%s) WITH CHECK (%s)', fenced, mine, mine);
    FOREACH command IN ARRAY commands LOOP
        EXECUTE format('CREATE POLICY %I ON %s FOR %s %s', 'door_' || lower(command), fenced, command,
            CASE command WHEN 'INSERT' THEN 'WITH CHECK' ELSE 'USING' END
            || format(' ((SELECT app_door()) = %L)', door));
    END LOOP;
END $$;

-- Whoever acts may add to the log, for any practice or none; reading it back is fenced like everything else.
ALTER TABLE injections_auditevent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
SELECT fence('injections_auditevent', false, 'sealing', ARRAY['SELECT']);
CREATE POLICY anybody_adds ON injections_auditevent FOR INSERT WITH CHECK (true);
"""


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0038_order_pauses")]

    dependencies = [("injections", "0007_signed_is_signed")]

    operations = [
        migrations.RunSQL(WATCH, migrations.RunSQL.noop),
        migrations.RunSQL(FENCE, migrations.RunSQL.noop),
    ]
