"""When and where a patient is expected, and for which order."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from injections.forms.base import CleanForm
from injections.forms.fields import CellField, KeyField
from injections.imports import cells
from injections.models import Location, Order
from injections.reading.orders import in_words

AHEAD = timedelta(days=731)


class OrderChoice(forms.ModelChoiceField):
    def label_from_instance(self, order: Any) -> str:
        return in_words(order) if order.signed_at else f"{in_words(order)} (not signed yet)"


class AppointmentForm(CleanForm):
    ask = {"day": "Choose the day", "at": "Enter the time, such as 2:30 pm", "location": "Choose the location"}

    day = forms.DateField(label="Day")
    at = CellField(cells.clock, label="Time", max_length=12, help_text="Such as 9:20 or 2:30 pm")
    location = forms.ModelChoiceField(Location.objects.none(), empty_label=None, widget=forms.RadioSelect)
    order = OrderChoice(
        Order.objects.none(),
        label="For which order",
        required=False,
        blank=True,
        empty_label="No order yet",
        widget=forms.RadioSelect,
    )
    room = forms.CharField(max_length=20, required=False)
    submission_key = KeyField()

    def __init__(
        self, *args: Any, locations: QuerySet[Location], orders: QuerySet[Order], zone: ZoneInfo, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.picking("location").queryset = locations
        if "order" in self.fields:
            self.picking("order").queryset = orders
        self.helper.layout = Layout(
            Div("day", "at", css_class="field-pair"), "order", "location", "room", "submission_key"
        )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError("This day is over. Choose today or a later day")
        if day > today + AHEAD:
            raise forms.ValidationError("This day is more than two years away. Check the year")
        return day

    def clean(self) -> dict[str, Any]:
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("at")
        if day and at:
            moment = at_clinic(day, at, self.zone)
            if moment is None:
                self.add_error("at", "The clocks change at this hour. Choose another time")
            self.cleaned_data["starts_at"] = moment
        return self.cleaned_data


def at_clinic(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The moment of that wall-clock time; ``None`` when it is skipped or comes twice that night."""
    first = datetime.combine(day, at, tzinfo=zone)
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None)
    return first if exists and first.utcoffset() == first.replace(fold=1).utcoffset() else None
