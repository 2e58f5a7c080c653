"""The edition: one fingerprint of the rules and of everything that they look up."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from injections.formulary import HERE as FORMULARY

BILLING = Path(__file__).parent.parent
CHECKS = FORMULARY.parent / "checks"


def edition_of(folder: Path) -> str:
    """Changes whenever an answer could: with a rule, a check, a drug, a payer or a table."""
    files = [*BILLING.glob("*.py"), *BILLING.glob("rules/*.py"), *BILLING.glob("reference/*.py"), *CHECKS.glob("*.py")]
    files += [*FORMULARY.glob("*.toml"), *folder.glob("payers/*.toml"), *folder.glob("codes/*")]
    fingerprint = sha256()
    for path in sorted(files, key=lambda p: (p.parent.name, p.name)):
        fingerprint.update(f"{path.parent.name}/{path.name}\0".encode())
        fingerprint.update(path.read_bytes())
    return fingerprint.hexdigest()[:16]
