"""A visit document to facts and context: the way in of the derivation door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from billing.context import Abn, Authorization, BilledLine, BillingContext, Eligibility, Filing, GlobalPeriod
from billing.reference import Reference
from billing.reference.demands import DEMANDS
from billing.reference.payers import Demand, Payer, PayerValue
from billing.reference.products import ProductIndex
from billing.visit_json.document import Node, VisitError, amount, boolean, day, number, one_of, text, whole
from billing.visit_json.doses import read_dose
from billing.visit_json.payers import payer_key
from billing.visit_json.people import clinician, supervision
from billing.visit_json.words import PLACES, contractor_name
from injections.facts import Allergy, Encounter, PastDose, Patient, Service


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as it was told, with what the document said beyond our words."""

    encounter: Encounter
    context: BillingContext
    document: Mapping[str, Any]
    assumed: bool
    ignored: tuple[str, ...]


def read_visit(document: object, reference: Reference) -> Visit:
    """Facts and context of one visit. Raises :class:`VisitError` naming the field by its path."""
    if not isinstance(document, Mapping):
        raise VisitError("", "the document is not an object with a visit in it")
    node = Node(document, zone=ZoneInfo("UTC"))
    node.assume = node.flag("assume_documented")
    node.zone = node.get("time_zone", _zone) or ZoneInfo("UTC")
    encounter = _encounter(node, reference)
    context = _context(node, reference)
    return Visit(encounter, context, document, node.assume, tuple(node.ignored()))


def _zone(value: Any, path: str) -> ZoneInfo:
    try:
        return ZoneInfo(text(value, path))
    except (KeyError, ValueError, OSError):
        raise VisitError(path, f'"{value}" is not a time zone such as America/Chicago') from None


def _encounter(node: Node, reference: Reference) -> Encounter:
    served = node.need("date", _day_of_service)
    view = reference.on(served)
    patient = _patient(node.child("patient"), node.assume)
    given = enumerate(node.nodes("administrations"))
    doses = tuple(read_dose(n, place, view, patient.birth_date) for place, n in given)
    ids = [d.id for d in doses]
    for place, id_ in enumerate(ids):
        if id_ in ids[:place]:
            raise VisitError(f"administrations[{place}].id", f'"{id_}" stands twice')
    return Encounter(
        date=served,
        id=node.get("id", text) or "",
        time_zone=node.get("time_zone", text) or "UTC",
        patient=patient,
        place_of_service=node.get("place_of_service", _place),
        state=node.get("state", text),
        supervision=node.stated("supervision", lambda v, p: supervision(node, v, p)),
        reason=node.get("reason", text),
        diagnoses=tuple(d.upper() for d in node.texts("diagnoses")),
        services=tuple(_service(n, node.assume) for n in node.nodes("services")),
        counselled_by_physician=node.get("counselled_by_physician", boolean),
        administrations=doses,
        history=tuple(_past(n, reference.products) for n in node.nodes("history")),
    )


def _day_of_service(value: Any, path: str) -> date:
    """A day on which anybody could have been billed: the first codes are of 1966."""
    read = day(value, path)
    if not 1966 <= read.year <= 2100:
        raise VisitError(path, f'"{value}" is not a date of service')
    return read


def _place(value: Any, path: str) -> str:
    written = text(value, path)
    return PLACES.get(written.casefold(), written.zfill(2))


def _patient(node: Node | None, assume: bool) -> Patient:
    if node is None:
        return Patient(allergies=() if assume else None)
    return Patient(
        birth_date=node.get("birth_date", day),
        sex=node.get("sex", text),
        weight_kg=node.get("weight_kg", number),
        height_cm=node.get("height_cm", number),
        established=node.get("established", boolean),
        on_dialysis=node.get("on_dialysis", boolean),
        snf_part_a_stay=node.get("snf_part_a_stay", boolean),
        allergies=_allergies(node, assume),
    )


def _allergies(node: Node, assume: bool) -> tuple[Allergy, ...] | None:
    """Nobody asked is not the same as none."""
    if not node.has("allergies"):
        return () if assume else None
    if node.raw("allergies") is None:
        return None
    listed = node.raw("allergies")
    if isinstance(listed, list) and any(isinstance(a, Mapping) for a in listed):
        return tuple(Allergy(n.need("substance", text), n.get("reaction", text) or "") for n in node.nodes("allergies"))
    return tuple(Allergy(substance) for substance in node.texts("allergies"))


def _service(node: Node, assume: bool) -> Service:
    stated = node.get("separately_identifiable", boolean)
    assumed = True if assume and not node.has("separately_identifiable") else None
    return Service(
        code=node.need("code", text).upper(),
        units=node.get("units", whole) or 1,
        modifiers=tuple(m.upper() for m in node.texts("modifiers")),
        diagnoses=tuple(d.upper() for d in node.texts("diagnoses")),
        separately_identifiable=assumed if stated is None else stated,
        clinician=node.get("clinician", lambda v, p: clinician(node, v, p)),
    )


