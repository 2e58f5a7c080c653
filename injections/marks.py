"""Marks that a view carries about the person at the screen, beside the capability it needs (injections/policy.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])

#: names of the views that answer before anybody has signed in; a test keeps this list and the views in step
PUBLIC = frozenset({"screen", "come_back", "shift", "shift_enter", "shift_end"})


def polls(view: View) -> View:
    """The page asks this by itself, so it never counts as somebody being there."""
    view.polls = True  # type: ignore[attr-defined]  # a mark on the view, read by the middleware
    return view


def public(view: View) -> View:
    """Answers before anybody has signed in, and on a locked screen. Its name stands in ``PUBLIC``."""
    view.while_locked = True  # type: ignore[attr-defined]  # a mark on the view, read by the middleware
    view.public = True  # type: ignore[attr-defined]  # a mark on the view, read by the middleware
    return login_not_required(view)
