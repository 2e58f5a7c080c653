"""The services the app needs, and the environment that tells it where they are."""

import os

from config import roles
from config.local import postgres, redis
from config.local.places import locked, secret


def start() -> dict[str, str]:
    """Start what is missing; return the environment for every program of the app.

    Addresses that the caller's environment names come first: then nothing is started for them.
    """
    with locked("services"):
        found = {**database(), **broker()}
        defaults = {
            "DEBUG": "true",
            "DELTOID_DESK": "true",
            "SECRET_KEY": secret("secret-key"),
            "PYTHONUNBUFFERED": "1",
        }
    return {**defaults, **os.environ, **found}


def stop() -> None:
    """Stop only what `start` would have started for this checkout."""
    with locked("services"):
        redis.stop()
        postgres.stop()


def database() -> dict[str, str]:
    if "DATABASE_URL" not in os.environ:
        postgres.start()
        addresses = {
            "DATABASE_URL": postgres.url("deltoid_app"),
            "DATABASE_OWNER_URL": postgres.url("deltoid_owner"),
        }
        superuser = postgres.url("postgres", database="postgres")
    elif "DATABASE_OWNER_URL" in os.environ:
        addresses = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
        superuser = os.environ.get("DATABASE_SUPERUSER_URL", "")
    else:
        raise SystemExit("DATABASE_URL is set, so DATABASE_OWNER_URL must be too: see .env.example")
    if superuser:
        roles.prepare_server(superuser, addresses["DATABASE_OWNER_URL"], addresses["DATABASE_URL"])
    return addresses


def broker() -> dict[str, str]:
    if "REDIS_URL" not in os.environ:
        redis.start()
    return {"REDIS_URL": os.environ.get("REDIS_URL") or redis.url()}
