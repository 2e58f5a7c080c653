"""Disclosures that were entered, and emergency access that was ended early: rows that never change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SEALED = ["injections_disclosuremade", "injections_disclosuretakenback", "injections_emergencyend"]


class Migration(migrations.Migration):
    dependencies = [
        ("injections", "0012_sent_once_and_within_bounds"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisclosureMade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disclosures", to="injections.patient"
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
                        condition=models.Q(("made_on__gte", "2000-01-01"), ("made_on__lte", "2100-12-31")),
                        name="disclosure_day",
                    )
                ],
                "verbose_name": "disclosure",
                "ordering": ["-made_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DisclosureTakenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EmergencyEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "access",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="end", to="injections.emergencyaccess"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "abstract": False,
            },
        ),
        *(migrations.RunSQL(f"SELECT seal_table('{table}')", migrations.RunSQL.noop) for table in SEALED),
    ]
