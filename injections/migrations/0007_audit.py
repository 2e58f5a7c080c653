"""Audit events, the chains over them, and the two guards that every table of ours gets: `watch` and `fence`.

Which table gets which is worked out from the schema after each migration: injections/audit/attaching.py.
"""

import django.contrib.postgres.fields
import django.db.models.expressions
from django.db import migrations, models

WATCH = """
-- Who reads the settings never sees an error: absent and empty are both nobody.
CREATE FUNCTION app_practice() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.practice', true), '')::bigint $$;
CREATE FUNCTION app_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.user', true), '')::bigint $$;
CREATE FUNCTION app_door() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('app.door', true), '') $$;

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

SELECT seal_table('injections_auditevent');
SELECT seal_table('injections_seal');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("injections", "0006_sign_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.expressions.RawSQL("clock_timestamp()", ()))),
                ("practice_id", models.BigIntegerField(null=True)),
                ("person_id", models.BigIntegerField(null=True)),
                ("patient_id", models.BigIntegerField(null=True)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("removed", "Removed"),
                            ("emptied", "Emptied a table"),
                            ("read", "Looked at"),
                            ("searched", "Searched"),
                            ("printed", "Opened to print"),
                            ("exported", "Exported"),
                            ("refused", "Tried and was refused"),
                            ("signed-in", "Signed in"),
                            ("sign-in-failed", "Failed to sign in"),
                            ("signed-out", "Signed out"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(max_length=100)),
                ("row_key", models.CharField(blank=True, max_length=64)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), blank=True, default=list, size=None
                    ),
                ),
                (
                    "role",
                    models.CharField(db_default=django.db.models.expressions.RawSQL("SESSION_USER", ()), max_length=64),
                ),
                (
                    "via",
                    models.CharField(
                        db_default=django.db.models.expressions.RawSQL(
                            "coalesce(current_setting('app.via', true), '')", ()
                        ),
                        max_length=100,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["practice_id", "at", "id"], name="audit_by_time"),
                    models.Index(fields=["practice_id", "person_id", "id"], name="audit_by_person"),
                    models.Index(fields=["practice_id", "patient_id", "id"], name="audit_by_patient"),
                    models.Index(fields=["practice_id", "action", "id"], name="audit_by_action"),
                    models.Index(fields=["practice_id", "subject", "id"], name="audit_by_subject"),
                    models.Index(fields=["at"], name="audit_unsealed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "chain",
                    models.CharField(choices=[("audit", "Audit events"), ("signatures", "Signatures")], max_length=12),
                ),
                ("number", models.BigIntegerField()),
                ("subject_id", models.BigIntegerField()),
                ("layout", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["chain", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "number"), name="seal_number_once"),
                    models.UniqueConstraint(fields=("chain", "subject_id"), name="seal_subject_once"),
                ],
            },
        ),
        migrations.RunSQL(WATCH, migrations.RunSQL.noop),
        migrations.RunSQL(FENCE, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="outboxmessage",
            name="person_id",
            field=models.BigIntegerField(db_default=django.db.models.expressions.RawSQL("app_user()", ()), null=True),
        ),
    ]
