"""The log of a reaction: what to do first, what is seen, what is measured and given, and how it ends."""

from __future__ import annotations

from typing import Any

from django import forms

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.models.reaction import EntryKind

#: in the order in which they are done; what is given and how much is for the clinic's own emergency order to say
STEPS = (
    "Called for help, somebody stays",
    "EPINEPHrine given by the emergency order",
    "Called 911",
    "Lying flat, legs raised",
    "Physician at the chair",
    "Oxygen on",
)
SIGNS = (
    "Hives",
    "Itching",
    "Flushing",
    "Swelling of lips or face",
    "Throat tight",
    "Short of breath",
    "Wheezing",
    "Vomiting",
    "Faint",
    "Pain or redness at the site",
)
OUTCOMES = (
    "Recovered and went home",
    "Went home, not fully recovered",
    "Taken to the emergency department",
    "Admitted to hospital",
    "Died",
)
AGO = ((0, "Now"), (2, "2 min ago"), (5, "5 min ago"), (10, "10 min ago"), (15, "15 min ago"))
LONGEST_WORDS = 200
TYPED = ((EntryKind.MEASURED, "Measured"), (EntryKind.DRUG, "Drug given"), (EntryKind.NOTE, "Note"))
LINES = [
    *((f"{EntryKind.STEP}:{words}", words) for words in STEPS),
    *((f"{EntryKind.SIGN}:{words}", words) for words in SIGNS),
]


class EntryForm(CleanForm):
    """One tap on a line that stands there, or a few words of one's own."""

    ask = {"text": "Write a few words"}

    line = forms.ChoiceField(choices=LINES, required=False)
    kind = forms.ChoiceField(label="What is it?", choices=TYPED, widget=forms.RadioSelect, required=False)
    text = forms.CharField(
        label="In words", max_length=LONGEST_WORDS, required=False, help_text="Such as BP 92/54, pulse 118"
    )
    minutes_ago = forms.TypedChoiceField(
        label="When?", choices=AGO, coerce=int, widget=forms.RadioSelect, required=False, initial=0
    )
    submission_key = KeyField()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        line = said.pop("line", "")
        if line:
            said["kind"], _, said["text"] = line.partition(":")
        elif not said.get("text") and "text" not in self.errors:
            self.add_error("text", "Write a few words, or tap one of the lines above")
        said["kind"] = said.get("kind") or EntryKind.NOTE
        said["minutes_ago"] = said.get("minutes_ago") or 0
        return said


class EndForm(CleanForm):
    ask = {"outcome": "Choose how it ended", "allergy": "Choose whether this drug joins the allergies"}

    outcome = forms.ChoiceField(
        label="How did it end?", choices=[(words, words) for words in OUTCOMES], widget=forms.RadioSelect
    )
    allergy = forms.ChoiceField(
        label="Add the drug to the patient's allergies?",
        choices=[("yes", "Yes, add it"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    minutes_ago = forms.TypedChoiceField(
        label="When?", choices=AGO, coerce=int, widget=forms.RadioSelect, required=False, initial=0
    )
    submission_key = KeyField()

    def clean_minutes_ago(self) -> int:
        return self.cleaned_data["minutes_ago"] or 0

    def clean_allergy(self) -> bool:
        return bool(self.cleaned_data["allergy"] == "yes")
