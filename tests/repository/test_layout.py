"""What stands where in the repository. Read from git, so that a developer's own files do not count."""

import re
import subprocess

import pytest

from config.local.places import ROOT

CODE = {"manage.py", "pyproject.toml", "README.md", "config", "injections", "billing", "templates", "static", "tests"}
CONVENTION = {
    ".ci",
    ".editorconfig",
    ".env.example",
    ".gitignore",
    "LICENSE",
    "deploy",
    "dev.py",
    "docs",
    "requirements",
}
LONGEST_MODULE = 300
LONGEST_SETTINGS = 180
# Written so that this file does not find itself. An address of this machine's users or of an index has no place here.
OF_ONE_MACHINE = re.compile(
    "|".join(["/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "py" + r"pi\.org", "pythonhos" + "ted"])
)


@pytest.fixture(scope="module")
def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_top_level_is_fixed(tracked):
    assert {path.relative_to(ROOT).parts[0] for path in tracked} <= CODE | CONVENTION


def test_no_module_is_long(tracked):
    lengths = {path: len(path.read_text().splitlines()) for path in tracked if path.suffix == ".py"}
    long = {
        str(path.relative_to(ROOT)): length
        for path, length in lengths.items()
        if length > LONGEST_MODULE and "migrations" not in path.parts
    }
    assert not long


def test_settings_stay_one_screenful_of_sections():
    assert len((ROOT / "config" / "settings.py").read_text().splitlines()) < LONGEST_SETTINGS


def test_nothing_is_tied_to_one_machine(tracked):
    texts = {path: path.read_bytes().decode(errors="ignore") for path in tracked}
    assert not {str(path): found[0] for path, text in texts.items() if (found := OF_ONE_MACHINE.search(text))}


def test_every_variable_the_settings_read_is_explained():
    settings = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "mail.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    # Set by our own programs, never by a person.
    assert read - {"DATABASE_ROLE", "DATABASE_POOL"} <= explained
