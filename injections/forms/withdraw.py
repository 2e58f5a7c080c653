"""Saying that a signed record should not exist."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm


class WithdrawForm(CleanForm):
    ask = {"reason": "Say why the record is wrong"}

    reason = forms.CharField(max_length=200)
