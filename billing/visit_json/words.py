"""Words that several parts of a visit document share."""

from __future__ import annotations

from typing import Any

from billing.visit_json.document import text
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
