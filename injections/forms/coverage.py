"""Which plan pays for a patient, and in which order."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.models import Patient
from injections.signals import payers_asked

RANKS = [("1", "First"), ("2", "Second"), ("3", "Third")]


def payer_choices() -> list[tuple[str, str]]:
    """Every payer that a coverage may name: whatever the rest of the product answers."""
    answers: list[Any] = [answer for _, answer in payers_asked.send(sender=Patient)]
    named = {(str(key), str(name)) for answer in answers for key, name in answer or ()}
    return sorted(named, key=lambda payer: payer[1].lower())


class CoverageForm(CleanForm):
    ask = {"payer_key": "Choose the payer", "member_number": "Enter the member number from the card"}

    payer_key = forms.ChoiceField(label="Payer")
    member_number = forms.CharField(max_length=40, help_text="As it stands on the card")
    rank = forms.ChoiceField(label="Billed", choices=RANKS, widget=forms.RadioSelect)
    since = forms.DateField(label="Covered from", required=False)
    until = forms.DateField(label="Covered until", required=False)
    submission_key = KeyField()

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        taken = set(patient.coverages.values_list("rank", flat=True))
        free = [(rank, word) for rank, word in RANKS if int(rank) not in taken]
        super().__init__(*args, initial={"rank": free[0][0] if free else None}, **kwargs)
        self.taken = taken
        self.choosing("payer_key").choices = [("", "Choose a payer"), *payer_choices()]
        dates = Div("since", "until", css_class="field-pair")
        self.helper.layout = Layout("payer_key", "member_number", "rank", dates, "submission_key")

    def clean_rank(self) -> int:
        rank = int(self.cleaned_data["rank"])
        if rank in self.taken:
            raise forms.ValidationError("There is a plan in this place already. Choose another place")
        return rank

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "The cover ends before it begins. Correct one of the days")
        return self.cleaned_data
