"""Refuse a request by the length that it announces, before anything of its body is read.

Django limits fields, not files; what a server in front lets through must end here, with a page that says so.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: bytes of one request: the largest file that any page takes, and the rest of its form
MOST = 10_000_000
TOO_LARGE = 413


class RefuseLarge:
    """Answers 413 to a body that is longer than any form of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > MOST):
            return render(request, "413.html", status=TOO_LARGE)
        return self.get_response(request)
