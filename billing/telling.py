"""What was done, in words for the person who reads the bill: facts in, labelled sentences out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from injections.facts import Administration, Assumed, Clinician, Encounter, Status, Supervision, Unobtainable
from injections.quantity import Quantity, format_dose
from injections.routes import route_words
from injections.sites import site_words

NOT_RECORDED = "Not recorded"
MODES = {
    "in-suite": "in the suite",
    "audio-video": "on live video",
    "audio-only": "on the telephone only",
    "none": "nobody",
}
SOURCES = {
    "stock": "practice stock",
    "patient": "brought by the patient",
    "specialty-pharmacy": "from a specialty pharmacy",
    "sample": "a free sample",
    "state": "state-supplied",
    "facility": "supplied by the facility",
    "already-billed": "already billed elsewhere",
}


@dataclass(frozen=True)
class Told:
    """One labelled fact. ``strong`` stands in the middle of the sentence in bold; ``codes`` are numbers to compare.

    ``drug`` is the key of the drug that the text names, where its page can be shown.
    """

    label: str
    text: str
    strong: str = ""
    after: str = ""
    codes: bool = False
    drug: str = ""


def doses(encounter: Encounter) -> list[tuple[str, list[Told]]]:
    """Each dose of the visit: its drug, and what there is to say about it."""
    return [(dose.called, list(_dose(encounter, dose))) for dose in encounter.administrations]


def _dose(encounter: Encounter, dose: Administration) -> Iterator[Told]:
    zone = ZoneInfo(encounter.time_zone)
    yield _drug(dose)
    if dose.status not in (Status.GIVEN, Status.PARTLY):
        yield Told("Not given", dose.not_given_reason or dose.status.value.replace("-", " "))
        return
    yield _vial(dose)
    left = stated(dose.discarded)
    yield Told("Discarded", left if left != NOT_RECORDED else "Not charted")
    yield Told("Given", _given(dose, zone))
    yield Told("Supervised", _supervised(encounter.supervision_of(dose), zone))
    yield Told("For", _reason(encounter, dose))
    if dose.source != "stock":
        yield Told("Drug from", SOURCES.get(stated(dose.source), stated(dose.source)))


def _drug(dose: Administration) -> Told:
    volume = f" = {format_dose(dose.volume)}" if dose.volume else ""
    place = f", {site_words(stated(dose.site, ''), stated(dose.side, '') or None)}" if dose.site else ""
    route = f", {route_words(stated(dose.route))}" if dose.route else ""
    strength = format_dose(dose.dose) if dose.dose else NOT_RECORDED
    key = dose.product.key if dose.product else ""
    return Told("Drug", dose.called, strong=strength, after=f"{volume}{route}{place}", drug=key)


def _vial(dose: Administration) -> Told:
    if dose.containers:
        lots = (f"lot {stated(c.lot)}, NDC {c.ndc or NOT_RECORDED}" for c in dose.containers)
        return Told("Vials", "; ".join(lots), codes=True)
    opened = f", {dose.opened} opened" if dose.opened != 1 else ""
    return Told("Vial", f"lot {stated(dose.lot)}, NDC {stated(dose.ndc)}{opened}", codes=True)


def _given(dose: Administration, zone: ZoneInfo) -> str:
    when = clock(dose.given_at, zone) if isinstance(dose.given_at, datetime) else stated(dose.given_at)
    return f"{when} by {person(dose.given_by)}" + (", by the patient" if dose.self_given else "")


def _supervised(found: Supervision | Unobtainable | Assumed | None, zone: ZoneInfo) -> str:
    if not isinstance(found, Supervision):
        return stated(found)
    if found.clinician is None:
        return MODES[found.mode]
    stretch = f" {clock(found.since, zone)} to {clock(found.until, zone)}" if found.since and found.until else ""
    since = f" since {clock(found.since, zone)}" if found.since and not found.until else ""
    return f"{person(found.clinician)}, {MODES[found.mode]}{stretch or since}"


def _reason(encounter: Encounter, dose: Administration) -> str:
    codes = ", ".join(encounter.diagnoses_of(dose)) or "no diagnosis charted"
    order = dose.order
    if order is None or isinstance(order, Unobtainable | Assumed) or not order.date:
        return codes
    return f"{codes}, order of {order.date.day} {order.date:%b}"


def person(clinician: Clinician | Unobtainable | Assumed | None) -> str:
    if not isinstance(clinician, Clinician):
        return stated(clinician)
    return f"{clinician.name}, {clinician.credential}" if clinician.credential else clinician.name


def stated(value: object, absent: str = NOT_RECORDED) -> str:
    """The value as text; what could not be had says why."""
    if value is None or value == "":
        return absent
    if isinstance(value, Unobtainable):
        return f"could not be recorded: {value.reason}"
    return format_dose(value) if isinstance(value, Quantity) else str(value)


def clock(moment: datetime | None, zone: ZoneInfo) -> str:
    if moment is None:
        return NOT_RECORDED
    local = moment.astimezone(zone) if moment.tzinfo else moment
    return f"{local.hour}:{local.minute:02}"
