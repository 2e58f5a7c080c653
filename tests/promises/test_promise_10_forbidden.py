"""A number of the practice next door and a number that nobody ever had get the same answer, equally quickly."""

from __future__ import annotations

import logging
from time import perf_counter

import pytest
from django.test import Client
from django.urls import reverse

from injections.models.staff import Role
from injections.policy import may
from tests.promises.addresses import every_address
from tests.promises.rows_of_addresses import EVERYBODYS, MAKERS, House

pytestmark = pytest.mark.django_db

NEVER_USED = 2**40
TRIES = 60
#: bytes by which two answers may differ, and milliseconds by which the quickest of each may
CLOSE, SOON = 16, 20
METHODS = ("get", "post")
#: where a difference in time would tell most
TIMED = {"injections:patient": Role.NURSE, "injections:chart": Role.PHYSICIAN, "billing:review": Role.BILLER}


@pytest.fixture
def house():
    return House()


@pytest.fixture
def theirs():
    """The rows of the practice next door."""
    other = House()
    return {word: other.row(word) for word in MAKERS.keys() - EVERYBODYS}


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def about_rows():
    """Addresses that carry the number of somebody's row."""
    return [
        a for a in every_address() if a.capability and a.names and set(a.names.values()) <= MAKERS.keys() - EVERYBODYS
    ]


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def url_of(address, rows):
    return reverse(address.name, kwargs={part: rows(word) for part, word in address.names.items()})


def test_promise_10_forbidden_and_unknown_get_the_same_answer(house, theirs, record_property):
    compared, unlike = 0, []
    for role in (Role.PHYSICIAN, Role.MANAGER, Role.ADMINISTRATOR, Role.FRONT_DESK):
        person = house.people[role]
        browser = browser_of(person)
        # Whoever may not open the page at all gets the same for every number: the policy refuses before a row is read.
        for address in (address for address in about_rows() if may(person, address.capability)):
            for method in METHODS:
                forbidden = getattr(browser, method)(url_of(address, theirs.__getitem__))
                unknown = getattr(browser, method)(url_of(address, lambda word: NEVER_USED))
                compared += 1
                apart = abs(len(forbidden.content) - len(unknown.content))
                if forbidden.status_code != unknown.status_code or apart > CLOSE:
                    unlike.append((address.name, role, method, forbidden.status_code, unknown.status_code, apart))
    assert unlike == []
    record_property("figure", f"{compared} pairs of answers equal in status and within {CLOSE} bytes")


def test_promise_10_forbidden_and_unknown_take_the_same_time(house, theirs, record_property):
    gaps = {}
    addresses = {address.name: address for address in every_address()}
    for name, role in TIMED.items():
        assert may(house.people[role], addresses[name].capability)
        browser = browser_of(house.people[role])
        forbidden, unknown = [], []
        for _ in range(TRIES):  # by turns, and the quickest counts: other work on the machine only adds
            forbidden.append(timed(browser, url_of(addresses[name], theirs.__getitem__)))
            unknown.append(timed(browser, url_of(addresses[name], lambda word: NEVER_USED)))
        gaps[name] = abs(min(forbidden) - min(unknown))
    assert max(gaps.values()) < SOON, gaps
    record_property("figure", f"the quickest of {TRIES} tries at most {max(gaps.values()):.1f} ms apart")


def timed(browser, url):
    before = perf_counter()
    assert browser.get(url).status_code == 404
    return (perf_counter() - before) * 1000
