"""Throwing away what is left of an opened vial."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from injections.forms.base import CleanForm
from injections.models import Staff


class DiscardForm(CleanForm):
    ask = {"note": "Say why"}

    note = forms.CharField(label="Why", max_length=200, help_text="Such as: past its use date, left out of the fridge")
    witness = forms.ModelChoiceField(
        Staff.objects.none(), label="Who saw it thrown away?", required=False, empty_label="Choose a colleague"
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Staff], controlled: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("witness").queryset = colleagues
        if not controlled:
            del self.fields["witness"]
