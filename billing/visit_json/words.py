"""Words that several parts of a visit document share."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from billing.visit_json.states import STATES
from billing.visit_json.values import VisitError, shown, text
from injections.routes import find_route, parse_route

#: what people call the places of service that an injection is given at
PLACES = {
    "office": "11",
    "clinic": "11",
    "physician office": "11",
    "home": "12",
    "assisted living": "13",
    "off-campus": "19",
    "urgent care": "20",
    "inpatient": "21",
    "hospital outpatient": "22",
    "outpatient hospital": "22",
    "on-campus": "22",
    "er": "23",
    "ed": "23",
    "emergency room": "23",
    "asc": "24",
    "snf": "31",
    "skilled nursing facility": "31",
    "nursing home": "32",
    "nursing facility": "32",
    "hospice": "34",
    "fqhc": "50",
    "rural health clinic": "72",
    "rhc": "72",
}


#: the Medicare contractors, by words that their names are known by
_CONTRACTORS = {
    "national government": "NGS",
    "ngs": "NGS",
    "cgs": "CGS",
    "novitas": "Novitas",
    "noridian": "Noridian",
    "palmetto": "Palmetto",
    "first coast": "First Coast",
    "fcso": "First Coast",
    "wps": "WPS",
    "wisconsin physicians": "WPS",
}


def contractor_name(value: Any, path: str) -> str:
    """The contractor by its short name; a name that we do not know stays as it was written."""
    written = text(value, path)
    folded = written.casefold()
    return next((short for words, short in _CONTRACTORS.items() if words in folded), written)


def parse_route_word(value: Any, path: str) -> str:
    """Our key for a route, else the words as they came: a rule then asks what is meant."""
    written = text(value, path)
    return parse_route(written) or find_route(written) or written


def place(value: Any, path: str) -> str:
    """The place of service by its number or its word: "11", "POS 11", "11 - Office", "office"."""
    written = text(value, path)
    folded = re.sub(r"^pos\s*", "", written.casefold())
    numbered = re.fullmatch(r"(\d{1,2})(?:\s*[-:(]\s*(.+?)\)?)?", folded)
    if numbered and PLACES.get(numbered[2] or "", numbered[1].zfill(2)) == numbered[1].zfill(2):
        return numbered[1].zfill(2)
    return PLACES.get(folded, written)


def state(value: Any, path: str) -> str:
    """A state by its two letters, from the letters or the name."""
    written = text(value, path)
    if written.upper() in STATES.values():
        return written.upper()
    if (letters := STATES.get(" ".join(written.casefold().split()))) is None:
        raise VisitError(path, f"{shown(value)} is not a state such as TX")
    return letters


_ZONES = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "arizona": "America/Phoenix",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
}


def zone(value: Any, path: str) -> ZoneInfo:
    """A time zone by its name, or by what people call it: "Central"."""
    written = text(value, path)
    called = re.sub(r" (standard |daylight )?time$", "", written.casefold().removeprefix("us/"))
    try:
        return ZoneInfo(_ZONES.get(called, written))
    except (KeyError, ValueError, OSError):
        raise VisitError(path, f"{shown(value)} is not a time zone such as America/Chicago") from None


_MODIFIERS = re.compile(r"([A-Z0-9]{5})((?:[-, ]+[A-Z0-9]{2})+)")


def split_code(value: Any, path: str) -> tuple[str, tuple[str, ...]]:
    """A billing code and the modifiers that were written behind it: "99213-25", "HCPCS J3420"."""
    written = re.sub(r"^(?:HCPCS|CPT)[:\s]+", "", text(value, path).upper())
    found = _MODIFIERS.fullmatch(written)
    if found:
        return found[1], tuple(re.findall(r"[A-Z0-9]{2}", found[2]))
    return (written.replace(" ", "") if re.fullmatch(r"[A-Z] ?\d{4}", written) else written), ()


def code(value: Any, path: str) -> str:
    return split_code(value, path)[0]


def guidance(value: Any, path: str) -> str | None:
    """What guided the needle, with ultrasound in full: "US guided"; ``None`` where it is said that nothing did."""
    written = text(value, path)
    if re.match(r"(?:no|none|without|not|n/a|blind|landmark|palpation)\b", written.casefold()):
        return None
    return re.sub(r"\b(?:us|u/s|usg)\b", "ultrasound", written, flags=re.IGNORECASE)


_WITH_WORDS = re.compile(r"([A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?)\s*[\s:(\u2013-]\s*[A-Z(].*", re.DOTALL)


def diagnosis(written: str) -> str:
    """A diagnosis code without the words behind it: "E53.8 - B12 deficiency"."""
    found = _WITH_WORDS.fullmatch(written.upper())
    return found[1] if found else written.upper()
