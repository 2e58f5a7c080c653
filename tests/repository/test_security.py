"""Every finding of bandit that the code accepts is explained beside the line and in docs/security.md."""

import io
import re
import subprocess
import sys
import tokenize
from collections import Counter
from pathlib import Path

import pytest

from config.local.checks import SCANNED
from config.local.places import ROOT

ACCEPTED = re.compile(r"# nosec (?:B\d{3} )+# (?:(?!noqa)|noqa: [A-Z0-9, ]+ - )\w.{10,}")
TABLE = re.compile(r"^\| `([^`]+)` \| (B\d{3}) \| (\d+) \| .{10,} \|$", re.MULTILINE)


#: what silences a type checker or a linter, and says why
EXCUSED = re.compile(r"# (?:type: ignore\[[a-z, -]+\]  # |noqa: [A-Z0-9, ]+ - |pragma: no cover - )\w.{10,}|# nosec .*")


def programs():
    for name in SCANNED:
        path = ROOT / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def comments(path):
    return [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
        if token.type == tokenize.COMMENT and "nosec" in token.string
    ]


@pytest.fixture(scope="module")
def accepted():
    return {path.relative_to(ROOT).as_posix(): found for path in programs() if (found := comments(path))}


def test_each_says_which_finding_and_why(accepted):
    assert accepted
    vague = [(name, text) for name, found in accepted.items() for text in found if not ACCEPTED.fullmatch(text)]
    assert not vague


def test_whatever_silences_a_checker_says_why():
    silent = re.compile(r"# (?:type: ignore|noqa|pragma: no cover)")
    vague = []
    for path in [*programs(), *sorted((ROOT / "tests").rglob("*.py"))]:
        tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
        found = [token.string for token in tokens if token.type == tokenize.COMMENT and silent.match(token.string)]
        vague += [(path.relative_to(ROOT).as_posix(), text) for text in found if not EXCUSED.fullmatch(text)]
    assert not vague


def test_the_page_explains_exactly_these(accepted):
    counted = Counter(
        (name, code) for name, found in accepted.items() for text in found for code in re.findall(r"B\d{3}", text)
    )
    page = (ROOT / "docs" / "security.md").read_text()
    assert {(name, code): int(count) for name, code, count in TABLE.findall(page)} == counted


def test_nothing_dangerous_is_hidden_from_bandit(tmp_path):
    """The settings of pyproject.toml hide no folder of ours: a planted shell call is found wherever it stands."""
    for place in ("config/local", "config", "injections/actions", "billing/demo", "billing/tests"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "planted.py").write_text("import os\n\nos.system(input())\n")
    command = [str(Path(sys.executable).with_name("bandit")), "-q", "-c", str(ROOT / "pyproject.toml")]
    found = subprocess.run(
        [*command, "-r", "config", "injections", "billing"], cwd=tmp_path, capture_output=True, text=True
    )
    assert found.returncode == 1
    assert found.stdout.count("Issue: [B605") == 5, found.stdout


def test_only_the_local_tools_start_programs():
    """Why B404 and B603 may be left out: what serves patients starts one, in words that are all ours.

    A picture that somebody sends is decoded in a process that ends with it, under limits (injections/photo.py).
    """
    starting = {path.relative_to(ROOT).as_posix() for path in programs() if "import subprocess" in path.read_text()}
    assert {name for name in starting if not name.startswith("config/local/")} == {"dev.py", "injections/photo.py"}
