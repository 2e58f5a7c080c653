"""Who is opened in an emergency, and why."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from injections.forms.base import CleanForm
from injections.forms.fields import DayField
from injections.imports import cells

SHORTEST_REASON = 10


class EmergencyForm(CleanForm):
    ask = {
        "mrn": "Enter the record number (MRN)",
        "birth_date": "Enter the birth date, such as 3/14/1961",
        "reason": "Say what the emergency is",
    }

    mrn = forms.CharField(label="Record number (MRN)", max_length=20)
    birth_date = DayField(
        lambda cell: cells.birth_date(cell, timezone.localdate()), help_text="Month, day and year, such as 3/14/1961"
    )
    reason = forms.CharField(
        label="Why you need the record now",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Administrators and the manager read this",
    )

    def clean_reason(self) -> str:
        reason = " ".join(self.cleaned_data["reason"].split())
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError("Say it in a few words more, such as: reaction after the shot, needs history")
        return reason
