"""A file to look at first, and the same file again to take it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from injections.forms.base import CleanForm
from injections.imports.table import MAX_BYTES

LONGEST_NAME = 100


class UploadForm(CleanForm):
    ask = {"file": "Choose a CSV file"}

    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Up to 5,000 rows and 1 MB. Nothing is saved until you have seen what would change",
    )

    def content(self) -> bytes:
        """The bytes, and one more than allowed where there are more: the reader refuses them."""
        uploaded: UploadedFile[Any] = self.cleaned_data["file"]
        return uploaded.read(MAX_BYTES + 1)


class ConfirmForm(forms.Form):
    """The file that was looked at, carried by the page itself: no copy of it waits on the server."""

    content = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_content(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError("Choose the file again") from None

    @classmethod
    def carrying(cls, content: bytes, seen: str) -> ConfirmForm:
        return cls(initial={"content": base64.b64encode(content).decode(), "seen": seen})
