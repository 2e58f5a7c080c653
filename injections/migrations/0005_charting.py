"""What is charted and signed, what is seen after it, and what it takes from the shelf."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.tables import CreateTables


class Migration(migrations.Migration):
    # The history was folded: a database that had all of the old one has this too. One of its last names stands for it, another in each file.
    replaces = [("injections", "0035_location_facts")]
    dependencies = [
        ("injections", "0004_orders_and_visits"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="AdministrationDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entries", models.JSONField(blank=True, default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("submission_key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("started_at", models.DateTimeField(auto_now_add=True)),
                        ("saved_at", models.DateTimeField(auto_now=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="injections.administration",
                            ),
                        ),
                        (
                            "encounter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="injections.encounter",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sent", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Administration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("correction_reason", models.CharField(blank=True, max_length=200)),
                        ("submission_key", models.UUIDField(unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("given", "given"),
                                    ("partly", "partly"),
                                    ("not-given", "not-given"),
                                    ("refused", "refused"),
                                    ("entered-in-error", "entered-in-error"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("not_given_reason", models.CharField(blank=True, max_length=200)),
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
                        ("dose_change_reason", models.CharField(blank=True, max_length=200)),
                        ("volume_ml", models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True)),
                        ("route", models.CharField(blank=True, max_length=20)),
                        ("site", models.CharField(blank=True, max_length=30)),
                        ("side", models.CharField(blank=True, max_length=5)),
                        ("lot_number", models.CharField(blank=True, max_length=40)),
                        ("expires_on", models.DateField(blank=True, null=True)),
                        ("manufacturer", models.CharField(blank=True, max_length=120)),
                        ("ndc", models.CharField(blank=True, max_length=14, verbose_name="NDC")),
                        ("opened", models.PositiveSmallIntegerField(default=1)),
                        (
                            "discarded_amount",
                            models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                        ),
                        (
                            "discarded_unit",
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
                        ("discard_reason", models.CharField(blank=True, max_length=200)),
                        ("source", models.CharField(blank=True, default="stock", max_length=20)),
                        ("purpose", models.CharField(default="treatment", max_length=20)),
                        ("given_at", models.DateTimeField(blank=True, null=True)),
                        ("stopped_at", models.DateTimeField(blank=True, null=True)),
                        ("charted_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("given_by_name", models.CharField(blank=True, max_length=160)),
                        ("given_by_credential", models.CharField(blank=True, max_length=20)),
                        ("given_by_npi", models.CharField(blank=True, max_length=10)),
                        ("self_given", models.BooleanField(default=False)),
                        (
                            "supervision_mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in-suite", "in-suite"),
                                    ("audio-video", "audio-video"),
                                    ("audio-only", "audio-only"),
                                    ("none", "none"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("supervision", models.JSONField(blank=True, default=dict)),
                        (
                            "diagnoses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason for use")),
                        ("labs", models.JSONField(blank=True, default=list)),
                        ("identity_checked", models.BooleanField(blank=True, null=True)),
                        ("allergies_checked", models.BooleanField(blank=True, null=True)),
                        ("consent", models.JSONField(blank=True, default=dict)),
                        ("screening", models.JSONField(blank=True, default=dict)),
                        ("response", models.CharField(blank=True, max_length=200)),
                        ("adverse_effects", models.TextField(blank=True)),
                        ("waivers", models.JSONField(blank=True, default=list)),
                        ("unobtainable", models.JSONField(blank=True, default=dict)),
                        ("note", models.TextField(blank=True)),
                        (
                            "charted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "discard_witness",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "second_check_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="injections.administration",
                            ),
                        ),
                        (
                            "supervisor",
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
                                related_name="administrations",
                                to="injections.encounter",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="injections.lot",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="administrations",
                                to="injections.order",
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
                            "presence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="injections.presence",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.product"
                            ),
                        ),
                        ("entries", models.JSONField(blank=True, default=dict)),
                        ("containers", models.JSONField(blank=True, default=list)),
                        ("split", models.JSONField(blank=True, default=dict)),
                        ("beyond_use_on", models.DateField(blank=True, null=True)),
                        ("held_because", models.CharField(blank=True, max_length=200)),
                        ("information_statement", models.JSONField(blank=True, default=dict)),
                        ("dose_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    ("dose_amount__isnull", False),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "dose"),
                                    _connector="OR",
                                ),
                                name="administration_states_dose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("lot_number", ""), _negated=True),
                                    ("unobtainable__has_key", "lot"),
                                    _connector="OR",
                                ),
                                name="administration_states_lot",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    ("expires_on__isnull", False),
                                    ("unobtainable__has_key", "expires"),
                                    _connector="OR",
                                ),
                                name="administration_states_expires",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("ndc", ""), _negated=True),
                                    ("unobtainable__has_key", "ndc"),
                                    _connector="OR",
                                ),
                                name="administration_states_ndc",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("manufacturer", ""), _negated=True),
                                    ("unobtainable__has_key", "manufacturer"),
                                    _connector="OR",
                                ),
                                name="administration_states_manufacturer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("source", ""), _negated=True),
                                    ("unobtainable__has_key", "source"),
                                    _connector="OR",
                                ),
                                name="administration_states_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("route", ""), _negated=True),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "route"),
                                    _connector="OR",
                                ),
                                name="administration_states_route",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("site", ""), _negated=True),
                                    ("route__in", ["flush", "oral", "nasal", "topical"]),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "site"),
                                    _connector="OR",
                                ),
                                name="administration_states_site",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    ("given_at__isnull", False),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "given_at"),
                                    _connector="OR",
                                ),
                                name="administration_states_given_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    ("given_by__isnull", False),
                                    ("self_given", True),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "given_by"),
                                    _connector="OR",
                                ),
                                name="administration_states_given_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("identity_checked", True), ("identity_checked__isnull", False)),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "identity_checked"),
                                    _connector="OR",
                                ),
                                name="administration_states_identity_checked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("allergies_checked", True), ("allergies_checked__isnull", False)),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "allergies_checked"),
                                    _connector="OR",
                                ),
                                name="administration_states_allergies_checked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("response", ""), _negated=True),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "response"),
                                    _connector="OR",
                                ),
                                name="administration_states_response",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["given", "partly"]), _negated=True),
                                    models.Q(("supervision_mode", ""), _negated=True),
                                    ("given_by_credential__regex", "\\m(MD|DO|NP|APRN|ARNP|FNP|DNP|PA|CNS|CNM|DPM)\\M"),
                                    ("purpose__in", ["diluent", "flush"]),
                                    ("unobtainable__has_key", "supervision"),
                                    _connector="OR",
                                ),
                                name="administration_states_supervision",
                            ),
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
                                name="administration_dose_with_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("discarded_amount__isnull", True), ("discarded_unit", "")),
                                    models.Q(
                                        ("discarded_amount__gte", 0),
                                        ("discarded_amount__isnull", False),
                                        models.Q(("discarded_unit", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="administration_discard_with_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["not-given", "refused"]), _negated=True),
                                    models.Q(("not_given_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="administration_not_given_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True),
                                    models.Q(("correction_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="administration_correction_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("opened__gte", 0), ("opened__lte", 99)),
                                name="administration_opened_bounds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dose_number__range", (1, 10000))),
                                name="administration_dose_number_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("beyond_use_on__range", ("1900-01-01", "2100-12-31")),
                                    ("charted_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("discarded_amount__range", (0, 9999999999)),
                                    ("dose_amount__range", (0, 9999999999)),
                                    ("expires_on__range", ("1900-01-01", "2100-12-31")),
                                    ("given_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("stopped_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("volume_ml__range", (0, 99999)),
                                ),
                                name="administration_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("printed_name", models.CharField(max_length=160)),
                        ("credential", models.CharField(blank=True, max_length=20)),
                        (
                            "meaning",
                            models.CharField(
                                choices=[
                                    ("administered", "I gave this injection"),
                                    ("not-given", "This injection was not given"),
                                    ("entered-in-error", "This record was entered in error"),
                                    ("corrected", "I corrected this record of an injection that somebody else gave"),
                                    ("co-signed", "I reviewed this injection and agree"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("signed_at", models.DateTimeField()),
                        ("time_zone", models.CharField(max_length=64)),
                        ("content", models.TextField()),
                        ("content_hash", models.CharField(max_length=64)),
                        (
                            "administration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="injections.administration",
                            ),
                        ),
                        (
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        (
                            "signer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["signed_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("administration", "meaning"), name="signature_once_per_meaning"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("content", ""), _negated=True),
                                    models.Q(("printed_name", ""), _negated=True),
                                ),
                                name="signature_has_content",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("signed_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="signature_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Observation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "ended",
                            models.CharField(
                                choices=[
                                    ("no-reaction", "No reaction"),
                                    ("reaction", "Reaction"),
                                    ("left-early", "Left before the end"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("response", models.CharField(blank=True, max_length=200)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "administration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
                                to="injections.administration",
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
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__lte", 1440)), name="observation_minutes_bounds"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("recorded_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="observation_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended", "no-reaction"), models.Q(("response", ""), _negated=True), _connector="OR"
                                ),
                                name="observation_says_what_happened",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("text", models.CharField(max_length=500)),
                        ("answer", models.CharField(blank=True, max_length=500)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "administration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="injections.administration",
                            ),
                        ),
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
                                related_name="questions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "encounter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="injections.encounter",
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
                        "ordering": ["-asked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="question_answered_by_and_at",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answered_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="question_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reaction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "administration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reactions",
                                to="injections.administration",
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
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("administration",), name="reaction_once"),
                            models.CheckConstraint(
                                condition=models.Q(("began_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="reaction_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReactionEntry",
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
                                    ("step", "Done"),
                                    ("sign", "Seen"),
                                    ("measured", "Measured"),
                                    ("drug", "Given"),
                                    ("note", "Note"),
                                    ("outcome", "Ended"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.CharField(max_length=200)),
                        ("happened_at", models.DateTimeField()),
                        ("noted_at", models.DateTimeField(auto_now_add=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "noted_by",
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
                            "reaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="injections.reaction",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["happened_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text__regex", "\\S")), name="reaction_entry_says_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("happened_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z"))),
                                name="reaction_entry_within",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "outcome")), fields=("reaction",), name="reaction_ends_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incident",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rule", models.CharField(blank=True, max_length=80)),
                        ("what", models.CharField(max_length=300)),
                        ("happened_on", models.DateField()),
                        ("reported_at", models.DateTimeField(auto_now_add=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "administration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="incidents",
                                to="injections.administration",
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
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-reported_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("happened_on__range", ("1900-01-01", "2100-12-31"))),
                                name="incident_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("what__regex", "\\S")), name="incident_says_what"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("administration__isnull", False)),
                                fields=("administration", "rule"),
                                name="incident_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IncidentNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("closes", models.BooleanField(default=False)),
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
                            "incident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="injections.incident",
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
                                condition=models.Q(("text__regex", "\\S")), name="incident_note_says_something"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closes", True)), fields=("incident",), name="incident_closed_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockMove",
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
                                    ("received", "Received"),
                                    ("given", "Given"),
                                    ("opened", "Opened"),
                                    ("wasted", "Wasted"),
                                    ("counted", "Counted"),
                                    ("transferred", "Transferred"),
                                    ("expired", "Expired, taken out"),
                                    ("returned", "Sent back"),
                                    ("reversed", "Reversed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("containers", models.IntegerField()),
                        ("moved_at", models.DateTimeField(auto_now_add=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "administration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stock_moves",
                                to="injections.administration",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="injections.lot"
                            ),
                        ),
                        (
                            "moved_by",
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
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "witness",
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
                                    models.Q(("containers", 0), _negated=True), ("kind", "counted"), _connector="OR"
                                ),
                                name="stock_move_moves",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("containers__range", (-10000000, 10000000))),
                                name="stock_move_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("witness__isnull", True),
                                    models.Q(("witness", models.F("moved_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="stock_move_seen_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenedVial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("use_by", models.DateField(blank=True, null=True)),
                        ("content", models.DecimalField(decimal_places=4, max_digits=14)),
                        ("given", models.DecimalField(decimal_places=4, default=0, max_digits=14)),
                        ("wasted", models.DecimalField(decimal_places=4, default=0, max_digits=14)),
                        ("kept", models.DecimalField(decimal_places=4, max_digits=14)),
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
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("submission_key", models.UUIDField(blank=True, null=True, unique=True)),
                        (
                            "administration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opened_vials",
                                to="injections.administration",
                            ),
                        ),
                        (
                            "lot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="vials", to="injections.lot"
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
                            "practice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="injections.practice"
                            ),
                        ),
                        ("brought_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "came_from",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="went_to",
                                to="injections.openedvial",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["opened_at", "pk"],
                        "indexes": [
                            models.Index(
                                models.F("lot"), condition=models.Q(("ended_at__isnull", True)), name="opened_vial_open"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "content",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("given"), "+", models.F("wasted")
                                            ),
                                            "+",
                                            models.F("kept"),
                                        ),
                                    )
                                ),
                                name="opened_is_given_wasted_and_kept",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("use_by__isnull", False), ("ended_at__isnull", False), _connector="OR"
                                ),
                                name="opened_vial_has_a_last_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit", ""), _negated=True), name="opened_vial_has_a_unit"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("brought_at__isnull", True), ("came_from__isnull", True)),
                                    models.Q(("brought_at__isnull", False), ("came_from__isnull", False)),
                                    _connector="OR",
                                ),
                                name="opened_vial_brought_from_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("came_from", models.F("pk")), _negated=True),
                                name="opened_vial_came_from_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("brought_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("content__range", (0, 9999999999)),
                                    ("ended_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("given__range", (0, 9999999999)),
                                    ("kept__range", (0, 9999999999)),
                                    ("opened_at__range", ("1900-01-01T00:00Z", "2101-01-01T00:00Z")),
                                    ("use_by__range", ("1900-01-01", "2100-12-31")),
                                    ("wasted__range", (0, 9999999999)),
                                ),
                                name="opened_vial_within",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VialMove",
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
                                    ("given", "Given"),
                                    ("wasted", "Thrown away"),
                                    ("found", "More in it than the label says"),
                                    ("moved", "Moved"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=4, max_digits=14)),
                        ("moved_at", models.DateTimeField(auto_now_add=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "administration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="vial_moves",
                                to="injections.administration",
                            ),
                        ),
                        (
                            "moved_by",
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
                            "vial",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="injections.openedvial",
                            ),
                        ),
                        (
                            "witness",
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
                                condition=models.Q(("amount", 0), _negated=True), name="vial_move_moves"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__range", (-9999999999, 9999999999))),
                                name="vial_move_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("witness__isnull", True),
                                    models.Q(("witness", models.F("moved_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="vial_move_seen_by_another",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
