"""The payer that a written name means: plans by what people call them, and by the words that many names share."""

from __future__ import annotations

import re

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
    "bcbsnc": "blue-cross-nc",
    "bcbs-nc": "blue-cross-nc",
    "blue-cross-nc": "blue-cross-nc",
    "bcbs-of-north-carolina": "blue-cross-nc",
    "bcbs-of-nc": "blue-cross-nc",
    "bcbsnd": "blue-cross-nd",
    "bcbs-of-north-dakota": "blue-cross-nd",
    "champva": "commercial",
    "ppo": "commercial",
    "hmo": "commercial",
    "commercial-ppo": "commercial",
    "chip": "medicaid",
    "medi-cal": "medicaid",
    "cash": "self-pay",
    "cash-pay": "self-pay",
    "private-pay": "self-pay",
    "uninsured": "self-pay",
    "none": "self-pay",
    "wc": "workers-compensation",
    "mcr": "medicare",
    "mcd": "medicaid",
    "part-c": "medicare-advantage",
    "no-insurance": "self-pay",
    "patient-pay": "self-pay",
    "patient": "self-pay",
    "out-of-pocket": "self-pay",
    "work-injury": "workers-compensation",
}

#: the first words of a name that many plans share, such as BCBS of Texas
_BEGINNINGS = {
    "bcbs": "commercial",
    "blue-cross": "commercial",
    "blue-shield": "commercial",
    "tricare": "tricare",
    "kaiser": "commercial",
    "anthem": "anthem",
    "aetna": "aetna",
    "cigna": "cigna",
    "unitedhealthcare": "unitedhealthcare",
    "united-healthcare": "unitedhealthcare",
    "uhc": "unitedhealthcare",
    "humana": "humana-medicare-advantage",
    "highmark": "commercial",
    "carefirst": "commercial",
    "premera": "commercial",
    "regence": "commercial",
    "ambetter": "commercial",
    "oscar": "commercial",
    "tufts": "commercial",
    "harvard-pilgrim": "commercial",
    "emblemhealth": "commercial",
    "geisinger": "commercial",
    "medicare": "medicare",
}
#: words that say that a plan is a state's Medicaid, or stands for it, whoever runs it
_MEDICAID = (
    *("medicaid", "community-plan", "better-health", "healthy-horizons", "ahcccs", "tenncare", "masshealth"),
    *("medi-cal", "badgercare", "soonercare", "apple-health"),
)
#: words beside "medicare" that say that a plan stands in its place
_INSTEAD = ("advantage", "hmo", "ppo", "replacement", "part-c")
#: first words of Medicare itself: how it is called, and the contractors that pay for it
_ITSELF = (
    *("medicare", "railroad", "original", "traditional", "regular", "straight", "ffs", "fee-for-service", "part-b"),
    *("novitas", "noridian", "palmetto", "wps", "ngs", "national-government-services", "cgs", "first-coast", "fcso"),
)
#: plans in Medicare's place whose names do not speak of Medicare
_IN_ITS_PLACE = ("healthspring", "senior-advantage")


def payer_key(written: str) -> str | None:
    """The key of the payer that a name means, its words joined by hyphens; ``None`` where nobody can say.

    "Molina Medicaid" is Medicaid, "Medicare HMO" and "Blue Cross Medicare" are plans in Medicare's place. Molina alone
    runs plans of both kinds.
    """
    written = written.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    if written in PAYERS:
        return PAYERS[written]
    if names_two(written):
        return None
    if any(word in written for word in _MEDICAID):
        return "medicaid"
    if written.startswith("work") and "comp" in written:
        return "workers-compensation"
    if "medicare" in written or any(word in written for word in _IN_ITS_PLACE):
        return _beside_medicare(written)
    if written.startswith("bcbs"):
        return "commercial"
    beginnings = (key for start, key in _BEGINNINGS.items() if f"{written}-".startswith(f"{start}-"))
    return next(beginnings, None)


def names_two(written: str) -> bool:
    """Whether a name speaks of two payers, or of one that pays second: nobody can say who is billed here."""
    words = set(re.split(r"[^a-z]+", written.casefold()))
    return "medicare" in words and bool(words & {"medicaid", "secondary", "second", "commercial", "supplement"})


def _beside_medicare(written: str) -> str | None:
    itself = written.startswith(_ITSELF) and not any(word in written for word in _INSTEAD)
    return "medicare" if itself else "medicare-advantage"
