"""A package that nobody could look up is not a package without holes."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement

from config.local import audit

CLEAN = {"name": "django", "version": "5.2.9", "vulns": []}
HOLED = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]}
UNKNOWN = {"name": "celery", "skip_reason": "could not be audited"}


def test_nothing_against_it():
    assert audit.problems([CLEAN]) == []


def test_each_hole_is_named():
    assert audit.problems([CLEAN, HOLED]) == ["pillow 1.0: PYSEC-1, PYSEC-2"]


@pytest.mark.parametrize("package", [UNKNOWN, {"name": "celery", "version": "5"}])
def test_what_could_not_be_audited_fails(package):
    (said,) = audit.problems([CLEAN, package])
    assert said.startswith("1 of 2 packages could not be audited")
    assert said.endswith(": celery")


def test_no_package_at_all_fails():
    assert audit.problems([])


@pytest.mark.parametrize(("printed", "code"), [("", 1), ('{"dependencies": [%s]}', 0), ('{"dependencies": []}', 1)])
def test_the_exit_code(monkeypatch, printed, code):
    answer = printed.replace("%s", '{"name": "django", "version": "5.2.9", "vulns": []}')
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: SimpleNamespace(stdout=answer, stderr="no network"))
    assert audit.main() == code


def test_every_pinned_file_is_asked_about():
    """pip-audit itself, without asking anybody: the same packages as the pinned files name."""
    command = [str(audit.Path(sys.executable).with_name("pip-audit")), *audit.ASKED, "--dry-run"]
    told = subprocess.run(command, cwd=audit.ROOT, capture_output=True, text=True).stderr
    lines = [
        line.rstrip("\\ ")
        for name in ("runtime", "dev", "installer")
        for line in (audit.ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    ]
    wanted = [Requirement(line) for line in lines if "==" in line and line[0].isalnum()]
    pinned = {each.name for each in wanted if each.marker is None or each.marker.evaluate()}
    assert f"would have audited {len(pinned)} packages" in told, told
