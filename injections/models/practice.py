"""The organisation and its places."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar
from zoneinfo import ZoneInfo

from django.db import models

from injections import reach

if TYPE_CHECKING:
    from injections.models.staff import Staff

Row = TypeVar("Row", bound=models.Model)

#: least and most, here and in the table
IDLE_MINUTES, SHIFT_HOURS = (2, 60), (1, 16)


class PracticeQuerySet(models.QuerySet[Row]):
    """Rows of one practice. Views never start from all rows."""

    def for_user(self, user: Staff | Any) -> Self:
        """What this person reaches in their practice: see :mod:`injections.reach`."""
        return reach.within(self, user)


class Practice(models.Model):
    """The organisation that charts, signs and bills."""

    name = models.CharField(max_length=120)
    npi = models.CharField("group NPI", max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, default="America/Chicago")
    idle_minutes = models.PositiveSmallIntegerField("minutes until an unused screen locks", default=10)
    shift_hours = models.PositiveSmallIntegerField("hours until the shift of a shared device ends", default=12)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(idle_minutes__range=IDLE_MINUTES), name="practice_idle_minutes"),
            models.CheckConstraint(condition=models.Q(shift_hours__range=SHIFT_HOURS), name="practice_shift_hours"),
            models.CheckConstraint(condition=models.Q(name__regex=r"\S"), name="practice_has_a_name"),
            models.CheckConstraint(condition=models.Q(npi__regex=r"^([12][0-9]{9})?$"), name="practice_npi_digits"),
            models.CheckConstraint(
                condition=models.Q(time_zone__regex=r"^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"),
                name="practice_time_zone_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def idle_after(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class PracticeRow(models.Model):
    """A row that belongs to one practice: every row that says anything about a patient or a day does."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")

    objects = PracticeQuerySet.as_manager()

    class Meta:
        abstract = True


class Location(PracticeRow):
    """A place where patients are seen.

    ``place_of_service`` is the CMS code that its claims carry, until somebody said another one for days since then:
    ask :meth:`place_on`. Its state and its NPI can be said anew for days to come, and a misspelt name is corrected:
    where a claim depends on one of them, ask :meth:`told`.
    """

    place: ClassVar[str] = "pk"

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2)
    postal_code = models.CharField(max_length=10, blank=True)
    place_of_service = models.CharField("place-of-service code", max_length=2, default="11")
    npi = models.CharField("NPI", max_length=10, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def told(self, fact: str, day: date, at: datetime | None = None) -> str:
        """The ``name``, ``state`` or ``npi`` for visits of that day, as it had been said by the moment ``at``."""
        rows = [row for row in self.later.all() if row.fact == fact]
        said = (row.said for row in rows if row.since <= day and (at is None or row.said_at <= at))
        first: str = rows[-1].said if rows and fact == "name" else getattr(self, fact)
        return next(said, first)

    def place_on(self, day: date) -> str:
        """The place-of-service code for visits of that day; empty where nobody said one."""
        said = (row.code for row in self.places.all() if row.since <= day)
        return next(said, self.place_of_service)
