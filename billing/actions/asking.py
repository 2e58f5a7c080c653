"""Asking a clinician about a visit: the bill's side of the one door for questions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps

from billing.actions.errors import Refused
from billing.models import Review
from injections.actions import errors, questions


def ask(*, review: Review, by: Any, of: int, text: str, submission_key: UUID) -> Any:
    """Put a question to a colleague. It lands among what waits for them."""
    colleague = apps.get_model("injections", "Staff").objects.filter(pk=of, practice_id=review.practice_id).first()
    try:
        return questions.ask(encounter=review.encounter, text=text, by=by, of=colleague, submission_key=submission_key)
    except errors.Refused as no:
        raise Refused(no.message) from no
