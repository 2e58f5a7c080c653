"""Every read of a patient as a row of the log: which patients a response showed, to whom, on which page.

A response that shows something names each patient once. One that was refused names the page and the number that was
tried. Both are written in a transaction of their own after the request's, so that a rollback cannot lose them, and
before the answer leaves: what cannot be recorded is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from config.transactions import acting, actor
from injections import reach
from injections.audit import noting
from injections.audit.noting import Happening, Notes
from injections.models.audit import Action

INSERT = """
INSERT INTO injections_auditevent (practice_id, person_id, patient_id, action, subject, row_key, columns)
SELECT %s, %s, patient, %s, %s, %s, '{}' FROM unnest(%s::bigint[]) AS patient
"""
View = Callable[..., HttpResponse]
REFUSED = frozenset({401, 403, 404})
LONGEST = 100
EXPORTED = Action.EXPORTED


def shows_as(action: Action) -> Callable[[View], View]:
    """Mark a view whose showing is more than a look: a search, a print, an export."""

    def mark(view: View) -> View:
        view.shows_as = action  # type: ignore[attr-defined]  # a mark on the view, read by the middleware
        return view

    return mark


def shows_nobody(view: View) -> View:
    """Mark a view that reads the rows of patients and answers with numbers only: nothing of a patient is shown."""
    view.shows_nobody = True  # type: ignore[attr-defined]  # a mark on the view, read by the middleware
    return view


class RecordReads:
    """Writes what the request showed, or that it was refused. Stands outside the request's transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        notes = noting.begin()
        try:
            response = self.get_response(request)
        finally:
            noting.end()
        keep(request, response.status_code, notes)
        return response


def keep(request: HttpRequest, status: int, notes: Notes) -> None:
    """One statement for the patients, one for each thing that happened beside them."""
    match = request.resolver_match
    if match is None:
        return  # no page of ours
    signed_in = bool(request.user.is_authenticated)
    shows_some = signed_in and shows(status) and not getattr(match.func, "shows_nobody", False)
    shown = sorted(notes.patients) if shows_some else []
    refused = signed_in and status in REFUSED
    if not (shown or refused or notes.happenings):
        return
    practice_id, person_id = actor(request)
    key = str(next(iter(match.kwargs.values()), ""))[:64]
    page = match.view_name[:LONGEST]
    with transaction.atomic(), acting(practice_id, person_id):
        if shown:
            action = getattr(match.func, "shows_as", Action.READ)
            flagged = {access.patient_id for access in reach.opened_to(request.user)}.intersection(shown)
            write(practice_id, person_id, action, page, key, [patient for patient in shown if patient not in flagged])
            write(practice_id, person_id, Action.EMERGENCY, page, key, sorted(flagged))
        if refused:
            write(practice_id, person_id, Action.REFUSED, page, key)
        for happening in notes.happenings:
            write(happening.practice_id, happening.person_id, happening.action, page)


def shows(status: int) -> bool:
    """Whether a response with this status shows something: a page, a form refused with what was typed, or the way to
    the next page, which says what was done and for whom.
    """
    return status < 500 and status not in REFUSED


def record(happening: Happening) -> None:
    """Have it in the log: after the request that it is part of, or at once where there is none."""
    if not noting.note(happening):
        write(happening.practice_id, happening.person_id, happening.action, "")


def write(
    practice_id: Any, person_id: Any, action: str, subject: str, key: str = "", patients: Iterable[int | None] = (None,)
) -> None:
    """One event for each patient, or one that is about none."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [practice_id, person_id, action, subject, key, list(patients)])
