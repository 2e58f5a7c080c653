"""One transaction per request or task, which knows who acts and undoes what failed."""

from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone

from config.transactions import RequestTransaction, acting, named_actor, task_transaction

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

NURSE = SimpleNamespace(is_authenticated=True, pk=7, practice_id=3)
NO_ACTOR = ("", "")
NOBODY = SimpleNamespace(is_authenticated=False, pk=None)


def write(key):
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())


def written():
    return set(Session.objects.values_list("session_key", flat=True))


def write_twice(key):
    write(key)
    write(key)


class Views:
    """Views that write and then end in different ways."""

    @staticmethod
    def answers(request):
        write("view")
        return HttpResponse(repr(named_actor()))

    @staticmethod
    def is_missing(request):
        write("view")
        raise Http404

    @staticmethod
    def is_forbidden(request):
        write("view")
        raise PermissionDenied

    @staticmethod
    def repeats_a_key(request):
        write_twice("view")

    @staticmethod
    def breaks_in_an_inner_block(request):
        with transaction.atomic(), transaction.atomic(savepoint=False):
            write("view")
            raise Http404

    @staticmethod
    def is_unavailable(request):
        write("view")
        return HttpResponse(status=503)


def page_of_an_error(status):
    """A page that asks the database, as one with a menu for the person signed in does."""
    return lambda request, exception=None: HttpResponse(repr(written()), status=status)


handler403, handler404, handler500 = map(page_of_an_error, (403, 404, 500))
urlpatterns = [path(name, getattr(Views, name)) for name in vars(Views) if not name.startswith("_")]


class Signed:
    """Puts a person on the request, as the authentication middleware does."""

    user = NURSE

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = self.user
        return self.get_response(request)


class Noting:
    """Inside the transaction, outside the view: writes a row of its own after the view has ended."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code < 500:
            write("note")
        return response


@pytest.fixture
def browse(client, settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        f"{__name__}.Signed",
        f"{RequestTransaction.__module__}.{RequestTransaction.__name__}",
        f"{__name__}.Noting",
    ]
    client.raise_request_exception = False
    return lambda view: client.get(f"/{view}")


def test_a_request_knows_its_practice_and_person(browse):
    assert browse("answers").content.decode() == "('3', '7')"
    assert written() == {"view", "note"}
    assert named_actor() == NO_ACTOR


def test_nobody_is_named_when_nobody_is_signed_in(browse, monkeypatch):
    monkeypatch.setattr(Signed, "user", NOBODY)
    assert browse("answers").content.decode() == "('', '')"


@pytest.mark.parametrize(
    ("view", "status"), [("is_missing", 404), ("is_forbidden", 403), ("breaks_in_an_inner_block", 404)]
)
def test_a_view_that_raises_leaves_nothing_but_the_rest_of_the_request_stands(browse, view, status):
    assert browse(view).status_code == status
    assert written() == {"note"}


@pytest.mark.parametrize(("view", "status"), [("repeats_a_key", 500), ("is_unavailable", 503)])
def test_a_server_error_undoes_the_whole_request(browse, view, status):
    assert browse(view).status_code == status
    assert written() == set()


def test_a_task_acts_for_a_practice():
    with task_transaction(3, 7):
        assert named_actor() == ("3", "7")
        write("task")
    assert named_actor() == NO_ACTOR
    assert written() == {"task"}


def test_a_task_that_fails_leaves_nothing():
    with pytest.raises(IntegrityError), task_transaction(3):
        write_twice("task")
    assert written() == set()


def test_an_inner_block_gives_the_actor_back():
    with task_transaction(3, 7):
        with task_transaction(4):
            assert named_actor() == ("4", "")
        assert named_actor() == ("3", "7")


def test_an_inner_block_that_fails_gives_the_actor_back():
    with task_transaction(3, 7):
        with pytest.raises(ValueError, match="fails"), task_transaction(4):
            raise ValueError("fails")
        assert named_actor() == ("3", "7")


def test_an_inner_block_without_an_actor_does_not_inherit_one():
    with task_transaction(3, 7), transaction.atomic(), acting(None, None):
        assert named_actor() == NO_ACTOR
