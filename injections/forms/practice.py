"""What the administrator says about the practice itself."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from injections import time_zones
from injections.forms.base import CleanForm
from injections.forms.fields import NpiField
from injections.models import Practice
from injections.models.practice import IDLE_MINUTES, SHIFT_HOURS


def _between(bounds: tuple[int, int], what: str, label: str, more: str) -> forms.IntegerField:
    least, most = bounds
    asked = f"Enter {least} to {most} {what}"
    told = {"required": asked, "invalid": asked, "min_value": asked, "max_value": asked}
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=f"{least} to {most} {what}. {more}", error_messages=told
    )


class PracticeForm(CleanForm):
    ask = {"name": "Enter the name of the practice", "time_zone": "Choose the time zone"}

    name = forms.CharField(label="Name of the practice", max_length=120)
    npi = NpiField(label="Group NPI", help_text="Ten digits. It goes with every charge you export")
    idle_minutes = _between(IDLE_MINUTES, "minutes", "Lock an unused screen after", "Holds for every screen at once")
    shift_hours = _between(SHIFT_HOURS, "hours", "End the shift of a shared device after", "Holds for the next shift")
    time_zone = forms.ChoiceField(help_text="The clock of every location")
    sure = forms.BooleanField(
        label="Yes, change the time zone",
        required=False,
        help_text="Only needed for another time zone. Every time is then shown on the new clock. "
        "A past visit near midnight may move to another day. What was signed keeps the zone it was signed in",
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        names = ("name", "npi", "time_zone", "idle_minutes", "shift_hours")
        kwargs["initial"] = {name: getattr(practice, name) for name in names}
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.choosing("time_zone").choices = time_zones.choices(practice.time_zone)
        for name in ("name", "npi"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.helper.layout = Layout(
            Div("name", "npi", css_class="field-pair"),
            Div("idle_minutes", "shift_hours", css_class="field-pair"),
            "time_zone",
            "sure",
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        sure = said.pop("sure", False)
        if said.get("time_zone", self.practice.time_zone) != self.practice.time_zone and not sure:
            self.add_error("sure", "Say that you want the other time zone, or choose the one you had")
        return said
