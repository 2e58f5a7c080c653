"""Who saw and who changed what, and the chains that show when somebody tampered with it. Insert-only."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import RawSQL

from injections.models.practice import PracticeQuerySet

#: when it happened, not when the transaction began
_NOW = RawSQL("clock_timestamp()", ())
_ROLE = RawSQL("SESSION_USER", ())
_VIA = RawSQL("coalesce(current_setting('app.via', true), '')", ())


class Action(models.TextChoices):
    """What somebody did. The first three are written by the tables' own triggers."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"
    EMPTIED = "emptied", "Emptied a table"
    READ = "read", "Looked at"
    EMERGENCY = "emergency", "Looked at by emergency access"
    SEARCHED = "searched", "Searched"
    PRINTED = "printed", "Opened to print"
    EXPORTED = "exported", "Exported"
    REFUSED = "refused", "Tried and was refused"
    SIGNED_IN = "signed-in", "Signed in"
    SIGN_IN_FAILED = "sign-in-failed", "Failed to sign in"
    SIGNED_OUT = "signed-out", "Signed out"


class AuditEvent(models.Model):
    """One thing that somebody did. No value of any row stands here, only which row and which columns.

    ``subject`` is a table for a write and a page for everything else; ``row_key`` its id there. Ids stand without
    foreign keys: an event outlives what it is about, and none of them may hold up a write. ``role`` and ``via`` say
    which database role and which program it was, for when there is no person.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=_NOW)
    practice_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    patient_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=20, choices=Action.choices)
    subject = models.CharField(max_length=100)
    row_key = models.CharField(max_length=64, blank=True)
    columns = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    role = models.CharField(max_length=64, db_default=_ROLE)
    via = models.CharField(max_length=100, db_default=_VIA)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["practice_id", "at", "id"], name="audit_by_time"),
            models.Index(fields=["practice_id", "person_id", "at", "id"], name="audit_by_person"),
            models.Index(fields=["practice_id", "patient_id", "at", "id"], name="audit_by_patient"),
            models.Index(fields=["practice_id", "action", "id"], name="audit_by_action"),
            models.Index(fields=["practice_id", "subject", "id"], name="audit_by_subject"),
            models.Index(fields=["at"], name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject} {self.row_key}".strip()


class Seal(models.Model):
    """One link: the digest of one row and of the link before it. ``number`` counts from 1 without a gap."""

    class Chain(models.TextChoices):
        AUDIT = "audit", "Audit events"
        SIGNATURES = "signatures", "Signatures"

    chain = models.CharField(max_length=12, choices=Chain.choices)
    number = models.BigIntegerField()
    subject_id = models.BigIntegerField()
    layout = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["chain", "number"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="seal_number_once"),
            models.UniqueConstraint(fields=["chain", "subject_id"], name="seal_subject_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"
