"""What billers do with a review, one address for each: afterwards the list moves on to the next row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from billing.actions import asking, decisions
from billing.actions.errors import Refused, Superseded
from billing.forms.decide import AskForm, HoldForm, SnoozeForm
from billing.models import Review, worklist
from billing.views.ask import people
from billing.views.reviews import LAST, mine, page
from billing.views.worklist import Place, search, show, tab_of
from injections.forms.base import UNPROCESSABLE, problems_of
from injections.policy import requires

CONFLICT = 409


@requires("charges.review")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    review = mine(request, pk)
    return done(request, review, "Approved", decisions.approve)


@requires("charges.review")
@require_POST
def approve_all(request: HttpRequest) -> HttpResponse:
    """Approve every row of the list that is ready, as it is filtered; one that is refused stays and is counted."""
    place = Place.of(request.POST).moved(tab="ready", at=None)
    found = waiting(request, place)
    left = 0
    for review in found:
        try:
            decisions.approve(review=review, by=request.user)
        except Refused:
            left += 1
    approved = f"{len(found) - left} approved"
    messages.success(request, f"{approved}, {left} not: they are still here." if left else f"{approved}.")
    return redirect(place.url)


def waiting(request: HttpRequest, place: Place) -> list[Review]:
    """The rows that are ready and undecided, as the list is filtered."""
    rows = worklist.standings(search(worklist.visible(request.user), place), timezone.localdate())
    return list(Review.objects.filter(pk__in=[row.pk for row in rows if row.waits_for == "ready"]).order_by("pk"))


@requires("charges.review")
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    review, form = mine(request, pk), HoldForm(request.POST, prefix="hold")
    if not form.is_valid():
        return refused_form(request, review, hold_form=form)
    return done(request, review, "Held", decisions.hold, **form.cleaned_data)


@requires("charges.review")
@require_POST
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    review, form = mine(request, pk), SnoozeForm(request.POST, prefix="snooze")
    if not form.is_valid():
        return refused_form(request, review, snooze_form=form)
    until = form.cleaned_data["until"]
    words = f"Out of sight until {until:%-d %b}"
    return done(request, review, words, decisions.snooze, until=until, today=timezone.localdate())


@requires("charges.review")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    review = mine(request, pk)
    return done(request, review, "Released", decisions.release)


@requires("charges.review")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was decided last, and stand on that row again."""
    review, place = mine(request, pk), Place.of(request.POST)
    try:
        decisions.undo(review=review, by=request.user, decision=number(request.POST.get("decision", "")))
    except Refused as no:
        return refused(request, place.moved(at=pk), no)
    request.session.pop(LAST, None)
    messages.success(request, f"Taken back for {review.encounter.patient.listed_name}")
    tab = tab_of(request.user, review, place.tab)
    return redirect(place.moved(tab=tab, at=pk, page=1).url)


def number(text: str) -> int | None:
    """The decision that the page named; none where it named none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def done(request: HttpRequest, review: Review, what: str, act: Callable[..., Any], **said: Any) -> HttpResponse:
    """Do it and stand on the next row; what was refused keeps the reader where they are."""
    place = Place.of(request.POST).moved(at=review.pk)
    following = show(request.user, place).after(review.pk)
    try:
        decided = act(review=review, by=request.user, **said)
    except Refused as no:
        return refused(request, place, no)
    words = f"{what}: {review.encounter.patient.listed_name}"
    request.session[LAST] = {"review": review.pk, "decision": decided.pk, "words": words}
    return redirect(place.moved(at=following).url)


def refused(request: HttpRequest, place: Place, no: Refused) -> HttpResponse:
    """The same page with the reason; after a conflict, on the answer that stands now."""
    if isinstance(no, Superseded):
        newest = mine(request, place.at or 0).encounter.reviews.filter(superseded_by__isnull=True).first()
        return page(request, place.moved(at=newest.pk if newest else None), status=CONFLICT, refusal=no.message)
    return page(request, place, status=UNPROCESSABLE, refusal=no.message)


def refused_form(request: HttpRequest, review: Review, **form: Any) -> HttpResponse:
    place = Place.of(request.POST).moved(at=review.pk)
    problems = list(problems_of(*form.values()))
    return page(request, place, status=UNPROCESSABLE, problems=problems, **form)


@requires("charges.review")
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a question to a colleague; the row stays where it is until the answer comes."""
    review = mine(request, pk)
    form = AskForm(request.POST, prefix="ask", people=people(review))
    if not form.is_valid():
        return refused_form(request, review, ask_form=form)
    try:
        asked = asking.ask(review=review, by=request.user, **form.cleaned_data)
    except Refused as no:
        return refused(request, Place.of(request.POST).moved(at=pk), no)
    messages.success(request, f"Asked {asked.asked_of.short_name}. The answer will stand under History.")
    return redirect(Place.of(request.POST).moved(at=pk).url)
