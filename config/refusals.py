"""Why a production process does not start: each reason in one sentence, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

#: shorter keys can be guessed; Django's own check draws the line here too
KEY_LENGTH = 50
#: how often a character of a key may come back before it is a placeholder
VARIETY = 10
#: by what a connection to the database of `dev.py` can be told: config/local/postgres.py names itself so
EMBEDDED = "application_name=deltoid-embedded"
SAMPLES = ("django-insecure-", "changeme", "change-me", "secret", "deltoid-demo")


def refuse_unsafe(settings: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    """Raise :class:`ImproperlyConfigured` with every reason for which this process must not serve a clinic."""
    reasons = list(reasons_against(settings, environment))
    if reasons:
        raise ImproperlyConfigured("Deltoid does not start: " + "; ".join(reasons) + ". See .env.example")


def reasons_against(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[str]:
    """The reasons; ``settings`` are the module's own names. On a desk (``dev.py`` says so) the key alone counts."""
    key = settings["SECRET_KEY"]
    if len(key) < KEY_LENGTH:
        yield f"SECRET_KEY is missing or shorter than {KEY_LENGTH} characters"
    if settings["DEBUG"]:
        if environment.get("DELTOID_DESK") != "true":
            yield "DEBUG is on: error pages would show records to whoever causes an error"
        return
    if len(set(key)) < VARIETY or key.lower().startswith(SAMPLES):
        yield "SECRET_KEY is a placeholder: anybody could forge a session"
    if not settings["ALLOWED_HOSTS"] or "*" in settings["ALLOWED_HOSTS"]:
        yield "ALLOWED_HOSTS must name the hosts that this clinic uses"
    yield from _about_databases(environment)


def _about_databases(environment: Mapping[str, str]) -> Iterator[str]:
    if EMBEDDED in environment.get("DATABASE_URL", ""):
        yield "DATABASE_URL is the embedded database of dev.py: it has no backup and may be erased at any time"
    app, owner = (environment.get(name, "") for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
    if app and app == owner:
        yield "DATABASE_URL and DATABASE_OWNER_URL are the same role: the application could change signed records"
