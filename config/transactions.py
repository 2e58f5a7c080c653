"""One transaction round each request and each task, which knows who acts and for which practice.

`app.practice` and `app.user` are set for the length of the transaction only. A pooled connection therefore
never carries them to the next user, and database triggers and policies can rely on them: a transaction that
names no practice sees no row of any. What must look across practices goes through a named door
(`injections/audit/attaching.py` lists what each one opens).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

NAME_ACTOR = (
    "SELECT set_config('app.practice', %s, true), set_config('app.user', %s, true), set_config('app.door', %s, true)"
)
NAMED_ACTOR = (
    "SELECT current_setting('app.practice', true), current_setting('app.user', true), current_setting('app.door', true)"
)
#: doors: who is at the keyboard is still to be found; what is owed is taken up; the chain is made
SIGN_IN, OUTBOX, SEALING = "sign-in", "outbox", "sealing"
SERVER_ERROR = 500


class RequestTransaction:
    """Runs a request in one transaction and tells it the actor.

    What a view wrote is undone when it raises, even where the answer is a tidy 404: the page of the error is
    then rendered in a transaction that still works. An answer of 500 and above undoes the whole request.
    A streamed answer is written after the transaction has ended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), through(SIGN_IN):
            practice_id, user_id = actor(request)
            with acting(practice_id, user_id) if user_id else nullcontext():
                response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        request.before_view = transaction.savepoint()  # type: ignore[attr-defined]  # the point to go back to travels with its request

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        # An exception can come from an atomic block that marked the whole transaction as broken; it is whole
        # again once the savepoint is restored.
        transaction.set_rollback(False)
        transaction.savepoint_rollback(request.before_view)  # type: ignore[attr-defined]  # the point to go back to travels with its request


@contextmanager
def task_transaction(practice_id: object, user_id: object = None) -> Iterator[None]:
    """The same for a task or a command: one transaction on behalf of a practice, and of a person if any."""
    with transaction.atomic(), acting(practice_id, user_id):
        yield


def actor(request: HttpRequest) -> tuple[Any, Any]:
    """The practice and the person that a request acts for; neither when nobody is signed in."""
    user = request.user
    return (getattr(user, "practice_id", None), user.pk) if user.is_authenticated else (None, None)


@contextmanager
def acting(practice_id: object, user_id: object) -> Iterator[None]:
    """Name the actor until the transaction ends; inside a longer transaction, until the block ends."""
    with _named(practice_id, user_id):
        yield


@contextmanager
def through(door: str) -> Iterator[None]:
    """Act for no practice and nobody, and see what this door opens."""
    with _named(None, None, door):
        yield


@contextmanager
def _named(*named: object) -> Iterator[None]:
    if not connection.savepoint_ids:
        name_actor(*named)
        yield
        return
    before = _settings()
    name_actor(*named)
    yield
    if not connection.needs_rollback:
        name_actor(*before)


def name_actor(practice_id: object, user_id: object, door: object = None) -> None:
    """From here to the end of the transaction, or until somebody else is named."""
    with connection.cursor() as cursor:
        cursor.execute(NAME_ACTOR, ["" if value is None else str(value) for value in (practice_id, user_id, door)])


def named_actor() -> tuple[str, str]:
    """The practice and the person that the database takes us to act for; empty when none is named."""
    practice_id, user_id, _ = _settings()
    return practice_id, user_id


def named_door() -> str:
    """The door that is open, or nothing."""
    return _settings()[2]


def _settings() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(NAMED_ACTOR)
        practice_id, user_id, door = cursor.fetchone()
    return practice_id or "", user_id or "", door or ""
