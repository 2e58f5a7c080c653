"""Every address, as everybody, about our own rows and the practice next door's, by every method, plain and by htmx.

What is expected follows from the policy: who may, gets an answer of the page; who may not, or asks about another
practice's row, gets what an unknown address gives; nobody signed in is asked to sign in. Every cell is asked at the
door that each request comes through (what refuses undeclared views, what asks to sign in, then the view itself); every
address is asked through the whole web stack too: by nobody, by one who may and one who may not, and at length by all.
"""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import contextmanager, nullcontext
from itertools import product

import pytest
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django_htmx.middleware import HtmxDetails

from config.declared import OPEN, RefuseUndeclared
from config.transactions import acting
from injections.models.staff import Role
from injections.policy import may
from tests.promises.addresses import every_address
from tests.promises.rows_of_addresses import CANARY, EVERYBODYS, MAKERS, SHIPPED, House

pytestmark = pytest.mark.django_db

METHODS = ("get", "head", "post", "put", "patch", "delete")
PLAIN, BY_HTMX = {}, {"HTTP_HX_REQUEST": "true"}
#: htmx asks for no headers alone
ASKED = [(method, how) for method, how in product(METHODS, (PLAIN, BY_HTMX)) if (method, how) != ("head", BY_HTMX)]
#: what a page says to somebody who may: done, look there, not like this, not by this method, somebody was first
ANSWERED = {200, 204, 302, 303, 400, 405, 409, 422}
ASKED_TO_SIGN_IN = {302, 401}
NO_SUCH_THING = {404}
#: pages that may say "no such thing" to somebody of the right role as well, each with the reason
NARROWER = {
    "injections:question_answer": "only for the one who was asked",
    "injections:emergency_end": "their own access, unless they watch over all of them",
    "injections:unreceived": "answers about the lot of its query, which may have been received since",
    "billing:replay_value": "answers about the payer and demand of its query, and nothing without one",
}
DOORS = [RefuseUndeclared(lambda request: None), LoginRequiredMiddleware(lambda request: None)]


@pytest.fixture
def houses():
    return {"own": House(), "other": House()}


@pytest.fixture
def arguments(houses):
    """Whose row -> word -> what stands for it in an address. A word without a maker fails here by its name."""
    words = {word for address in every_address() for word in address.names.values()}
    unknown = words - MAKERS.keys() - SHIPPED.keys()
    assert not unknown, f"addresses about {sorted(unknown)} have no row in tests/promises/rows_of_addresses.py"
    return {whose: {word: house.row(word) for word in words} for whose, house in houses.items()}


@pytest.fixture
def browsers(houses):
    """A browser for each role of our practice, and one in which nobody is signed in."""
    found = {None: Client()}
    for role, person in houses["own"].people.items():
        found[role] = Client()
        found[role].force_login(person)
    return found


