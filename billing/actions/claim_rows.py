"""Exported lines as rows of a table that a practice-management system reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.apps import apps

from billing.models import ClaimLine, Export, ExportedLine, Review
from injections import codec, facts
from injections.chart import kept_encounters
from injections.spreadsheet import Cell, written

COLUMNS = (
    "date_of_service", "mrn", "family_name", "given_name", "birth_date", "sex", "member_number", "payer_key", "payer",
    "place_of_service", "line_control_number", "claim_frequency", "code", "units",
    "modifier_1", "modifier_2", "modifier_3", "modifier_4", "diagnoses",
    "ndc_qualifier", "ndc", "ndc_unit", "ndc_quantity",
    "rendering_name", "rendering_npi", "supervising_name", "supervising_npi", "ordering_name", "ordering_npi",
    "location", "location_npi", "group_npi", "charge_note",
)  # fmt: skip
MODIFIERS = 4
REPLACEMENT, ORIGINAL = "7", "1"


def file(export: Export, reader: Any) -> str:
    """The export as CSV. It is made anew from sealed rows, so that asking twice gives the same text.

    Whatever no plan may be told of by now, or the reader does not reach, is left out of it.
    """
    related = (
        "line__review__encounter__patient",
        "line__review__encounter__location",
        "line__review__encounter__coverage",
        "line__review__practice",
    )
    reviews = Review.objects.for_user(reader).filter(lines__exported__export=export)
    kept = kept_encounters(apps.get_model("injections", "Encounter").objects.filter(reviews__in=reviews))
    mine = ExportedLine.objects.filter(export=export, line__review__in=reviews.exclude(encounter__in=kept))
    carried = (
        mine.select_related(*related).prefetch_related(f"{related[1]}__places", f"{related[1]}__later").order_by("pk")
    )
    return written(COLUMNS, (row(carrier.line, export) for carrier in carried))


def row(line: ClaimLine, export: Export) -> list[Cell]:
    encounter, review = line.review.encounter, line.review
    patient, location = encounter.patient, encounter.location
    ndc = line.ndc or {}
    return [
        encounter.date, patient.mrn, patient.family_name, patient.given_name, patient.birth_date, patient.sex,
        member_number(encounter), review.payer_key, review.payer_name,
        location.place_on(encounter.date), line.control_number, frequency(line, export), line.code, line.units,
        *padded(line.modifiers), " ".join(line.diagnoses),
        ndc.get("qualifier"), ndc.get("code"), ndc.get("unit"), quantity(ndc.get("quantity")),
        *people(line),
        *(location.told(fact, encounter.date, export.at) for fact in ("name", "npi")), review.practice.npi, note(line),
    ]  # fmt: skip


def padded(modifiers: list[str]) -> list[str]:
    return (modifiers + [""] * MODIFIERS)[:MODIFIERS]


def quantity(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def member_number(encounter: Any) -> str:
    coverage = encounter.coverage or encounter.patient.coverages.order_by("rank").first()
    return coverage.member_number if coverage else ""


def frequency(line: ClaimLine, export: Export) -> str:
    """A line of a visit whose earlier answer went out in an earlier file replaces that claim."""
    earlier = ExportedLine.objects.filter(line__review__encounter=line.review.encounter_id, export__lt=export)
    return REPLACEMENT if earlier.exclude(line__review=line.review_id).exists() else ORIGINAL


def people(line: ClaimLine) -> Iterator[str]:
    """Names and NPIs of who renders, supervises and orders: the numbers as the answer says, the names as charted."""
    claim = json.loads(line.review.output or "{}").get("claim", {})
    names = {clinician.npi: clinician.name for clinician in clinicians(line) if clinician.npi}
    ordering = claim.get("ordering") or {}
    for npi in (claim.get("rendering_npi"), claim.get("supervising_npi"), ordering.get("npi")):
        yield names.get(npi, "") if npi else ""
        yield npi or ""


def clinicians(line: ClaimLine) -> Iterator[facts.Clinician]:
    """Everybody whom the visit names."""
    if not line.review.input:
        return
    visit = codec.decode(facts.Encounter, json.loads(line.review.input)["encounter"])
    for service in visit.services:
        yield from named(service.clinician)
    for dose in visit.administrations:
        supervision, order = visit.supervision_of(dose), dose.order
        yield from named(dose.given_by)
        yield from named(supervision.clinician if isinstance(supervision, facts.Supervision) else None)
        yield from named(order.clinician if isinstance(order, facts.Order) else None)


def named(clinician: object) -> Iterator[facts.Clinician]:
    if isinstance(clinician, facts.Clinician):
        yield clinician


def note(line: ClaimLine) -> str:
    """What the claim says in words: the notes of the answer, on the first line of the visit."""
    if line.line_no != 1:
        return ""
    return "; ".join(json.loads(line.review.output or "{}").get("claim", {}).get("notes", []))
