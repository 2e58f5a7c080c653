"""What Today can be asked: which day, which tab, whom."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm
from injections.reading.day import Tab

LONGEST_SEARCH = 80


class TodayForm(CleanForm):
    """Read from the address, so that a list can be bookmarked and gone back to. What cannot be read is left out."""

    day = forms.DateField(required=False)
    tab = forms.ChoiceField(choices=[(tab.value, tab.value) for tab in Tab], required=False)
