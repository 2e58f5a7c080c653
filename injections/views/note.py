"""The visit as a note: everything that was signed, with names, times and the mark of its content."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from injections.audit.capture import shows_as
from injections.chart.reading import with_related
from injections.models import Restriction
from injections.models.audit import Action
from injections.policy import may, requires
from injections.reading.note import entries_of
from injections.views.drafts import encounter_of
from injections.views.posting import reader


@requires("chart.see")
@shows_as(Action.PRINTED)
@require_GET
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version stays readable; what was replaced says by what and why."""
    encounter = encounter_of(request, pk)
    doses = with_related(encounter.administrations.select_related("superseded_by").order_by("pk"))
    context = {
        "encounter": encounter,
        "patient": encounter.patient,
        "entries": [entries_of(dose) for dose in doses],
        "kept_back": [
            r.get_kind_display() for r in Restriction.objects.on(encounter.date).filter(patient=encounter.patient)
        ],
        "questions": encounter.questions.select_related("asked_by", "asked_of", "answered_by"),
        "answers": may(request.user, "question.answer"),
        "printed_at": timezone.now(),
        "printed_by": reader(request).signs_as,
        "zone": encounter.practice.time_zone,
    }
    return render(request, "injections/note/note.html", context)
