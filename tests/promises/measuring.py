"""A plug-in for `dev.py promises`: keeps the figure that each test of a promise recorded as ``figure``."""

from __future__ import annotations

import json

import pytest

from tests.promises.page import FIGURES, PREFIX, figures

_measured: dict[str, list[str]] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the tests of promises run."""
    chosen = [item for item in items if item.name.startswith(PREFIX)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        found = [str(value) for name, value in report.user_properties if name == "figure"]
        _measured.setdefault(report.nodeid.partition("[")[0], []).extend(found)


def pytest_sessionfinish(session: pytest.Session) -> None:
    kept = figures() | {name: "; ".join(dict.fromkeys(found)) for name, found in _measured.items() if found}
    FIGURES.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
