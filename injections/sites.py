"""Which place on the body a text means, which places a route allows, and what they are called on screen."""

from __future__ import annotations

import re
from functools import lru_cache

from injections.places import Anchor, Site
from injections.quantity import Dimension, Quantity
from injections.routes import goes_anywhere, parse_route, same_route
from injections.site_table import LIMBS, SITES

__all__ = [
    "SITES",
    "Anchor",
    "Site",
    "belongs_to",
    "fits_route",
    "is_paired",
    "over_usual_volume",
    "parse_side",
    "parse_site",
    "same_site",
    "site_of",
    "site_words",
    "sites_for",
]

_BY_KEY = {site.key: site for site in SITES}

#: sides and words that say where exactly without naming another place
_SIDES = {"left": "left", "l": "left", "lt": "left", "right": "right", "r": "right", "rt": "right"}
_SIDES |= {"bilateral": "both", "both": "both", "bilaterally": "both", "bilat": "both"}
#: a part of a limb: the side is said of the limb
OF_THE = " of the "
_FILLERS = frozenset({"the", "of", "in", "on", "into", "muscle", "site", "area", "region", "im", "sc", "patient", "s"})
#: how a quadrant of the abdomen is written for short: the words that it stands for
_QUADRANTS = {"rlq": "right abdomen", "ruq": "right abdomen", "llq": "left abdomen", "luq": "left abdomen"}
#: and how nurses write the muscles
_QUADRANTS |= {
    f"{letter}{short}": f"{side} {muscle}"
    for letter, side in (("l", "left"), ("r", "right"))
    for short, muscle in (
        ("d", "deltoid"),
        ("vg", "ventrogluteal"),
        ("dg", "dorsogluteal"),
        ("vl", "vastus lateralis"),
        ("ue", "arm"),
        ("uoq", "upper outer quadrant"),
    )
}
#: words broken off, and joints that are spoken of as two
_QUADRANTS |= {"ant": "anterior", "post": "posterior", "lat": "lateral", "abd": "abdomen", "tricep": "triceps"}
_QUADRANTS |= {
    f"{joint}s": f"both {joint}"
    for joint in ("knee", "shoulder", "hip", "wrist", "elbow", "ankle", "deltoid", "thigh", "arm")
}


def _words(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return [part for word in words for part in _QUADRANTS.get(word, word).split()]


@lru_cache(maxsize=4096)
def _core(text: str) -> str:
    """The words that name the place: no side, no filler."""
    telling = [word for word in _words(text) if word not in _SIDES and word not in _FILLERS]
    return " ".join(dict.fromkeys(telling))


_BY_WORD = {_core(word): site for site in SITES for word in (site.key, site.words, *site.synonyms)}


@lru_cache(maxsize=4096)
def parse_site(text: str | None) -> Site | None:
    """The place that the text names in any usual spelling, with or without a side; ``None`` when unknown."""
    if not text:
        return None
    core = _core(text)
    if core in _BY_WORD or not core.endswith(" joint"):
        return _BY_WORD.get(core)
    joint = _BY_WORD.get(core.removesuffix(" joint"))
    return joint if joint and "intra-articular" in joint.routes else None


@lru_cache(maxsize=4096)
def parse_side(text: str | None) -> str | None:
    """``left``, ``right`` or ``both`` when the text says so, in a side of its own or in the name of a site."""
    found = {_SIDES[word] for word in _words(text or "") if word in _SIDES}
    if found == {"left", "right"}:
        return "both"
    return found.pop() if len(found) == 1 else None


def is_paired(text: str | None) -> bool:
    """Whether the site has a left and a right, so that one of them must be said."""
    site = parse_site(text)
    return site is not None and site.paired


@lru_cache(maxsize=4096)
def site_words(text: str | None, side: str | None = None) -> str:
    """The site as the screen says it: ``left deltoid``, ``back of the left hand``.

    Words that we do not know are shown as they came.
    """
    if not text:
        return "Not recorded"
    site = parse_site(text)
    which = side or (parse_side(text) if site else None)
    name = site.words if site else text
    if not which:
        return name
    if which == "both":
        return f"{name}, both sides"
    inside = site is not None and OF_THE in name
    return name.replace(OF_THE, f"{OF_THE}{which} ") if inside else f"{which} {name}"


def sites_for(route: str | None, volume: Quantity | None = None) -> tuple[Site, ...]:
    """The places to offer for that route, without those that usually take less than the volume."""
    return tuple(
        site
        for site in SITES
        if not site.general and _among(route, site.routes) and not over_usual_volume(site, volume)
    )


def fits_route(site: Site, route: str | None) -> bool:
    """Whether a dose by that route can have gone into that place; routes that we do not know fit everywhere.

    A general word takes what any place that it includes takes: an implant said to be in the arm is in its inner side.
    """
    if parse_route(route) is None or goes_anywhere(route):
        return True
    meant = (site, *(part for part in SITES if site.general and part.part_of == site.key))
    return any(_among(route, (*place.routes, *place.tolerated)) for place in meant)


@lru_cache(maxsize=4096)
def same_site(one: str | None, other: str | None) -> bool:
    """Whether two texts name one place; a general word agrees with the places that it includes."""
    first, second = parse_site(one), parse_site(other)
    if first is None or second is None:
        return bool(one and other) and _core(one or "") == _core(other or "")
    return first is second or first.part_of == second.key or second.part_of == first.key


def belongs_to(site: Site, part: str) -> bool:
    """Whether the place lies on that part of a body half: ``arm``, ``leg``, or ``side`` for all that has two sides."""
    return site.paired if part == "side" else site.key in LIMBS[part]


def over_usual_volume(site: Site, volume: Quantity | None) -> bool:
    """Whether the volume is more than that place usually takes; unknown volumes are not."""
    usual = site.usual_volume
    if usual is None or volume is None or volume.dimension is not Dimension.VOLUME:
        return False
    return volume > usual


@lru_cache(maxsize=4096)
def _among(route: str | None, routes: tuple[str, ...]) -> bool:
    return any(same_route(route, other) for other in routes)


def site_of(key: str) -> Site:
    """The site with that key. Raises ``KeyError``."""
    return _BY_KEY[key]
