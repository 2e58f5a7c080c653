"""The answer to a colleague's question about a visit."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm


class AnswerForm(CleanForm):
    ask = {"answer": "Write the answer"}

    answer = forms.CharField(label="Your answer", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
