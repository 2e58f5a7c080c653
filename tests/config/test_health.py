"""What the load balancer hears."""

import pytest
from django.db import OperationalError, connection
from redis import Redis, RedisError


def broken(problem):
    def raise_it(*_, **__):
        raise problem

    return raise_it


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_a_whole_process_says_so_to_anybody(client, db, path, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(path, headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_without_a_database_it_is_neither_healthy_nor_ready(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", broken(OperationalError("gone")))
    assert client.get("/health").status_code == 503
    assert b"the database does not answer" in client.get("/ready").content


def test_without_redis_it_lives_and_is_not_ready(client, db, monkeypatch):
    monkeypatch.setattr(Redis, "ping", broken(RedisError("gone")))
    assert client.get("/health").status_code == 200
    answer = client.get("/ready")
    assert (answer.status_code, answer.content) == (503, b"Redis does not answer")


def test_before_its_migrations_it_is_not_ready(client, db, monkeypatch):
    executor = "config.health.MigrationExecutor.migration_plan"
    monkeypatch.setattr(executor, lambda *_: [("injections.0001", False)])
    assert b"manage.py migrate" in client.get("/ready").content
