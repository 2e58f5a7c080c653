"""Every check runs even when an earlier one failed, and one failure fails the whole."""

import sys

from config.local import checks

PASS = ("passes", [sys.executable, "-c", "print('quiet')"])
FAIL = ("fails", [sys.executable, "-c", "print('why'); raise SystemExit(3)"])


def outcome(monkeypatch, *steps):
    monkeypatch.setattr(checks, "steps", lambda audit: list(steps))
    return checks.run_all({})


def test_all_pass(monkeypatch, capsys):
    assert outcome(monkeypatch, PASS, PASS) == 0
    said = capsys.readouterr().err
    assert said.count("passes: ok") == 2
    assert "quiet" not in said
    assert "all checks passed" in said


def test_a_failure_is_shown_and_does_not_stop_the_rest(monkeypatch, capsys):
    assert outcome(monkeypatch, FAIL, PASS) == 1
    said = capsys.readouterr().err
    assert "why" in said
    assert "passes: ok" in said
    assert said.endswith("checks failed: fails\n")
