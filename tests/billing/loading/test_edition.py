"""The edition: nothing that an answer is worked out with can change without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from billing.loading.edition import REASONING

ROOT = Path(__file__).resolve().parents[3]
#: folders of which the edition takes every file
WHOLE = ("billing/rules/", "billing/reference/", "injections/checks/", "injections/facts/")


def drawn_in() -> set[str]:
    """The files of ours that the engine imports, in an interpreter that has imported nothing else."""
    told = (
        "import sys, billing.engine; print(*(m.__file__ for m in sys.modules.values() if getattr(m, '__file__', '')))"
    )
    found = subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=True, capture_output=True, text=True)
    paths = (Path(name) for name in found.stdout.split())
    ours = (str(path.relative_to(ROOT)) for path in paths if path.is_relative_to(ROOT) and ".venv" not in path.parts)
    return {name for name in ours if name.startswith(("billing/", "injections/"))}


def test_whatever_the_engine_draws_in_is_part_of_the_edition():
    taken = {str(path.relative_to(ROOT)) for path in REASONING}
    left_out = {name for name in drawn_in() - taken if not name.startswith(WHOLE)}
    assert {name for name in left_out if not name.endswith("__init__.py")} == set()


def test_every_file_of_the_edition_is_there():
    assert [path for path in REASONING if not path.is_file()] == []
