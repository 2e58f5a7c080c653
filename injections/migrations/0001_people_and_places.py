"""The practice, its locations and what is said of them later, its people, and how they sign in."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0031_information_statements")]
    initial = True

    dependencies = []

    operations = [
        # Both are trusted extensions: the owner of a database may create them.
        BtreeGistExtension(),
        TrigramExtension(),
        CreateTables(
            [
                migrations.CreateModel(
                    name="Practice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("npi", models.CharField(blank=True, max_length=10, verbose_name="group NPI")),
                        ("time_zone", models.CharField(default="America/Chicago", max_length=64)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "idle_minutes",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="minutes until an unused screen locks"
                            ),
                        ),
                        (
                            "shift_hours",
                            models.PositiveSmallIntegerField(
                                default=12, verbose_name="hours until the shift of a shared device ends"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("idle_minutes__range", (2, 60))), name="practice_idle_minutes"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shift_hours__range", (1, 16))), name="practice_shift_hours"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__regex", "\\S")), name="practice_has_a_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("npi__regex", "^([12][0-9]{9})?$")), name="practice_npi_digits"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("time_zone__regex", "^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")),
                                name="practice_time_zone_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Location",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("city", models.CharField(blank=True, max_length=80)),
                        ("state", models.CharField(max_length=2)),
                        ("postal_code", models.CharField(blank=True, max_length=10)),
                        (
                            "place_of_service",
                            models.CharField(default="11", max_length=2, verbose_name="place-of-service code"),
                        ),
                        ("npi", models.CharField(blank=True, max_length=10, verbose_name="NPI")),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Staff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=60, unique=True)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("given_name", models.CharField(blank=True, max_length=80)),
                        ("family_name", models.CharField(max_length=80)),
                        ("sort_name", models.CharField(editable=False, max_length=200)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("front-desk", "Front desk"),
                                    ("nurse", "Nurse"),
                                    ("medical-assistant", "Medical assistant"),
                                    ("physician", "Physician or NPP"),
                                    ("biller", "Biller"),
                                    ("manager", "Manager"),
                                    ("administrator", "Administrator"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("credential", models.CharField(blank=True, max_length=20)),
                        ("npi", models.CharField(blank=True, max_length=10, verbose_name="NPI")),
                        ("is_active", models.BooleanField(default=True)),
                        ("date_joined", models.DateTimeField(auto_now_add=True)),
                        (
                            "location",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="injections.location",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="staff",
                                to="injections.practice",
                            ),
                        ),
                        ("badge", models.CharField(blank=True, max_length=40)),
                        ("enrolment_code", models.CharField(blank=True, max_length=200)),
                        ("password_is_given", models.BooleanField(default=False)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    options={
                        "ordering": ["sort_name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("username"), name="staff_username_any_case"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_login__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="staff_within",
                            ),
                            models.UniqueConstraint(
                                models.F("practice"),
                                django.db.models.functions.text.Lower("badge"),
                                condition=models.Q(("badge", ""), _negated=True),
                                name="staff_badge_once_in_practice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocationLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="location_limits",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("staff", "location"), name="location_limit_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocationFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fact",
                            models.CharField(
                                choices=[("name", "Name"), ("state", "State"), ("npi", "NPI")], max_length=5
                            ),
                        ),
                        ("said", models.CharField(blank=True, max_length=120)),
                        ("since", models.DateField()),
                        ("said_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="later",
                                to="injections.location",
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
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("since__range", ("1900-01-01", "2100-12-31"))),
                                name="location_fact_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fact__in", ["name", "state", "npi"])), name="location_fact_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("fact", "name"), models.Q(("said", ""), _negated=True)),
                                    models.Q(("fact", "state"), ("said__regex", "^[A-Z]{2}$")),
                                    models.Q(("fact", "npi"), ("said__regex", "^([0-9]{10})?$")),
                                    _connector="OR",
                                ),
                                name="location_fact_readable",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocationPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=2, verbose_name="place-of-service code")),
                        ("since", models.DateField()),
                        ("said_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "location",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="injections.location",
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
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("since__range", ("1900-01-01", "2100-12-31"))),
                                name="location_place_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[0-9]{2}$")), name="location_place_digits"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key_hash", models.CharField(max_length=64, unique=True)),
                        ("started_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("started_at"))), name="shift_ends_later"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("ends_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("started_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="shift_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignIn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("practice_then", models.BigIntegerField(null=True)),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("password", "Password, without a second factor yet"),
                                    ("full", "Password and second factor"),
                                    ("pin", "PIN on a device in its shift"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("started_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                        ("locked_at", models.DateTimeField(null=True)),
                        ("first_signed_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "shift",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ins",
                                to="injections.shift",
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ins",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-seen_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)), fields=["staff"], name="sign_in_open"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("shift__isnull", True), ("how", "pin"), _connector="OR"),
                                name="sign_in_pin_in_shift",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("how", "pin"), _negated=True), ("shift__isnull", False), _connector="OR"
                                ),
                                name="sign_in_shift_by_pin",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("first_signed_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("locked_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("seen_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("started_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                ),
                                name="sign_in_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("secret", models.CharField(max_length=200)),
                        ("set_at", models.DateTimeField()),
                        (
                            "staff",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pin",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("set_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="pin_within",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tries",
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
                                    ("pin", "PIN"),
                                    ("code", "Code"),
                                    ("password", "Password to sign"),
                                    ("enrolment", "Code for a new phone"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        ("last_at", models.DateTimeField(null=True)),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("staff", "kind"), name="tries_once_per_kind"),
                            models.CheckConstraint(
                                condition=models.Q(("last_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="tries_within",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
