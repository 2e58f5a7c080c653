"""A visit document to facts and context: the way in of the derivation door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from billing.context import Abn, Authorization, BilledLine, BillingContext, Eligibility, Filing, GlobalPeriod
from billing.reference import Reference
from billing.reference.products import ProductIndex
from billing.visit_json.amounts import amount, weight
from billing.visit_json.classes import sex
from billing.visit_json.days import day
from billing.visit_json.document import Node
from billing.visit_json.doses import read_dose
from billing.visit_json.payers import read_payer
from billing.visit_json.people import clinician, supervision
from billing.visit_json.values import (
    VisitError,
    boolean,
    counted,
    is_nothing,
    number,
    one_of,
    text,
    unobtainable,
    whole,
)
from billing.visit_json.words import code, contractor_name, diagnosis, place, split_code, state, zone
from injections.facts import Allergy, Encounter, PastDose, Patient, Service

#: doses of one visit; the longest real ones have some twenty
MOST_DOSES = 1000


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
        several = ": ask about each visit by itself, or one on each line" if isinstance(document, list) else ""
        raise VisitError("", f"the document is not an object with a visit in it{several}")
    node = Node(document, zone=ZoneInfo("UTC"))
    node.assume = node.flag("assume_documented")
    node.zone = node.get("time_zone", zone) or ZoneInfo("UTC")
    node.day = node.get("date", day)
    encounter = _encounter(node, reference)
    context = _context(node, reference)
    return Visit(encounter, context, document, node.assume, tuple(node.ignored()))


def _encounter(node: Node, reference: Reference) -> Encounter:
    served = node.need("date", _day_of_service)
    view = reference.on(served)
    patient = _patient(node.child("patient"), node.assume, served)
    given = node.nodes("administrations")
    if len(given) > MOST_DOSES:
        raise VisitError("administrations", f"more than {MOST_DOSES:,} doses are no visit")
    doses = tuple(read_dose(n, nth, view, patient.birth_date) for nth, n in enumerate(given))
    ids = [d.id for d in doses]
    for nth, id_ in enumerate(ids):
        if id_ in ids[:nth]:
            raise VisitError(f"administrations[{nth}].id", f'"{id_}" stands twice')
    return Encounter(
        date=served,
        id=node.get("id", text) or "",
        time_zone=str(node.zone),
        patient=patient,
        place_of_service=node.get("place_of_service", place),
        state=node.get("state", state),
        supervision=node.stated("supervision", lambda v, p: supervision(node, v, p)),
        reason=node.get("reason", text),
        diagnoses=tuple(diagnosis(d) for d in node.texts("diagnoses")),
        services=tuple(_service(n, node.assume) for n in node.nodes("services", "code")),
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


def _patient(node: Node | None, assume: bool, served: date) -> Patient:
    if node is None:
        return Patient(allergies=() if assume else None)
    return Patient(
        birth_date=node.get("birth_date", day) or _born_by_age(node, served),
        sex=node.get("sex", sex),
        weight_kg=node.get("weight_kg", weight),
        height_cm=node.get("height_cm", number),
        established=node.get("established", boolean),
        on_dialysis=node.get("on_dialysis", boolean),
        snf_part_a_stay=node.get("snf_part_a_stay", boolean),
        allergies=_allergies(node, assume),
    )


def _born_by_age(node: Node, served: date) -> date | None:
    """The birthday of somebody whose age in years is all that is told. Under two, the months count."""
    age = node.get("age", whole)
    if age is None:
        return None
    if not 2 <= age <= 120:
        raise VisitError(node.at("age"), f"{age} does not say the age well enough: write birth_date")
    return served.replace(year=served.year - age, day=min(served.day, 28))


def _allergies(node: Node, assume: bool) -> tuple[Allergy, ...] | None:
    """Nobody asked is not the same as none."""
    if not node.has("allergies"):
        return () if assume else None
    listed = node.raw("allergies")
    if is_nothing(listed) or unobtainable(listed, node.at("allergies")):
        return None
    if isinstance(listed, list) and any(isinstance(a, Mapping) for a in listed):
        return tuple(Allergy(n.need("substance", text), n.get("reaction", text) or "") for n in node.nodes("allergies"))
    return tuple(Allergy(substance) for substance in node.texts("allergies"))


def _service(node: Node, assume: bool) -> Service:
    stated = node.get("separately_identifiable", boolean)
    assumed = True if assume and not node.has("separately_identifiable") else None
    code_, behind = node.need("code", split_code)
    return Service(
        code=code_,
        units=node.get("units", counted) or 1,
        modifiers=tuple(dict.fromkeys((*(m.upper() for m in node.texts("modifiers")), *behind))),
        diagnoses=tuple(diagnosis(d) for d in node.texts("diagnoses")),
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
        payer=read_payer(node, reference),
        authorizations=tuple(_authorization(n) for n in node.nodes("authorizations")),
        authorization_required=frozenset(c.upper() for c in node.texts("authorization_required")),
        same_day=tuple(_billed(n) for n in node.nodes("same_day", "code")),
        contractor=node.get("contractor", contractor_name),
        abn=_abn(node),
        restricted_disclosure=node.flag("restricted_disclosure"),
        global_period=_global_period(node.child("global_period")),
        filing=_filing(node.child("filing")),
        eligibility=_eligibility(node.child("eligibility")),
        pharmacy_benefit=frozenset(c.upper() for c in node.texts("pharmacy_benefit")),
        locality=node.get("locality", text),
    )


def _authorization(node: Node) -> Authorization:
    return Authorization(
        hcpcs=node.need("hcpcs", code),
        number=node.get("number", text) or "",
        since=node.get("from", day),
        until=node.get("to", day),
        units_left=node.get("units_left", whole),
        ndc=node.get("ndc", text) or "",
        place=node.get("place_of_service", place) or "",
    )


def _billed(node: Node) -> BilledLine:
    code_, behind = node.need("code", split_code)
    return BilledLine(
        code=code_,
        units=node.get("units", counted) or 1,
        modifiers=tuple(dict.fromkeys((*(m.upper() for m in node.texts("modifiers")), *behind))),
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
