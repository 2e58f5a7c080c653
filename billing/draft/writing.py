"""A fault in the writing of a draft, told by its line in plain words."""

from __future__ import annotations

import re
import tomllib

from billing.draft.refusal import DraftError

#: how Python's reader begins its complaint, and what it comes to
_PLAIN = (
    ("Invalid value", "what stands after = cannot be read; words and amounts of money stand in quotation marks"),
    ("Expected '='", "= is missing after the name"),
    ("Expected newline", "something stands behind the value; each line says one thing"),
    ("Expected '", "a bracket is not closed"),
    ("Unclosed", "a bracket is not closed"),
    ("Unterminated", "a quotation mark is not closed"),
    ("Illegal character", "a quotation mark is not closed, or a character cannot stand there"),
    ("Cannot", "the same name stands twice"),
    ("Duplicate", "the same name stands twice"),
    ("Invalid date", "a day is written as 2026-10-06"),
)


def writing_fault(problem: tomllib.TOMLDecodeError) -> DraftError:
    """The refusal that says in which line the fault is, and what it is."""
    said = str(problem)
    line = re.search(r"at line (\d+)", said)
    plain = next((words for begins, words in _PLAIN if said.startswith(begins)), "")
    shape = 'a line is a name, = and a value, such as code = "J1050", or a heading such as [[coding]]'
    return DraftError(f"line {line[1]}" if line else "the last line", plain or shape)
