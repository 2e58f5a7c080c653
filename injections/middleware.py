"""What every page of a signed-in person gets: the practice's own clock, and nothing kept by the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

Answer = Callable[[HttpRequest], HttpResponse]


class PracticePages:
    """Times are shown in the practice's time zone, and no page is kept on the tablet or by a proxy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        practice = getattr(request.user, "practice", None) if request.user.is_authenticated else None
        with timezone.override(practice.zone if practice else None):
            response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response
