"""A draft that is miswritten is told by its line, in words that need no programmer."""

from __future__ import annotations

import pytest

from billing.draft.document import draft_from_text
from billing.draft.refusal import DraftError


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "x"\nkey = \n', "line 2: what stands after = cannot be read"),
        ('name "x"', "line 1: = is missing after the name"),
        ('name = "x" key = "y"', "line 1: something stands behind the value"),
        ('name = "x\nkey = "y"', "line 1: a quotation mark is not closed"),
        ("name = [1, 2", "the last line: a bracket is not closed"),
        ("[[price]\n", "line 1: a bracket is not closed"),
        ('name = "x"\nname = "y"', "the last line: the same name stands twice"),
        ("= 5", "line 1: a line is a name, = and a value"),
        ("day = 2026-13-45", "line 1: "),
    ],
)
def test_a_miswritten_draft_says_its_line_and_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(DraftError) as refused:
        draft_from_text(text)
    assert str(refused.value).startswith(said)
    assert "column" not in str(refused.value)
