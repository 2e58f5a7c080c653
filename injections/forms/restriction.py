"""What may not be told of a patient, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from injections.forms.base import CleanForm
from injections.models.restriction import Kind


class RestrictionForm(CleanForm):
    ask = {"kind": "Choose what may not be shared", "reason": "Say who asked for it, and when"}

    kind = forms.ChoiceField(label="What may not be shared", choices=Kind.choices, widget=forms.RadioSelect)
    since = forms.DateField(label="For visits from")
    until = forms.DateField(
        label="To", required=False, help_text="The same day for one visit. Empty for all visits that follow"
    )
    reason = forms.CharField(max_length=200, help_text="Who asked, and when, such as: form signed 11/3/2026")

    def __init__(self, *args: Any, kinds: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosing("kind").choices = [pair for pair in Kind.choices if pair[0] in kinds]
        if len(kinds) == 1:
            self.fields["kind"].initial = next(iter(kinds))

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and since.year < 2000:
            self.add_error("since", "Enter a day after 1999")
        if since and until and until < since:
            self.add_error("until", "Enter a day on or after the first one")
        return self.cleaned_data


class EndForm(CleanForm):
    ask = {"reason": "Say why the restriction ends"}

    reason = forms.CharField(max_length=200, help_text="Such as: consent signed 11/20/2026")
