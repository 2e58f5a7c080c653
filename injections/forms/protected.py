"""Booking somebody whose record the front desk does not see: who it is, is typed in full."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from injections.forms.appointment import AppointmentForm
from injections.forms.fields import DayField
from injections.imports import cells
from injections.models import Order


class ProtectedBookingForm(AppointmentForm):
    ask = {
        **AppointmentForm.ask,
        "mrn": "Enter the record number (MRN)",
        "birth_date": "Enter the birth date, such as 3/14/1961",
    }

    order = None  # type: ignore[assignment]  # leaves the field out: an order says what the visit is about
    mrn = forms.CharField(label="Record number (MRN)", max_length=20)
    birth_date = DayField(
        lambda cell: cells.birth_date(cell, timezone.localdate()), help_text="Month, day and year, such as 3/14/1961"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, orders=Order.objects.none(), **kwargs)
        self.helper.layout = Layout(
            Div("mrn", "birth_date", css_class="field-pair"),
            Div("day", "at", css_class="field-pair"),
            "location",
            "room",
            "submission_key",
        )
