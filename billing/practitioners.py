"""Practitioners: who may bill, and under whose name a visit is billed."""

from __future__ import annotations

import re
from functools import lru_cache

from billing.codes import is_visit
from billing.families import classes_of, route_of
from billing.reference.scopes import Scope, most_lenient
from injections.checks.completeness import PRACTITIONERS
from injections.facts import Administration, Clinician, Encounter, Supervision, SupervisionMode, known
from injections.facts.once import once
from injections.routes import needs_site

PHYSICIANS = frozenset({"MD", "DO", "DPM", "MBBS"})


def credentials(clinician: Clinician | None) -> frozenset[str]:
    """The letters behind a name: "MD, FACP" is two."""
    return _letters((clinician.credential if clinician else None) or "")


@lru_cache(maxsize=1024)
def _letters(written: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Z]+", written.upper().replace(".", "")))


def may_bill(clinician: Clinician | None) -> bool:
    """Physicians and the practitioners whom Medicare pays for their own services."""
    return not PRACTITIONERS.isdisjoint(credentials(clinician))


def is_physician(clinician: Clinician | None) -> bool:
    return not PHYSICIANS.isdisjoint(credentials(clinician))


def supervisor_of(dose: Administration, encounter: Encounter) -> Clinician | None:
    """Who was on hand for the dose; where nobody was, a name beside it counts for nothing."""
    stated = known(encounter.supervision_of(dose))
    on_hand = isinstance(stated, Supervision) and stated.mode is not SupervisionMode.NONE
    return stated.clinician if isinstance(stated, Supervision) and on_hand else None


def responsible_for(dose: Administration, encounter: Encounter) -> Clinician | None:
    """Under whom this dose is billed: who gave it as a practitioner, else who supervised.

    Where the two are one person, whichever mention carries the number counts.
    """
    giver, supervisor = known(dose.given_by), supervisor_of(dose, encounter)
    if giver is None or not may_bill(giver):
        return supervisor
    return supervisor if supervisor is not None and _is_one_person(giver, supervisor) else giver


def _is_one_person(giver: Clinician, supervisor: Clinician) -> bool:
    """The same name and credential, and no second number: "Adams, MD" who gave it is the Adams who was there."""
    named = giver.name.strip().casefold() == supervisor.name.strip().casefold() != ""
    return named and giver.npi in (None, supervisor.npi) and credentials(giver) == credentials(supervisor)


@once
def rendering(encounter: Encounter) -> Clinician | None:
    """Who the claim goes under: who gave the dose as a practitioner, else who supervised, else who saw the patient."""
    answering = (responsible_for(d, encounter) for d in encounter.doses_given)
    if (first := next((who for who in answering if who is not None), None)) is not None:
        return first
    seen_by = (s.clinician for s in encounter.services if s.clinician and is_visit(s.code))
    ordered_by = (o.clinician for d in encounter.doses_given if (o := known(d.order)) and o.clinician)
    return next(seen_by, None) or next(ordered_by, None) or _on_hand(encounter)


def _on_hand(encounter: Encounter) -> Clinician | None:
    """Who was there for a visit without a dose, such as a nurse who reads a skin test."""
    stated = known(encounter.supervision)
    return stated.clinician if stated is not None and stated.mode is not SupervisionMode.NONE else None


def scope_for(dose: Administration, encounter: Encounter) -> Scope | None:
    """What is known of whether the giver may give it there; ``None`` where no credential or no route is charted."""
    route = route_of(dose)
    if not needs_site(route):
        return None
    return most_lenient(encounter.state, credentials(known(dose.given_by)), route, classes_of(dose))