@pytest.fixture(autouse=True)
def quiet():
    """Thousands of refusals need no line each."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_promise_09_no_address_answers_outside_its_role_and_its_practice(houses, arguments, browsers, record_property):
    told, wrong = Counter(), []
    declared = [address for address in every_address() if address.capability]
    for address, (role, browser) in product(declared, browsers.items()):
        person = houses["own"].people.get(role, AnonymousUser())
        session = dict(browser.session.items())
        for whose in whose_rows(address):
            url, expected = url_of(address, arguments[whose]), allowed(address, person, whose)
            refused = ANSWERED.isdisjoint(expected - {302, 405})
            for method, how, answer in at_the_door(person, session, url, together=refused):
                told[answer.status_code] += 1
                if answer.status_code not in expected or shows_too_much(answer, address, person, whose):
                    wrong.append((address.name, role, whose, method, bool(how), answer.status_code))
    assert wrong == []
    assert {200, 302, 404, 405, 422} <= told.keys()
    record_property("figure", f"{told.total():,} cells of {len(declared)} addresses, {len(Role)} roles and nobody")


def test_promise_09_every_address_through_the_whole_stack(houses, arguments, browsers, long, record_property):
    asked, wrong = 0, []
    for address, (role, browser) in product(every_address(), browsers.items()):
        if not (long or role in some(address, houses["own"].people)):
            continue
        person = houses["own"].people.get(role, AnonymousUser())
        for method in METHODS if address.name in OPEN else ("get",):
            answer = through_everything(browser, method, url_of(address, arguments["own"]))
            asked += 1
            if answer.status_code not in allowed(address, person, "own") or shows_too_much(
                answer, address, person, "own"
            ):
                wrong.append((address.name, role, method, answer.status_code))
    assert wrong == []
    record_property("figure", f"{asked:,} requests to {len(every_address())} addresses")


def some(address, people):
    """Nobody, the first who may and the first who may not: the doors themselves were asked about everybody."""
    roles = [role for role, person in people.items() if address.name not in OPEN and may(person, address.capability)]
    others = [role for role in people if role not in roles]
    return {None, *roles[:1], *others[:1]}


def whose_rows(address):
    about_a_row = any(word not in SHIPPED.keys() | EVERYBODYS for word in address.names.values())
    return ("own", "other") if about_a_row else ("own",)


def url_of(address, rows):
    return reverse(address.name, kwargs={part: rows[word] for part, word in address.names.items()})


def allowed(address, person, whose):
    """The answers that the policy allows."""
    if address.name in OPEN:
        return ANSWERED | ASKED_TO_SIGN_IN | {403, 404}
    if not person.is_authenticated:
        return ASKED_TO_SIGN_IN
    if not may(person, address.capability):
        return NO_SUCH_THING
    if whose == "other":
        return NO_SUCH_THING | {405} | ({302} if address.name == "injections:cosign_one" else set())
    return ANSWERED | NO_SUCH_THING if address.name in NARROWER else ANSWERED


def shows_too_much(answer, address, person, whose):
    """Whether a patient's name is in an answer for somebody who may not see it."""
    business = address.capability and may(person, address.capability) and whose == "own"
    return not business and CANARY.upper() in answer.content.decode().upper()


def at_the_door(person, session, url, *, together):
    """By every method, plain and by htmx: the answers of the view behind its doors. Nothing that they wrote stays.

    Where everything is refused, nothing is written either: then they are asked ``together`` and undone at once.
    """
    with undone(person) if together else nullcontext():
        for method, how in ASKED:
            request = getattr(RequestFactory(), method)(url, **how)
            request.user, request.htmx, request.resolver_match = person, HtmxDetails(request), resolve(url)
            request.session = SessionStore()
            request.session.update(session)
            request._messages = FallbackStorage(request)
            with nullcontext() if together else undone(person):
                answer = answered(request)
            yield method, how, answer


@contextmanager
def undone(person):
    """As that person, and as if it had not been."""
    named = (person.practice_id, person.pk) if person.is_authenticated else (None, None)
    with transaction.atomic(), acting(*named):
        yield
        transaction.set_rollback(True)


def answered(request):
    found = request.resolver_match
    refused = type("Refusal", (), {"content": b""})()
    try:
        for door in DOORS:
            answer = door.process_view(request, found.func, found.args, found.kwargs)
            if answer is not None:
                return answer
        return found.func(request, *found.args, **found.kwargs)
    except Http404:
        refused.status_code = 404
    except PermissionDenied:
        refused.status_code = 403
    return refused


def through_everything(browser, method, url):
    """One request of which nothing stays: not what it wrote, not a cookie, not a count of tries."""
    kept = {name: morsel.value for name, morsel in browser.cookies.items()}
    with transaction.atomic():
        answer = getattr(browser, method)(url)
        transaction.set_rollback(True)
    browser.cookies.clear()
    for name, value in kept.items():
        browser.cookies[name] = value
    cache.clear()
    return answer
