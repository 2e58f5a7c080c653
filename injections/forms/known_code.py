"""Why a code does not stand for that package any more."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm


class KnownCodeEndForm(CleanForm):
    ask = {"reason": "Say why it is wrong"}

    reason = forms.CharField(label="Why", max_length=200, help_text="Such as: it is the box of 10, not of 5")
