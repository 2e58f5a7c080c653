"""What a start in production refuses, and what every answer tells the browser."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from config.local.places import ROOT

STRONG = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO"
PRODUCTION = {
    "DEBUG": "false",
    "DELTOID_DESK": "",
    "ALLOWED_HOSTS": "clinic.example.org",
    "SECRET_KEY": STRONG,
    "DATABASE_URL": "postgresql://deltoid_app:one@db.example.org/deltoid",
    "DATABASE_OWNER_URL": "postgresql://deltoid_owner:two@db.example.org/deltoid",
}


def start(*program, **changed):
    """Load the settings in a fresh process, with production's environment and these changes."""
    environment = {**os.environ, **PRODUCTION, **changed}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests' own
    return subprocess.run(
        [sys.executable, *(program or ("-c", "import django; django.setup()"))],
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_production_starts():
    started = start()
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": STRONG[:49]}, "shorter than 50"),
        ({"SECRET_KEY": "k" * 60}, "placeholder"),
        ({"SECRET_KEY": "django-insecure-" + STRONG}, "placeholder"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"DATABASE_URL": f"{PRODUCTION['DATABASE_URL']}?application_name=deltoid-embedded"}, "embedded database"),
        ({"DATABASE_URL": PRODUCTION["DATABASE_OWNER_URL"]}, "are the same role"),
    ],
)
def test_production_does_not_start_and_says_why(changed, said):
    started = start(**changed)
    assert started.returncode != 0
    assert "Deltoid does not start: " in started.stderr
    assert said in started.stderr


def test_all_reasons_are_told_at_once():
    said = start(SECRET_KEY="", ALLOWED_HOSTS="*").stderr
    assert "SECRET_KEY is missing" in said
    assert "ALLOWED_HOSTS must name" in said


def test_an_unknown_database_role_is_refused():
    assert start(DATABASE_ROLE="superuser").returncode != 0


COOKIES = """
from config import settings
for kind in ("SESSION", "CSRF"):
    print(*(getattr(settings, f"{kind}_COOKIE_{what}") for what in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")))
print(settings.SESSION_COOKIE_AGE, settings.SESSION_EXPIRE_AT_BROWSER_CLOSE)
"""
WEAKENED = """
from config import settings
from django.core.management import execute_from_command_line
for name, value in {!r}.items():
    setattr(settings, name, value)
execute_from_command_line(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])
"""
WARNED_OF = [
    ("SESSION_COOKIE_SECURE", False, "security.W012"),
    ("CSRF_COOKIE_SECURE", False, "security.W016"),
    ("SECURE_SSL_REDIRECT", False, "security.W008"),
    ("SECURE_HSTS_SECONDS", 0, "security.W004"),
    ("X_FRAME_OPTIONS", "SAMEORIGIN", "security.W019"),
]


def test_production_is_ready_to_deploy():
    told = start("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert told.returncode == 0, told.stderr
    assert "no issues (0 silenced)" in told.stdout


def test_a_warning_would_be_told():
    told = start("-c", WEAKENED.format({name: value for name, value, warning in WARNED_OF}))
    assert told.returncode != 0
    assert [warning for name, value, warning in WARNED_OF if warning not in told.stderr] == []


def test_cookies_are_the_browsers_own_and_only_sent_over_tls():
    told = start("-c", COOKIES)
    assert told.stdout.splitlines() == [
        "__Host-session True True Lax",
        "__Host-csrf True True Lax",
        "43200 True",
    ], told.stderr


def test_every_answer_forbids_what_we_do_not_use(client, db):
    headers = client.get(reverse("account_login")).headers
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
