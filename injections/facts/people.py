"""Who was there: clinicians, the patient, and whoever supervised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

#: shortest and tallest in centimeters; what lies outside is a slip of the pen, such as inches or meters
HEIGHT_CM = (20, 260)


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody who ordered, prepared, gave, supervised or witnessed.

    ``npi`` and ``credential`` as they stood that day.
    """

    name: str
    credential: str | None = None
    npi: str | None = None
    specialty: str | None = None


@dataclass(frozen=True, slots=True)
class Allergy:
    """What the patient must not get, and since when the chart knows; ``None`` means before any dose."""

    substance: str
    reaction: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SparedSide:
    """Where no needle goes on this patient: ``side`` is left or right, ``part`` arm, leg or side (the whole of it)."""

    side: str
    part: str
    why: str


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient as known on the day. ``allergies`` is ``None`` when nobody asked and ``()`` when there are none."""

    birth_date: date | None = None
    sex: str | None = None
    weight_kg: Decimal | None = None
    established: bool | None = None
    on_dialysis: bool | None = None
    snf_part_a_stay: bool | None = None
    allergies: tuple[Allergy, ...] | None = None
    spared: tuple[SparedSide, ...] = ()
    height_cm: Decimal | None = None

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; a birthday on 29 February counts from 1 March in other years."""
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class SupervisionMode(StrEnum):
    """How the supervising practitioner could be reached while the dose was given."""

    IN_SUITE = "in-suite"
    AUDIO_VIDEO = "audio-video"
    AUDIO_ONLY = "audio-only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Supervision:
    """Who was immediately available, how, from when to when, and who says so."""

    mode: SupervisionMode
    clinician: Clinician | None = None
    since: datetime | None = None
    until: datetime | None = None
    technology: str | None = None
    asserted_by: str | None = None
