"""What a report to the authority asks about a reaction, from the record: a draft, never sent by itself.

Drugs: FDA form 3500 (MedWatch, voluntary). Vaccines: VAERS. Section letters are those of the forms; words are ours.
Source: 21 CFR 314.80 leaves clinics free to report; 42 U.S.C. 300aa-25(b) obliges them for the listed vaccine events.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from injections.chart.afterwards import standing_version
from injections.models import Administration, Reaction, ReactionEntry, Staff
from injections.models.columns import quantity_or_none
from injections.models.reaction import EntryKind
from injections.quantity import format_dose
from injections.routes import route_words
from injections.templatetags.words import age, clock, clock_seconds, full_day, number, site_of

Line = tuple[str, str]
ABOUT = "Filled in from the record. Check each line, then report on the authority's own page. Not sent to anybody."
SERIOUS = {
    "Died": "Death",
    "Admitted to hospital": "Hospitalization",
}
#: what the record cannot judge; whoever reports does, with the pen
JUDGED = "____ life-threatening   ____ other serious event   ____ none of these"


def told(reaction: Reaction, by: Staff) -> dict[str, Any]:
    """Everything that the sheet prints, as texts. What the record does not know is left blank for the pen."""
    dose, now = standing_version(reaction.administration), timezone.now()
    log = list(reaction.entries.select_related("noted_by"))
    vaccine = "vaccine" in dose.product.classes
    sections = _vaers(dose, reaction, log) if vaccine else _medwatch(dose, reaction, log)
    return {
        "title": "VAERS report, draft" if vaccine else "MedWatch report (FDA 3500), draft",
        "about": ABOUT,
        "sections": [{"title": title, "rows": rows} for title, rows in (*sections, ("Reporter", list(_reporter(by))))],
        "log": [
            [clock_seconds(entry.happened_at), entry.get_kind_display(), entry.text, entry.noted_by.short_name]
            for entry in log
        ],
        "foot": f"Draft of {full_day(now)}, {clock(now)}. Patient in confidence: {_initials(dose)}",
    }


def _medwatch(dose: Administration, reaction: Reaction, log: list[ReactionEntry]) -> list[tuple[str, list[Line]]]:
    return [
        ("A. Patient", [("In confidence", _initials(dose)), *_patient(dose, reaction)]),
        ("B. Adverse event", [*_event(dose, reaction, log), ("Outcome for B2", SERIOUS.get(_outcome(log), JUDGED))]),
        ("C. Product available for evaluation?", [("Keep the vial", "yes / no")]),
        ("D. Suspect product", _product(dose)),
        ("F. Other products at the time", [("Given in the same visit", _beside(dose)), ("Taken at home", "")]),
    ]


def _vaers(dose: Administration, reaction: Reaction, log: list[ReactionEntry]) -> list[tuple[str, list[Line]]]:
    return [
        ("Patient (items 1 to 12)", [*_named(dose), *_patient(dose, reaction)]),
        ("Vaccine given (items 4, 17)", _product(dose)),
        ("What happened (items 5, 18 to 21)", _event(dose, reaction, log)),
        ("Other vaccines (item 22)", [("Given in the same visit", _beside(dose))]),
    ]


def _named(dose: Administration) -> list[Line]:
    """VAERS asks who the patient is; MedWatch wants a mark only."""
    patient = dose.encounter.patient
    parts = (patient.address, patient.city, f"{patient.state} {patient.postal_code}".strip())
    return [
        ("Name", f"{patient.given_name} {patient.family_name}".strip()),
        ("Address", ", ".join(part for part in parts if part)),
        ("Telephone", patient.phone),
    ]


def _patient(dose: Administration, reaction: Reaction) -> list[Line]:
    """The allergies are those from before: what this reaction taught is the report itself."""
    patient = dose.encounter.patient
    before = patient.allergies.filter(recorded_at__lt=reaction.opened_at)
    allergies = ", ".join(str(row) for row in before)
    return [
        ("Born", f"{full_day(patient.birth_date)}, {age(patient.birth_date)}"),
        ("Sex", patient.get_sex_display()),
        ("Weight", f"{number(patient.weight_kg)} kg" if patient.weight_kg else ""),
        ("Allergies known before", allergies or ("none" if patient.allergy_status == "none" else "")),
    ]


def _event(dose: Administration, reaction: Reaction, log: list[ReactionEntry]) -> list[Line]:
    seen = [entry for entry in log if entry.kind == EntryKind.SIGN]
    began = seen[0].happened_at if seen else reaction.began_at
    minutes = int((began - dose.given_at).total_seconds() // 60) if dose.given_at else None
    return [
        ("Began", f"{full_day(began)}, {clock(began)}" + (f", {minutes} min after the dose" if minutes else "")),
        ("What was seen", ", ".join(dict.fromkeys(entry.text.lower() for entry in seen))),
        ("Treatment", _timed(log, EntryKind.DRUG, EntryKind.STEP)),
        ("Measured", _timed(log, EntryKind.MEASURED)),
        ("How it ended", _outcome(log)),
    ]


def _timed(log: list[ReactionEntry], *kinds: EntryKind) -> str:
    return "; ".join(f"{clock(entry.happened_at)} {entry.text}" for entry in log if entry.kind in kinds)


def _product(dose: Administration) -> list[Line]:
    amount, package = quantity_or_none(dose.dose_amount, dose.dose_unit), dose.package
    reason = dose.reason or (dose.order.reason if dose.order else "")
    holds = quantity_or_none(package.holds_amount, package.holds_unit) if package else None
    return [
        ("Name", dose.product.name),
        ("Manufacturer", dose.manufacturer),
        ("Container", f"{package.container} of {format_dose(holds)}" if package and holds else ""),
        ("NDC", dose.ndc),
        ("Lot", dose.lot_number),
        ("Expires", full_day(dose.expires_on) if dose.expires_on else ""),
        ("Dose", format_dose(amount) if amount else ""),
        ("Route and site", ", ".join(part for part in (route_words(dose.route), site_of(dose)) if part)),
        ("Given", f"{full_day(dose.given_at)}, {clock(dose.given_at)}" if dose.given_at else ""),
        ("Reason for use", ", ".join(part for part in (reason, *dose.diagnoses) if part)),
    ]


def _beside(dose: Administration) -> str:
    others = dose.encounter.administrations.filter(superseded_by=None).exclude(pk=dose.pk).select_related("product")
    return ", ".join(f"{other.product.name} lot {other.lot_number}" for other in others) or "nothing else"


def _reporter(by: Staff) -> Iterator[Line]:
    place = by.location
    yield "Name", by.signs_as
    yield "Practice", by.practice.name if by.practice else ""
    yield (
        "Place",
        ", ".join(p for p in (place.address, place.city, place.state, place.postal_code) if p) if place else "",
    )
    yield "Telephone", ""


def _outcome(log: list[ReactionEntry]) -> str:
    return next((entry.text for entry in log if entry.kind == EntryKind.OUTCOME), "")


def _initials(dose: Administration) -> str:
    """The forms ask for a mark that only the reporter can trace: initials and the record number."""
    patient = dose.encounter.patient
    return f"{patient.given_name[:1]}{patient.family_name[:1]}, MRN {patient.mrn}"
