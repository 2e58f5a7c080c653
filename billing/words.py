"""Words and numbers of the review pages: what a group is called, what money reads like."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from billing.models.worklist import Group
from billing.rules import RULEBOOK
from injections.checks import CHECKS, address, title

OWN_GROUPS = {
    "failed": "Charges could not be worked out",
    "corrected": "Changed after it was sent",
    "ready": "Ready to approve",
    "nothing": "Nothing to bill",
    "approved": "Approved, leaves with the next export",
    "snoozed": "Out of sight for now",
    "sent": "Sent",
}
OWNERS = {"nurse": "whoever gave the dose", "physician": "the physician", "biller": "billing"}
#: deadlines that still lie ahead when the chart is signed
AHEAD = {"co-sign": "before co-sign", "filing": "before filing"}


def heading(group: Group) -> str:
    """What a group of rows waits for, in words."""
    if group.key in OWN_GROUPS or "." in group.key:
        return OWN_GROUPS.get(group.key) or rule_title(group.key)
    return group.key


def rule_title(address: str) -> str:
    """The first line of a rule's docstring; a rule that is gone keeps its address."""
    return titles().get(address) or address.rpartition(".")[2].replace("_", " ").capitalize()


@cache
def titles() -> dict[str, str]:
    said = {rule.name: rule.title for rule in RULEBOOK} | {address(check): title(check) for check in CHECKS}
    return {name: words.rstrip(".") for name, words in said.items()}


def dollars(amount: Decimal | None) -> str:
    """ "$1,288.40"; nothing where no price is known."""
    return "" if amount is None else f"${amount:,.2f}"
