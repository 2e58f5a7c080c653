"""What one test does is gone before the next, and no test reaches another machine."""

import socket

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone(turn):
    assert not Session.objects.exists()
    assert cache.get("left") is None
    Session.objects.create(session_key="left", session_data="", expire_date=timezone.now())
    cache.set("left", turn)


@pytest.mark.django_db
def test_the_database_is_a_clone_and_not_the_developers():
    assert connection.settings_dict["NAME"].startswith("deltoid_test_")


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_another_machine_is_out_of_reach(address):
    with socket.socket() as out, pytest.raises(PermissionError, match="tried to reach"):
        out.connect(address)
