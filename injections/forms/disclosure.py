"""What was told about a patient outside the product, and why an entry is taken back."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone

from injections.forms.base import CleanForm
from injections.forms.fields import DayField, KeyField
from injections.models.disclosure import Basis


class DisclosureForm(CleanForm):
    ask = {
        "made_on": "Enter the day, such as 11/3/2026",
        "to_whom": "Say who it was shared with",
        "what": "Say what was shared",
        "basis": "Choose why sharing it was allowed",
        "purpose": "Say what it was for",
    }

    made_on = DayField(label="Day it was shared", help_text="Month, day and year, such as 11/3/2026")
    to_whom = forms.CharField(
        label="Shared with", max_length=160, help_text="A person or an office, such as: Cook County Health Department"
    )
    address = forms.CharField(label="Their address, if you know it", max_length=200, required=False)
    what = forms.CharField(
        label="What was shared", max_length=300, help_text="Such as: name, birth date and vaccines of 11/3/2026"
    )
    purpose = forms.CharField(
        label="What for", max_length=300, help_text="In one sentence, or: see the request on file"
    )
    basis = forms.ChoiceField(label="Why sharing it was allowed", choices=Basis.choices, widget=forms.RadioSelect)
    submission_key = KeyField()

    def clean_made_on(self) -> date:
        day: date = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day has not come yet. Check the date")
        if day.year < 2000:
            raise forms.ValidationError("Enter a day after 1999")
        return day


class TakeBackForm(CleanForm):
    ask = {"reason": "Say why the entry was wrong"}

    reason = forms.CharField(max_length=200, help_text="Such as: entered for the wrong patient")
