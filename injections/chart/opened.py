"""The opened vials of a lot: which one is in hand, and what else of it may be used."""

from __future__ import annotations

from datetime import date

from injections.models import Administration, Lot, OpenedVial


def in_hand(lot: Lot, on: date, *, corrects: Administration | None = None) -> list[OpenedVial]:
    """The vials that a dose of that day is drawn from, the first one first: those still good; else those past it.

    A correction draws from what the corrected record was drawn from, even where that has ended since.
    """
    same = OpenedVial.objects.filter(lot=lot, kept__gt=0, use_by__isnull=False)
    before = [vial for vial in drawn_before(lot, corrects) if vial.kept]
    open_now = [vial for vial in same.filter(ended_at=None) if vial not in before]
    good = [vial for vial in open_now if vial.use_by is not None and vial.use_by >= on]
    return before + (good or open_now)


def drawn_before(lot: Lot, corrects: Administration | None) -> list[OpenedVial]:
    """The vials of this lot that the corrected record was drawn from, also where nothing of them is here any more."""
    if corrects is None:
        return []
    return list(OpenedVial.objects.filter(lot=lot, use_by__isnull=False, moves__administration=corrects).distinct())
