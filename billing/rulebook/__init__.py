"""The rulebook as people read it: every rule and check as a page, and what each payer wants as another."""

from __future__ import annotations

from billing.rulebook.contents import CHAPTERS, Chapter, Entry, entry, find
from billing.rulebook.demanded import Wanted, wanted_by, who_wants

__all__ = ["CHAPTERS", "Chapter", "Entry", "Wanted", "entry", "find", "wanted_by", "who_wants"]
