"""Whether this process lives, and whether it can serve: asked by whatever restarts it or routes to it."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from redis import Redis, RedisError

UNAVAILABLE = 503
#: seconds after which an answer from Redis is as good as none
PATIENCE = 1


class AnswerHealth:
    """Answers `/health` and `/ready` before anything else looks at the request: no host name, TLS or transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        questions = QUESTIONS.get(request.path_info)
        if questions is None:
            return self.get_response(request)
        found = [problem for question in questions for problem in question()]
        return HttpResponse("; ".join(found) or "ok", content_type="text/plain", status=UNAVAILABLE if found else 200)


def _database() -> Iterator[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        yield "the database does not answer"


def _tables() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "migrations are missing: manage.py migrate"
    except DatabaseError:
        yield "the tables cannot be read"


def _broker() -> Iterator[str]:
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE).ping()
    except RedisError:
        yield "Redis does not answer"


#: `/health`: while this fails the process should be restarted. `/ready`: until this holds it should get no visitors;
#: without Redis nothing is lost, because the outbox keeps what is owed, but signing people in is not slowed down
QUESTIONS: dict[str, tuple[Callable[[], Iterator[str]], ...]] = {
    "/health": (_database,),
    "/ready": (_database, _tables, _broker),
}
