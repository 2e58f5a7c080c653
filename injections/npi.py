"""The number of a practitioner or a place: ten digits, of which the last checks the others."""

from __future__ import annotations

import re
from functools import lru_cache

#: what stands before an NPI when its check digit is worked out (45 CFR 162.406)
CARD_ISSUER = "80840"


@lru_cache(maxsize=4096)
def is_npi(text: str) -> bool:
    """Ten digits, beginning with 1 or 2, of which the last is the Luhn check digit over 80840 and the others."""
    if not re.fullmatch(r"[12][0-9]{9}", text):
        return False
    digits = [int(digit) for digit in reversed(CARD_ISSUER + text)]
    doubled = [digit * 2 if place % 2 else digit for place, digit in enumerate(digits)]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0
