"""What the browser is told: what no page may do, and to forget a practice when its person signs out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

OURS, NOBODY = ["'self'"], ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(("default-src", "script-src", "style-src", "form-action"), OURS),
        **dict.fromkeys(("object-src", "base-uri", "frame-ancestors"), NOBODY),
        "img-src": ["'self'", "data:"],  # Bootstrap's own icons are data: images
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
#: not cookies: a shared workstation keeps its shift when one person leaves
FORGET = '"cache", "storage"'


class ForgetAtSignOut:
    """Tells the browser to empty its cache and storage when the person of the request is signed out by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = FORGET
        return response
