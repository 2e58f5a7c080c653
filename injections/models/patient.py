"""Patients and what they must not get."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from injections import facts
from injections.audit import noting
from injections.facts.people import HEIGHT_CM
from injections.models.columns import paired, sort_key, within
from injections.models.practice import PracticeRow
from injections.models.spared import SparedSide


class AllergyStatus(models.TextChoices):
    """Whether anybody asked. *Not asked* and *none* are different facts."""

    NOT_ASKED = "not-asked", "Not recorded"
    NONE = "none", "No known drug allergies"
    LISTED = "listed", "Listed"


class Sex(models.TextChoices):
    FEMALE = "F", "Female"
    MALE = "M", "Male"
    UNKNOWN = "U", "Not recorded"


class Patient(PracticeRow):
    """Somebody who gets injections here. ``mrn`` is the practice's own record number."""

    about: ClassVar[str] = "pk"

    mrn = models.CharField("MRN", max_length=20)
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    sort_name = models.CharField(max_length=200, editable=False)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    weight_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    weight_on = models.DateField(null=True, blank=True)
    height_cm = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    established = models.BooleanField(default=True, help_text="Seen by this practice in the last three years")
    on_dialysis = models.BooleanField(null=True, blank=True)
    allergy_status = models.CharField(max_length=10, choices=AllergyStatus.choices, default=AllergyStatus.NOT_ASKED)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sort_name", "birth_date"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "mrn"], name="patient_mrn_once"),
            models.CheckConstraint(
                condition=Q(birth_date__gte="1900-01-01", birth_date__lte="2100-12-31"),
                name="patient_birth_date_bounds",
            ),
            models.CheckConstraint(
                condition=Q(weight_kg__isnull=True) | Q(weight_kg__gt=0, weight_kg__lt=700),
                name="patient_weight_bounds",
            ),
            paired("weight_kg", "weight_on", "patient_weight_and_day"),
            within("patient_within", days="weight_on"),
            within("patient_height_within", height_cm=HEIGHT_CM),
        ]
        indexes = [
            GinIndex(fields=["sort_name"], opclasses=["gin_trgm_ops"], name="patient_name_trigram"),
        ]

    def __str__(self) -> str:
        return self.listed_name

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        """Whoever reads the row of a patient in a request has looked at that patient."""
        patient = super().from_db(db, field_names, values, **more)
        noting.note_patients([patient.pk])
        return patient

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.family_name, self.given_name)
        super().save(*args, **kwargs)

    @property
    def listed_name(self) -> str:
        """How lists and the banner show a patient: "RIVERA, Maria"."""
        return f"{self.family_name.upper()}, {self.given_name}" if self.given_name else self.family_name.upper()

    @property
    def spoken_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def as_fact(self, day: date) -> facts.Patient:
        """The patient as known on that day; allergies are as known now, which is the safe way round."""
        return facts.Patient(
            birth_date=self.birth_date,
            sex=None if self.sex == Sex.UNKNOWN else self.sex,
            weight_kg=self.weight_kg,
            height_cm=self.height_cm,
            established=self.established,
            on_dialysis=self.on_dialysis,
            allergies=self._allergies(),
            spared=tuple(spared.as_fact() for spared in self._spared(day)),
        )

    def _spared(self, day: date) -> Iterator[SparedSide]:
        rows = self.spared_sides.select_related("end")
        return (spared for spared in rows if spared.stands_on(day))

    def _allergies(self) -> tuple[facts.Allergy, ...] | None:
        if self.allergy_status == AllergyStatus.NOT_ASKED:
            return None
        return tuple(facts.Allergy(row.substance, row.reaction, row.recorded_at) for row in self.allergies.all())


class Allergy(PracticeRow):
    """One substance that this patient reacted to.

    What is ``proposed`` after a reaction counts from the first moment, and waits for a nurse or a physician to confirm.
    """

    about: ClassVar[str] = "patient"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="allergies")
    substance = models.CharField(max_length=120)
    reaction = models.CharField(max_length=120, blank=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)
    recorded_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    proposed = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(
        "injections.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["substance"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "substance"], name="allergy_once"),
            paired("confirmed_by", "confirmed_at", "allergy_confirmed_by_and_at"),
            within("allergy_within", moments="confirmed_at"),
        ]

    def __str__(self) -> str:
        return f"{self.substance} ({self.reaction})" if self.reaction else self.substance

    @property
    def waits(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.proposed and self.confirmed_at is None
