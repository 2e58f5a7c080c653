"""The organisation: its places, its staff, its patients, and who is in the suite."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from billing.demo import access
from billing.demo.people import LOCATIONS, PASSWORD, PATIENTS, PRACTICE, STAFF, TIME_ZONE, Treated
from config.transactions import name_actor
from injections.actions import approvals, presence, spared, staff
from injections.actions import patients as patient_actions
from injections.models import Location, Patient, Practice, Presence, Staff


@dataclass(frozen=True, slots=True)
class Clinic:
    """What the rest of the demo is made in: people by sign-in name, patients by family name."""

    practice: Practice
    locations: tuple[Location, ...]
    staff: dict[str, Staff]
    patients: dict[str, Patient]


def open_clinic(today: date) -> Clinic:
    """Everything that stands before the first order."""
    practice = Practice.objects.create(name=PRACTICE, npi="1999999950", time_zone=TIME_ZONE)
    name_actor(practice.pk, None)
    locations = tuple(Location.objects.create(practice=practice, **place) for place in LOCATIONS)
    people = _hire(practice, locations)
    return Clinic(practice, locations, people, _register(people["reyes"], people["ito"], today))


def _hire(practice: Practice, locations: tuple[Location, ...]) -> dict[str, Staff]:
    """The administrator first, who adds everybody else."""
    first = next(person for person in STAFF if person.role == "administrator")
    boss = Staff.objects.create_user(
        first.username,
        PASSWORD,
        practice=practice,
        given_name=first.given_name,
        family_name=first.family_name,
        role=first.role,
        location=locations[0],
    )
    others = {
        person.username: staff.add(
            username=person.username,
            given_name=person.given_name,
            family_name=person.family_name,
            role=person.role,
            credential=person.credential,
            npi=person.npi,
            password=PASSWORD,
            location=locations[0],
            by=boss,
        )
        for person in STAFF
        if person is not first
    }
    access.equip_all([boss, *others.values()])
    return {first.username: boss, **others}


def _register(desk: Staff, nurse: Staff, today: date) -> dict[str, Patient]:
    return {
        treated.family_name: _patient(number, treated, desk, nurse, today)
        for number, treated in enumerate(PATIENTS, start=1)
    }


#: family name -> drug code, number and units of what the plan approved for half a year
APPROVED = {"Walsh": ("J2357", "PA-48210", 240)}


def _approve(patient: Patient, desk: Staff, today: date) -> None:
    """The plan approved a drug of a running series three months ago."""
    if patient.family_name in APPROVED:
        code, number, units = APPROVED[patient.family_name]
        approvals.approve(
            coverage=patient.coverages.get(),
            code=code,
            number=number,
            units=units,
            since=today - timedelta(days=90),
            until=today + timedelta(days=90),
            by=desk,
        )


def _patient(number: int, treated: Treated, desk: Staff, nurse: Staff, today: date) -> Patient:
    patient = patient_actions.register(
        by=desk,
        mrn=f"{4416 + number:06}",
        family_name=treated.family_name,
        given_name=treated.given_name,
        birth_date=date.fromisoformat(treated.born),
        sex=treated.sex,
        phone=f"512-555-01{number:02}",
        address=f"{100 + number} Example Street",
        city="Austin",
        state="TX",
        postal_code="78701",
        established=treated.established,
    )
    patient_actions.add_coverage(patient=patient, payer_key=treated.payer, member_number=treated.member, by=desk)
    _approve(patient, desk, today)
    patient_actions.record_weight(patient=patient, weight_kg=Decimal(treated.weight_kg), on=today, by=nurse)
    for substance, reaction in treated.allergies or ():
        patient_actions.add_allergy(patient=patient, substance=substance, reaction=reaction, by=nurse)
    if treated.avoid:
        why, side, part, note = treated.avoid
        spared.spare(patient=patient, why=why, side=side, part=part, note=note, by=nurse)
    if treated.allergies == ():
        patient_actions.no_known_allergies(patient=patient, by=nurse)
    patient.refresh_from_db()
    return patient


def in_suite(location: Location, who: Staff, by: Staff, since: datetime, until: datetime | None = None) -> Presence:
    """A practitioner comes in, and leaves again where the day has ended."""
    here = presence.check_in(location=location, clinician=who, by=by, now=since)
    return presence.check_out(presence=here, by=by, now=until) if until else here
