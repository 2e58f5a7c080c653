"""Site: whether the route suits the drug and the place suits the route."""

from __future__ import annotations

import re
from collections.abc import Iterator

from injections.checks.amounts import shown
from injections.checks.rule import check, gap, softened, stop, treatments, warning
from injections.facts import Administration, Encounter, Product, SparedSide, known
from injections.facts.once import once, once_for
from injections.findings import Finding, Until
from injections.quantity import Quantity
from injections.routes import allowed, parse_route, route_words, same_route
from injections.sites import belongs_to, fits_route, over_usual_volume, parse_side, parse_site, same_site, site_words

_JOINT = re.compile(r"\b(?:joint|bursa|mcp|pip|dip|cmc|mtp|ac|finger|thumb|toe)s?\b", re.IGNORECASE)
LEAVES = Until.PATIENT_LEAVES
#: routes whose place somebody chooses
NEEDLES = ("IM", "SC", "ID", "IV", "on-body", "subdermal-implant")

#: class of drug and route: steroids beside the spine (FDA 2014: no steroid is approved for it, the choice is medical
#: practice; LCD L33906 covers it) and ketorolac in a joint (off its label, a medical decision: KZA)
CUSTOMARY = (("steroid", "epidural"), ("nsaid", "intra-articular"))


@once
def _places(dose: Administration) -> tuple[tuple[str, str, str | None, Quantity | None], ...]:
    """Every place that the dose went into: the field that says so, its name, its side and the volume there."""
    return tuple(_charted_places(dose))


def _charted_places(dose: Administration) -> Iterator[tuple[str, str, str | None, Quantity | None]]:
    parts = dose.split.sites if dose.split else ()
    charted = known(dose.site)
    if charted and not any(part.site for part in parts):
        volume = dose.volume
        if volume is not None and dose.split is not None and dose.split.parts > 1:
            volume = _share(volume, dose.split.parts)
        yield "site", charted, known(dose.side), volume
    for place, part in enumerate(parts):
        if part.site:
            yield f"split.sites[{place}].site", part.site, part.side, part.volume


def _share(volume: Quantity, parts: int) -> Quantity:
    return Quantity(volume.amount / parts, volume.unit)


@check(applies=("route not for drug",))
def route_not_for_drug(encounter: Encounter) -> Iterator[Finding]:
    """The drug is not given by this route

    The label names the routes that are safe.
    """
    for dose in treatments(encounter):
        route, routes = known(dose.route), dose.product.routes if dose.product else frozenset()
        if parse_route(route) and route and routes and not allowed(route, routes):
            right = ", ".join(sorted(route_words(other) for other in routes))
            because = f"{dose.called} is given {right}; charted {route_words(route)}"
            if _is_customary(dose, route):
                fix = "Chart why it was given off its label, and that the patient knows"
                said = "The label does not name this route"
                yield warning(dose, "route", summary=said, fix=fix, because=because, until=LEAVES)
                continue
            found = stop(dose, "route", fix="Stop. Check the route with the label", because=because)
            yield softened(found, dose.product, "routes")


def _is_customary(dose: Administration, route: str) -> bool:
    """A use that no label names and practitioners know: a judgment of theirs, and not a slip of the pen."""
    classes = dose.product.classes if dose.product else frozenset()
    return any(word in classes and same_route(route, way) for word, way in CUSTOMARY)


@check(applies=("site not for route", "split"))
def site_not_for_route(encounter: Encounter) -> Iterator[Finding]:
    """The site does not go with the route

    A needle of that kind cannot have reached its tissue there: one of the two is mistyped.
    """
    for dose in treatments(encounter):
        route = known(dose.route)
        for field, text, side, _ in _places(dose):
            site = parse_site(text)
            if route and site is not None and not fits_route(site, route):
                because = f"{route_words(route)} into {site_words(text, side)}"
                yield stop(dose, field, "route", fix="Choose another site, or correct the route", because=because)


@check(applies=("product.sites",))
def site_not_on_label(encounter: Encounter) -> Iterator[Finding]:
    """The label of this drug names other sites

    Some drugs are only known to be safe, or to work, in certain places.
    """
    for dose in treatments(encounter):
        for field, text, side, _ in _places(dose):
            named = _other_sites(dose.product, known(dose.route), text) if dose.product else ()
            if named:
                because = f"{site_words(text, side)}; the label names {', '.join(map(site_words, named))}"
                found = warning(dose, field, fix="Choose a site that the label names", because=because, until=LEAVES)
                yield softened(found, dose.product, "sites")


