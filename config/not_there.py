"""The product's own page for an address that does not exist, also on a developer's machine.

With DEBUG Django answers a list of every address instead, and whoever tries the demo would meet that first.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.defaults import page_not_found

Answer = Callable[[HttpRequest], HttpResponse]


class NoSuchAddress:
    """Answers an address that no view has; stands last, so that the page knows who is at the screen."""

    def __init__(self, get_response: Answer) -> None:
        only_with_debug()
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            resolve(request.path_info)
        except Resolver404 as missing:
            return page_not_found(request, missing)
        return self.get_response(request)


class NoSuchRow:
    """Answers a view that found nothing; stands before the transaction, which undoes first what the view wrote."""

    def __init__(self, get_response: Answer) -> None:
        only_with_debug()
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, Http404) else None


def only_with_debug() -> None:
    """Raises MiddlewareNotUsed without DEBUG, where Django itself answers with `404.html`."""
    if not settings.DEBUG:
        raise MiddlewareNotUsed("Django does so itself")
