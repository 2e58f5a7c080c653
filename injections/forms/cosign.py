"""What a physician says about a colleague's injection when it is not right yet."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField


class ReturnForm(CleanForm):
    ask = {"text": "Write the question"}

    text = forms.CharField(
        label="Your question",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One question in plain words. It goes to the person who signed",
    )
    submission_key = KeyField()