def _past(node: Node, products: ProductIndex) -> PastDose:
    """An earlier dose; a name that means one product stands for all its names, so that brands are known again."""
    written, dose = node.need("drug", text), node.get("dose", amount)
    meant = products.by_name(written, dose) if products.is_exact(written) else ()
    return PastDose(
        drug=meant[0].key if len(meant) == 1 else written,
        given=node.need("given", day),
        dose=dose,
        site=node.get("site", text),
        side=node.get("side", text),
        note=node.get("note", text) or "",
    )


# --- what is agreed with the payer -----------------------------------------------------------------------------------


def _context(node: Node, reference: Reference) -> BillingContext:
    return BillingContext(
        payer=_payer(node, reference),
        authorizations=tuple(_authorization(n) for n in node.nodes("authorizations")),
        authorization_required=frozenset(c.upper() for c in node.texts("authorization_required")),
        same_day=tuple(_billed(n) for n in node.nodes("same_day")),
        contractor=node.get("contractor", contractor_name),
        abn=_abn(node),
        restricted_disclosure=node.flag("restricted_disclosure"),
        global_period=_global_period(node.child("global_period")),
        filing=_filing(node.child("filing")),
        eligibility=_eligibility(node.child("eligibility")),
        pharmacy_benefit=frozenset(c.upper() for c in node.texts("pharmacy_benefit")),
        locality=node.get("locality", text),
    )


def _payer(node: Node, reference: Reference) -> Payer:
    """A payer by its key, or one that follows another and differs."""
    value = node.raw("payer")
    if not isinstance(value, Mapping):
        return _known_payer(text("commercial" if value is None else value, "payer"), "payer", reference)
    inner = node.node(value, "payer")
    base = _known_payer(inner.get("follows", text) or "commercial", "payer.follows", reference)
    wants = inner.child("wants")
    demands = tuple(_demand(wants, key) for key in wants.values) if wants else ()
    key, name = inner.get("key", text) or base.key, inner.get("name", text) or base.name
    return Payer(key, name, base.kind, demands, base)


def _known_payer(key: str, path: str, reference: Reference) -> Payer:
    written = "-".join(key.casefold().replace("_", " ").replace("(", " ").replace(")", " ").split())
    payer = reference.payers.get(written) or reference.payers.get(payer_key(written) or "")
    if payer is None:
        raise VisitError(path, f'"{key}" is not a payer we know: {", ".join(sorted(reference.payers))}')
    return payer


def _demand(wants: Node, key: str) -> Demand:
    value = wants.raw(key)
    if key not in DEMANDS:
        raise VisitError(wants.at(key), f"is not a demand we know: {', '.join(sorted(DEMANDS))}")
    return Demand(key, _value(value, wants.at(key)), source="as told with the visit")


def _value(value: Any, path: str) -> PayerValue:
    if value is None:
        return False
    if isinstance(value, list):
        return tuple(text(v, path) for v in value)
    if isinstance(value, Mapping):
        return {text(k, path): text(v, path) for k, v in value.items()}
    return value if isinstance(value, bool | int) else text(value, path)


def _authorization(node: Node) -> Authorization:
    return Authorization(
        hcpcs=node.need("hcpcs", text).upper(),
        number=node.get("number", text) or "",
        since=node.get("from", day),
        until=node.get("to", day),
        units_left=node.get("units_left", whole),
        ndc=node.get("ndc", text) or "",
        place=node.get("place_of_service", _place) or "",
    )


def _billed(node: Node) -> BilledLine:
    return BilledLine(
        code=node.need("code", text).upper(),
        units=node.get("units", whole) or 1,
        modifiers=tuple(m.upper() for m in node.texts("modifiers")),
        clinician=node.get("clinician", text),
    )


def _abn(visit: Node) -> Abn | None:
    """The notice as an object, or only whether the patient signed it."""
    if isinstance(visit.raw("abn"), bool):
        return Abn(visit.flag("abn"))
    node = visit.child("abn")
    if node is None:
        return None
    kind = node.get("kind", one_of("required", "voluntary", "excluded")) or "required"
    return Abn(node.flag("signed"), node.get("date", day), kind)


def _global_period(node: Node | None) -> GlobalPeriod | None:
    if node is None:
        return None
    return GlobalPeriod(node.need("days", whole), node.get("same_group", boolean), node.get("related", boolean))


def _filing(node: Node | None) -> Filing | None:
    if node is None:
        return None
    previous = node.get("previous", one_of("unprocessable", "denied", "paid-wrong"))
    number_ = node.get("previous_number", text) or ""
    answered = node.get("primary_answered", day)
    return Filing(node.need("as_of", day), node.get("limit_days", whole), previous, number_, answered)


def _eligibility(node: Node | None) -> Eligibility | None:
    return Eligibility(node.get("active", boolean), node.get("checked", day)) if node else None
