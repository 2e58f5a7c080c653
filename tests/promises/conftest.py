"""The demo practice with its past, loaded once for a file and rolled back after it; long runs where LONG is set."""

import os

import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    from django.conf import settings
    from django.db import transaction

    from injections.models import Practice
    from tests import standing

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEBUG", True)
        with transaction.atomic():
            call_command("demo")
            settings.DEBUG = False
            practice = Practice.objects.get()
            standing.name(practice.pk)
            yield practice
            transaction.set_rollback(True)


@pytest.fixture(scope="session")
def long():
    """`LONG=1`: the whole figure of the promise instead of the short version."""
    return bool(os.environ.get("LONG"))
