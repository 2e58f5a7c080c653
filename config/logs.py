"""Logs: one line an event, with the id of its request or task, and never a word about a patient.

A line keeps what is on the list and drops the rest, so that a new field is left out until somebody has looked at it.
Of an exception it keeps the kind and the place: its message often holds what was typed (`Key (mrn)=(…) exists`).
What other libraries log is kept as its fixed text; what they put into it only where :data:`TOLD` says that it is
an id or a path. Query strings go, because people search by name.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import Processor

ROOT = Path(__file__).resolve().parent.parent
Event = MutableMapping[str, Any]

KEPT = frozenset(
    "event level logger timestamp problem request code ip request_id correlation_id user_id practice_id "
    "task task_id parent_task_id child_task_id child_task_name duration_ms expired signame terminated".split()
)
#: loggers whose arguments are ids, class names, paths and reasons; of any other only the fixed text and numbers stay
TOLD = ("injections", "billing", "config", "django.request", "django.security", "django.server", "gunicorn")
#: what Celery may fill into its sentences; the rest of its context is results, arguments and error texts
TASK_WORDS = frozenset({"name", "id", "runtime", "description"})
WITHHELD = "(withheld)"
FRAMES = 12


def without_patients(_: Any, __: str, event: Event) -> Event:
    """Keep the fields on the list; make others' sentences and exceptions fit to keep."""
    record = event.get("_record")
    if record is not None and not event.get("_from_structlog"):
        event["event"] = sentence(record.msg, event.get("positional_args"), record.name)
    if "request" in event:
        event["request"] = str(event["request"]).partition("?")[0]
    problem = _problem(event)
    kept = {key: value for key, value in event.items() if key in KEPT or key.startswith("_")}
    return {**kept, "problem": list(told(problem))} if problem else kept


def sentence(template: object, arguments: object, logger: str) -> str:
    """What a library logged, with only those of its arguments that cannot name anybody."""
    if not isinstance(template, str):
        return f"{WITHHELD} {type(template).__name__}"
    if isinstance(arguments, Mapping):
        return template % _Words(arguments)
    plain = tuple(_plain(argument, logger) for argument in arguments) if isinstance(arguments, tuple) else ()
    try:
        return (template % plain if plain else template).partition("?")[0]
    except (TypeError, ValueError):  # a template of numbers that was given text
        return f"{template} {WITHHELD}"


def told(problem: BaseException) -> Iterator[dict[str, Any]]:
    """An exception and what it came from: kind and places, the innermost last."""
    seen: set[int] = set()
    current: BaseException | None = problem
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield {"type": type(current).__name__, "at": places(current.__traceback__)}
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def places(trace: TracebackType | None) -> list[str]:
    """`injections/actions/signing.py:88 sign`, without the values that were there."""
    frames = traceback.extract_tb(trace, limit=-FRAMES)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


class NameActor:
    """Puts the person and the practice on every line of a request; stands inside the transaction that reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            structlog.contextvars.bind_contextvars(user_id=user.pk, practice_id=getattr(user, "practice_id", None))
        return self.get_response(request)


class _Words(dict[str, Any]):
    """Celery's context, of which a sentence gets only the words on the list."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        super().__init__({key: value if key in TASK_WORDS else WITHHELD for key, value in context.items()})

    def __missing__(self, key: str) -> str:
        return WITHHELD


def _plain(argument: object, logger: str) -> object:
    if isinstance(argument, int | float):
        return argument
    if isinstance(argument, BaseException):
        return type(argument).__name__
    ours = any(logger == name or logger.startswith(f"{name}.") for name in TOLD)
    return str(argument).partition("?")[0] if ours else WITHHELD


def _problem(event: Event) -> BaseException | None:
    said = event.get("exc_info")
    if said is True:
        return sys.exc_info()[1]
    if isinstance(said, tuple):
        return said[1] if isinstance(said[1], BaseException) else None
    return said if isinstance(said, BaseException) else None


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])


def logging_config(*, level: str, debug: bool) -> dict[str, Any]:
    """Django's ``LOGGING``: everything to standard error, as JSON in production and as plain lines on a desk."""
    to_read: Processor = structlog.dev.ConsoleRenderer(colors=False) if debug else structlog.processors.JSONRenderer()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [without_patients, structlog.stdlib.ProcessorFormatter.remove_processors_meta, to_read],
        "use_get_message": False,
        "pass_foreign_args": True,  # nosec B105 # a switch, not a password
    }
    logging.raiseExceptions = debug  # otherwise a line that cannot be written is printed with all its arguments
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"event": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # With the level of the others at DEBUG this one would print every query with its values.
            "django.db.backends": {"level": "INFO"},
        },
    }
