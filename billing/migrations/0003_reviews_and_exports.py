"""Answers about a visit, decisions about them, exports, and replays of one's own past."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("billing", "0008_shipped_files_and_localities")]
    dependencies = [
        ("billing", "0002_published_tables"),
        ("injections", "0001_people_and_places"),
        ("injections", "0004_orders_and_visits"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("edition", models.CharField(blank=True, max_length=64)),
                        (
                            "state",
                            models.CharField(choices=[("derived", "Derived"), ("failed", "Failed")], max_length=10),
                        ),
                        ("input", models.TextField(blank=True)),
                        ("output", models.TextField(blank=True)),
                        ("error_reference", models.CharField(blank=True, max_length=40)),
                        ("payer_key", models.CharField(blank=True, max_length=60)),
                        ("payer_name", models.CharField(blank=True, max_length=120)),
                        ("blocked", models.BooleanField()),
                        ("expected", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "already_sent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.review",
                            ),
                        ),
                        (
                            "encounter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="injections.encounter",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="billing.review",
                            ),
                        ),
                        ("file_by", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["practice", "-id"], name="review_by_practice")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("encounter",),
                                name="review_one_current_per_encounter",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("supersedes", models.F("pk")), _negated=True),
                                name="review_supersedes_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("error_reference", ""),
                                        ("state", "derived"),
                                        models.Q(("output", ""), _negated=True),
                                        models.Q(("edition", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("blocked", True),
                                        ("output", ""),
                                        ("state", "failed"),
                                        models.Q(("error_reference", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="review_answers_or_failed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Gap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("rule", models.CharField(max_length=120)),
                        ("summary", models.TextField()),
                        (
                            "severity",
                            models.CharField(
                                choices=[("info", "info"), ("warning", "warning"), ("critical", "critical")],
                                max_length=10,
                            ),
                        ),
                        (
                            "gate",
                            models.CharField(
                                choices=[
                                    ("giving", "giving"),
                                    ("sign-off", "sign-off"),
                                    ("claim", "claim"),
                                    ("nothing", "nothing"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "owner",
                            models.CharField(
                                choices=[("nurse", "nurse"), ("physician", "physician"), ("biller", "biller")],
                                max_length=10,
                            ),
                        ),
                        (
                            "until",
                            models.CharField(
                                choices=[
                                    ("patient-leaves", "patient-leaves"),
                                    ("sign-off", "sign-off"),
                                    ("co-sign", "co-sign"),
                                    ("filing", "filing"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("because", models.TextField(blank=True)),
                        ("fix", models.TextField(blank=True)),
                        (
                            "fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "administrations",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                            ),
                        ),
                        ("source", models.TextField(blank=True)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="gaps", to="billing.review"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["review", "position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "position"), name="gap_position_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NotBilled",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=200)),
                        ("because", models.TextField()),
                        ("rule", models.CharField(max_length=120)),
                        (
                            "administrations",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                            ),
                        ),
                        ("source", models.TextField(blank=True)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="not_billed",
                                to="billing.review",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line_no", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=5)),
                        ("units", models.PositiveIntegerField()),
                        (
                            "modifiers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=2), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "diagnoses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "administrations",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                            ),
                        ),
                        ("ndc", models.JSONField(blank=True, null=True)),
                        ("expected", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("rule", models.CharField(max_length=120)),
                        ("because", models.TextField(blank=True)),
                        ("source", models.TextField(blank=True)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="billing.review"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["review", "line_no"],
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "line_no"), name="claim_line_once"),
                            models.CheckConstraint(condition=models.Q(("units__gte", 1)), name="claim_line_has_units"),
                            models.CheckConstraint(
                                condition=models.Q(("expected__gte", Decimal("0"))),
                                name="claim_line_amount_not_below_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("approved", "Approved"),
                                    ("held", "Held"),
                                    ("released", "Released"),
                                    ("snoozed", "Snoozed"),
                                    ("undone", "Undone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=120)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
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
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="billing.decision",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="billing.review",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["review", "-id"], name="decision_latest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__range", ("1900-01-01", "2100-12-31"))),
                                name="decision_until_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("until__isnull", False), ("what", "snoozed")),
                                    models.Q(models.Q(("what", "snoozed"), _negated=True), ("until__isnull", True)),
                                    _connector="OR",
                                ),
                                name="decision_snooze_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("what", "held"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decision_hold_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("undoes__isnull", False), ("what", "undone")),
                                    models.Q(models.Q(("what", "undone"), _negated=True), ("undoes__isnull", True)),
                                    _connector="OR",
                                ),
                                name="decision_undoes_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Export",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("submission_key", models.UUIDField(unique=True)),
                        (
                            "by",
                            models.ForeignKey(
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
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ExportedLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "export",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exported",
                                to="billing.export",
                            ),
                        ),
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exported",
                                to="billing.claimline",
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
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Locality",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "contractor",
                            models.CharField(
                                max_length=5, validators=[django.core.validators.RegexValidator("^[0-9]{5}$")]
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                max_length=2, validators=[django.core.validators.RegexValidator("^[0-9]{2}$")]
                            ),
                        ),
                        (
                            "location",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.location"
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("contractor__regex", "^[0-9]{5}$")),
                                name="locality_contractor_digits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__regex", "^[0-9]{2}$")), name="locality_number_digits"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplayRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("since", models.DateField()),
                        ("draft", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("cancelled", "Stopped"),
                                    ("failed", "Failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("visits", models.PositiveIntegerField(blank=True, null=True)),
                        ("edition", models.CharField(blank=True, max_length=64)),
                        ("totals", models.JSONField(blank=True, null=True)),
                        ("problem", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("submission_key", models.UUIDField(unique=True)),
                        (
                            "by",
                            models.ForeignKey(
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
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "running"])),
                                fields=["state"],
                                name="replay_run_open",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("since__range", ("1900-01-01", "2100-12-31"))),
                                name="replay_run_since_within",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplayBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "encounters",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("taken_until", models.DateTimeField(blank=True, null=True)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("visits", models.PositiveIntegerField(default=0)),
                        ("differ", models.PositiveIntegerField(default=0)),
                        ("totals", models.JSONField(blank=True, null=True)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="batches",
                                to="billing.replayrun",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["run", "number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at__isnull", True)), fields=["run"], name="replay_batch_left"
                            )
                        ],
                        "constraints": [models.UniqueConstraint(fields=("run", "number"), name="replay_batch_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ReplayedVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("payer_key", models.CharField(blank=True, max_length=60)),
                        (
                            "rules",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120), default=list, size=None
                            ),
                        ),
                        ("dollars", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("difference", models.JSONField()),
                        (
                            "encounter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.encounter"
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="differing",
                                to="billing.replayrun",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["run", "encounter"],
                        "indexes": [
                            models.Index(fields=["run", "payer_key"], name="replayed_by_payer"),
                            django.contrib.postgres.indexes.GinIndex(fields=["rules"], name="replayed_by_rule"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "encounter"), name="replayed_visit_once")
                        ],
                    },
                ),
            ],
        ),
    ]
