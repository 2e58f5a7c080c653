"""Where the person works at the moment: chosen on Today, else their own location, else the practice's first."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from injections.models import Location, Staff

CHOSEN = "location"


def here(request: HttpRequest) -> Location | None:
    """The location of this session. Asked once per request."""
    if not hasattr(request, "_here"):
        request._here = _find(request)  # type: ignore[attr-defined]  # found once for each request, and kept on it
    return request._here  # type: ignore[attr-defined]  # found once for each request, and kept on it


def choose(request: HttpRequest, location: Location) -> None:
    """Work at this location until signing out."""
    request.session[CHOSEN] = location.pk
    request._here = location  # type: ignore[attr-defined]  # found once for each request, and kept on it


def _find(request: HttpRequest) -> Location | None:
    mine = Location.objects.for_user(request.user)
    for pk in (request.session.get(CHOSEN), cast(Staff, request.user).location_id):
        found = mine.filter(pk=pk).first() if pk else None
        if found:
            return found
    return mine.first()
