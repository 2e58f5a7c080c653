"""Stock that may be a controlled drug: thrown away before a colleague's eyes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from injections.forms.base import CleanForm
from injections.models import Staff


class WitnessedForm(CleanForm):
    """Asks for the witness where it is a controlled drug, and only there."""

    witness = forms.ModelChoiceField(
        Staff.objects.none(), label="Who saw it thrown away?", required=False, empty_label="Choose a colleague"
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Staff], controlled: str | bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("witness").queryset = colleagues
        if not controlled:
            del self.fields["witness"]