@once_for
def _other_sites(product: Product, route: str | None, text: str) -> tuple[str, ...]:
    """The places that the label names for the route, where the charted one is none of them.

    None where it speaks of muscles or lesions in general.
    """
    named = _fitting(product, route)
    off_label = parse_site(text) is not None and not any(same_site(text, other) for other in named)
    return named if off_label else ()


@once_for
def _fitting(product: Product, route: str | None) -> tuple[str, ...]:
    sites = [(text, parse_site(text)) for text in product.sites]
    if any(site is None for _, site in sites):
        return ()
    return tuple(text for text, site in sites if site is not None and fits_route(site, route))


@check(applies=("site not known", "split"))
def site_unknown(encounter: Encounter) -> Iterator[Finding]:
    """The site is not one we know

    It stays as written; whether it suits the route could not be checked.
    """
    for dose in treatments(encounter):
        if dose.product is not None and "chemodenervation" in dose.product.classes:
            continue  # a region, such as the neck, is what the code of that treatment goes by
        checked_routes = ("IM", "SC", "ID", "intra-articular", "on-body")
        for field, text, _, _ in _places(dose):
            route = parse_route(known(dose.route))
            if route == "intra-articular" and _JOINT.search(text):
                continue  # one of the many small joints: its size and side are read where the bill needs them
            if parse_site(text) is None and route in checked_routes:
                yield warning(dose, field, fix="Choose the site from the list", because=f'"{text}"')


@check(applies=("volume", "split"))
def volume_over_usual_for_site(encounter: Encounter) -> Iterator[Finding]:
    """The volume is more than this site usually takes

    A large volume hurts and leaks; divide it or choose a larger muscle.
    """
    for dose in treatments(encounter):
        if parse_route(known(dose.route)) not in ("IM", "SC", "ID"):
            continue
        for field, text, side, volume in _places(dose):
            site = parse_site(text)
            if site is None or volume is None or not over_usual_volume(site, volume):
                continue
            usual = shown(site.usual_volume) if site.usual_volume else ""
            because = f"{shown(volume)} is more than the {usual} usual for {site_words(text, side)}"
            fix = "Choose a larger muscle, or divide the dose"
            yield warning(dose, field, "volume", fix=fix, because=because, until=LEAVES)


@check(applies=("sides differ", "split"))
def side_contradicts_site(encounter: Encounter) -> Iterator[Finding]:
    """Left and right contradict each other

    The site and the side name different sides of the body.
    """
    for dose in treatments(encounter):
        for field, text, side, _ in _places(dose):
            in_text = parse_side(text) if parse_site(text) is not None else None
            if in_text and side and in_text != (parse_side(side) or side):
                because = f"{text}, side {side}"
                yield gap(dose, field, "side", fix="Choose left or right", because=because, until=Until.PATIENT_LEAVES)


@check(applies=("patient.spared",))
def side_to_spare(encounter: Encounter) -> Iterator[Finding]:
    """This arm, leg or side of the patient is to be avoided

    After a mastectomy, with lymphedema, a dialysis fistula or paralysis, a needle on that side can do harm.
    """
    for dose in treatments(encounter):
        if not _chosen_freely(dose):
            continue
        for field, text, side, _ in _places(dose):
            for spared in _spared(encounter.patient.spared, text, side):
                summary = f"Avoid the {spared.side} {spared.part}: {spared.why}"
                because = f"chosen: {site_words(text, side)}"
                fix = "Choose another place"
                yield stop(dose, field, "side", fix=fix, summary=summary, because=because)


def _chosen_freely(dose: Administration) -> bool:
    """Whether another place would do as well: a joint or a stiff muscle is treated where it is."""
    treated = dose.product is not None and "chemodenervation" in dose.product.classes
    return not treated and parse_route(known(dose.route)) in (*NEEDLES, None)


def _spared(spared: tuple[SparedSide, ...], text: str, side: str | None) -> Iterator[SparedSide]:
    site, which = parse_site(text), parse_side(side) or parse_side(text)
    if site is None:
        return
    for one in spared:
        if which in (one.side, "both") and belongs_to(site, one.part):
            yield one


CHECKS = (
    route_not_for_drug,
    site_not_for_route,
    site_not_on_label,
    site_unknown,
    volume_over_usual_for_site,
    side_contradicts_site,
    side_to_spare,
)
