"""What happens to an opened vial besides being given: the rest is thrown away, or it goes to another location."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.forms.witnessed import WitnessedForm
from injections.models import Location


class DiscardForm(WitnessedForm):
    ask = {"note": "Say why"}

    note = forms.CharField(label="Why", max_length=200, help_text="Such as: past its use date, left out of the fridge")
    field_order = ("note", "witness")


class BringForm(CleanForm):
    ask = {"to": "Choose where it goes"}

    to = forms.ModelChoiceField(Location.objects.none(), label="Where to?", empty_label=None, widget=forms.RadioSelect)
    submission_key = KeyField()

    def __init__(self, *args: Any, locations: QuerySet[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("to").queryset = locations
