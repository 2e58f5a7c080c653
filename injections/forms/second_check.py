"""Who checks a high-alert drug beside the person who gives it."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm


class SecondCheckForm(CleanForm):
    """A colleague's name and their secret, which is shown to nobody again."""

    ask = {
        "second_name": "Enter the username or scan the badge",
        "second_secret": "Enter the colleague's own secret",  # nosec B105 # the sentence shown beside the field
    }
    second_name = forms.CharField(max_length=60)
    second_secret = forms.CharField(max_length=128, strip=False)
