"""Patients: registered, corrected, weighed, and what they must not get."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from injections.actions import telling
from injections.actions.errors import Refused
from injections.actions.once import one_row
from injections.actions.rights import need
from injections.days import written_day
from injections.models import Allergy, Coverage, Patient, Staff
from injections.models.patient import AllergyStatus

#: what a page may change of a patient; allergies and weight have actions of their own
EDITABLE = frozenset(
    {
        "mrn",
        "family_name",
        "given_name",
        "birth_date",
        "sex",
        "phone",
        "address",
        "city",
        "state",
        "postal_code",
        "established",
        "on_dialysis",
    }
)


@transaction.atomic
def register(
    *, by: Staff, family_name: str, birth_date: date, mrn: str, submission_key: UUID | None = None, **more: Any
) -> Patient:
    """Somebody new. Raises :class:`Refused` when the record number is taken, or the form was sent before."""
    need(by, "patient.write")
    columns = _editable({"family_name": family_name, "birth_date": birth_date, "mrn": mrn, **more})
    return _kept(Patient(practice=by.practice, submission_key=submission_key, **columns))


@transaction.atomic
def update(*, patient: Patient, by: Staff, **columns: Any) -> Patient:
    """Correct what is known of a patient. Signed visits are told: a claim depends on age, sex and standing."""
    need(by, "patient.write", patient)
    held = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    changed = {name: value for name, value in _editable(columns).items() if getattr(held, name) != value}
    if not changed:
        return held
    for name, value in changed.items():
        setattr(held, name, value)
    _kept(held)
    if changed.keys() & {"birth_date", "sex", "established", "on_dialysis"}:
        tell_all(held, by)
    return held


def _editable(columns: dict[str, Any]) -> dict[str, Any]:
    refused = columns.keys() - EDITABLE
    if refused:
        raise TypeError(f"not for a page to change: {', '.join(sorted(refused))}")
    return columns


def _kept(patient: Patient) -> Patient:
    try:
        with one_row():
            patient.save()
    except IntegrityError as problem:
        if "patient_mrn_once" not in str(problem):
            raise
        taken = {"mrn": "Check the number"}
        raise Refused(f"MRN {patient.mrn} belongs to another patient", errors=taken) from None
    return patient


def tell_all(patient: Patient, by: Staff) -> None:
    """Something that every claim of this patient depends on has changed."""
    for encounter in patient.encounters.select_related("practice").order_by("pk"):
        telling.amended(encounter, by)


@transaction.atomic
def add_allergy(
    *,
    patient: Patient,
    substance: str,
    by: Staff,
    reaction: str = "",
    proposed: bool = False,
    submission_key: UUID | None = None,
) -> Allergy:
    """One more substance. Named again, the one that is listed."""
    need(by, "patient.write", patient)
    held = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    known = held.allergies.filter(substance__iexact=substance.strip()).first()
    if known is not None:
        return known
    held.allergy_status = AllergyStatus.LISTED
    held.save(update_fields=["allergy_status"])
    with one_row():
        return Allergy.objects.create(
            practice_id=held.practice_id,
            patient=held,
            substance=substance.strip(),
            reaction=reaction.strip(),
            recorded_by=by,
            proposed=proposed,
            submission_key=submission_key,
        )


@transaction.atomic
def confirm_allergy(*, allergy: Allergy, by: Staff, now: datetime | None = None) -> Allergy:
    """A nurse or a physician agrees with what was proposed after a reaction."""
    need(by, "allergy.confirm", allergy)
    held = Allergy.objects.select_for_update(of=("self",)).get(pk=allergy.pk)
    if held.waits:
        held.confirmed_by, held.confirmed_at = by, now or timezone.now()
        held.save(update_fields=["confirmed_by", "confirmed_at"])
    return held


@transaction.atomic
def no_known_allergies(*, patient: Patient, by: Staff) -> Patient:
    """Somebody asked, and there are none. Raises :class:`Refused` while some are listed."""
    need(by, "patient.write", patient)
    held = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    if held.allergies.exists():
        raise Refused("Allergies are listed for this patient")
    held.allergy_status = AllergyStatus.NONE
    held.save(update_fields=["allergy_status"])
    return held


@transaction.atomic
def record_weight(
    *, patient: Patient, weight_kg: Decimal, on: date, by: Staff, height_cm: Decimal | None = None
) -> Patient:
    """The weight and the day it was taken, and the height where somebody measured it.

    An older weight never replaces a newer one: :class:`Refused`.
    """
    need(by, "patient.write", patient)
    held = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    if held.weight_on is not None and held.weight_on > on:
        raise Refused(
            f"A newer weight is recorded, of {written_day(held.weight_on)}", errors={"weight_on": "Check the day"}
        )
    held.weight_kg, held.weight_on = weight_kg, on
    held.height_cm = height_cm or held.height_cm
    held.save(update_fields=["weight_kg", "weight_on", "height_cm"])
    return held


@transaction.atomic
def add_coverage(
    *,
    patient: Patient,
    payer_key: str,
    by: Staff,
    member_number: str = "",
    rank: int | None = None,
    since: date | None = None,
    until: date | None = None,
    submission_key: UUID | None = None,
) -> Coverage:
    """One more plan; without a rank it comes after the others. Raises :class:`Refused` when the rank is taken."""
    need(by, "patient.write", patient)
    taken = set(_ranks(Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)))
    rank = rank or max(taken, default=0) + 1
    if rank in taken:
        raise Refused("There is a plan in this place already", errors={"rank": "Choose another place"})
    with one_row():
        return Coverage.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            payer_key=payer_key,
            member_number=member_number,
            rank=rank,
            since=since,
            until=until,
            submission_key=submission_key,
        )


def _ranks(patient: Patient) -> Iterable[int]:
    return patient.coverages.values_list("rank", flat=True)
