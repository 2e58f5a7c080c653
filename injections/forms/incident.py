"""What went wrong with a drug, and what was done about it."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm
from injections.forms.fields import DayField, KeyField


class ReportForm(CleanForm):
    ask = {"what": "Say what happened", "happened_on": "Enter the day it happened"}

    what = forms.CharField(
        label="What happened, or nearly did?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The drug and what went wrong. No patient's name: the record number is enough",
    )
    happened_on = DayField(label="When", max_length=20)
    submission_key = KeyField()


class FollowUpForm(CleanForm):
    ask = {"text": "Write what was found out or done"}

    text = forms.CharField(
        label="What was found out or done?", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    submission_key = KeyField()
