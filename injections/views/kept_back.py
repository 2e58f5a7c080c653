"""Which restrictions somebody may enter and end."""

from __future__ import annotations

from injections.actions.restrictions import OF_CARE
from injections.models import Staff
from injections.models.restriction import Kind
from injections.policy import may


def kinds_of(by: Staff) -> frozenset[str]:
    return frozenset(Kind.values) if may(by, "restriction.care") else frozenset(Kind.values) - OF_CARE
