"""The text of a visit document to its values, with the place of what is wrong in it."""

from __future__ import annotations

import json
from typing import Any

from billing.visit_json.values import VisitError

BYTE_ORDER_MARK = "\ufeff"


def parse(written: str) -> Any:
    """The JSON in a text. Raises :class:`VisitError` with line and column, also for a name that stands twice."""
    written = written.removeprefix(BYTE_ORDER_MARK)
    try:
        written.encode()
    except UnicodeEncodeError as problem:
        line = written.count("\n", 0, problem.start) + 1
        raise VisitError("", f"the document is not text in UTF-8, from line {line} on: save it as UTF-8") from None
    if not written.strip():
        raise VisitError("", "the document is empty")
    try:
        return json.loads(written, object_pairs_hook=_each_once)
    except json.JSONDecodeError as problem:
        raise VisitError("", _what_is_wrong(problem, written)) from None
    except RecursionError:
        raise VisitError("", "the document is not JSON that we can read: it is nested too deeply") from None
    except ValueError as problem:  # a number of thousands of digits is refused as a value
        if isinstance(problem, VisitError):
            raise
        raise VisitError("", f"the document is not JSON: {problem}") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are each there once: of two values for one name nobody can say which is meant."""
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise VisitError(twice, "stands twice in one object")
    return values


def _what_is_wrong(problem: json.JSONDecodeError, written: str) -> str:
    if problem.msg == "Extra data":
        several = "several visits need --lines, one on each line" if written.lstrip()[:1] == "{" else problem.msg
        return f"the document goes on after its end, at line {problem.lineno}: {several}"
    return f"the document is not JSON: {problem.msg}: line {problem.lineno} column {problem.colno} (char {problem.pos})"
