"""What to look for in the log."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.widgets import DateInput

from injections.forms.base import CleanForm
from injections.models import Patient, Staff
from injections.models.audit import Action

LONGEST = timedelta(days=366 * 10)


class AuditForm(CleanForm):
    """The patient is asked for by record number, which is posted: it does not stand in an address."""

    ask = {"since": "Enter the first day", "until": "Enter the last day"}

    since = forms.DateField(label="From", widget=DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label="To", widget=DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    person = forms.ModelChoiceField(Staff.objects.none(), label="Person", required=False, empty_label="Everybody")
    action = forms.ChoiceField(label="Action", required=False, choices=[("", "Every action"), *Action.choices])
    mrn = forms.CharField(label="MRN", max_length=20, required=False)

    def __init__(self, *args: Any, people: QuerySet[Staff], patients: QuerySet[Patient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patients = patients
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people

    def clean_mrn(self) -> Patient | None:
        mrn = self.cleaned_data["mrn"]
        found = self.patients.filter(mrn=mrn).first() if mrn else None
        if mrn and found is None:
            raise forms.ValidationError("No patient has this record number: check it")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if isinstance(since, date) and isinstance(until, date):
            if until < since:
                self.add_error("until", "Enter a last day that is not before the first")
            elif until - since > LONGEST:
                self.add_error("since", "Ask for ten years or less")
        return cleaned
