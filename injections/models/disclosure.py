"""What was told about a patient outside this product, as it was entered. Rows that never change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from injections.models.practice import PracticeRow


class Basis(models.TextChoices):
    """Why it could be told without asking (45 CFR 164.512), and what need not be listed (164.528 (a) (1))."""

    PUBLIC_HEALTH = "public-health", "Report to public health, such as a vaccine registry or the FDA"
    REQUIRED = "required-by-law", "Required by law"
    OVERSIGHT = "oversight", "Inspection or audit by an agency"
    COURT = "court", "Court order or subpoena"
    POLICE = "police", "Police, coroner or medical examiner"
    WORKERS = "workers-compensation", "Workers’ compensation"
    RESEARCH = "research", "Research"
    MISTAKE = "mistake", "A mistake: it went to somebody it was not meant for"
    OTHER = "other", "Another reason that the law allows"
    AUTHORIZED = "authorized", "The patient signed an authorization"
    CARE = "care", "Treatment, payment or the practice’s own work"


#: shown on request, and not owed by law
EXEMPT = frozenset({Basis.AUTHORIZED, Basis.CARE})


class DisclosureMade(PracticeRow):
    """Who was told what about a patient, when and why: the fields of 45 CFR 164.528 (b) (2)."""

    about: ClassVar[str] = "patient"

    patient = models.ForeignKey("injections.Patient", on_delete=models.PROTECT, related_name="disclosures")
    made_on = models.DateField()
    to_whom = models.CharField(max_length=160)
    address = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=300)
    basis = models.CharField(max_length=30, choices=Basis.choices)
    purpose = models.CharField(max_length=300)
    submission_key = models.UUIDField(unique=True)
    entered_by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "disclosure"
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_on__gte="2000-01-01", made_on__lte="2100-12-31"), name="disclosure_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_on} {self.to_whom}"

    @property
    def is_exempt(self) -> bool:
        return self.basis in EXEMPT


class DisclosureTakenBack(PracticeRow):
    """It was entered by mistake: the account leaves it out, and the row stays."""

    about: ClassVar[str] = "disclosure__patient"

    disclosure = models.OneToOneField(DisclosureMade, on_delete=models.PROTECT, related_name="taken_back")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.reason
