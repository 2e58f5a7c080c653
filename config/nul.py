"""Refuse the NUL character where a request carries text.

PostgreSQL cannot store it, so without this any `?q=%00` that reaches a query would be a server error.
"""

from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class RefuseNul:
    """Answers 400 to a NUL in the path, the query string or a form field."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in text for text in texts(request)):
            raise BadRequest("a NUL character is not text")
        return self.get_response(request)


def texts(request: HttpRequest) -> Iterable[str]:
    """Every piece of text that a view could take from this request."""
    yield request.path_info
    yield from pairs(request.GET)
    if request.method == "POST" and request.content_type in FORMS:
        try:
            posted = request.POST
        except UnreadablePostError as cut:
            raise BadRequest("the request ended before its body was complete") from cut
        yield from pairs(posted)


def pairs(fields: QueryDict) -> Iterable[str]:
    for name, values in fields.lists():
        yield name
        yield from map(str, values)
