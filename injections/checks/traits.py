"""What stands out about a visit, in words: by them those checks and rules are picked that could have anything to say.

``split`` says that the fact is charted for some dose, ``no lot`` that it is missing for some dose, ``order.expires``
that a fact inside another is charted. Words say less than the facts do, so they can pick and never decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import compress
from operator import attrgetter, is_not, not_

from injections.checks.completeness import is_practitioner
from injections.checks.limits import COMPARABLE, may_be_over, not_comparable
from injections.checks.names import names_product
from injections.checks.timing import is_odd
from injections.checks.vials import discarded_any
from injections.facts import (
    Administration,
    Clinician,
    Consent,
    DoseLimit,
    Encounter,
    Order,
    Product,
    Supervision,
    Unobtainable,
    known,
)
from injections.facts.alike import in_itself
from injections.facts.once import once
from injections.routes import allowed, parse_route
from injections.sites import fits_route, parse_side, parse_site

#: facts that are worth a word where they are charted as anything but the usual
_TOLD = (
    *("claimed_hcpcs", "claimed_modifiers", "volume", "ordered_dose", "package", "discarded", "vial_shared"),
    *(
        "containers",
        "source",
        "acquired_340b",
        "status",
        "recalled",
        "held",
        "stopped_at",
        "self_given",
        "syringe",
        "split",
    ),
    *("needle_sticks", "labs", "adverse_effects", "anticancer", "muscles", "lesions"),
)
#: facts that are worth a word where nobody has charted them
_MISSED = (
    *("product", "drug", "dose", "ndc", "lot", "expires", "manufacturer", "source", "discarded", "route", "site"),
    *("side", "given_at", "given_by", "order", "identity_checked", "allergies_checked", "response", "observation"),
)
_ORDERED = ("drug", "dose", "route", "expires", "stopped", "paused_until", "gap_days", "doses_planned")
_OF_PRODUCT = (
    *("limits", "sites", "minimum_interval_days", "screening", "observation_minutes", "schedule"),
    "never_separately_billed",
)

_told, _told_usually = attrgetter(*_TOLD), attrgetter(*_TOLD)(Administration(""))
_missed, _missing = attrgetter(*_MISSED), tuple(f"no {name}" for name in _MISSED)
_ordered, _order_words = attrgetter(*_ORDERED), tuple(f"order.{name}" for name in _ORDERED)
_of_product, _product_words = attrgetter(*_OF_PRODUCT), tuple(f"product.{name}" for name in _OF_PRODUCT)


@once
def traits_of(encounter: Encounter) -> frozenset[str]:
    """The words for a visit and all its doses, given or not."""
    words = set(_of_visit(encounter))
    for dose in encounter.administrations:
        words.update(compress(_TOLD, map(is_not, _told(dose), _told_usually)))
        words.update(compress(_missing, map(not_, _missed(dose))))
        words |= _of_kind(in_itself(dose))
        words |= _of_place(known(dose.route), known(dose.site), known(dose.side))
        words.update(_of_dose(dose, encounter))
        if isinstance(dose.order, Order):
            words.update(_of_order(dose.order, encounter.date))
    return frozenset(words)


def _of_visit(encounter: Encounter) -> Iterator[str]:
    yield "doses" if encounter.administrations else "no doses"
    if len(encounter.administrations) > 1:
        yield "several doses"
    if encounter.services:
        yield "services"
    if encounter.history:
        yield "history"
    if encounter.place_of_service != "11":
        yield "elsewhere" if encounter.place_of_service else "no place_of_service"
    patient = encounter.patient
    if patient.allergies is None:
        yield "no patient.allergies"
    elif patient.allergies:
        yield "patient.allergies"
    if patient.spared:
        yield "patient.spared"
    if patient.weight_kg is not None:
        yield "patient.weight_kg"
    if patient.established is False:
        yield "new patient"
    if patient.snf_part_a_stay:
        yield "patient.snf_part_a_stay"


def _of_dose(dose: Administration, encounter: Encounter) -> Iterator[str]:
    """Words that more than one fact leads to, or only some values of one."""
    if is_odd(encounter, dose):
        yield "odd times"
    if isinstance(dose.expires, date) and dose.expires < encounter.date:
        yield "expired"
    if dose.screening:
        yield "screening"
    if dose.beyond_use is not None and dose.beyond_use < encounter.date:
        yield "beyond use"
    if isinstance(dose.given_by, Clinician) and not dose.given_by.credential:
        yield "no given_by.credential"
    if isinstance(dose.consent, Consent) and not dose.consent.given:
        yield "consent refused"
    if not encounter.diagnoses_of(dose):
        yield "no diagnoses"
    stated = encounter.supervision_of(dose)
    if stated is None:
        yield "no supervision"
    elif isinstance(stated, Supervision):
        yield f"supervision:{stated.mode.value}"
        if stated.clinician is None or not stated.clinician.credential:
            yield "supervisor unnamed"
    elif isinstance(stated, Unobtainable):
        yield "supervision unobtainable"


@once
def _of_kind(dose: Administration) -> frozenset[str]:
    """Words for drug, amount, route and vial: once for all doses that are alike in them."""
    return frozenset(_of_amounts(dose)).union(_of_drug(dose.product) if dose.product else (), _of_name_and_route(dose))


def _of_amounts(dose: Administration) -> Iterator[str]:
    if dose.dose is not None and dose.dose.amount == 0:
        yield "dose of zero"
    if may_be_over(dose):
        yield "over a limit"
    if dose.dose is not None and not_comparable(dose, dose.dose) != COMPARABLE:
        yield "measures differ"
    if discarded_any(dose):
        yield "some discarded"


def _of_name_and_route(dose: Administration) -> Iterator[str]:
    drug, product, route = dose.drug, dose.product, known(dose.route)
    if drug and product is not None and not names_product(drug, product):
        yield "name of another drug"
    if route:
        yield f"route:{parse_route(route)}"
    if route and product is not None and not allowed(route, product.routes):
        yield "route not for drug"


@lru_cache(maxsize=4096)
def _of_place(route: str | None, text: str | None, side: str | None) -> frozenset[str]:
    """Words for a place on the body that is not the usual one by that route."""
    site = parse_site(text)
    if site is None:
        return frozenset({"site not known"})
    words = {
        "site not for route": bool(route) and not fits_route(site, route),
        "sides differ": bool(side) and parse_side(text) not in (None, parse_side(side) or side),
    }
    return frozenset(word for word, holds in words.items() if holds)


@once
def _of_drug(product: Product) -> frozenset[str]:
    """The drug's classes, and what else its file says that somebody has to look at."""
    limits = (
        "limit by weight" if any(limit.per_kg for limit in product.limits) else "",
        "limit by surface" if any(limit.per_m2 for limit in product.limits) else "",
        "limit by day" if any(limit.max_daily for limit in product.limits) else "",
        "limit for some" if any(_is_for_some(limit) for limit in product.limits) else "",
    )
    return product.classes.union(compress(_product_words, _of_product(product)), filter(None, limits))


def _is_for_some(limit: DoseLimit) -> bool:
    return not (limit.from_age is None and limit.below_age is None and limit.below_weight_kg is None)


def _of_order(order: Order, day: date) -> Iterator[str]:
    yield from compress(_order_words, (fact is not None and fact != "" for fact in _ordered(order)))
    if order.date is not None and order.date > day:
        yield "ordered later"
    if order.clinician is not None and order.clinician.credential and not is_practitioner(order.clinician):
        yield "ordered by staff"
    if not order.present:
        yield "no order"
    if not order.signed:
        yield "order unsigned"
    if order.kind == "protocol":
        yield "order by protocol"
