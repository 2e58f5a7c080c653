"""Signing in and out, and failing to. From the moment somebody is known, the transaction acts for them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from config.transactions import SIGN_IN, name_actor, named_door
from injections.audit.capture import record
from injections.audit.noting import Happening
from injections.models.audit import Action


def listen() -> None:
    """Before Django's own receiver, which writes the day of the sign-in into the person's row."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit")
    user_logged_out.connect(_signed_out, dispatch_uid="audit")
    user_login_failed.connect(_failed, dispatch_uid="audit")


def _signed_in(sender: Any, user: Any, **_: Any) -> None:
    if named_door() == SIGN_IN:
        name_actor(user.practice_id, user.pk)
    record(Happening(Action.SIGNED_IN, user.practice_id, user.pk))


def _signed_out(sender: Any, user: Any, **_: Any) -> None:
    if user is not None:
        record(Happening(Action.SIGNED_OUT, user.practice_id, user.pk))


def _failed(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    """What was typed is not kept: people type their password into the wrong box."""
    from injections.models import Staff

    typed = credentials.get("username") or credentials.get("email") or credentials.get("login") or ""
    person = Staff.objects.filter(username__iexact=str(typed)).first() if typed else None
    practice_id, person_id = (person.practice_id, person.pk) if person else (None, None)
    record(Happening(Action.SIGN_IN_FAILED, practice_id, person_id))
