"""Who may do what: roles and capabilities as data, reviewed like data, and the mark that every view carries.

A view without a mark answers nobody (config/declared.py) and is refused by a test; a role without the capability sees
what an unknown address shows. What the bill lets people do stands in ``billing/policy.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from injections.models.staff import Role

View = Callable[..., HttpResponse]

NURSING = frozenset({Role.NURSE, Role.MEDICAL_ASSISTANT})
CLINICAL = NURSING | {Role.PHYSICIAN}
BILLING = frozenset({Role.BILLER, Role.MANAGER})
EVERYBODY = frozenset(Role)

#: capability -> the roles that have it; the bill adds its own
CAPABILITIES: dict[str, frozenset[Role]] = {
    "home": EVERYBODY,
    #: what is known of a drug: nothing in it is about a patient
    "formulary.see": EVERYBODY,
    "today.see": CLINICAL | {Role.FRONT_DESK, Role.MANAGER},
    "patient.see": CLINICAL | BILLING | {Role.FRONT_DESK},
    "patient.write": CLINICAL | {Role.FRONT_DESK},
    "allergy.confirm": frozenset({Role.NURSE, Role.PHYSICIAN}),
    #: anybody may say that a side is to be avoided; that it may be used again is for those who treat
    "spared.end": CLINICAL,
    "restriction.write": CLINICAL | {Role.FRONT_DESK},
    "restriction.care": CLINICAL,
    "emergency.open": CLINICAL | {Role.FRONT_DESK},
    "emergency.see": frozenset({Role.ADMINISTRATOR, Role.MANAGER}),
    "emergency.close": CLINICAL | {Role.FRONT_DESK, Role.ADMINISTRATOR, Role.MANAGER},
    "appointment.write": CLINICAL | {Role.FRONT_DESK},
    "appointment.protected": frozenset({Role.FRONT_DESK}),
    "import.write": NURSING | {Role.FRONT_DESK},
    "order.write": frozenset({Role.PHYSICIAN}),
    "order.spoken": CLINICAL,
    "order.pause": CLINICAL,
    "chart.see": CLINICAL | BILLING,
    "chart.write": CLINICAL,
    "chart.sign": CLINICAL,
    #: what somebody else gave and signed: the signature then says so
    "chart.correct": frozenset({Role.NURSE, Role.PHYSICIAN}),
    "chart.cosign": frozenset({Role.PHYSICIAN}),
    "presence.write": CLINICAL,
    "downtime.print": CLINICAL | {Role.MANAGER},
    "stock.see": CLINICAL | {Role.MANAGER},
    "stock.write": NURSING | {Role.MANAGER},
    "incident.write": CLINICAL | {Role.MANAGER},
    "recall.see": CLINICAL | {Role.MANAGER},
    "recall.write": NURSING | {Role.MANAGER},
    "question.answer": CLINICAL,
    "shift.start": CLINICAL | {Role.FRONT_DESK},
    "shift.join": CLINICAL | {Role.FRONT_DESK},
    "staff.write": frozenset({Role.ADMINISTRATOR}),
    "practice.write": frozenset({Role.ADMINISTRATOR}),
    # those who treat as well: of a record under Part 2 nobody else can give the account
    "disclosures.see": CLINICAL | {Role.MANAGER, Role.FRONT_DESK},
    "disclosures.write": CLINICAL | {Role.MANAGER, Role.FRONT_DESK},
    "audit.see": frozenset({Role.ADMINISTRATOR, Role.MANAGER}),
}


def add(capabilities: dict[str, frozenset[Role]]) -> None:
    """Take in what another part of the product lets people do; a name that is taken already is an error."""
    taken = CAPABILITIES.keys() & capabilities.keys()
    if taken:
        raise ValueError(f"capabilities said twice: {', '.join(sorted(taken))}")
    CAPABILITIES.update(capabilities)


def may(user: Any, capability: str) -> bool:
    """Whether this person's role allows it. Unknown capabilities are an error, not a no."""
    allowed = CAPABILITIES[capability]
    return bool(getattr(user, "is_active", False)) and getattr(user, "role", None) in allowed


def requires(capability: str) -> Callable[[View], View]:
    """Mark a view with the capability it needs. Without it the address looks like one that does not exist."""
    if capability not in CAPABILITIES:
        raise KeyError(capability)

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, capability):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.permission = capability  # type: ignore[attr-defined]  # read by the test that walks the URLs
        return guarded

    return mark
