"""What became of an opened container: given, thrown away, kept. Pure; amounts of the drug, in one unit.

``content = given + wasted + kept`` always holds. More than the label promises is *found* (makers overfill), and then
stands in the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

#: how long an opened multi-dose vial may be used where the drug's file says nothing else (CDC; USP <797>)
BEYOND_USE_DAYS = 28
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Parts:
    """The content of one container and where it went. Raises :class:`ValueError` for a content that does not add up."""

    content: Decimal
    given: Decimal = NOTHING
    wasted: Decimal = NOTHING

    def __post_init__(self) -> None:
        if min(self.given, self.wasted, self.kept) < 0:
            raise ValueError(f"{self.given} given and {self.wasted} wasted do not fit into {self.content}")

    @property
    def kept(self) -> Decimal:
        return self.content - self.given - self.wasted

    def less(self, given: Decimal, wasted: Decimal = NOTHING) -> tuple[Parts, Decimal]:
        """After one more draw, and how much of it was found beyond the label."""
        found = max(NOTHING, given + wasted - self.kept)
        return Parts(self.content + found, self.given + given, self.wasted + wasted), found

    def changed(self, amount: Decimal) -> Parts:
        """After so much came in from elsewhere, or (below zero) was taken along to another place."""
        return Parts(self.content + amount, self.given, self.wasted)


def use_by(opened_on: date, expires_on: date, days: int | None = None) -> date:
    """The last day on which it may be used: so many days after it was opened, and never past its expiry."""
    return min(opened_on + timedelta(days=BEYOND_USE_DAYS if days is None else days), expires_on)
