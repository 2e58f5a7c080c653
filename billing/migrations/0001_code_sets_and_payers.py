"""Editions of the reference that ships, the rows of its code sets, and payers with what they demand."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("billing", "0006_no_action_code")]
    initial = True

    dependencies = [
        ("injections", "0001_people_and_places"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="EditionRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("loaded_at", models.DateTimeField(auto_now_add=True)),
                        ("counts", models.JSONField(default=dict)),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ShippedFiles",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("content", models.BinaryField()),
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.editionrow"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("table", models.CharField(max_length=40)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("source", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("table", "since"), name="period_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PairRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("column1", models.CharField(max_length=5)),
                        ("column2", models.CharField(max_length=5)),
                        ("modifier_allowed", models.BooleanField()),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("column1", "column2"), name="pair_once")],
                    },
                ),
                migrations.CreateModel(
                    name="LimitRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("code", models.CharField(max_length=5, unique=True)),
                        ("units", models.PositiveIntegerField()),
                        ("indicator", models.PositiveSmallIntegerField()),
                    ],
                    options={},
                ),
                migrations.CreateModel(
                    name="PlaceRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("code", models.CharField(max_length=2, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("facility", models.BooleanField()),
                    ],
                    options={},
                ),
                migrations.CreateModel(
                    name="PriceRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("code", models.CharField(max_length=5)),
                        ("amount", models.DecimalField(decimal_places=4, max_digits=12)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("source", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("code", "since"), name="price_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ReplacementRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("code", models.CharField(max_length=5)),
                        ("until", models.DateField()),
                        ("successor", models.CharField(max_length=5)),
                        ("source", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("code", "until", "successor"), name="replacement_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SelfGivenRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("code", models.CharField(max_length=5)),
                        (
                            "routes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), default=list, size=None
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("contractor", models.CharField(blank=True, max_length=60, null=True)),
                        ("source", models.TextField(blank=True)),
                    ],
                    options={},
                ),
                migrations.CreateModel(
                    name="DiagnosisRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("code", models.CharField(max_length=8, unique=True)),
                        ("complete", models.BooleanField()),
                    ],
                    options={},
                ),
                migrations.CreateModel(
                    name="Payer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=60)),
                        ("name", models.CharField(max_length=120)),
                        ("kind", models.CharField(max_length=30)),
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
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followers",
                                to="billing.payer",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="injections.practice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("practice", "key"), name="payer_key_once", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("follows__isnull", True),
                                    models.Q(("follows", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="payer_follows_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Demand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.SlugField(max_length=60)),
                        ("value", models.JSONField()),
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
                            "payer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="demands", to="billing.payer"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["payer", "key", "since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("since__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="demand_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("payer", "="),
                                    ("key", "="),
                                    (
                                        models.Func(
                                            models.F("since"),
                                            models.F("until"),
                                            models.Value("[]"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="demand_one_answer_a_day",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
