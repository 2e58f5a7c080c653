"""What a page shows of a file that was looked at, as plain values that a row can keep."""

from __future__ import annotations

from typing import Any

from injections.imports.plan import Kind, Plan, Step
from injections.imports.table import MAX_PROBLEMS, Problem

MOST_SHOWN = 200
_ORDER = {Kind.CHANGE: 1, Kind.ADD: 2, Kind.SAME: 3}


def preview(plan: Plan, problems: tuple[Problem, ...], ignored: tuple[str, ...]) -> dict[str, Any]:
    """Every line to correct, or else what the file would do; lines with something to notice stand first."""
    wrong = problems or tuple(Problem(step.line, f"{step.note}.") for step in plan.refused)
    if wrong:
        listed = [{"line": p.line, "column": p.column, "message": p.message} for p in wrong[:MAX_PROBLEMS]]
        return {"ignored": list(ignored), "wrong": listed}
    counts = plan.counts
    return {
        "ignored": list(ignored),
        "wrong": [],
        "adds": counts[Kind.ADD],
        "changes": counts[Kind.CHANGE],
        "same": counts[Kind.SAME],
        "steps": len(plan.steps),
        "shown": [_shown(step) for step in sorted(plan.steps, key=_telling)[:MOST_SHOWN]],
    }


def _telling(step: Step) -> tuple[bool, int, int]:
    return not step.note, _ORDER[step.kind], step.line


def _shown(step: Step) -> dict[str, Any]:
    return {
        "line": step.line,
        "kind": str(step.kind),
        "who": step.who,
        "details": list(step.details),
        "note": step.note,
    }
