"""Drafts that replays are asked about, and since when."""

from __future__ import annotations

from tests.factories import NOW

SINCE = NOW.date()
LINE_MODIFIER = """
key = "medicaid"

[[wants]]
demand = "line-modifiers"
value = { 96372 = "UD" }
since = 2026-10-01
source = "a letter of the plan"
"""
UNIT = """
[[coding]]
drug = "fictamine"
code = "J3420"
amount = "500 mcg"
since = 2026-10-01
source = "a bulletin"
"""


def written(tmp_path, text):
    """The draft as a file."""
    path = tmp_path / "draft.toml"
    path.write_text(text)
    return path
