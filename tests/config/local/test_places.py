"""What a developer's machine keeps, and how two commands stay out of each other's way."""

import multiprocessing
import socket
import stat
import time

import pytest

from config.local import places, ports


@pytest.fixture
def local(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "LOCAL", tmp_path / ".local")
    return tmp_path / ".local"


def test_a_secret_is_made_once_and_is_private(local):
    first = places.secret("key")
    assert places.secret("key") == first
    assert len(first) >= 50
    assert stat.S_IMODE((local / "secrets" / "key").stat().st_mode) == 0o600
    assert places.secret("other") != first


def hold(path, held, release):
    places.LOCAL = path
    with places.locked("services"):
        held.set()
        release.wait(10)


def test_a_second_command_waits_for_the_first(local):
    spawn = multiprocessing.get_context("spawn")
    held, release = spawn.Event(), spawn.Event()
    other = spawn.Process(target=hold, args=(local, held, release))
    other.start()
    assert held.wait(20)
    began = time.monotonic()
    later = spawn.Process(target=release_later, args=(release,))
    later.start()
    with places.locked("services"):
        assert time.monotonic() - began >= 0.3
    other.join(10)
    later.join(10)


def release_later(release):
    time.sleep(0.3)
    release.set()


def test_the_next_port_is_taken_when_one_is_busy():
    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen()
        busy = server.getsockname()[1]
        assert not ports.is_free(busy)
        assert ports.first_free(busy) > busy
    assert ports.is_free(busy)
