"""Throwing away what is left of an opened vial."""

from __future__ import annotations

from django import forms

from injections.forms.witnessed import WitnessedForm


class DiscardForm(WitnessedForm):
    ask = {"note": "Say why"}

    note = forms.CharField(label="Why", max_length=200, help_text="Such as: past its use date, left out of the fridge")
    field_order = ("note", "witness")
