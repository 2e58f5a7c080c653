"""A dose: the draft that somebody is charting, and the signed record that never changes."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from injections import facts
from injections.models.columns import AMOUNTS, amount_column, unit_column, whole_amount, within
from injections.models.practice import PracticeRow

#: credentials whose holder needs nobody's supervision: giving in person is more than supervising
PRACTITIONERS = r"\m(MD|DO|NP|APRN|ARNP|FNP|DNP|PA|CNS|CNM|DPM)\M"

#: routes that leave no place on the body to chart
WITHOUT_SITE = ["flush", "oral", "nasal", "topical"]

#: a fluid that only carries or clears the drug says what it was, and nothing of the patient
CARRIES = Q(purpose__in=["diluent", "flush"])

#: facts that a signed dose states or states as unobtainable: name in ``unobtainable`` -> "the column says it".
#: The checks of the chart ask for more and say it better; these are what no path into the table can leave out.
REQUIRED_WHEN_GIVEN: dict[str, Q] = {
    "dose": Q(dose_amount__isnull=False) | CARRIES,
    "lot": ~Q(lot_number=""),
    "expires": Q(expires_on__isnull=False),
    "ndc": ~Q(ndc=""),
    "manufacturer": ~Q(manufacturer=""),
    "source": ~Q(source=""),
    "route": ~Q(route="") | CARRIES,
    "site": ~Q(site="") | Q(route__in=WITHOUT_SITE) | CARRIES,
    "given_at": Q(given_at__isnull=False) | CARRIES,
    "given_by": Q(given_by__isnull=False) | Q(self_given=True) | CARRIES,
    "identity_checked": Q(identity_checked__isnull=False, identity_checked=True) | CARRIES,
    "allergies_checked": Q(allergies_checked__isnull=False, allergies_checked=True) | CARRIES,
    "response": ~Q(response="") | CARRIES,
    "supervision": ~Q(supervision_mode="") | Q(given_by_credential__regex=PRACTITIONERS) | CARRIES,
}


def _complete(fact: str, stated: Q) -> models.CheckConstraint:
    """Given doses state this fact, or why it cannot be had."""
    not_given = ~Q(status__in=[facts.Status.GIVEN.value, facts.Status.PARTLY.value])
    return models.CheckConstraint(
        condition=not_given | stated | Q(unobtainable__has_key=fact), name=f"administration_states_{fact}"
    )


class AdministrationDraft(PracticeRow):
    """What has been typed so far, exactly as typed, saved at every change and never part of the record.

    ``entries`` maps the form's fields to text. ``version`` counts saves, so that two tabs cannot overwrite each other
    unseen. ``submission_key`` becomes the signed row's own: signing twice makes one record. ``author`` is who has it
    now; ``started_by`` stays when a colleague takes it over. ``sent`` tells the page that was saved last from every
    other one: the same page sent again is that save.
    """

    place: ClassVar[str] = "encounter__location"
    about: ClassVar[str] = "encounter__patient"

    encounter = models.ForeignKey("injections.Encounter", on_delete=models.PROTECT, related_name="drafts")
    order = models.ForeignKey("injections.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    corrects = models.ForeignKey(
        "injections.Administration", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    entries = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    sent = models.CharField(max_length=64, blank=True)
    submission_key = models.UUIDField(unique=True, default=uuid4)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class Administration(PracticeRow):
    """A signed dose. Insert-only: a correction is a new row that ``supersedes`` this one, with its reason.

    ``dose_number`` is which dose of its order it was signed as, kept where the order says something else of each dose.
    Who gave it is kept as the person *and* as the name, credential and NPI of that day. ``entries`` is what was
    typed, as it was typed: the columns are what it was taken to mean.
    """

    place: ClassVar[str] = "encounter__location"
    about: ClassVar[str] = "encounter__patient"

    encounter = models.ForeignKey("injections.Encounter", on_delete=models.PROTECT, related_name="administrations")
    order = models.ForeignKey(
        "injections.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="administrations"
    )
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    dose_number = models.PositiveSmallIntegerField(null=True, blank=True)
    correction_reason = models.CharField(max_length=200, blank=True)
    submission_key = models.UUIDField(unique=True)
    entries = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in facts.Status])
    not_given_reason = models.CharField(max_length=200, blank=True)
    product = models.ForeignKey("injections.Product", on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey("injections.Package", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dose_amount = amount_column()
    dose_unit = unit_column()
    dose_change_reason = models.CharField(max_length=200, blank=True)
    volume_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    route = models.CharField(max_length=20, blank=True)
    site = models.CharField(max_length=30, blank=True)
    side = models.CharField(max_length=5, blank=True)
    lot = models.ForeignKey("injections.Lot", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lot_number = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    manufacturer = models.CharField(max_length=120, blank=True)
    beyond_use_on = models.DateField(null=True, blank=True)
    held_because = models.CharField(max_length=200, blank=True)
    ndc = models.CharField("NDC", max_length=14, blank=True)
    opened = models.PositiveSmallIntegerField(default=1)
    discarded_amount = amount_column()
    discarded_unit = unit_column()
    discard_reason = models.CharField(max_length=200, blank=True)
    discard_witness = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=20, blank=True, default=facts.Source.STOCK.value)
    purpose = models.CharField(max_length=20, default="treatment")
    given_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    charted_at = models.DateTimeField(default=timezone.now)
    charted_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    prepared_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_check_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_by_name = models.CharField(max_length=160, blank=True)
    given_by_credential = models.CharField(max_length=20, blank=True)
    given_by_npi = models.CharField(max_length=10, blank=True)
    self_given = models.BooleanField(default=False)
    supervision_mode = models.CharField(
        max_length=12, blank=True, choices=[(m.value, m.value) for m in facts.SupervisionMode]
    )
    supervisor = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    presence = models.ForeignKey(
        "injections.Presence", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supervision = models.JSONField(default=dict, blank=True)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    reason = models.CharField("reason for use", max_length=200, blank=True)
    labs = models.JSONField(default=list, blank=True)
    identity_checked = models.BooleanField(null=True, blank=True)
    allergies_checked = models.BooleanField(null=True, blank=True)
    consent = models.JSONField(default=dict, blank=True)
    information_statement = models.JSONField(default=dict, blank=True)
    containers = models.JSONField(default=list, blank=True)
    split = models.JSONField(default=dict, blank=True)
    screening = models.JSONField(default=dict, blank=True)
    response = models.CharField(max_length=200, blank=True)
    adverse_effects = models.TextField(blank=True)
    waivers = models.JSONField(default=list, blank=True)
    unobtainable = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *(_complete(fact, stated) for fact, stated in REQUIRED_WHEN_GIVEN.items()),
            whole_amount("dose_amount", "dose_unit", "administration_dose_with_unit"),
            whole_amount("discarded_amount", "discarded_unit", "administration_discard_with_unit"),
            models.CheckConstraint(
                condition=~Q(status__in=["not-given", "refused"]) | ~Q(not_given_reason=""),
                name="administration_not_given_says_why",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(correction_reason=""),
                name="administration_correction_says_why",
            ),
            models.CheckConstraint(condition=Q(opened__gte=0, opened__lte=99), name="administration_opened_bounds"),
            within("administration_dose_number_within", dose_number=(1, 10_000)),
            within(
                "administration_within",
                days="expires_on beyond_use_on",
                moments="given_at stopped_at charted_at",
                dose_amount=AMOUNTS,
                discarded_amount=AMOUNTS,
                volume_ml=(0, 99_999),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.dose_amount} {self.dose_unit}"
