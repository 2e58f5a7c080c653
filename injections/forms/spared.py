"""Which side of a patient no needle goes into, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.models.spared import Part, Side, Why

WHERE = [
    (f"{part.value}:{side.value}", f"{side.label} {part.label}")
    for part in (Part.ARM, Part.LEG, Part.WHOLE)
    for side in (Side.LEFT, Side.RIGHT)
]


class SparedForm(CleanForm):
    ask = {"where": "Choose what to avoid", "why": "Choose the reason"}

    where = forms.ChoiceField(
        label="What to avoid", choices=WHERE, widget=forms.RadioSelect, help_text="The patient’s own left and right"
    )
    why = forms.ChoiceField(label="Why", choices=Why.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="More about it", max_length=120, required=False, help_text="Such as: 2019, lymph nodes removed"
    )
    submission_key = KeyField()

    def clean(self) -> dict[str, Any]:
        """Side and part, as the row keeps them."""
        where = self.cleaned_data.pop("where", "")
        if where:
            self.cleaned_data["part"], _, self.cleaned_data["side"] = where.partition(":")
        if self.cleaned_data.get("why") == Why.OTHER and not self.cleaned_data.get("note"):
            self.add_error("note", "Say what it is, such as: cast until 12 Dec")
        return self.cleaned_data


class SparedEndForm(CleanForm):
    ask = {"reason": "Say why this side may be used again"}

    reason = forms.CharField(max_length=200, help_text="Such as: cast is off, or: it was the other arm")
