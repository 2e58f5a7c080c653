"""The log and the chains over it, messages that wait to be sent, files that came in, and packs for downtime."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from config.tables import CreateTables

ASK = """
-- Who reads the settings never sees an error: absent and empty are both nobody.
CREATE FUNCTION app_practice() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.practice', true), '')::bigint $$;
CREATE FUNCTION app_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.user', true), '')::bigint $$;
CREATE FUNCTION app_door() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('app.door', true), '') $$;
"""


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0036_standing_orders")]
    dependencies = [
        ("injections", "0005_charting"),
    ]

    operations = [
        # First, as a message says by itself who was acting when it was written.
        migrations.RunSQL(ASK, migrations.RunSQL.noop),
        CreateTables(
            [
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.expressions.RawSQL("clock_timestamp()", ())
                            ),
                        ),
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
                                    ("emergency", "Looked at by emergency access"),
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
                            models.CharField(
                                db_default=django.db.models.expressions.RawSQL("SESSION_USER", ()), max_length=64
                            ),
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
                            models.Index(fields=["practice_id", "person_id", "at", "id"], name="audit_by_person"),
                            models.Index(fields=["practice_id", "patient_id", "at", "id"], name="audit_by_patient"),
                            models.Index(fields=["practice_id", "action", "id"], name="audit_by_action"),
                            models.Index(fields=["practice_id", "subject", "id"], name="audit_by_subject"),
                            models.Index(fields=["at"], name="audit_unsealed"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "chain",
                            models.CharField(
                                choices=[("audit", "Audit events"), ("signatures", "Signatures")], max_length=12
                            ),
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
                migrations.CreateModel(
                    name="OutboxMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("subject_id", models.BigIntegerField()),
                        ("key", models.CharField(max_length=120, unique=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("due_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("last_error", models.TextField(blank=True)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "person_id",
                            models.BigIntegerField(
                                db_default=django.db.models.expressions.RawSQL("app_user()", ()), null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at__isnull", True)), fields=["due_at"], name="outbox_waiting"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("due_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="outbox_within",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=100)),
                        ("content", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting to be read"),
                                    ("read", "Looked at"),
                                    ("refused", "Not taken"),
                                    ("confirmed", "Waiting to be imported"),
                                    ("imported", "Imported"),
                                    ("failed", "Stopped"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("found", models.JSONField(blank=True, default=dict)),
                        ("plan_digest", models.CharField(blank=True, max_length=64)),
                        ("changed", models.CharField(blank=True, max_length=300)),
                        ("lines", models.PositiveIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("taken_until", models.DateTimeField(blank=True, null=True)),
                        ("uploaded_at", models.DateTimeField()),
                        ("imported_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "imported_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-uploaded_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "confirmed"])),
                                fields=["state"],
                                name="upload_owed",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "kind", "sha256"), name="upload_once"),
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="upload_sha256"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("attempts__lte", 100), ("lines__lte", 1000000)),
                                name="upload_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("imported_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("taken_until__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("uploaded_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="upload_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("imported_at__isnull", True), ("imported_by__isnull", True)),
                                    models.Q(("imported_at__isnull", False), ("imported_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="upload_imported_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("imported_at__isnull", False), ("state", "imported")),
                                    models.Q(
                                        models.Q(("state", "imported"), _negated=True), ("imported_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="upload_imported_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DowntimePack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("made_at", models.DateTimeField()),
                        ("content", models.BinaryField()),
                        (
                            "patients",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="injections.location"
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "location__name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("location", "day"), name="downtime_pack_once"),
                            models.CheckConstraint(
                                condition=models.Q(("day__gte", "2000-01-01"), ("day__lte", "2100-12-31")),
                                name="downtime_pack_day_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("made_at__gte", "2000-01-01T00:00:00Z"), ("made_at__lt", "2101-01-01T00:00:00Z")
                                ),
                                name="downtime_pack_made_bounds",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
