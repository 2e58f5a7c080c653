"""What goes wrong now and then, so that the charge review has something to show."""

from __future__ import annotations

from dataclasses import dataclass, field

from billing.demo.plan import Ordered


@dataclass(frozen=True, slots=True)
class Slip:
    """How one past visit differs from a clean one: other entries, missing ones, and what nobody did afterwards."""

    entries: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    visit_not_separated: bool = False
    not_cosigned: bool = False


CLEAN = Slip()

LOT_LOST = Slip(
    entries={
        "unobtainable.lot": "vial already in the sharps bin",
        "unobtainable.expires": "vial already in the sharps bin",
    },
    without=("lot", "lot_id", "expires"),
)
DISCARD_UNKNOWN = Slip(entries={"unobtainable.discarded": "nobody looked before it was binned"}, without=("discarded",))
NO_RESULT = Slip(without=("labs",))
FAINT = Slip(entries={"response": "Felt faint", "adverse_effects": "Pale for two minutes, lay down, pressure 104/62"})
EXPIRED = Slip(
    entries={
        "lot": "X2290", "expires": "2025-12-31",
        "waive.vial.lot_expired": "Seen only after the dose was given; the physician was told",
    },
    without=("lot_id",),
)  # fmt: skip
ALONE = Slip(entries={"supervisor": "none"})
NOT_GIVEN = Slip(entries={"status": "refused", "not_given_reason": "Patient wants to talk to the doctor first"})


def slip_of(number: int, line: Ordered) -> Slip:
    """Which slip the visit with this number has; most have none. The same number always has the same."""
    if line.visit and number % 2:
        return Slip(visit_not_separated=True)
    if line.labs and number % 3 == 1:
        return NO_RESULT
    return {
        5: LOT_LOST,
        11: ALONE,
        13: EXPIRED,
        17: DISCARD_UNKNOWN,
        23: FAINT,
        29: Slip(not_cosigned=True),
        31: NOT_GIVEN,
        37: ALONE,
    }.get(number % 40, CLEAN)
