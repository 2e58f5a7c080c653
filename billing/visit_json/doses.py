"""The administrations of a visit document: what was given, from which vial, by whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from billing.reference import View
from billing.reference.choosing import Asked, choose
from billing.reference.without_code import UNCLASSIFIED
from billing.visit_json.amounts import Written, amount, liquid, thrown_away, written_amount
from billing.visit_json.care import with_care
from billing.visit_json.classes import drug_class
from billing.visit_json.days import expiry
from billing.visit_json.document import Node
from billing.visit_json.opened import with_opened
from billing.visit_json.people import clinician, order, supervision
from billing.visit_json.strengths import strength_of_product, told_by_name
from billing.visit_json.values import VisitError, boolean, one_of, shown, text, whole
from billing.visit_json.words import code, diagnosis, guidance, parse_route_word, split_code
from injections.facts import (
    Administration,
    Container,
    Package,
    Product,
    Source,
    Split,
    SplitSite,
    Stated,
    known,
)
from injections.quantity import Concentration, Dimension, DimensionError, Quantity, QuantityError
from injections.routes import allowed, needs_site, same_route
from injections.sites import parse_side

JOINT = "intra-articular"
#: what stands between two drugs of one name
_OF_TWO = re.compile(r"/|\+|&|\b(?:and|with)\b", re.IGNORECASE)
_PURPOSES = ("treatment", "prevention", "diagnosis", "anaesthetic", "diluent", "flush")
_PURPOSE_WORDS = {"anesthetic": "anaesthetic", "prophylaxis": "prevention", "diagnostic": "diagnosis"}
_PURPOSE_WORDS |= {"therapeutic": "treatment", "local-anesthetic": "anaesthetic", "local-anaesthetic": "anaesthetic"}
_SOURCE_WORDS = {"white-bag": "specialty-pharmacy", "white-bagged": "specialty-pharmacy", "patient-supplied": "patient"}
_PURPOSE_WORDS |= {"numbing": "anaesthetic", "vaccination": "prevention", "immunization": "prevention"}
_SOURCE_WORDS |= dict.fromkeys(("clinic-stock", "buy-and-bill", "clinic", "in-house", "purchased"), "stock")
_SOURCE_WORDS |= dict.fromkeys(("patient-brought", "brought-by-patient", "brown-bagged", "patient's-own"), "patient")
_SOURCE_WORDS |= dict.fromkeys(("free-sample", "drug-sample", "manufacturer-sample"), "sample")
_SOURCE_WORDS |= {"brown-bag": "patient", "vfc": "state", "office-stock": "stock", "samples": "sample"}


def read_dose(node: Node, number_: int, view: View, born: date | None = None) -> Administration:
    """One entry of ``administrations``."""
    product = find_product(node, view, born)
    told = _told(node, product)
    dose = Administration(
        id=node.get("id", text) or str(number_ + 1),
        drug=node.get("drug", text),
        product=product,
        drug_class=drug_class(node, view.products.classes),
        ndc=node.stated("ndc", text),
        claimed_hcpcs=node.get("hcpcs", code),
        claimed_modifiers=_claimed_modifiers(node),
        dose=told.amount if told else None,
        volume=node.get("volume", liquid) or (told.volume if told else None),
        ordered_dose=node.get("ordered_dose", amount),
        dose_change_reason=node.get("dose_change_reason", text),
        route=_route(node, product, told),
        site=node.stated("site", text),
        side=_side_of(node),
        technique=node.get("technique", text),
        purpose=node.get("purpose", one_of(*_PURPOSES, synonyms=_PURPOSE_WORDS)) or "treatment",
        indication=node.get("indication", text),
        anticancer=node.get("anticancer", boolean),
    )
    whole_dose = with_care(node, _with_people(node, with_opened(node, _with_vial(node, dose, view))))
    _refuse_no_sticks(node, whole_dose)
    return whole_dose


_SIDES = {"l": "left", "lt": "left", "lft": "left", "left side": "left", "r": "right", "rt": "right"}
_SIDES |= {"right side": "right", "b": "both", "bilat": "both", "bilateral": "both", "both sides": "both"}
_SIDES |= dict.fromkeys(("n/a", "na", "none", "not applicable", "-"), "")
_SIDES |= {word: word for word in ("left", "right", "both", "midline", "center", "central", "middle")}


def side(value: Any, path: str) -> str | None:
    """Left, right, both or the middle; ``None`` where a side does not apply."""
    meant = _SIDES.get(text(value, path).casefold().rstrip("."))
    if meant is None:
        raise VisitError(path, f"{shown(value)} is not a side: write left, right or both")
    return meant or None


def _side_of(node: Node) -> Stated[str]:
    """The side as stated; where nobody stated one, the side in the name of the place ("right knee")."""
    stated = node.stated("side", side)
    if node.has("side") and node.raw("side") is not None:
        return stated
    return parse_side(known(node.stated("site", text))) or stated


def _route(node: Node, product: Product | None, told: Written | None) -> Stated[str]:
    """The route as stated, or beside the dose. "IA" of a drug for joints that no artery takes means the joint."""
    stated = told.route if told and told.route else node.stated("route", parse_route_word)
    if stated == "IA" and product and allowed(JOINT, product.routes) and not allowed("IA", product.routes):
        return JOINT
    return stated


def _told(node: Node, product: Product | None) -> Written | None:
    """The dose with what was written beside it, which has to agree with what is stated elsewhere."""
    volume, path = node.get("volume", liquid), node.at("dose")
    told = _dose(node)
    if told is None:
        return None
    route = known(node.stated("route", parse_route_word))
    if told.route and route and not same_route(told.route, route):
        raise VisitError(path, f"{shown(node.raw('dose'))} says {told.route}, and the route says {route}")
    if told.volume and volume and told.volume != volume:
        raise VisitError(path, f"{shown(node.raw('dose'))} says {told.volume}, and the volume says {volume}")
    names = (node.get("drug", text), product.name if product else None, product.display if product else None)
    if told.pair and not any(_OF_TWO.search(name or "") for name in names):
        raise VisitError(path, f"{shown(node.raw('dose'))} is two amounts: chart each as a dose of its own")
    return told


def _dose(node: Node) -> Written | None:
    """The dose with what was written beside it, read with the volume that is charted."""
    volume = node.get("volume", liquid)
    return node.get("dose", lambda v, p: written_amount(v, p, volume))


def _claimed_modifiers(node: Node) -> tuple[str, ...]:
    """As listed, and as written behind the code."""
    _, behind = node.get("hcpcs", split_code) or ("", ())
    return tuple(dict.fromkeys((*(m.upper() for m in node.texts("claimed_modifiers")), *behind)))


def find_product(node: Node, view: View, born: date | None) -> Product | None:
    """The drug by its package, else by its name, else by its code; the facts beside it decide between several."""
    ndc, name, claimed = node.get("ndc", text), node.get("drug", text), node.get("hcpcs", code)
    by_package = view.products.by_ndc(ndc) if ndc else None
    if by_package is not None:
        return by_package
    told = _dose(node)
    amount_given = told.amount if told else node.get("volume", liquid)
    if not name:
        coded = view.products.by_code(claimed, view.day, amount_given) if claimed else ()
        return coded[0] if len(coded) == 1 or (coded and claimed not in UNCLASSIFIED) else None
    route = node.get("route", parse_route_word)
    diagnoses = tuple(diagnosis(d) for d in node.texts("diagnoses"))
    return choose(view.products, Asked(name, view.day, amount_given, route, diagnoses, born, claimed)).product


# --- the vial --------------------------------------------------------------------------------------------------------


def _with_vial(node: Node, dose: Administration, view: View) -> Administration:
    package = _package(node.child("package"), known(dose.ndc), view)
    dose = replace(dose, discarded=None if node.raw("containers") else node.stated("discarded", thrown_away))
    return replace(
        dose,
        package=told_by_name(strength_of_product(package, dose.product), dose),
        discard_reason=node.get("discard_reason", text),
        discard_witness=node.get("discard_witness", lambda v, p: clinician(node, v, p)),
        vial_shared=node.get("vial_shared", boolean),
        vial_assumed=node.assume,
        containers=tuple(_container(c, view) for c in node.nodes("containers")),
        source=node.stated("source", _source),
        acquired_340b=node.get("acquired_340b", boolean),
        lot=node.stated("lot", text),
        expires=node.stated("expires", expiry),
        recalled=node.flag("recalled"),
        beyond_use=node.get("beyond_use", expiry),
        held=node.get("held", text),
        manufacturer=node.stated("manufacturer", text),
    )


def _source(value: Any, path: str) -> Source:
    return Source(one_of(*Source, synonyms=_SOURCE_WORDS)(value, path))


def _package(stated: Node | None, ndc: str | None, view: View) -> Package | None:
    """What the vial says: as stated, over what the formulary knows of its NDC."""
    found = view.products.index.by_ndc(ndc) if ndc else None
    base = found.package if found else None
    if stated is None:
        return base
    holds, volume = stated.get("holds", amount), stated.get("volume", liquid)
    strength = stated.get("concentration", concentration)
    if holds is not None and strength is not None:
        volume = volume or _volume(strength, holds, stated.at("concentration"))
        holds = strength.drug_in(holds) if holds.dimension is Dimension.VOLUME else holds
    single = stated.get("single_dose", boolean)
    given = base or Package(ndc=ndc or "")
    return replace(
        given,
        container=stated.get("container", text) or given.container,
        form=stated.get("form", text) or given.form,
        holds=holds or given.holds,
        volume=volume or (given.volume if holds is None or holds == given.holds else None),
        single_dose=given.single_dose if single is None else single,
        strength=strength,
    )


def _volume(strength: Concentration, holds: Quantity, path: str) -> Quantity | None:
    try:
        return strength.volume_of(holds) if holds.dimension is not Dimension.VOLUME else holds
    except (DimensionError, ZeroDivisionError):
        raise VisitError(path, f"does not fit a content of {holds}") from None


def concentration(value: Any, path: str) -> Concentration:
    """ "40 mg/mL" or "104 mg/0.65 mL"."""
    drug, slash, per = re.sub(r"\s+per\s+", "/", text(value, path)).partition("/")
    per = per.strip()
    try:
        if not slash:
            raise QuantityError
        volume = Quantity.parse(per if per[:1].isdigit() else f"1 {per}")
        if volume.dimension is not Dimension.VOLUME or volume.amount == 0:
            raise QuantityError
        return Concentration(Quantity.parse(drug.strip()), volume)
    except QuantityError:
        raise VisitError(path, f'"{value}" is not a strength such as "40 mg/mL"') from None


def _container(node: Node, view: View) -> Container:
    ndc = node.get("ndc", text)
    found = view.products.index.by_ndc(ndc) if ndc else None
    return Container(
        ndc=ndc,
        package=found.package if found else None,
        lot=node.stated("lot", text),
        expires=node.stated("expires", expiry),
        holds=node.get("holds", amount),
        single_dose=node.get("single_dose", boolean),
        used=node.get("used", amount),
        discarded=node.stated("discarded", thrown_away),
        opened_at=node.get("opened_at", node.moment),
    )


# --- who and how -----------------------------------------------------------------------------------------------------


def _with_people(node: Node, dose: Administration) -> Administration:
    def person(name: str) -> Any:
        return node.get(name, lambda v, p: clinician(node, v, p))

    own = node.stated("supervision", lambda v, p: supervision(node, v, p)) if node.has("supervision") else None
    return replace(
        dose,
        given_at=node.stated("given_at", node.moment),
        stopped_at=node.stated("stopped_at", node.moment),
        charted_at=node.get("charted_at", node.moment),
        signed_at=node.get("signed_at", node.moment),
        given_by=node.stated("given_by", lambda v, p: clinician(node, v, p)),
        prepared_by=person("prepared_by"),
        second_check_by=person("second_check_by"),
        supervision=own,
        order=node.stated("order", lambda v, p: order(node, v, p)),
        syringe=node.get("syringe", text),
        split=_split(node.child("split"), node),
        needle_sticks=node.get("needle_sticks", whole) or 1,
        guidance=node.get("guidance", guidance),
        muscles=_count(node, "muscles"),
        lesions=_count(node, "lesions"),
    )


def _refuse_no_sticks(node: Node, dose: Administration) -> None:
    """No stick at all is true only of what was not injected."""
    if node.get("needle_sticks", whole) == 0 and dose.was_given and needs_site(known(dose.route)):
        raise VisitError(node.at("needle_sticks"), "0 sticks is no injection: leave it out where nobody counted")


def _count(node: Node, of: str) -> int | None:
    """The number of muscles or lesions: under ``count``, or beside the dose itself."""
    counted = node.child("count")
    inside = counted.get(of, whole) if counted else None
    return node.get(of, whole) if inside is None else inside


def _split(node: Node | None, dose: Node) -> Split | None:
    if node is None:
        return None
    sites = tuple(
        SplitSite(s.get("site", text), s.get("side", side), s.get("volume", liquid), s.get("given_at", s.moment))
        for s in node.nodes("sites")
    )
    parts = node.get("parts", whole) or len(sites) or 1
    reason = node.get("reason", text)
    return Split(parts, reason or ("assumed documented" if dose.assume and not node.has("reason") else None), sites)
