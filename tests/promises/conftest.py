"""A practice with a row of everything, made once for a file and rolled back after it; long runs where LONG is set."""

import os

import pytest


@pytest.fixture(scope="module")
def lived_in(django_db_setup, django_db_blocker):
    """One :class:`House`, in a transaction round all tests of the file."""
    from django.conf import settings
    from django.db import transaction
    from django.test import override_settings

    from tests import standing
    from tests.conftest import QUICK_HASHER
    from tests.promises.rows_of_addresses import House

    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=[QUICK_HASHER, *settings.PASSWORD_HASHERS]):
            house = House()
        standing.name(house.practice.pk)
        yield house
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def long():
    """`LONG=1`: the whole figure of the promise instead of the short version."""
    return bool(os.environ.get("LONG"))
