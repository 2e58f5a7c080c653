"""Saying that a signed record should not exist, or what it lacks."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm


class WithdrawForm(CleanForm):
    ask = {"reason": "Say why the record is wrong"}

    reason = forms.CharField(max_length=200)


class AddendumForm(CleanForm):
    """What is added to a signed record, such as what somebody had typed when a colleague signed first."""

    addendum = forms.CharField(max_length=4000, required=False, widget=forms.Textarea)
