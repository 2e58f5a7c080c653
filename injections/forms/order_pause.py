"""Until when nothing is given on an order, and why."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm


class OrderPauseForm(CleanForm):
    ask = {"until": "Choose the day on which it may go on", "reason": "Say what it waits for"}

    until = forms.DateField(label="Nothing is given before", help_text="On that day the dose is due again by itself")
    reason = forms.CharField(
        label="Why", max_length=200, help_text="Such as: platelet count first, Dr Adams by phone; or: away until then"
    )
