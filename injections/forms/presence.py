"""Checking a practitioner in: who, and how they can be reached."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from injections.forms.base import CleanForm
from injections.models import Staff
from injections.models.presence import PresenceMode

LEFT = ((0, "Just now"), (5, "5 min ago"), (15, "15 min ago"), (30, "30 min ago"), (60, "1 hour ago"))


class CheckOutForm(CleanForm):
    """When somebody left: now, or some minutes ago that nobody covered."""

    minutes_ago = forms.TypedChoiceField(choices=LEFT, coerce=int, required=False)

    def clean_minutes_ago(self) -> int:
        return self.cleaned_data["minutes_ago"] or 0


class WentForm(CleanForm):
    """When somebody left on an earlier day, because nobody said so then."""

    ask = {"went": "Enter when they left that day"}

    went = forms.TimeField(label="Left at", widget=forms.TimeInput(attrs={"type": "time"}))


class CheckInForm(CleanForm):
    ask = {"clinician": "Choose who is here", "mode": "Choose how they can be reached"}

    clinician = forms.ModelChoiceField(Staff.objects.none(), label="Who", widget=forms.RadioSelect, empty_label=None)
    mode = forms.ChoiceField(label="How", choices=PresenceMode.choices, widget=forms.RadioSelect)
    technology = forms.CharField(label="Video system", max_length=60, required=False, help_text="Only for live video")

    def __init__(self, *args: Any, physicians: QuerySet[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["clinician"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = physicians
        self.initial.setdefault("mode", PresenceMode.IN_SUITE)


class LaterForm(CheckInForm):
    """Somebody was here and nobody said so: when they came, and when they went again."""

    ask = {**CheckInForm.ask, "on": "Choose the day", "came": "Enter when they came"}

    on = forms.DateField(label="Day")
    came = forms.TimeField(label="Came at", widget=forms.TimeInput(attrs={"type": "time"}))
    went = forms.TimeField(
        label="Left at",
        widget=forms.TimeInput(attrs={"type": "time"}),
        required=False,
        help_text="Empty when they are still here",
    )

    def __init__(self, *args: Any, physicians: QuerySet[Staff], **kwargs: Any) -> None:
        super().__init__(*args, physicians=physicians, **kwargs)
        self.initial.setdefault("on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """The two moments, by the clocks of the practice."""
        day, came, went = (self.cleaned_data.pop(name, None) for name in ("on", "came", "went"))
        if day and came:
            self.cleaned_data["since"] = self._moment(day, came)
            self.cleaned_data["until"] = self._moment(day, went) if went else None
            if not went and day != timezone.localdate():
                self.add_error("went", "Enter when they left that day")
        return self.cleaned_data

    @staticmethod
    def _moment(day: Any, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())
