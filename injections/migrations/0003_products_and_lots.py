"""Products and their packages, and the lots on the shelf: known codes, holds and recalls."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0033_loading_doses")]
    dependencies = [
        ("injections", "0002_patients"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=80, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("display", models.CharField(max_length=120)),
                        (
                            "brands",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "synonyms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "classes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "routes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("details", models.JSONField(default=dict)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="shipped",
                                max_length=10,
                            ),
                        ),
                        ("withdrawn_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Coding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("unit_amount", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        (
                            "unit",
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
                        ("up_to", models.BooleanField(default=False)),
                        (
                            "routes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "payer_kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("source", models.TextField(blank=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="shipped",
                                max_length=10,
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="codings",
                                to="injections.product",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["product", "since", "code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("product", "code", "since"), name="coding_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="coding_dates_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("unit", ""), ("unit_amount__isnull", True)),
                                    models.Q(
                                        ("unit_amount__gte", 0),
                                        ("unit_amount__isnull", False),
                                        models.Q(("unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="coding_amount_with_unit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Package",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ndc", models.CharField(max_length=14, unique=True, verbose_name="NDC")),
                        ("labeler", models.CharField(blank=True, max_length=120)),
                        ("brand", models.CharField(blank=True, max_length=120)),
                        ("container", models.CharField(default="vial", max_length=20)),
                        ("form", models.CharField(default="solution", max_length=20)),
                        ("holds_amount", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        (
                            "holds_unit",
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
                        ("volume_ml", models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True)),
                        ("single_dose", models.BooleanField(blank=True, null=True)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("source", models.TextField(blank=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="shipped",
                                max_length=10,
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="packages",
                                to="injections.product",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["product", "ndc"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("holds_amount__isnull", True), ("holds_unit", "")),
                                    models.Q(
                                        ("holds_amount__gte", 0),
                                        ("holds_amount__isnull", False),
                                        models.Q(("holds_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="package_content_with_unit",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("gtin", models.CharField(max_length=14, verbose_name="GTIN")),
                        ("units", models.PositiveIntegerField(default=1)),
                        ("said_at", models.DateTimeField(auto_now_add=True)),
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
                        (
                            "package",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.package"
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
                        "indexes": [models.Index(fields=["practice", "gtin"], name="known_code_gtin")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("units__range", (1, 10000))), name="known_code_within"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("gtin__regex", "^[0-9]{14}$")), name="known_code_digits"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(("confirmed_by", models.F("said_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="known_code_confirmed_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownCodeEnd",
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
                            "known",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="injections.knowncode",
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
                                condition=models.Q(("reason__regex", "\\S")), name="known_code_end_says_why"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40)),
                        ("expires_on", models.DateField()),
                        ("manufacturer", models.CharField(blank=True, max_length=120)),
                        ("source", models.CharField(default="stock", max_length=20)),
                        ("on_hand", models.IntegerField(default=0)),
                        ("recalled_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lots",
                                to="injections.location",
                            ),
                        ),
                        (
                            "package",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="injections.package",
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
                    ],
                    options={
                        "ordering": ["expires_on", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("location"),
                                models.F("product"),
                                models.F("package"),
                                django.db.models.functions.text.Upper(django.db.models.functions.text.Trim("number")),
                                models.F("source"),
                                name="lot_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_on__gte", "2000-01-01"), ("expires_on__lte", "2100-12-31")
                                ),
                                name="lot_expiry_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_hand__range", (-10000000, 10000000)),
                                    ("recalled_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="lot_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Excursion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField()),
                        ("celsius", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                        ("reason", models.CharField(max_length=120)),
                        ("reported_at", models.DateTimeField(auto_now_add=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.location"
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-began_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("began_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("celsius__range", (-100, 100)),
                                    ("ended_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="excursion_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gt", models.F("began_at"))), name="excursion_lasts"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason__regex", "\\S")), name="excursion_says_why"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldLot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "excursion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held",
                                to="injections.excursion",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="injections.lot"
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
                        "constraints": [models.UniqueConstraint(fields=("excursion", "lot"), name="held_once")],
                    },
                ),
                migrations.CreateModel(
                    name="HoldEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("released", "Released: good to give"), ("discarded", "Thrown away")],
                                max_length=9,
                            ),
                        ),
                        ("decided_by", models.CharField(max_length=120)),
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
                            "held",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="end", to="injections.heldlot"
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
                                condition=models.Q(("reason__regex", "\\S"), ("decided_by__regex", "\\S")),
                                name="hold_end_says_who_and_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40)),
                        ("reason", models.CharField(max_length=200)),
                        ("stopped_at", models.DateTimeField()),
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
                            "stopped_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("labeler", models.CharField(blank=True, max_length=5)),
                    ],
                    options={
                        "ordering": ["-stopped_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("practice"),
                                models.F("product"),
                                django.db.models.functions.text.Upper(django.db.models.functions.text.Trim("number")),
                                models.F("labeler"),
                                name="recall_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stopped_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="recall_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("labeler__regex", "^([0-9]{5})?$")),
                                name="recall_labeler_is_five_digits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__regex", "\\S"), ("reason__regex", "\\S")),
                                name="recall_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecallContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reached",
                            models.CharField(
                                choices=[
                                    ("spoke", "Spoke with the patient"),
                                    ("message", "Left a message to call back"),
                                    ("no-answer", "No answer"),
                                    ("letter", "Letter sent"),
                                    ("seen", "Seen here"),
                                    ("declined", "Does not want to be called again"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            "recall",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="injections.recall",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
            ],
        ),
    ]
