"""Standing orders, orders and what is asked or said of them, appointments, visits, and who is in the suite."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0034_known_codes")]
    dependencies = [
        ("injections", "0003_products_and_lots"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="StandingOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("dose_amount", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        (
                            "dose_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ng", "ng"),
                                    ("mcg", "mcg"),
                                    ("mg", "mg"),
                                    ("g", "g"),
                                    ("mL", "mL"),
                                    ("L", "L"),
                                    ("units", "units"),
                                    ("mEq", "mEq"),
                                    ("dose", "dose"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("route", models.CharField(max_length=20)),
                        ("criteria", models.CharField(max_length=500)),
                        (
                            "diagnoses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason for use")),
                        ("from_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("below_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "states",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=2), size=None
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("signed_at", models.DateTimeField()),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.product"
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dose_amount__isnull", True), ("dose_unit", "")),
                                    models.Q(
                                        ("dose_amount__gte", 0),
                                        ("dose_amount__isnull", False),
                                        models.Q(("dose_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="standing_order_dose_with_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dose_amount__gt", 0), ("dose_amount__isnull", False)),
                                name="standing_order_dose_above_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("below_months__range", (0, 1440)),
                                    ("dose_amount__range", (0, 9999999999)),
                                    ("from_months__range", (0, 1440)),
                                    ("signed_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("since__range", ("1900-01-01", "2100-12-31")),
                                    ("until__range", ("1900-01-01", "2100-12-31")),
                                ),
                                name="standing_order_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__gte", models.F("since")),
                                    (
                                        "until__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("since"), "+", models.Value(datetime.timedelta(days=366))
                                        ),
                                    ),
                                ),
                                name="standing_order_a_year_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_months__isnull", True),
                                    ("below_months__isnull", True),
                                    ("below_months__gt", models.F("from_months")),
                                    _connector="OR",
                                ),
                                name="standing_order_ages_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("criteria__regex", "\\S"), ("name__regex", "\\S"), ("states__len__gte", 1)
                                ),
                                name="standing_order_says_what_for_whom_and_where",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingOrderEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        ("ended_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "ended_by",
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
                            "standing",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="injections.standingorder",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason__regex", "\\S")), name="standing_order_end_says_why"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("once", "Once"),
                                    ("series", "Series"),
                                    ("spoken", "Spoken order"),
                                    ("protocol", "Protocol"),
                                ],
                                default="once",
                                max_length=10,
                            ),
                        ),
                        ("dose_amount", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        (
                            "dose_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ng", "ng"),
                                    ("mcg", "mcg"),
                                    ("mg", "mg"),
                                    ("g", "g"),
                                    ("mL", "mL"),
                                    ("L", "L"),
                                    ("units", "units"),
                                    ("mEq", "mEq"),
                                    ("dose", "dose"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("route", models.CharField(max_length=20)),
                        ("every_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("doses_planned", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("early_days", models.PositiveSmallIntegerField(default=0)),
                        ("late_days", models.PositiveSmallIntegerField(default=0)),
                        (
                            "diagnoses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason for use")),
                        ("ordered_on", models.DateField()),
                        ("starts_on", models.DateField()),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("stopped_on", models.DateField(blank=True, null=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "ordered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signed_orders",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="injections.patient",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.product"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("stop_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "stopped_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("loading", models.JSONField(blank=True, default=list)),
                        (
                            "protocol",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="injections.standingorder",
                            ),
                        ),
                        (
                            "pause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="injections.orderpause",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ordered_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dose_amount__isnull", True), ("dose_unit", "")),
                                    models.Q(
                                        ("dose_amount__gte", 0),
                                        ("dose_amount__isnull", False),
                                        models.Q(("dose_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_dose_with_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dose_amount__gt", 0)), name="order_dose_above_zero"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "series"), _negated=True),
                                    models.Q(
                                        ("every_days__gte", 1), ("every_days__isnull", False), ("every_days__lte", 800)
                                    ),
                                    _connector="OR",
                                ),
                                name="order_series_has_interval",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_on__isnull", True),
                                    ("expires_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="order_dates_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_signed_by_and_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dose_amount__range", (0, 9999999999)),
                                    ("doses_planned__range", (1, 400)),
                                    ("early_days__range", (0, 800)),
                                    ("every_days__range", (1, 800)),
                                    ("expires_on__range", ("1900-01-01", "2100-12-31")),
                                    ("late_days__range", (0, 800)),
                                    ("ordered_on__range", ("1900-01-01", "2100-12-31")),
                                    ("signed_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("starts_on__range", ("1900-01-01", "2100-12-31")),
                                    ("stopped_on__range", ("1900-01-01", "2100-12-31")),
                                ),
                                name="order_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stopped_by__isnull", True), ("stopped_on__isnull", True)),
                                    models.Q(("stopped_by__isnull", False), ("stopped_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_stopped_by_and_on",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("loading", []), ("kind", "series"), _connector="OR"),
                                name="order_loading_of_series",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("protocol__isnull", True), ("kind", "protocol"), _connector="OR"),
                                name="order_protocol_of_its_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderPause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("reason", models.CharField(max_length=200)),
                        ("said_at", models.DateTimeField()),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="injections.order",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("said_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("since__range", ("1900-01-01", "2100-12-31")),
                                    ("until__range", ("1900-01-01", "2100-12-31")),
                                ),
                                name="order_pause_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))), name="order_pause_days_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason__regex", "\\S")), name="order_pause_says_why"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=60)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order_requests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="injections.order",
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
                        "ordering": ["asked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_request_answered_by_and_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answered_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="order_request_within",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("order",),
                                name="order_request_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("room", models.CharField(blank=True, max_length=20)),
                        ("walk_in", models.BooleanField(default=False)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="injections.location",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="injections.order",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="injections.patient",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at", "pk"],
                        "indexes": [models.Index(fields=["location", "starts_at"], name="appointment_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_at__gte", "2000-01-01T00:00Z"), ("starts_at__lt", "2100-01-01T00:00Z")
                                ),
                                name="appointment_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                                    models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="appointment_cancelled_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cancelled_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="appointment_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Encounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("date", models.DateField()),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "diagnoses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                            ),
                        ),
                        ("counselled_by_physician", models.BooleanField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "appointment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="encounter",
                                to="injections.appointment",
                            ),
                        ),
                        (
                            "coverage",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="encounters",
                                to="injections.coverage",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="encounters",
                                to="injections.location",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="encounters",
                                to="injections.patient",
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
                        "ordering": ["-date", "-pk"],
                        "indexes": [models.Index(fields=["practice", "date"], name="encounter_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("date__gte", "2000-01-01"), ("date__lte", "2100-12-31")),
                                name="encounter_date_bounds",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("units", models.PositiveSmallIntegerField(default=1)),
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
                        ("separately_identifiable", models.BooleanField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "clinician",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "encounter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="service_withdrawn_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="service_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("units__gte", 1), ("units__lte", 999)), name="service_units_bounds"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("encounter", "code"),
                                name="service_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("in-suite", "In the suite"), ("audio-video", "On live video")],
                                default="in-suite",
                                max_length=12,
                            ),
                        ),
                        ("technology", models.CharField(blank=True, max_length=60)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("asserted_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "asserted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "clinician",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="presences",
                                to="injections.location",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        ("said_later", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["-since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                                ),
                                name="presence_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_by__isnull", True), ("until__isnull", True)),
                                    models.Q(("ended_by__isnull", False), ("until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="presence_end_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("until__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="presence_within",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("location", "clinician"),
                                name="presence_open_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
