"""One visit of one patient on one day, and the other services of that day."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from injections import facts
from injections.models.columns import paired, within
from injections.models.practice import PracticeRow


class Encounter(PracticeRow):
    """A visit. Its date, place and patient never change; its rows of signed doses and services belong to it.

    ``date`` is the date of service in the practice's own time zone.
    """

    place: ClassVar[str] = "location"
    about: ClassVar[str] = "patient"

    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="encounters")
    location = models.ForeignKey("injections.Location", on_delete=models.PROTECT, related_name="encounters")
    appointment = models.OneToOneField(
        "injections.Appointment", on_delete=models.PROTECT, null=True, blank=True, related_name="encounter"
    )
    coverage = models.ForeignKey(
        "injections.Coverage", on_delete=models.PROTECT, null=True, blank=True, related_name="encounters"
    )
    date = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    counselled_by_physician = models.BooleanField(null=True, blank=True)
    opened_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["practice", "date"], name="encounter_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(date__gte="2000-01-01", date__lte="2100-12-31"), name="encounter_date_bounds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.patient} {self.date}"


class Service(PracticeRow):
    """An office visit or procedure that a practitioner reports for the same day. The code number only."""

    place: ClassVar[str] = "encounter__location"
    about: ClassVar[str] = "encounter__patient"

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=5)
    units = models.PositiveSmallIntegerField(default=1)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    diagnoses = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    separately_identifiable = models.BooleanField(null=True, blank=True)
    clinician = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            paired("withdrawn_at", "withdrawn_by", "service_withdrawn_at_and_by"),
            within("service_within", moments="withdrawn_at"),
            models.CheckConstraint(condition=Q(units__gte=1, units__lte=999), name="service_units_bounds"),
            models.UniqueConstraint(
                fields=["encounter", "code"], condition=Q(withdrawn_at__isnull=True), name="service_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def as_fact(self) -> facts.Service:
        return facts.Service(
            code=self.code,
            units=self.units,
            modifiers=tuple(self.modifiers),
            diagnoses=tuple(self.diagnoses),
            separately_identifiable=self.separately_identifiable,
            clinician=self.clinician.as_fact() if self.clinician else None,
        )
