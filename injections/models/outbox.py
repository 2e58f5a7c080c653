"""Work that a committed transaction owes: written with it, done after it, in effect exactly once."""

from __future__ import annotations

from django.db import models
from django.db.models.expressions import RawSQL

from injections.models.columns import within
from injections.models.practice import PracticeRow


class OutboxMessage(PracticeRow):
    """One piece of work. ``key`` makes the same work one row; ``subject_id`` is an id and never a fact.

    ``person_id`` is who acted when it came to be owed: the worker does it in their name.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    person_id = models.BigIntegerField(null=True, db_default=RawSQL("app_user()", ()))

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(done_at__isnull=True), name="outbox_waiting"),
        ]
        constraints = [within("outbox_within", moments="due_at done_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
