"""A replay that somebody asked for: what was asked, how far it is, and what would move."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from billing.models.rows import DAYS, PracticeRow


class ReplayRun(PracticeRow):
    """One replay over the signed visits of a practice since a day of service.

    ``draft`` is the text of what would change, as it was sent; empty asks under what is loaded. ``totals`` are written
    once, when the last batch is in or the run was stopped.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Stopped"
        FAILED = "failed", "Failed"

    title = models.CharField(max_length=120)
    since = models.DateField()
    draft = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    visits = models.PositiveIntegerField(null=True, blank=True)
    edition = models.CharField(max_length=64, blank=True)
    totals = models.JSONField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("injections.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    submission_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state"], condition=Q(state__in=["waiting", "running"]), name="replay_run_open"),
        ]
        constraints = [models.CheckConstraint(condition=Q(since__range=DAYS), name="replay_run_since_within")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)


class ReplayBatch(PracticeRow):
    """A part of a run: some visits, named by number. ``done_at`` is set once, whoever brings the answer first.

    A worker takes a batch for a while (``taken_until``); when it is lost, the batch can be taken again.
    """

    run = models.ForeignKey(ReplayRun, on_delete=models.CASCADE, related_name="batches")
    number = models.PositiveIntegerField()
    encounters = ArrayField(models.BigIntegerField())
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveIntegerField(default=0)
    differ = models.PositiveIntegerField(default=0)
    totals = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="replay_batch_once")]
        indexes = [models.Index(fields=["run"], condition=Q(done_at__isnull=True), name="replay_batch_left")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class ReplayedVisit(PracticeRow):
    """One visit that would be billed differently. ``difference`` is :class:`billing.replay.Difference` as data."""

    place: ClassVar[str] = "encounter__location"
    about: ClassVar[str] = "encounter__patient"

    run = models.ForeignKey(ReplayRun, on_delete=models.CASCADE, related_name="differing")
    encounter = models.ForeignKey("injections.Encounter", on_delete=models.PROTECT, related_name="+")
    payer_key = models.CharField(max_length=60, blank=True)
    rules = ArrayField(models.CharField(max_length=120), default=list)
    dollars = models.DecimalField(max_digits=12, decimal_places=2)
    difference = models.JSONField()

    class Meta:
        ordering = ["run", "encounter"]
        constraints = [models.UniqueConstraint(fields=["run", "encounter"], name="replayed_visit_once")]
        indexes = [
            models.Index(fields=["run", "payer_key"], name="replayed_by_payer"),
            GinIndex(fields=["rules"], name="replayed_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.encounter_id}"
