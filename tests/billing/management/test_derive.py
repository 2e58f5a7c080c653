"""`manage.py derive`: the derivation door on the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from billing.management.commands.derive import Command
from billing.reference.demands import DEMANDS
from tests.billing.asking import VISIT, shot

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parents[3] / "docs" / "visit-json.md"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    def call(text: str, **options: Any) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        try:
            Command(stdout=out, stderr=err).handle(file="-", **{"lines": False, "explain": False, **options})
        except SystemExit as end:
            return int(str(end.code)), out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    return call


def test_command_answers(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run(json.dumps(VISIT))
    assert code == 0
    assert json.loads(out)["lines"][0]["code"] == "96372"


def test_command_names_the_field(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run(json.dumps(shot(dose="10 mgg")))
    assert (code, out) == (2, "")
    assert 'administrations[0].dose: "10 mgg" is not an amount with a unit' in err


def test_command_goes_on_after_a_bad_line(run: Callable[..., tuple[int, str, str]]) -> None:
    text = "\n".join([json.dumps(VISIT), "{", json.dumps(shot(dose="x")), json.dumps(VISIT)])
    code, out, _ = run(text, lines=True)
    rows = [json.loads(row) for row in out.splitlines()]
    assert code == 2
    assert ["error" in row for row in rows] == [False, True, True, False]
    assert rows[2]["field"] == "administrations[0].dose"
    assert [row.get("line") for row in rows] == [None, 2, 3, None]


def from_file(path: Path, written: bytes, **options: Any) -> tuple[int, str, str]:
    path.write_bytes(written)
    out, err = io.StringIO(), io.StringIO()
    try:
        told = {"lines": False, "explain": False, **options}
        Command(stdout=out, stderr=err).handle(file=str(path), **told)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_files_as_other_programs_save_them(tmp_path: Path) -> None:
    visit = json.dumps(VISIT).encode()
    assert from_file(tmp_path / "mark", b"\xef\xbb\xbf" + visit)[0] == 0
    mixed = b"\r\n".join([visit, b'{"date": "\xe9"}', b"", visit])
    code, out, _ = from_file(tmp_path / "mixed", mixed, lines=True)
    rows = [json.loads(row) for row in out.splitlines()]
    assert (code, ["error" in row for row in rows]) == (2, [False, True, False])
    assert "not text in UTF-8" in rows[1]["error"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the document is empty"),
        (" \n", "the document is empty"),
        (f"{json.dumps(VISIT)}\n{json.dumps(VISIT)}", "several visits need --lines"),
        (json.dumps([VISIT]), "one on each line"),
        ('{"date": "2026-10-06", "date": "2026-10-07"}', "date: stands twice in one object"),
        ('{"date": "2026-10-06",', "line 1 column"),
        (json.dumps({**VISIT, "administrations": [{}] * 1001}), "administrations: more than 1,000 doses"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(run: Callable[..., tuple[int, str, str]], text: str, says: str) -> None:
    code, out, err = run(text)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize("text", ["[" * 100_000, '{"date": ' + "9" * 5000 + "}", '{"date": NaN}', "null"])
def test_absurd_json_is_refused_in_words(run: Callable[..., tuple[int, str, str]], text: str) -> None:
    code, out, err = run(text)
    assert (code, out) == (2, "")
    assert err.strip()


def test_bytes_that_are_no_text_are_refused_in_words(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "visit.json").write_bytes(b"\xff\xfe{")
    err = io.StringIO()
    with pytest.raises(SystemExit):
        Command(stdout=io.StringIO(), stderr=err).handle(file=str(tmp_path / "visit.json"), lines=False, explain=False)
    assert "not text in UTF-8" in err.getvalue()


def test_command_in_words(run: Callable[..., tuple[int, str, str]]) -> None:
    assert "ready to bill" in run(json.dumps(VISIT), explain=True)[1]


def test_the_manual_names_every_demand() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert [key for key in DEMANDS if f"`{key}`" not in page] == []
