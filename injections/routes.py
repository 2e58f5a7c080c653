"""The routes a dose can take: our key for each, the words on screen, and the other ways people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Route:
    """One way into the body.

    ``within`` is the general route that it is a case of (IV for an IV push); ``anywhere`` means that any place on the
    body can be right for it, such as the lesion or the trigger point.
    """

    key: str
    words: str
    synonyms: tuple[str, ...] = ()
    within: str = ""
    needs_site: bool = True
    anywhere: bool = False


ROUTES: tuple[Route, ...] = (
    Route(
        "IM", "intramuscular", ("im deep", "deep im", "im z track", "z track", "into muscle", "i m", "intramuscularly")
    ),
    Route(
        "SC",
        "subcutaneous",
        (
            *("sq", "subq", "sub q", "subcut", "sub cutaneous", "subcutaneously", "deep sc", "s c", "s q"),
            *("sub cut", "subcu", "sub cu", "hypodermic"),
        ),
    ),
    Route(
        "SC-infusion",
        "subcutaneous infusion",
        (
            *("sc infusion", "sq infusion", "subq infusion", "sub q infusion", "subcut infusion", "scig infusion"),
            *("infused subcutaneously", "subcutaneous pump"),
        ),
        within="SC",
    ),
    Route("ID", "intradermal", ("intradermally", "intracutaneous", "i d")),
    Route("IV", "intravenous", ("i v", "intravenously", "into vein")),
    Route(
        "IV-push",
        "intravenous push",
        ("ivp", "iv bolus", "intravenous bolus", "iv injection", "push iv", "pushed iv"),
        within="IV",
    ),
    Route(
        "IV-infusion",
        "intravenous infusion",
        ("ivpb", "iv piggyback", "iv drip", "drip", "iv gtt", "infusion", "infused"),
        within="IV",
    ),
    Route("IA", "intra-arterial", ("intraarterial", "arterial"), anywhere=True),
    Route(
        "intra-articular",
        "into the joint",
        ("intraarticular", "articular", "joint", "joint injection", "intra synovial"),
    ),
    Route("bursal", "into the bursa", ("bursa", "intrabursal", "intra bursal"), anywhere=True),
    Route("tendon", "at the tendon", ("tendon sheath", "peritendinous", "tendon origin", "ligament"), anywhere=True),
    Route("trigger-point", "into the trigger point", ("trigger point injection", "tpi"), anywhere=True),
    Route("perineural", "around the nerve", ("nerve block", "nerve"), anywhere=True),
    Route("intralesional", "into the lesion", ("lesion", "intra lesional"), anywhere=True),
    Route(
        "subdermal-implant",
        "implanted under the skin",
        ("implant", "subcutaneous implant", "sc implant", "pellet", "subdermal"),
    ),
    Route("intravitreal", "into the eye", ("ivt", "eye", "intra vitreal")),
    Route("intrathecal", "into the spinal fluid", ("it", "spinal", "intra thecal")),
    Route("epidural", "epidural", ("into the epidural space",)),
    Route("on-body", "on-body injector", ("on body injector", "obi", "onpro", "on body")),
    Route(
        "wound-infiltration",
        "into the tissue around",
        ("local infiltration", "infiltration", "soft tissue", "local"),
        anywhere=True,
    ),
    Route("intradetrusor", "into the bladder wall", ("detrusor", "bladder wall")),
    Route("intracavernosal", "intracavernosal", ("intracavernous", "penile")),
    Route(
        "intratympanic",
        "through the eardrum",
        ("transtympanic", "intra tympanic", "middle ear", "into the middle ear"),
        anywhere=True,
    ),
    Route("sacroiliac", "into the sacroiliac joint", ("si joint", "sacroiliac joint")),
    Route("flush", "flush of the line", ("line flush", "catheter flush"), needs_site=False),
    Route("oral", "by mouth", ("po", "per os", "mouth"), needs_site=False),
    Route("nasal", "into the nose", ("intranasal", "in"), needs_site=False),
    Route("topical", "on the skin", ("on skin", "cutaneous", "transdermal"), needs_site=False),
)

_BY_KEY = {route.key: route for route in ROUTES}


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    """Letters and digits only, one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


_BY_WORD = {_plain(word): route.key for route in ROUTES for word in (*route.synonyms, route.words, route.key)}


@lru_cache(maxsize=1024)
def parse_route(text: str | None) -> str | None:
    """Our key for a route in the field's usual spellings; ``None`` for words we do not know."""
    return _BY_WORD.get(_plain(text)) if text else None


#: words that name a route only when they stand alone: in a sentence they mean something else
_NOT_IN_A_SENTENCE = frozenset({"in", "it", "local", "mouth", "joint"})
_LONGEST = max(len(word.split()) for word in _BY_WORD)


def find_route(text: str) -> str | None:
    """Our key for the one route that a longer text names ("slow IV push", "IM left deltoid"); ``None`` for two routes.

    Dots and hyphens inside a word do not part it: "i.v.p." is "ivp", "intra-muscular" is "intramuscular".
    """
    plain = re.sub(r"\bintra ", "intra", _plain(text))
    words = re.sub(r"\b(\w) (?=\w\b)", r"\1", plain).split()
    found, place = set(), 0
    while place < len(words):
        spans = range(min(_LONGEST, len(words) - place), 0, -1)
        span = next((n for n in spans if _named(words[place : place + n], alone=len(words) == n)), 0)
        if span:
            found.add(_BY_WORD[" ".join(words[place : place + span])])
        place += span or 1
    found -= {_BY_KEY[key].within for key in found}
    if found == {"IA", "intra-articular"} or ("joint" in words and found <= {"IA", "intra-articular"}):
        return "intra-articular"
    if found == {"SC", "subdermal-implant"}:
        return "subdermal-implant"
    return found.pop() if len(found) == 1 else None


def _named(words: list[str], *, alone: bool) -> bool:
    name = " ".join(words)
    return name in _BY_WORD and (alone or name not in _NOT_IN_A_SENTENCE)


@lru_cache(maxsize=1024)
def route_words(route: str | None) -> str:
    """The route in full words, as the screen says it; words we do not know are shown as they came."""
    if not route:
        return "Not recorded"
    key = parse_route(route)
    return _BY_KEY[key].words if key else route


def needs_site(route: str | None) -> bool:
    """Whether a dose by this route has a place on the body to chart; an unknown route has."""
    key = parse_route(route)
    return _BY_KEY[key].needs_site if key else True


def goes_anywhere(route: str | None) -> bool:
    """Whether the route sets no bounds to the place; an unknown route sets none that we know."""
    key = parse_route(route)
    return _BY_KEY[key].anywhere if key else True


def is_intravenous(route: str | None) -> bool:
    return parse_route(route) in ("IV", "IV-push", "IV-infusion")


@lru_cache(maxsize=4096)
def same_route(one: str | None, other: str | None) -> bool:
    """Whether two spellings mean one route; the general one agrees with each of its cases (IV with IV push)."""
    first, second = parse_route(one), parse_route(other)
    if first is None or second is None:
        return bool(one and other) and _plain(one or "") == _plain(other or "")
    return first == second or _BY_KEY[first].within == second or _BY_KEY[second].within == first


@lru_cache(maxsize=4096)
def allowed(route: str, routes: frozenset[str]) -> bool:
    """Whether one of the named routes is this one."""
    return any(same_route(route, other) for other in routes)
