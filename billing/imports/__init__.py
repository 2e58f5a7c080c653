"""Public tables as their publishers lay them out, to dated rows. Pure: no database, no clock.

:data:`KINDS` is the table of contents: what a person calls a table, and the function that reads its files.
"""

from __future__ import annotations

from collections.abc import Callable

from billing.imports import (
    add_on_codes,
    asp_crosswalk,
    asp_limits,
    fee_schedule,
    gpci,
    hcpcs,
    icd10cm,
    mue,
    ncci_pairs,
    ndc,
    place_of_service,
)
from billing.imports.periods import Asked
from billing.imports.source import Source
from billing.imports.tables import Published

KINDS: dict[str, Callable[[Source, Asked], Published]] = {
    "hcpcs": hcpcs.read,
    "asp-limits": asp_limits.read,
    "asp-crosswalk": asp_crosswalk.read,
    "ncci-pairs": ncci_pairs.read,
    "mue": mue.read,
    "add-on-codes": add_on_codes.read,
    "icd10cm": icd10cm.read,
    "fee-schedule": fee_schedule.read,
    "gpci": gpci.read,
    "place-of-service": place_of_service.read,
    "ndc": ndc.read,
}
