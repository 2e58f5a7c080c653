"""A plug-in for `dev.py promises`: keeps what each test of a promise recorded as ``figure``, or how often it held."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.promises.page import FIGURES, figures, holding, number_of

_recorded: dict[str, list[str]] = {}
_held: Counter[str] = Counter()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the tests of promises run."""
    chosen = [item for item in items if number_of(item.path.name, item.name)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        test = report.nodeid.partition("[")[0]
        _held[test] += 1
        found = [str(value) for name, value in report.user_properties if name == "figure"]
        _recorded.setdefault(test, []).extend(found)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Written once, by whoever gathers the reports; figures of tests that are gone are left out."""
    if hasattr(session.config, "workerinput"):
        return
    standing = {test.address for test in holding()}
    kept = {test: found for test, found in figures().items() if test in standing}
    for test, times in _held.items():
        said = "; ".join(dict.fromkeys(_recorded[test])) or (f"held in {times} cases" if times > 1 else "held")
        kept[test] = kept.get(test, {}) | _dated(said)
    FIGURES.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def _dated(said: str) -> dict[str, str]:
    if os.environ.get("LONG"):
        return {"long": said, "on": datetime.now(UTC).date().isoformat()}
    return {"last": said}
