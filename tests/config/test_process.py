"""The name under which a process stands in the audit log where no person is known."""

import sys

import pytest

from config import process


@pytest.mark.parametrize(
    ("argv", "program"),
    [
        (["manage.py", "runserver"], "runserver"),
        (["/srv/site-packages/celery/__main__.py", "worker"], "celery"),
        (["/srv/bin/gunicorn", "config.wsgi"], "gunicorn"),
        (["-c"], "python"),
        ([""], "python"),
        (["/srv/a program;drop"], "a-program-drop"),
    ],
)
def test_the_program_and_the_systems_user(monkeypatch, argv, program):
    monkeypatch.setattr(sys, "argv", argv)
    assert process.name() == f"{program}:{process.system_user()}"
