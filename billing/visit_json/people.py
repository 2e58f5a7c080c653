"""People and their words in a visit document: clinicians, supervision, orders."""

from __future__ import annotations

from typing import Any

from billing.visit_json.amounts import amount
from billing.visit_json.days import day
from billing.visit_json.document import Node
from billing.visit_json.values import VisitError, boolean, one_of, shown, text, whole
from billing.visit_json.words import parse_route_word
from injections.facts import Clinician, Order, Supervision, SupervisionMode

_MODES = {
    "in-office": "in-suite",
    "on-site": "in-suite",
    "onsite": "in-suite",
    "present": "in-suite",
    "video": "audio-video",
    "virtual": "audio-video",
    "telehealth": "audio-video",
    "phone": "audio-only",
    "telephone": "audio-only",
    "audio": "audio-only",
    "direct": "in-suite",
    "in-person": "in-suite",
    "personal": "in-suite",
    "nobody": "none",
    "general": "none",
    "off-site": "none",
    "offsite": "none",
    "away": "none",
    "absent": "none",
    "in-the-office": "in-suite",
    "in-the-suite": "in-suite",
    "in-clinic": "in-suite",
    "in-the-clinic": "in-suite",
    "in-building": "in-suite",
    "in-the-building": "in-suite",
    "physically-present": "in-suite",
    "by-phone": "audio-only",
    "on-phone": "audio-only",
    "available-by-phone": "audio-only",
    "by-video": "audio-video",
    "real-time-audio-video": "audio-video",
    "not-supervised": "none",
    "unsupervised": "none",
    "no-supervision": "none",
}
_ORDER_KINDS = {"verbal-order": "spoken", "telephone": "spoken", "phone": "spoken", "standing-order": "protocol"}
_ORDER_KINDS |= {
    "verbal": "spoken",
    "standing": "protocol",
    "single": "once",
    "one-time": "once",
    "recurring": "series",
}


#: credentials in words, and letters of a state's own, as the letters that the rules know
_CREDENTIALS = {
    "physician": "MD",
    "doctor": "MD",
    "nurse practitioner": "NP",
    "physician assistant": "PA",
    "physician associate": "PA",
    "clinical nurse specialist": "CNS",
    "nurse midwife": "CNM",
    "certified nurse midwife": "CNM",
    "registered nurse": "RN",
    "licensed practical nurse": "LPN",
    "licensed vocational nurse": "LVN",
    "medical assistant": "MA",
    "certified medical assistant": "CMA",
    "pharmacist": "PharmD",
    "nurse": "RN",
} | dict.fromkeys(("crnp", "cnp", "agnp", "agpcnp", "anp", "pnp", "pmhnp", "whnp", "acnp"), "NP")


def _letters(written: str | None) -> str | None:
    """The credential in letters; what is letters already stays as it is."""
    return _CREDENTIALS.get((written or "").casefold().replace("-", " ").removesuffix(" bc").strip(), written)


#: credentials that may follow a name without a comma
_LETTERS = frozenset({"MD", "DO", "NP", "PA", "PA-C", "CNS", "CNM", "RN", "LPN", "LVN", "MA", "CMA", "RMA", "CCMA"})
#: who gave the dose when none of the staff did
_THEMSELVES = frozenset({"patient", "the patient", "self", "patient (self)", "self-administered", "caregiver"})


def clinician(node: Node, value: Any, path: str) -> Clinician:
    """A person: an object, or just a name with or without a credential."""
    if isinstance(value, str):
        return _named(value.strip(), path)
    inner = node.node(value, path)
    return Clinician(
        inner.get("name", text) or "",
        _letters(inner.get("credential", text)),
        inner.get("npi", text),
        inner.get("specialty", text),
    )


def _named(written: str, path: str) -> Clinician:
    if written.casefold() in _THEMSELVES:
        raise VisitError(path, f'{shown(written)} is none of the staff: write "self_given": true')
    name, comma, credential = written.partition(",")
    before, _, last = written.rpartition(" ")
    if not comma and last.upper() in _LETTERS:
        name, credential = before, last.upper()
    return Clinician(name.strip(), _letters(credential.strip() or None))


def supervision(node: Node, value: Any, path: str) -> Supervision | None:
    """Who was available and how; the mode alone is enough. ``None`` where nobody says how: it is then not charted.

    Where documentation is taken for granted, a practitioner who is named was there.
    """
    mode = one_of(*SupervisionMode, synonyms=_MODES)
    if isinstance(value, str):
        return Supervision(SupervisionMode(mode(value, path)))
    inner = node.node(value, path)
    stated = inner.get("mode", mode) or ("in-suite" if inner.assume and not inner.has("mode") else None)
    told = Supervision(
        mode=SupervisionMode(stated or "none"),
        clinician=inner.get("clinician", lambda v, p: clinician(inner, v, p)),
        since=inner.get("from", inner.moment),
        until=inner.get("to", inner.moment),
        technology=inner.get("technology", text),
        asserted_by=inner.get("asserted_by", text),
    )
    return told if stated else None


def order(node: Node, value: Any, path: str) -> Order:
    if isinstance(value, bool):
        return Order(present=value, signed=True if node.assume else None)
    inner = node.node(value, path)
    return Order(
        present=inner.flag("present", True),
        kind=inner.get("kind", one_of("once", "series", "protocol", "spoken", synonyms=_ORDER_KINDS)) or "once",
        signed=True if inner.assume and not inner.has("signed") else inner.get("signed", boolean),
        date=inner.get("date", day),
        expires=inner.get("expires", day),
        drug=inner.get("drug", text),
        dose=inner.get("dose", amount),
        route=inner.get("route", parse_route_word),
        frequency=inner.get("frequency", text),
        clinician=inner.get("clinician", lambda v, p: clinician(inner, v, p)),
        reason=inner.get("reason", text),
        stopped=inner.get("stopped", day),
        paused_until=inner.get("paused_until", day),
        starts=inner.get("starts", day),
        gap_days=inner.get("gap_days", whole),
        doses_planned=inner.get("doses_planned", whole),
        doses_given=inner.get("doses_given", whole),
    )
