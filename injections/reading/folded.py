"""The part of the charting page that is folded away: whether it is open, and what it asks of a dose charted late."""

from __future__ import annotations

from injections.actions.signing import Preview
from injections.chart.ordered import number_for
from injections.entries.reasons import LATE, WAIVE
from injections.models import AdministrationDraft
from injections.reading.charting import Stop

#: entries whose fields stand in the part of the page that is folded away
FOLDED = (
    *("dose_change_reason", "given_at", "supervisor", "given_by", "prepared_by", "diagnoses", "reason", "note"),
    *("site2", "split_reason", "vial2.", "labs", "self_given", "unobtainable."),
)


def late(seen: Preview) -> Stop | None:
    """A dose that is charted hours or days after it was given, with the field that says why; it holds up nothing."""
    answered = {waiver.rule: waiver.reason for waiver in seen.dose.waivers}
    found = (one for one in seen.findings if one.rule in LATE and seen.dose.id in one.administrations)
    return next((Stop(one, f"{WAIVE}{one.rule}", answered.get(one.rule, "")) for one in found), None)


def more_open(draft: AdministrationDraft) -> bool:
    """Whether something stands in the part of the page that is folded away: then it is open."""
    order, entries = draft.order, draft.entries
    ordered = order.dose_of(number_for(draft)) if order is not None else None
    other = ordered is not None and not ordered.is_said_by(entries.get("dose", ""))
    return other or any(name.startswith(FOLDED) for name in entries)
