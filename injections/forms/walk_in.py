"""Somebody who came without an appointment: which order is it?"""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet

from injections.forms.appointment import OrderChoice
from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.models import Order


class WalkInForm(CleanForm):
    ask = {"order": "Choose the order"}

    order = OrderChoice(
        Order.objects.none(), label="Which injection is it today?", empty_label=None, widget=forms.RadioSelect
    )
    submission_key = KeyField()

    def __init__(self, *args: Any, orders: QuerySet[Order], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("order").queryset = orders
        self.helper.layout = Layout("order", "submission_key")
