"""A file to look at first, and the word that it may be taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from injections.forms.base import CleanForm
from injections.imports.table import MAX_BYTES


class UploadForm(CleanForm):
    ask = {"file": "Choose a CSV file"}

    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Up to 5,000 rows and 1 MB. Nothing is saved until you have seen what would change",
    )

    def clean_file(self) -> UploadedFile[Any]:
        uploaded: UploadedFile[Any] = self.cleaned_data["file"]
        if (uploaded.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                "This file is larger than 1 MB. Split it and import the parts one after the other"
            )
        return uploaded

    def content(self) -> bytes:
        uploaded: UploadedFile[Any] = self.cleaned_data["file"]
        return uploaded.read(MAX_BYTES)


class ConfirmForm(CleanForm):
    """Which file, and what somebody saw that it would do."""

    upload_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**53)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
