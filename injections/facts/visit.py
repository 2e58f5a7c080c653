"""One visit, with everything that was done and known on that day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from injections.facts.dose import Administration
from injections.facts.once import Remembering, once
from injections.facts.people import Clinician, Patient, Supervision
from injections.facts.stated import Stated
from injections.quantity import Quantity

Day = date  #: the type, for classes that have a field of that name


@dataclass(frozen=True, slots=True)
class Service:
    """Another service of the day that a practitioner reports: an office visit, a procedure."""

    code: str
    units: int = 1
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    separately_identifiable: bool | None = None
    clinician: Clinician | None = None


@dataclass(frozen=True, slots=True)
class PastDose:
    """An earlier dose of the same patient."""

    drug: str
    given: date
    dose: Quantity | None = None
    site: str | None = None
    side: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Encounter(Remembering):
    """One visit: everything that the checks of the chart and the rules of the bill may look at.

    ``date`` is the date of service in the practice's own time zone: rules go by it and never by today.
    """

    date: date
    id: str = ""
    time_zone: str = "UTC"
    patient: Patient = field(default_factory=Patient)
    place_of_service: str | None = None
    state: str | None = None
    supervision: Stated[Supervision] = None
    reason: str | None = None
    diagnoses: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    counselled_by_physician: bool | None = None
    administrations: tuple[Administration, ...] = ()
    history: tuple[PastDose, ...] = ()

    def supervision_of(self, administration: Administration) -> Stated[Supervision]:
        """Who supervised this dose: its own statement, else the visit's."""
        return administration.supervision if administration.supervision is not None else self.supervision

    def diagnoses_of(self, administration: Administration) -> tuple[str, ...]:
        """Why this dose was given: its own diagnoses, else the visit's."""
        return administration.diagnoses or self.diagnoses

    @property
    @once
    def doses_given(self) -> tuple[Administration, ...]:
        return tuple([a for a in self.administrations if a.was_given])
