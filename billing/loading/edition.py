"""The edition: one fingerprint of the rules and of everything that they look up."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from injections.formulary import HERE as FORMULARY

BILLING = Path(__file__).parent.parent
CHART = FORMULARY.parent
#: what an answer is worked out with, beside the chapters of rules and of checks: all that the engine draws in
_OF_THE_BILL = (
    *("anatomy", "arithmetic", "assumed_vials", "case", "codes", "context", "covid_acts", "deadline", "engine"),
    *("exclusions", "families", "looked_up", "ndc_lines", "outcomes", "payment", "portions", "practitioners", "sticks"),
    *("supply", "traits", "units", "vaccines"),
)
_OF_THE_CHART = (
    *("days", "findings", "npi", "places", "protocol_states", "quantity", "routes", "site_table", "sites"),
    *("formulary/index", "formulary/loader", "formulary/loading", "formulary/ndc", "formulary/table"),
    "formulary/words",
)
REASONING = (
    *(BILLING / f"{name}.py" for name in _OF_THE_BILL),
    *(CHART / f"{name}.py" for name in _OF_THE_CHART),
)


def edition_of(folder: Path) -> str:
    """Changes whenever an answer could: with a rule, a check, a drug, a payer or a table."""
    files = [*REASONING, *BILLING.glob("rules/*.py"), *BILLING.glob("reference/*.py"), *CHART.glob("checks/*.py")]
    files += [
        *CHART.glob("facts/*.py"),
        *FORMULARY.glob("*.toml"),
        *folder.glob("payers/*.toml"),
        *folder.glob("codes/*"),
    ]
    fingerprint = sha256()
    for path in sorted(files, key=lambda p: (p.parent.name, p.name)):
        fingerprint.update(f"{path.parent.name}/{path.name}\0".encode())
        fingerprint.update(path.read_bytes())
    return fingerprint.hexdigest()[:16]
