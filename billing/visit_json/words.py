"""Words that several parts of a visit document share."""

from __future__ import annotations

from typing import Any

from billing.visit_json.document import text
from injections.routes import find_route, parse_route

#: what people call the payers that ship with Deltoid
PAYERS = {
    "original-medicare": "medicare",
    "traditional-medicare": "medicare",
    "medicare-part-b": "medicare",
    "medicare-b": "medicare",
    "part-b": "medicare",
    "railroad-medicare": "medicare",
    "rr-medicare": "medicare",
    "medicare-railroad": "medicare",
    "traditional": "medicare",
    "medicare-ffs": "medicare",
    "ma": "medicare-advantage",
    "ma-plan": "medicare-advantage",
    "medicare-part-c": "medicare-advantage",
    "medicare-replacement": "medicare-advantage",
    "private": "commercial",
    "private-insurance": "commercial",
    "commercial-insurance": "commercial",
    "commercial-plan": "commercial",
    "uhc": "unitedhealthcare",
    "united-healthcare": "unitedhealthcare",
    "humana": "humana-medicare-advantage",
    "texas-medicaid": "medicaid-texas",
    "tx-medicaid": "medicaid-texas",
    "new-york-medicaid": "medicaid-new-york",
    "ny-medicaid": "medicaid-new-york",
    "bcbs": "commercial",
    "blue-cross": "commercial",
    "blue-cross-blue-shield": "commercial",
    "blue-shield": "commercial",
    "kaiser": "commercial",
    "tricare": "commercial",
    "champva": "commercial",
    "ppo": "commercial",
    "hmo": "commercial",
    "commercial-ppo": "commercial",
    "cash": "self-pay",
    "uninsured": "self-pay",
    "none": "self-pay",
    "workers-comp": "workers-compensation",
    "workers'-comp": "workers-compensation",
    "workers'-compensation": "workers-compensation",
    "work-comp": "workers-compensation",
    "wc": "workers-compensation",
}

#: the first words of a name that many plans share, such as BCBS of Texas
PAYER_BEGINNINGS = {
    "bcbs": "commercial",
    "blue-cross": "commercial",
    "blue-shield": "commercial",
    "tricare": "commercial",
    "medicare": "medicare",
}
#: words beside "medicare" that say that a plan stands in its place
_INSTEAD = ("advantage", "hmo", "ppo", "replacement", "part-c")


def payer_key(written: str) -> str | None:
    """The key of the payer that a name means: its own, else what all names with such words share.

    "Molina Medicaid" is Medicaid, "Medicare HMO" and "Blue Cross Medicare" are plans in Medicare's place.
    """
    if written in PAYERS:
        return PAYERS[written]
    if "medicaid" in written:
        return "medicaid"
    medicare = "medicare" in written
    if medicare and (any(word in written for word in _INSTEAD) or not written.startswith(("medicare", "railroad"))):
        return None if "supplement" in written else "medicare-advantage"
    if medicare and "supplement" in written:
        return None
    beginnings = (key for start, key in PAYER_BEGINNINGS.items() if f"{written}-".startswith(f"{start}-"))
    return next(beginnings, None)


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
