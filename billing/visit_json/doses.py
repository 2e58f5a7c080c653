"""The administrations of a visit document: what was given, from which vial, by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from billing.reference import View
from billing.reference.choosing import Asked, choose
from billing.reference.without_code import UNCLASSIFIED
from billing.visit_json.care import with_care
from billing.visit_json.document import (
    Node,
    VisitError,
    amount,
    boolean,
    expiry,
    liquid,
    one_of,
    text,
    whole,
)
from billing.visit_json.given import amount_of_drug, read_given
from billing.visit_json.people import clinician, order, supervision
from billing.visit_json.strengths import package_by_name, strength_of_product
from billing.visit_json.words import parse_route_word
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
from injections.sites import parse_side

_PURPOSES = ("treatment", "prevention", "diagnosis", "anaesthetic", "diluent", "flush")
_PURPOSE_WORDS = {"anesthetic": "anaesthetic", "prophylaxis": "prevention", "diagnostic": "diagnosis"}
_PURPOSE_WORDS |= {"therapeutic": "treatment", "local-anesthetic": "anaesthetic", "local-anaesthetic": "anaesthetic"}
_SOURCE_WORDS = {"white-bag": "specialty-pharmacy", "white-bagged": "specialty-pharmacy", "patient-supplied": "patient"}
_SOURCE_WORDS |= {"brown-bag": "patient", "vfc": "state", "office-stock": "stock", "samples": "sample"}


def read_dose(node: Node, number_: int, view: View, born: date | None = None) -> Administration:
    """One entry of ``administrations``."""
    product, (given, fluid) = find_product(node, view, born), read_given(node)
    dose = Administration(
        id=node.get("id", text) or str(number_ + 1),
        drug=node.get("drug", text),
        product=product,
        drug_class=node.get("drug_class", text),
        ndc=node.stated("ndc", text),
        claimed_hcpcs=_upper(node.get("hcpcs", text)),
        claimed_modifiers=tuple(m.upper() for m in node.texts("claimed_modifiers")),
        dose=given,
        volume=fluid,
        ordered_dose=node.get("ordered_dose", amount_of_drug),
        dose_change_reason=node.get("dose_change_reason", text),
        route=node.stated("route", parse_route_word),
        site=node.stated("site", text),
        side=_side_of(node),
        technique=node.get("technique", text),
        purpose=node.get("purpose", one_of(*_PURPOSES, synonyms=_PURPOSE_WORDS)) or "treatment",
        indication=node.get("indication", text),
        anticancer=node.get("anticancer", boolean),
    )
    return with_care(node, _with_people(node, _with_vial(node, dose, view)))


def side(value: Any, path: str) -> str:
    written = text(value, path).casefold()
    return {"l": "left", "lt": "left", "r": "right", "rt": "right"}.get(written, written)


def _side_of(node: Node) -> Stated[str]:
    """The side as stated; where nobody stated one, the side in the name of the place ("right knee")."""
    stated = node.stated("side", side)
    if node.has("side") and node.raw("side") is not None:
        return stated
    return parse_side(known(node.stated("site", text))) or stated


def _upper(code: str | None) -> str | None:
    return code.upper() if code else None


def find_product(node: Node, view: View, born: date | None) -> Product | None:
    """The drug by its package, else by its name, else by its code; the facts beside it decide between several."""
    ndc, name, code = (node.get(field, text) for field in ("ndc", "drug", "hcpcs"))
    by_package = view.products.by_ndc(ndc) if ndc else None
    if by_package is not None:
        return by_package
    given, fluid = read_given(node)
    amount_given = given or fluid
    if not name:
        coded = view.products.by_code(code, view.day, amount_given) if code else ()
        told = len(coded) == 1 or (code or "").upper() not in UNCLASSIFIED
        return coded[0] if coded and told else None
    route = node.get("route", parse_route_word)
    diagnoses = tuple(d.upper() for d in node.texts("diagnoses"))
    return choose(view.products, Asked(name, view.day, amount_given, route, diagnoses, born, code)).product


# --- the vial --------------------------------------------------------------------------------------------------------


def _with_vial(node: Node, dose: Administration, view: View) -> Administration:
    stated = node.child("package")
    opened = stated.get("opened", whole) if stated else None
    return replace(
        dose,
        package=strength_of_product(_package(stated, known(dose.ndc), view), dose.product) or package_by_name(dose),
        opened=1 if opened is None else opened,
        discarded=None if node.raw("containers") else node.stated("discarded", amount),
        discard_reason=node.get("discard_reason", text),
        discard_witness=node.get("discard_witness", lambda v, p: clinician(node, v, p)),
        vial_shared=node.get("vial_shared", boolean),
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
    drug, slash, per = text(value, path).partition("/")
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
        used=node.get("used", amount_of_drug),
        discarded=node.stated("discarded", amount),
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
        guidance=node.get("guidance", text),
        muscles=_count(node, "muscles"),
        lesions=_count(node, "lesions"),
    )


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
