"""What every test stands on: PostgreSQL as the application's role, no network, and Debian's Chromium.

Every test sees the reference rows that `load_reference` ships (drugs, payers, codes) and makes the rest.
"""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from config.local import browser
from tests import clock
from tests.databases import PREFIX, Databases

BROWSER_TESTS = Path(__file__).parent / "browser"
QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
CHROMIUM_FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox to root, and only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


#: folders whose files take minutes
LONGEST = ("faults", "browser", "promises", "bench")


def pytest_addoption(parser):
    parser.addoption("--no-browser", action="store_true", help="leave out the tests that need a browser")


def pytest_configure(config):
    # How quickly a busy machine makes up an example says nothing of what is tested.
    settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("any machine")
    # Playwright keeps an event loop in the test's thread; Django would take that for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if moved := clock.moved():
        moved.start()
        config.add_cleanup(moved.stop)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
    if config.getoption("no_browser"):
        left_out = [item for item in items if item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    if hasattr(config, "workerinput"):  # a long file that came last would keep one process busy and the others idle
        items.sort(key=_lateness)


def _lateness(item):
    return next((at for at, name in enumerate(LONGEST) if name in item.path.parts), len(LONGEST))


# --- Database ---


@pytest.fixture(scope="session")
def databases():
    """The owner's hand on the test databases."""
    missing = {"DATABASE_URL", "DATABASE_OWNER_URL"} - os.environ.keys()
    if missing:
        pytest.exit("run the tests through `python3 dev.py test`: it starts the database", returncode=2)
    found = Databases(os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"])
    yield found
    for kept in found.kept:
        found.drop(kept)
    found.server.close()


@pytest.fixture(scope="session")
def django_db_setup(databases, django_db_blocker):
    """Point Django at a clone of the migrated template, as the application's role."""
    from django.db import connection
    from django.test import TransactionTestCase

    name = f"{PREFIX}{os.getpid()}"
    with django_db_blocker.unblock():
        databases.prepare_template()
        databases.clone(name)
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.settings_dict["TEST"]["NAME"] = name

    def clone_again(test):
        # In place of Django's flush, which would need the right to TRUNCATE.
        connection.close()
        databases.clone(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", clone_again)
        yield
    with django_db_blocker.unblock():
        connection.close()
        databases.drop(name)


@pytest.fixture(autouse=True)
def sign_in_through_the_door(monkeypatch):
    """`force_login` as a request does it: for no practice until the person is known, and then for theirs."""
    from django.db import transaction
    from django.test import Client

    from config.transactions import SIGN_IN, through

    force = Client.force_login

    def force_login(self, user, backend=None):
        with transaction.atomic(), through(SIGN_IN):
            force(self, user, backend)

    monkeypatch.setattr(Client, "force_login", force_login)


# --- The world outside ---


@pytest.fixture(scope="session", autouse=True)
def only_loopback():
    """A test that would reach another machine fails instead."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise PermissionError(f"a test tried to reach {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def empty_cache(settings):
    """No test meets the rate limits or cached answers of another, and secrets are hashed quickly.

    Where the real hash matters (tests/promises/test_promise_24_*), the test sets it.
    """
    from django.core.cache import cache

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = [QUICK_HASHER, *settings.PASSWORD_HASHERS]
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def force_login_means_fully():
    """`force_login` stands for password and second factor, as the sign-in page would have asked for them."""
    from django.test import Client

    from injections.models import SignIn

    force_login = Client.force_login

    def fully(self, user, backend=None):
        force_login(self, user, backend)
        SignIn.objects.filter(pk=self.session["sign_in"]).update(how=SignIn.How.FULL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", fully)
        yield


# --- Browser ---


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Playwright's own browsers are downloads; the distribution's is at hand and gets its updates."""
    chromium = browser.find()
    if not chromium:
        pytest.exit(browser.MISSING, returncode=2)
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}
