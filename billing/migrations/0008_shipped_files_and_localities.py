"""What a release shipped is kept for whoever asks under it again; a location has its place on the fee schedule."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0007_files_may_come_back"),
        ("injections", "0002_signed_is_signed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShippedFiles",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.editionrow"
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.RunSQL("SELECT seal_table('billing_shippedfiles')", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Locality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contractor",
                    models.CharField(max_length=5, validators=[django.core.validators.RegexValidator("^[0-9]{5}$")]),
                ),
                (
                    "number",
                    models.CharField(max_length=2, validators=[django.core.validators.RegexValidator("^[0-9]{2}$")]),
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
                        condition=models.Q(("contractor__regex", "^[0-9]{5}$")), name="locality_contractor_digits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[0-9]{2}$")), name="locality_number_digits"
                    ),
                ],
            },
        ),
    ]
