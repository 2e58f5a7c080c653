"""Charge review: what waits for a biller on the left, the visit in hand on the right."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from billing.forms.decide import AskForm, HoldForm, SnoozeForm
from billing.models import Review
from billing.views.ask import people, suggested
from billing.views.pane import pane
from billing.views.worklist import Place, show
from injections.policy import requires

LAST = "last_decision"
SEARCH = "charge-search"
RELATED = ("encounter__patient", "encounter__location", "encounter__practice")


@requires("charges.review")
def reviews(request: HttpRequest) -> HttpResponse:
    """The list; asked for by the list itself, only the right half. What is searched for is kept in the session."""
    if request.method == "POST":
        place = Place.of(request.POST)
        request.session[SEARCH] = place.q
        return redirect(place.url)
    place = Place.of(request.GET).moved(q=request.session.get(SEARCH, ""))
    if getattr(request, "htmx", None) and request.htmx.target == "pane":  # type: ignore[attr-defined]  # django-htmx sets it
        found = mine(request, place.at or 0)
        return render(request, "billing/_pane.html", {**pane(found), **forms(request, found), "place": place})
    return page(request, place)


def page(request: HttpRequest, place: Place, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page. ``more`` carries a refused form or the sentence that says why something was not done."""
    shown = show(request.user, place)
    context: dict[str, Any] = {"shown": shown, "place": place, "last": last(request)}
    if shown.selected is not None:
        context |= pane(shown.selected) | forms(request, shown.selected)
    return render(request, "billing/reviews.html", {**context, **more}, status=status)


def mine(request: HttpRequest, pk: int) -> Review:
    """A review of this person's practice, or the page that any unknown address shows."""
    found: Review = get_object_or_404(Review.objects.for_user(request.user).select_related(*RELATED), pk=pk)
    return found


def forms(request: HttpRequest, review: Review) -> dict[str, Any]:
    """Empty forms for what may be done with this review."""
    asked = {"text": suggested(review), "submission_key": uuid4()}
    return {
        "hold_form": HoldForm(prefix="hold"),
        "snooze_form": SnoozeForm(prefix="snooze"),
        "ask_form": AskForm(prefix="ask", people=people(review), initial=asked),
    }


def last(request: HttpRequest) -> dict[str, Any] | None:
    """What this person decided last, so that it can be taken back after the list has moved on."""
    said = request.session.get(LAST)
    if not said:
        return None
    review = Review.objects.for_user(request.user).filter(pk=said["review"], superseded_by__isnull=True).first()
    return {**said, "review": review} if review else None
