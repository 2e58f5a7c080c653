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
