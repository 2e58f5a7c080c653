"""Guessing is slowed by address and by name, and keeps nobody of the practice out."""

import re
import statistics
import time
from unittest import mock

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.entering import PASSWORD, enrolled, signs_in, staff_with_password

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def guess(client, name, password="a wrong password", **extra):
    return client.post(LOGIN, {"login": name, "password": password}, **extra)


def at_home(username):
    """A browser on which this person has signed in before."""
    device = Client()
    signs_in(device, username)
    device.post(reverse("account_logout"))
    return device


def test_promise_24_a_thousand_guesses(record_property):
    victim = enrolled("kim")
    enrolled("colleague", practice=victim.practice)
    own, theirs = at_home("kim"), at_home("colleague")
    attacker, tried = Client(), 0
    real = victim.__class__.check_password
    with mock.patch.object(victim.__class__, "check_password", autospec=True, side_effect=real) as checked:
        for number in range(1000):
            guess(attacker, "kim" if number % 2 else f"person{number}", f"guess number {number}")
        tried = checked.call_count
    assert 0 < tried < 20
    answers = [signs_in(device, name, steps=1) for device, name in ((own, "kim"), (theirs, "colleague"))]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert own.get(reverse("injections:own")).status_code == 200
    assert theirs.get(reverse("injections:own")).status_code == 200
    record_property("figure", f"{tried} of 1,000 guesses tried; others of the practice, and the victim, signed in")


def test_promise_24_guessing_from_many_addresses_is_slowed_by_name():
    staff_with_password("kim")
    attacker = Client()
    answers = [guess(attacker, "kim", REMOTE_ADDR=f"198.51.100.{number}") for number in range(1, 20)]
    assert "do not belong together" in answers[0].content.decode()
    assert "Too many wrong tries" in answers[-1].content.decode()


def test_promise_24_a_stolen_device_is_slowed_too():
    enrolled("kim")
    device = at_home("kim")
    answers = [guess(device, "kim") for _ in range(12)]
    assert "Too many wrong tries" in answers[-1].content.decode()


def test_promise_24_a_made_up_cookie_is_no_device():
    staff_with_password("kim")
    attacker = Client()
    attacker.cookies["device"] = attacker.cookies["__Host-device"] = "eyJkZXZpY2UiOiJ4In0:1:forged"
    answers = [guess(attacker, "kim") for _ in range(12)]
    assert "Too many wrong tries" in answers[-1].content.decode()


def without_name(answer, name):
    """The page without what differs each time: the name that was typed and the token against forged forms."""
    return re.sub(r"[A-Za-z0-9]{64}", "TOKEN", answer.content.decode().replace(name, "NAME"))


def test_promise_24_nobody_learns_who_works_here(settings, record_property):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]
    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    known = [staff_with_password(f"known{number}") for number in range(21)]
    hashed = make_password(PASSWORD)
    assert hashed.startswith(Argon2PasswordHasher.algorithm)
    known[0].__class__.objects.update(password=hashed)
    took, seen = {"known": [], "other": []}, {"known": [], "other": []}
    for number in range(21):
        for kind, times in took.items():
            cache.clear()
            began = time.process_time()
            answer = guess(Client(), f"{kind}{number}")
            times.append(time.process_time() - began)
            seen[kind].append((answer.status_code, without_name(answer, f"{kind}{number}")))
    assert seen["known"] == seen["other"]
    # One known and one unknown name at a time: what else the machine does meanwhile falls on both.
    pairs = zip(took["known"][1:], took["other"][1:], strict=True)
    gap = abs(statistics.median(known - other for known, other in pairs)) * 1000
    record_property("figure", f"same page and status for a name that exists; median gap {gap:.1f} ms")
    assert gap < 10
