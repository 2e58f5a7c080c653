"""What a check may say, here in the chart and in billing: one shape, so that one list can show them all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How loud a finding is."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


class Gate(StrEnum):
    """What a finding holds up (GATE-01).

    ``GIVING`` stops an unsafe act before it happens, ``SIGNING`` refuses a signature while a required fact is
    not charted, ``CLAIM`` keeps the claim back, ``NOTHING`` only tells.
    """

    GIVING = "giving"
    SIGNING = "sign-off"
    CLAIM = "claim"
    NOTHING = "nothing"


class Owner(StrEnum):
    """Whom a finding waits for."""

    NURSE = "nurse"
    PHYSICIAN = "physician"
    BILLER = "biller"


class Until(StrEnum):
    """Until when it can still be mended."""

    PATIENT_LEAVES = "patient-leaves"
    SIGN_OFF = "sign-off"
    CO_SIGN = "co-sign"
    FILING = "filing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check noticed.

    ``rule`` is the address of the function that said it (``completeness.lot_not_charted``), ``summary`` one plain
    sentence, ``because`` the evidence in numbers, ``fix`` what the person can do, ``administrations`` the ids of the
    doses it is about and ``fields`` the names of the facts it is about (``lot``; ``supervision.mode``).
    """

    rule: str
    summary: str
    severity: Severity = Severity.CRITICAL
    gate: Gate = Gate.SIGNING
    owner: Owner = Owner.NURSE
    until: Until = Until.SIGN_OFF
    fix: str = ""
    because: str = ""
    source: str = ""
    administrations: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def blocks(self) -> str:
        """``sign-off``, ``claim`` or ``nothing``: an act that must not happen is not signed off either."""
        return Gate.SIGNING.value if self.gate is Gate.GIVING else self.gate.value


def signed(finding: Finding, rule: str, *, summary: str) -> Finding:
    """The finding under the address of whoever said it.

    It was made a moment ago for this one answer, so it is completed in place: a copy would cost more than the check.
    """
    object.__setattr__(finding, "rule", rule)
    object.__setattr__(finding, "summary", summary)
    return finding
