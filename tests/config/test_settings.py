"""What a start in production refuses, and what every answer tells the browser."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from config.local.places import ROOT

STRONG = "k" * 50


def start(**changed):
    """Load the settings in a fresh process, with production's environment and these changes."""
    environment = {**os.environ, "DEBUG": "false", "ALLOWED_HOSTS": "clinic.example.org", "SECRET_KEY": STRONG}
    environment.update(changed)
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_production_starts():
    started = start()
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize("key", ["", "short", "k" * 49])
def test_production_refuses_a_weak_key(key):
    started = start(SECRET_KEY=key)
    assert started.returncode != 0
    assert "SECRET_KEY" in started.stderr


def test_an_unknown_database_role_is_refused():
    assert start(DATABASE_ROLE="superuser").returncode != 0


def test_every_answer_forbids_what_we_do_not_use(client, db):
    headers = client.get("/health").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "form-action": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_load_balancer_may_ask_for_health(client, db):
    assert client.get("/health").content == b"ok"


def test_what_is_not_named_open_wants_a_sign_in(client, db):
    answer = client.get(reverse("account_change_password"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_nobody_signs_up(client, db):
    made = {"username": "eve", "password1": "correct horse battery", "password2": "correct horse battery"}
    answer = client.post(reverse("account_signup"), made)
    assert "Go to sign-in" in answer.content.decode()
    from django.contrib.auth import get_user_model

    assert not get_user_model().objects.exists()
