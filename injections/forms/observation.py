"""How a wait ended: nothing happened, or the patient left before its end and why."""

from __future__ import annotations

from typing import Any

from django import forms

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.models.observation import Ended

WHY_EARLY = (
    "Did not want to wait",
    "Had to leave",
    "Left without telling us",
    "Released by the physician",
)


class WatchForm(CleanForm):
    """One answer. ``late`` asks for the minutes, because the end was long ago and nobody wrote it down."""

    ask = {"minutes": "Enter the minutes that somebody watched"}

    ended = forms.ChoiceField(choices=[(Ended.NO_REACTION, "No reaction"), (Ended.LEFT_EARLY, "Left before the end")])
    why = forms.ChoiceField(
        label="Why?", choices=[(words, words) for words in WHY_EARLY], widget=forms.RadioSelect, required=False
    )
    response = forms.CharField(label="Another reason", max_length=200, required=False)
    minutes = forms.IntegerField(label="How many minutes was the patient watched?", required=False)
    submission_key = KeyField()

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].required = late
        if not late:
            del self.fields["minutes"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["response"] = said.get("response") or said.pop("why", "") or ""
        said.pop("why", None)
        return said
