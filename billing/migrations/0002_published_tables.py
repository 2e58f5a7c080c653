"""What CMS and the FDA publish, as imported: each row with the file and the edition it came from."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("billing", "0007_files_may_come_back")]
    dependencies = [
        ("billing", "0001_code_sets_and_payers"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="SourceFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("table", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=255)),
                        ("sha256", models.CharField(max_length=64)),
                        ("since", models.DateField()),
                        ("until", models.DateField(blank=True, null=True)),
                        ("whole", models.BooleanField()),
                        ("counts", models.JSONField(default=dict)),
                        ("imported_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.editionrow"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="source_file_dates_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StagedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("key", models.TextField(db_collation="C")),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "cells",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(null=True), size=None
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="NcciPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("column1", models.CharField(max_length=5)),
                        ("column2", models.CharField(max_length=5)),
                        ("never", models.BooleanField()),
                        ("modifier_indicator", models.CharField(max_length=1)),
                        ("before_1996", models.BooleanField()),
                        ("rationale", models.CharField(blank=True, max_length=120)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)),
                                fields=["column1", "column2"],
                                name="ncci_pair_by_key",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="ncci_pair_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None), models.Q(("never", True), _negated=True)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("column1"),
                                            models.F("column2"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="ncci_pair_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MueLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("units", models.PositiveIntegerField()),
                        ("indicator", models.CharField(max_length=1)),
                        ("rationale", models.CharField(blank=True, max_length=120)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)), fields=["code"], name="mue_limit_by_key"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="mue_limit_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("code"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="mue_limit_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AddOnCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("add_on", models.CharField(max_length=5)),
                        ("primary", models.CharField(max_length=5)),
                        ("edit_type", models.CharField(max_length=1)),
                        ("note", models.CharField(blank=True, max_length=400)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)),
                                fields=["add_on", "primary"],
                                name="add_on_code_by_key",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="add_on_code_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("add_on"),
                                            models.F("primary"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="add_on_code_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HcpcsCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("short_description", models.CharField(blank=True, max_length=60)),
                        ("coverage", models.CharField(blank=True, max_length=1)),
                        ("pricing", models.CharField(blank=True, max_length=2)),
                        ("type_of_service", models.CharField(blank=True, max_length=1)),
                        ("replaced_by", models.CharField(blank=True, max_length=40)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)), fields=["code"], name="hcpcs_code_by_key"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="hcpcs_code_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("code"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="hcpcs_code_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Icd10Code",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=8)),
                        ("complete", models.BooleanField()),
                        ("description", models.CharField(blank=True, max_length=320)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)), fields=["code"], name="icd10_code_by_key"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="icd10_code_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("code"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="icd10_code_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AspPackage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("ndc", models.CharField(max_length=20)),
                        ("labeler", models.CharField(blank=True, max_length=120)),
                        ("drug", models.CharField(blank=True, max_length=120)),
                        ("dosage", models.CharField(blank=True, max_length=120)),
                        ("package_size", models.DecimalField(decimal_places=4, max_digits=13)),
                        ("package_quantity", models.DecimalField(decimal_places=4, max_digits=13)),
                        ("units_per_item", models.DecimalField(decimal_places=4, max_digits=13)),
                        ("units_per_package", models.DecimalField(decimal_places=4, max_digits=13)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)),
                                fields=["code", "ndc"],
                                name="asp_package_by_key",
                            ),
                            models.Index(fields=["ndc"], name="asp_package_by_ndc"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="asp_package_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("code"),
                                            models.F("ndc"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="asp_package_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NdcProduct",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("ndc", models.CharField(max_length=20)),
                        ("kind", models.CharField(blank=True, max_length=60)),
                        ("name", models.TextField(blank=True)),
                        ("suffix", models.CharField(blank=True, max_length=200)),
                        ("generic", models.TextField(blank=True)),
                        ("form", models.TextField(blank=True)),
                        ("routes", models.TextField(blank=True)),
                        ("category", models.CharField(blank=True, max_length=80)),
                        ("application", models.CharField(blank=True, max_length=40)),
                        ("labeler", models.TextField(blank=True)),
                        ("substances", models.TextField(blank=True)),
                        ("strengths", models.TextField(blank=True)),
                        ("units", models.TextField(blank=True)),
                        ("schedule", models.CharField(blank=True, max_length=5)),
                        ("excluded", models.BooleanField()),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)), fields=["ndc"], name="ndc_product_by_key"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="ndc_product_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("ndc"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="ndc_product_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NdcPackage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("ndc", models.CharField(max_length=20)),
                        ("product", models.CharField(max_length=20)),
                        ("description", models.TextField(blank=True)),
                        ("sample", models.BooleanField()),
                        ("excluded", models.BooleanField()),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)), fields=["ndc"], name="ndc_package_by_key"
                            ),
                            models.Index(fields=["product"], name="ndc_package_by_product"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="ndc_package_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("ndc"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="ndc_package_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceOfService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=2)),
                        ("name", models.CharField(max_length=120)),
                        ("facility", models.BooleanField(null=True)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)),
                                fields=["code"],
                                name="place_of_service_by_key",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="place_of_service_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("code"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="place_of_service_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AspLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("dosage", models.CharField(blank=True, max_length=120)),
                        ("amount", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                        ("coinsurance", models.DecimalField(decimal_places=3, max_digits=6)),
                        ("vaccine_limit", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                        ("blood_limit", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                        ("furnishing_fee", models.BooleanField()),
                        ("notes", models.CharField(blank=True, max_length=400)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)), fields=["code"], name="asp_limit_by_key"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="asp_limit_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("code"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="asp_limit_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RelativeValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("modifier", models.CharField(blank=True, max_length=2)),
                        ("status", models.CharField(blank=True, max_length=1)),
                        ("work", models.DecimalField(decimal_places=3, max_digits=12)),
                        ("practice_office", models.DecimalField(decimal_places=3, max_digits=12)),
                        ("office_na", models.BooleanField()),
                        ("practice_facility", models.DecimalField(decimal_places=3, max_digits=12)),
                        ("facility_na", models.BooleanField()),
                        ("malpractice", models.DecimalField(decimal_places=3, max_digits=12)),
                        ("pctc", models.CharField(blank=True, max_length=1)),
                        ("global_days", models.CharField(blank=True, max_length=3)),
                        ("multiple", models.CharField(blank=True, max_length=1)),
                        ("bilateral", models.CharField(blank=True, max_length=1)),
                        ("assistant", models.CharField(blank=True, max_length=1)),
                        ("cosurgeon", models.CharField(blank=True, max_length=1)),
                        ("team", models.CharField(blank=True, max_length=1)),
                        ("supervision", models.CharField(blank=True, max_length=2)),
                        ("conversion_factor", models.DecimalField(decimal_places=4, max_digits=13)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)),
                                fields=["code", "modifier"],
                                name="relative_value_by_key",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="relative_value_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("code"),
                                            models.F("modifier"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="relative_value_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocalityAmount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("contractor", models.CharField(max_length=5)),
                        ("locality", models.CharField(max_length=2)),
                        ("code", models.CharField(max_length=5)),
                        ("modifier", models.CharField(blank=True, max_length=2)),
                        ("office", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("facility", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("pctc", models.CharField(blank=True, max_length=1)),
                        ("status", models.CharField(blank=True, max_length=1)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)),
                                fields=["contractor", "locality", "code", "modifier"],
                                name="locality_amount_by_key",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="locality_amount_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("contractor"),
                                            models.F("locality"),
                                            models.F("code"),
                                            models.F("modifier"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="locality_amount_one_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GpciLocality",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("shipped", "Shipped with Deltoid"),
                                    ("imported", "Imported from a public table"),
                                    ("practice", "Added by a practice"),
                                ],
                                default="imported",
                                max_length=10,
                            ),
                        ),
                        ("contractor", models.CharField(max_length=5)),
                        ("locality", models.CharField(max_length=2)),
                        ("state", models.CharField(max_length=2)),
                        ("name", models.CharField(max_length=120)),
                        ("work", models.DecimalField(decimal_places=3, max_digits=12)),
                        ("practice", models.DecimalField(decimal_places=3, max_digits=12)),
                        ("malpractice", models.DecimalField(decimal_places=3, max_digits=12)),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "withdrawn_in",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.editionrow",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="billing.sourcefile",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_in", None)),
                                fields=["state", "contractor", "locality"],
                                name="gpci_locality_by_key",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="gpci_locality_dates_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_in", None)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("state"),
                                            models.F("contractor"),
                                            models.F("locality"),
                                            arg_joiner=" || '/' || ",
                                            function="hashtextextended",
                                            template="%(function)s(%(expressions)s, 0)",
                                        ),
                                        "=",
                                    ),
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
                                name="gpci_locality_one_a_day",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
