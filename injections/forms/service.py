"""An office visit on the day of an injection: the code number, and why it stands by itself."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from injections.forms.base import CleanForm
from injections.forms.fields import DiagnosesField, KeyField
from injections.models import Encounter

#: our own words for the office-visit codes; the numbers are what a claim carries
VISITS = {
    "99202": "new patient, level 2",
    "99203": "new patient, level 3",
    "99204": "new patient, level 4",
    "99205": "new patient, level 5",
    "99211": "known patient, nurse visit",
    "99212": "known patient, level 2",
    "99213": "known patient, level 3",
    "99214": "known patient, level 4",
    "99215": "known patient, level 5",
}
SEPARATE = [("yes", "Yes, more than the injection needed"), ("no", "No, only what the injection needed")]


class ServiceForm(CleanForm):
    ask = {
        "code": "Choose the code of the visit",
        "separately_identifiable": "Say whether the visit was more than the injection needed",
        "diagnoses": "Enter the diagnosis of the visit",
    }

    code = forms.ChoiceField(label="Office visit", choices=[("", "Choose a code")])
    separately_identifiable = forms.ChoiceField(
        label="Was there a visit besides the injection?",
        choices=SEPARATE,
        widget=forms.RadioSelect,
        help_text="The note must show it. A yes puts modifier 25 on the claim",
    )
    diagnoses = DiagnosesField(
        label="Diagnoses of the visit", max_length=200, help_text="ICD-10 codes, such as E53.8, I10"
    )
    submission_key = KeyField()

    def __init__(self, *args: Any, encounter: Encounter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = not encounter.patient.established
        own = [(code, f"{code}: {words}") for code, words in VISITS.items() if words.startswith("new") == new]
        self.choosing("code").choices = [("", "Choose a code"), *own]
        self.helper.layout = Layout("code", "separately_identifiable", "diagnoses", "submission_key")

    def clean_separately_identifiable(self) -> bool:
        return bool(self.cleaned_data["separately_identifiable"] == "yes")
