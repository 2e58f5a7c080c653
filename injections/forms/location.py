"""What kind of place a location is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from injections import place_codes
from injections.forms.base import CleanForm
from injections.forms.fields import DayField


class PlaceForm(CleanForm):
    ask = {"code": "Choose the kind of place", "since": "Enter the first day"}

    code = forms.ChoiceField(label="Kind of place", help_text="The place of service on every claim from here")
    since = DayField(label="For visits from", help_text="Visits that are signed stay as they are")

    def __init__(self, *args: Any, now: str, tomorrow: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"code": now, "since": tomorrow}, **kwargs)
        self.choosing("code").choices = place_codes.choices(now)
