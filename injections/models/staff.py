"""The people who work here: the user model."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from injections import facts
from injections.models.columns import sort_key, within


class Role(models.TextChoices):
    """What somebody does here; ``injections/policy.py`` says what that allows."""

    FRONT_DESK = "front-desk", "Front desk"
    NURSE = "nurse", "Nurse"
    MEDICAL_ASSISTANT = "medical-assistant", "Medical assistant"
    PHYSICIAN = "physician", "Physician or NPP"
    BILLER = "biller", "Biller"
    MANAGER = "manager", "Manager"
    ADMINISTRATOR = "administrator", "Administrator"


class StaffManager(BaseUserManager["Staff"]):
    """Finds people by the name they sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(username__iexact=username or "")

    def create_user(self, username: str, password: str | None = None, **columns: Any) -> Staff:
        person = Staff(username=username.strip().lower(), **columns)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Staff(AbstractBaseUser):
    """Somebody who signs in. ``credential`` is what stands after the name: MD, NP, RN, CMA."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["family_name"]

    practice = models.ForeignKey("injections.Practice", on_delete=models.PROTECT, null=True, related_name="staff")
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80)
    sort_name = models.CharField(max_length=200, editable=False)
    role = models.CharField(max_length=20, choices=Role.choices)
    credential = models.CharField(max_length=20, blank=True)
    npi = models.CharField("NPI", max_length=10, blank=True)
    location = models.ForeignKey(
        "injections.Location", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    #: what the bar code of their badge says; it tells who somebody is and proves nothing
    badge = models.CharField(max_length=40, blank=True)
    #: a password that somebody else gave works once: to choose an own one
    password_is_given = models.BooleanField(default=False)
    #: hash of the code that an administrator gave to enrol a new phone; empty when none is asked for
    enrolment_code = models.CharField(max_length=200, blank=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)

    objects = StaffManager()

    class Meta:
        ordering = ["sort_name"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="staff_username_any_case"),
            within("staff_within", moments="last_login"),
            models.UniqueConstraint(
                "practice", Lower("badge"), condition=~models.Q(badge=""), name="staff_badge_once_in_practice"
            ),
        ]

    def __str__(self) -> str:
        return self.signs_as

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.family_name, self.given_name)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def signs_as(self) -> str:
        """The printed name of a signature: "Jordan Lee, CMA"."""
        return f"{self.full_name}, {self.credential}" if self.credential else self.full_name

    @property
    def short_name(self) -> str:
        """What colleagues read on a list: "Dr Adams", "J. Lee, CMA"."""
        if self.credential in ("MD", "DO"):
            return f"Dr {self.family_name}"
        initial = f"{self.given_name[:1]}. " if self.given_name else ""
        return f"{initial}{self.family_name}" + (f", {self.credential}" if self.credential else "")

    def as_fact(self) -> facts.Clinician:
        return facts.Clinician(name=self.full_name, credential=self.credential or None, npi=self.npi or None)
