"""What colleagues ask about a visit, and the answer."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import questions as actions
from injections.forms.question import AnswerForm
from injections.models import Question
from injections.policy import requires
from injections.views.posting import attempt, reader, sent, show

MOST_ANSWERED = 20


@requires("question.answer")
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    mine = _mine(request)
    context = {
        "waiting": mine.filter(answered_at__isnull=True).order_by("asked_at"),
        "answered": mine.filter(answered_at__isnull=False).order_by("-answered_at")[:MOST_ANSWERED],
    }
    return render(request, "injections/question/questions.html", context)


@requires("question.answer")
@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(_mine(request), pk=pk)
    if question.answered_at is not None:
        messages.success(request, "This question is answered already.")
        return redirect("injections:questions")
    form = AnswerForm(sent(request))
    if form.is_valid():
        said = form.cleaned_data["answer"]
        if attempt(form, actions.answer, question=question, text=said, by=reader(request)) is not None:
            messages.success(request, f"Your answer went to {question.asked_by.short_name}.")
            return redirect("injections:questions")
    context = {"form": form, "question": question, "patient": question.encounter.patient}
    return show(request, "injections/question/answer.html", context)


def _mine(request: HttpRequest) -> QuerySet[Question]:
    """What was asked of this person, and nobody else's."""
    mine = Question.objects.for_user(request.user).filter(asked_of=reader(request))
    return mine.select_related("encounter__patient", "asked_by", "asked_of", "administration__product")
