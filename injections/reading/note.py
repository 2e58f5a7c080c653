"""A signed dose as lines of a note: what was charted, and for what is not known, why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from injections import facts
from injections.chart import signed_fact
from injections.entries.reasons import LATE
from injections.facts import Unobtainable, known
from injections.models import Administration, Signature
from injections.owners import word_of
from injections.quantity import Quantity, format_dose
from injections.reading.afterwards import followed
from injections.sites import site_words
from injections.templatetags.words import ROUTE_WORDS, full_day

SHORT_HASH = 12
SOURCES = {
    "stock": "Clinic stock",
    "340b": "Bought under 340B",
    "patient": "The patient's own",
    "specialty-pharmacy": "Specialty pharmacy",
    "sample": "Sample",
    "state": "State supply",
    "facility": "Facility supply",
    "already-billed": "Billed with another visit",
}
MODES = {
    "in-suite": "in the suite",
    "audio-video": "on live video",
    "audio-only": "by telephone only",
    "none": "nobody supervised",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one dose."""

    row: Administration
    dose: facts.Administration
    lines: tuple[tuple[str, str], ...]
    signatures: tuple[tuple[Signature, str], ...]
    replaced: bool
    followed: tuple[tuple[str, str], ...]

    @property
    def in_error(self) -> bool:
        return bool(self.row.status == facts.Status.ENTERED_IN_ERROR)


def entries_of(row: Administration) -> Entry:
    dose = signed_fact(row)
    signatures = tuple((signature, signature.content_hash[:SHORT_HASH]) for signature in row.signatures.all())
    lines = tuple((label, text) for label, text in _lines(row, dose) if text)
    replaced = hasattr(row, "superseded_by")
    return Entry(row, dose, lines, signatures, replaced, () if replaced else tuple(followed(row)))


def _lines(row: Administration, dose: facts.Administration) -> Iterator[tuple[str, str]]:
    if not dose.was_given and dose.status != facts.Status.ENTERED_IN_ERROR:
        yield "Not given", row.not_given_reason
        yield "Ordered", _ordered(row)
        if row.discarded_amount:
            yield "Drawn up already", f"{_thrown(dose)} thrown away, lot {row.lot_number or 'not recorded'}"
            yield "Seen thrown away by", _witness(row)
        yield "Note", row.note
        return
    yield "Given", _said(dose.given_at)
    yield "Route and site", _place(dose)
    yield "Lot", _said(dose.lot)
    yield "Expires", _said(dose.expires)
    for place, container in enumerate(dose.containers[1:], start=2):
        parts = (f"lot {known(container.lot)}", f"{_said(container.used)} used" if container.used else "")
        yield f"Vial {place}", ", ".join(part for part in parts if part)
    yield "NDC", _said(dose.ndc)
    yield "Read off its label", row.entries.get("container_kind", "")
    yield "Manufacturer", _said(dose.manufacturer)
    yield "Whose drug", SOURCES.get(word_of(known(dose.source), dose.acquired_340b), "")
    yield "Divided over", _divided(dose)
    yield "Thrown away", _thrown(dose)
    yield "Seen thrown away by", _witness(row)
    yield "Dose changed", row.dose_change_reason
    yield from _people(row, dose)
    yield "For", _reasons(dose)
    yield "Checked", "Name and birth date, allergies, order" if dose.identity_checked is True else _said(None)
    for question, answer in dose.screening.items():
        yield question.replace("-", " ").capitalize(), answer
    yield "Agreed", _agreed(dose)
    yield "Information statement", _statement(dose)
    yield "Response", _said(dose.response)
    yield "What happened", row.adverse_effects
    for waiver in dose.waivers:
        label = "Charted late" if waiver.rule in LATE else "Given all the same"
        yield label, f"{waiver.reason} ({waiver.by})"
    yield "Note", row.note


def _witness(row: Administration) -> str:
    return row.discard_witness.signs_as if row.discard_witness else ""


def _people(row: Administration, dose: facts.Administration) -> Iterator[tuple[str, str]]:
    giver = known(dose.given_by)
    yield "Given by", "the patient" if dose.self_given else (_named(giver) if giver else "")
    if row.supersedes_id is None and row.given_by_id not in (None, row.charted_by_id):
        yield "Chart begun by", row.charted_by.signs_as
    yield "Prepared by", row.prepared_by.signs_as if row.prepared_by else ""
    yield "Second check by", row.second_check_by.signs_as if row.second_check_by else ""
    yield "Supervised by", _supervision(dose)
    if row.order is not None:
        yield "Ordered by", f"{row.order.signed_as}, {full_day(row.order.ordered_on)}"


def _ordered(row: Administration) -> str:
    if row.order is None:
        return ""
    amount = row.order.dose_of(row.dose_number)
    signed = f"{row.order.signed_as}, {full_day(row.order.ordered_on)}"
    return f"{format_dose(amount)}, {signed}" if amount is not None else signed


def _supervision(dose: facts.Administration) -> str:
    stated = known(dose.supervision)
    if stated is None:
        return _said(dose.supervision) if isinstance(dose.supervision, Unobtainable) else ""
    words = MODES[stated.mode.value]
    return f"{_named(stated.clinician)}, {words}" if stated.clinician else words.capitalize()


def _named(clinician: facts.Clinician) -> str:
    """ "Rui Santos, CMA": with the credential of that day, which is what an auditor asks for."""
    return f"{clinician.name}, {clinician.credential}" if clinician.credential else clinician.name


def _place(dose: facts.Administration) -> str:
    route, site = known(dose.route), known(dose.site)
    place = site_words(site, known(dose.side)) if site else (_said(dose.site) if dose.site else "")
    return ", ".join(part for part in (ROUTE_WORDS.get(route or "", route or ""), place) if part)


def _divided(dose: facts.Administration) -> str:
    if dose.split is None:
        return ""
    places = ", ".join(site_words(part.site, part.side) for part in dose.split.sites)
    return f"{places}: {dose.split.reason}" if dose.split.reason else places


def _agreed(dose: facts.Administration) -> str:
    consent = known(dose.consent)
    if consent is None:
        return _said(dose.consent) if isinstance(dose.consent, Unobtainable) else ""
    who = str(consent.by or "yes") if consent.given else "the patient did not agree"
    return f"{who}, interpreter {consent.interpreter}" if consent.interpreter else who


def _statement(dose: facts.Administration) -> str:
    sheet = known(dose.information_statement)
    return "" if sheet is None else f"edition {full_day(sheet.edition)}, handed over {full_day(sheet.given_on)}"


def _thrown(dose: facts.Administration) -> str:
    amount = known(dose.discarded)
    if amount is None:
        return _said(dose.discarded) if dose.discarded is not None else ""
    what = "nothing" if amount.amount == 0 else format_dose(amount)
    return f"{what}: {dose.discard_reason}" if dose.discard_reason else what


def _reasons(dose: facts.Administration) -> str:
    order = known(dose.order)
    reason = known(dose.reason) or (order.reason if order else None) or ""
    return ", ".join(part for part in (reason, *dose.diagnoses) if part)


def _said(value: Any) -> str:
    """A fact in words; why it cannot be known where that is what was charted."""
    if isinstance(value, Unobtainable):
        return f"not known: {value.reason}"
    if isinstance(value, Quantity):
        return format_dose(value)
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{full_day(value)}, {local.hour}:{local.minute:02} {local:%Z}"
    if isinstance(value, date):
        return full_day(value)
    return str(value) if value else "Not recorded"
