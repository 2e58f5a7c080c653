"""The photo of a vial, as a tablet sends it."""

from __future__ import annotations

from django import forms

from injections.forms.base import CleanForm
from injections.photo import LARGEST


class PhotoForm(CleanForm):
    """One picture of bounded size. What it shows is for :mod:`injections.photo` to find out."""

    ask = {"photo": "Take a photo of the code on the vial"}
    photo = forms.FileField(error_messages={"empty": "This photo is empty. Take it again"})

    def clean_photo(self) -> bytes:
        """The bytes of the picture."""
        sent = self.cleaned_data["photo"]
        if sent.size > LARGEST:
            raise forms.ValidationError("This photo is too large. Take it again with a lower resolution")
        return bytes(sent.read())
