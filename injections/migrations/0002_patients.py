"""Patients: allergies, coverage and approvals, sides to spare, what is kept back of them, and to whom it was disclosed."""

import datetime

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0032_heights")]
    dependencies = [
        ("injections", "0001_people_and_places"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Patient",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mrn", models.CharField(max_length=20, verbose_name="MRN")),
                        ("family_name", models.CharField(max_length=80)),
                        ("given_name", models.CharField(blank=True, max_length=80)),
                        ("sort_name", models.CharField(editable=False, max_length=200)),
                        ("birth_date", models.DateField()),
                        (
                            "sex",
                            models.CharField(
                                choices=[("F", "Female"), ("M", "Male"), ("U", "Not recorded")],
                                default="U",
                                max_length=1,
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("state", models.CharField(blank=True, max_length=2)),
                        ("postal_code", models.CharField(blank=True, max_length=10)),
                        ("weight_kg", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                        ("weight_on", models.DateField(blank=True, null=True)),
                        (
                            "established",
                            models.BooleanField(
                                default=True, help_text="Seen by this practice in the last three years"
                            ),
                        ),
                        ("on_dialysis", models.BooleanField(blank=True, null=True)),
                        (
                            "allergy_status",
                            models.CharField(
                                choices=[
                                    ("not-asked", "Not recorded"),
                                    ("none", "No known drug allergies"),
                                    ("listed", "Listed"),
                                ],
                                default="not-asked",
                                max_length=10,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("height_cm", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                    ],
                    options={
                        "ordering": ["sort_name", "birth_date"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["sort_name"], name="patient_name_trigram", opclasses=["gin_trgm_ops"]
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("practice", "mrn"), name="patient_mrn_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("birth_date__gte", "1900-01-01"), ("birth_date__lte", "2100-12-31")
                                ),
                                name="patient_birth_date_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weight_kg__isnull", True),
                                    models.Q(("weight_kg__gt", 0), ("weight_kg__lt", 700)),
                                    _connector="OR",
                                ),
                                name="patient_weight_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("weight_kg__isnull", True), ("weight_on__isnull", True)),
                                    models.Q(("weight_kg__isnull", False), ("weight_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="patient_weight_and_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight_on__range", ("1900-01-01", "2100-12-31"))),
                                name="patient_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("height_cm__range", (20, 260))), name="patient_height_within"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allergy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("substance", models.CharField(max_length=120)),
                        ("reaction", models.CharField(blank=True, max_length=120)),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allergies",
                                to="injections.patient",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("proposed", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["substance"],
                        "constraints": [
                            models.UniqueConstraint(fields=("patient", "substance"), name="allergy_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="allergy_confirmed_by_and_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confirmed_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="allergy_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coverage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("payer_key", models.CharField(max_length=60, verbose_name="payer")),
                        ("member_number", models.CharField(blank=True, max_length=40)),
                        ("rank", models.PositiveSmallIntegerField(default=1)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="coverages",
                                to="injections.patient",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    options={
                        "ordering": ["rank"],
                        "constraints": [
                            models.UniqueConstraint(fields=("patient", "rank"), name="coverage_rank_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since__range", ("1900-01-01", "2100-12-31")),
                                    ("until__range", ("1900-01-01", "2100-12-31")),
                                ),
                                name="coverage_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rank__gte", 1), ("rank__lte", 9)), name="coverage_rank_bounds"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("since__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="coverage_dates_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("number", models.CharField(max_length=40)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("units", models.PositiveIntegerField(blank=True, null=True)),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "coverage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="injections.coverage",
                            ),
                        ),
                        (
                            "entered_by",
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
                            "withdrawn_by",
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
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since__range", ("1900-01-01", "2100-12-31")),
                                    ("units__range", (1, 9999999)),
                                    ("until__range", ("1900-01-01", "2100-12-31")),
                                    ("withdrawn_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="approval_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[A-Z0-9]{5}$")), name="approval_code_shape"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="approval_dates_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="approval_withdrawn_by_and_at",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SparedSide",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("mastectomy", "Mastectomy"),
                                    ("lymphedema", "Lymphedema"),
                                    ("fistula", "Dialysis fistula or graft"),
                                    ("paralysis", "Paralysis"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("side", models.CharField(choices=[("left", "Left"), ("right", "Right")], max_length=5)),
                        (
                            "part",
                            models.CharField(
                                choices=[("arm", "arm"), ("leg", "leg and hip"), ("side", "side of the body")],
                                max_length=4,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=120)),
                        ("since", models.DateField()),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spared_sides",
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
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("since__range", ("1900-01-01", "2100-12-31"))),
                                name="spared_side_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), ("why", "other"), _negated=True),
                                name="spared_side_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SparedSideEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
                        ("ended_on", models.DateField()),
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
                            "spared",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="injections.sparedside",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ended_on__range", ("1900-01-01", "2100-12-31"))),
                                name="spared_side_end_within",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Restriction",
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
                                    ("paid-in-full", "Paid in full, the plan is not told"),
                                    ("minor", "Confidential service of a minor"),
                                    ("part-2", "Substance use treatment (42 CFR Part 2)"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=200)),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="restrictions",
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
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since__gte", "2000-01-01"),
                                    ("since__lte", "2100-12-31"),
                                    models.Q(
                                        ("until__isnull", True),
                                        models.Q(("until__gte", models.F("since")), ("until__lte", "2100-12-31")),
                                        _connector="OR",
                                    ),
                                ),
                                name="restriction_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__range", ("1900-01-01", "2100-12-31"))),
                                name="restriction_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestrictionEnd",
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
                            "restriction",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="injections.restriction",
                            ),
                        ),
                    ],
                    options={},
                ),
                migrations.CreateModel(
                    name="EmergencyAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.patient"
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="emergencies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since", "-pk"],
                        "indexes": [models.Index(fields=["staff", "until"], name="emergency_open")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__gt", models.F("since")),
                                    (
                                        "until__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("since"), "+", models.Value(datetime.timedelta(seconds=3600))
                                        ),
                                    ),
                                ),
                                name="emergency_one_hour",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("until__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="emergency_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "access",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="injections.emergencyaccess",
                            ),
                        ),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="emergency_end_within",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureMade",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("made_on", models.DateField()),
                        ("to_whom", models.CharField(max_length=160)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("what", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("public-health", "Report to public health, such as a vaccine registry or the FDA"),
                                    ("required-by-law", "Required by law"),
                                    ("oversight", "Inspection or audit by an agency"),
                                    ("court", "Court order or subpoena"),
                                    ("police", "Police, coroner or medical examiner"),
                                    ("workers-compensation", "Workers’ compensation"),
                                    ("research", "Research"),
                                    ("mistake", "A mistake: it went to somebody it was not meant for"),
                                    ("other", "Another reason that the law allows"),
                                    ("authorized", "The patient signed an authorization"),
                                    ("care", "Treatment, payment or the practice’s own work"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("purpose", models.CharField(max_length=300)),
                        ("submission_key", models.UUIDField(unique=True)),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
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
                        "verbose_name": "disclosure",
                        "ordering": ["-made_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("made_on__gte", "2000-01-01"), ("made_on__lte", "2100-12-31")),
                                name="disclosure_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureTakenBack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200)),
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
                            "disclosure",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_back",
                                to="injections.disclosuremade",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                    ],
                    options={},
                ),
            ],
        ),
    ]
