"""What a place on the body is: its name, its routes, its codes, and where the body map draws it."""

from __future__ import annotations

from dataclasses import dataclass

from injections.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place on the body map: which view, and per cent from its left and upper edge.

    For a paired site ``x`` is that of the patient's left; the patient's right is mirrored (``100 - x``).
    """

    view: str
    x: int
    y: int

    def on(self, side: str | None) -> Anchor:
        return Anchor(self.view, 100 - self.x, self.y) if side == "right" else self


@dataclass(frozen=True, slots=True)
class Site:
    """One place a needle goes.

    ``tolerated`` are routes by which people chart this word although it is not exact: accepted, never offered.
    ``part_of`` is the general word that includes it, and a ``general`` word is accepted and never offered.
    """

    key: str
    words: str
    paired: bool
    routes: tuple[str, ...]
    anchor: Anchor
    usual_volume: Quantity | None = None
    snomed: str = ""
    snomed_sides: tuple[str, str] = ("", "")
    tolerated: tuple[str, ...] = ()
    part_of: str = ""
    general: bool = False
    synonyms: tuple[str, ...] = ()

    def code(self, side: str | None) -> str:
        """The SNOMED CT code for that side, else for the site, else empty."""
        left, right = self.snomed_sides
        return {"left": left, "right": right}.get(side or "") or self.snomed
