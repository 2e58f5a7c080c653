"""What a biller says when holding, snoozing or asking."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from injections.forms.base import CleanForm

REASONS = (
    "Waiting for the payer",
    "Waiting for prior authorization",
    "Coverage to be confirmed",
    "Waiting for the clinician",
    "Diagnosis to be checked",
    "Possible duplicate",
    "The patient asked us to wait",
    "Other",
)
OTHER = REASONS[-1]


class HoldForm(CleanForm):
    """Why it is held: one of the list, in the biller's own words where none fits."""

    ask = {"reason": "Choose why it is held"}

    reason = forms.ChoiceField(choices=[(r, r) for r in REASONS], widget=forms.RadioSelect)
    note = forms.CharField(required=False, max_length=300, widget=forms.TextInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("note"):
            self.add_error("note", "Say in a few words why it is held")
        return cleaned


class SnoozeForm(CleanForm):
    """Until when it is out of sight."""

    ask = {"until": "Choose the day on which to see it again"}

    until = forms.DateField()

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if until <= today:
            raise forms.ValidationError("Choose a day after today")
        if until > today + timedelta(days=366):
            raise forms.ValidationError("Choose a day within the next year")
        return until


class AskForm(CleanForm):
    """A question to a colleague who was there."""

    ask = {"of": "Choose whom to ask", "text": "Enter the question"}

    of = forms.TypedChoiceField(label="Person to ask", coerce=int)
    text = forms.CharField(label="Question", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    submission_key = forms.CharField(max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people

    def clean_submission_key(self) -> UUID:
        try:
            return UUID(self.cleaned_data["submission_key"])
        except ValueError:
            raise forms.ValidationError("Send the question again") from None
