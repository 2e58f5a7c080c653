"""Who may do what with the bill: data like that of ``injections/policy.py``, added to it when the bill starts."""

from __future__ import annotations

from injections import policy
from injections.models.staff import Role
from injections.policy import BILLING, CLINICAL, EVERYBODY

#: capability -> the roles that have it
CAPABILITIES: dict[str, frozenset[Role]] = {
    "charges.preview": CLINICAL | BILLING,
    "charges.review": BILLING,
    "charges.export": BILLING,
    "charges.replay": BILLING,
    "rulebook.see": EVERYBODY,
}

policy.add(CAPABILITIES)
