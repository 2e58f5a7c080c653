"""Checking a practitioner in: who, and how they can be reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from injections.forms.base import CleanForm
from injections.models import Staff
from injections.models.presence import PresenceMode


class CheckInForm(CleanForm):
    ask = {"clinician": "Choose who is here", "mode": "Choose how they can be reached"}

    clinician = forms.ModelChoiceField(Staff.objects.none(), label="Who", widget=forms.RadioSelect, empty_label=None)
    mode = forms.ChoiceField(label="How", choices=PresenceMode.choices, widget=forms.RadioSelect)
    technology = forms.CharField(label="Video system", max_length=60, required=False, help_text="Only for live video")

    def __init__(self, *args: Any, physicians: QuerySet[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["clinician"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = physicians
        self.initial.setdefault("mode", PresenceMode.IN_SUITE)
