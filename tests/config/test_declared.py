"""The default is no: a view without a capability and without a reason answers nobody."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from config.declared import OPEN, RefuseUndeclared
from injections.policy import CAPABILITIES
from tests.promises.addresses import every_address


class Resolved:
    def __init__(self, view_name):
        self.view_name = view_name


def asked(view_name, view):
    request = RequestFactory().get("/")
    request.resolver_match = Resolved(view_name)
    return RefuseUndeclared(lambda request: HttpResponse()).process_view(request, view, (), {})


def test_every_view_declares_its_capability_or_is_open_for_a_reason():
    undeclared = [address.name for address in every_address() if not address.capability and address.name not in OPEN]
    assert undeclared == []


def test_every_capability_of_a_view_is_one_that_the_policy_names():
    assert {address.capability for address in every_address() if address.capability} <= CAPABILITIES.keys()


def test_every_capability_is_asked_for_by_some_view():
    asked_for = {address.capability for address in every_address()}
    #: asked inside a page: what kind of restriction somebody may enter, whose dose they may correct
    assert CAPABILITIES.keys() - asked_for == {"restriction.care", "chart.correct"}


def test_the_open_list_names_views_that_exist_declare_nothing_and_have_a_reason():
    addresses = {address.name: address for address in every_address()}
    assert OPEN.keys() <= addresses.keys()
    assert not [name for name in OPEN if addresses[name].capability]
    assert all(len(reason.split()) > 3 for reason in OPEN.values())


def test_a_view_that_declares_nothing_answers_nobody(caplog):
    with pytest.raises(Http404):
        asked("injections:forgotten", lambda request: HttpResponse("everything"))
    assert "injections:forgotten" in caplog.text


def test_a_declared_view_and_an_open_one_go_on():
    def view(request):
        return HttpResponse()

    assert asked("account_login", view) is None
    view.permission = "home"
    assert asked("injections:home", view) is None
