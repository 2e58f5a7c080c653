"""docs/coverage.md names only what exists, and leaves no row out."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "coverage.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| E-")]
TRUST = [line for line in PAGE.splitlines() if line.startswith("| T-")]
ELSEWHERE = [line for line in PAGE.splitlines() if line.startswith("| W-")]
NAMED = sorted(set(re.findall(r"`([a-z_]+/[^`<]*|[A-Za-z_]+\.(?:md|toml))`", "\n".join(ROWS + TRUST))))


def test_every_row_from_first_to_last_is_there_once():
    assert [row.split("|")[1].strip() for row in ROWS] == [f"E-{number:03}" for number in range(1, 124)]
    assert [row.split("|")[1].strip() for row in TRUST] == [f"T-{number:02}" for number in range(1, len(TRUST) + 1)]


@pytest.mark.parametrize("path", NAMED)
def test_named_file_exists(path):
    assert (ROOT / path).exists(), f"docs/coverage.md names {path}, which is not there"


def test_what_stands_is_shown_by_a_test():
    parts = [row.split("|") for row in ROWS + TRUST]
    silent = [part for part in parts if part[4].strip() == "stands" and "tests/" not in part[6]]
    assert silent == []


@pytest.mark.parametrize("row", ELSEWHERE)
def test_what_goes_wrong_elsewhere_has_its_test_here(row):
    path, _, name = re.search(r"`(tests/[^`]*)`", row)[1].partition("::")
    assert f"def {name}(" in (ROOT / path).read_text()


def test_each_of_these_stands_once():
    numbers = [row.split("|")[1].strip() for row in ELSEWHERE]
    assert numbers == [f"W-{number:02}" for number in range(1, len(ELSEWHERE) + 1)]
