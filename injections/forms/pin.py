"""A person's own PIN for shared devices."""

from __future__ import annotations

from typing import Any

from django import forms

from injections import pins
from injections.forms.base import CleanForm

DIGITS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "6", "pattern": "[0-9]*"}


class PinForm(CleanForm):
    """The new PIN twice, and the password once more: a screen left open must not get a PIN of somebody else's."""

    ask = {
        "pin": "Enter a PIN",
        "again": "Enter the PIN once more",
        "password": "Enter your password",  # nosec B105 # words on the screen
    }

    pin = forms.CharField(
        label="New PIN", max_length=6, widget=forms.PasswordInput(attrs=DIGITS), help_text="Four to six digits"
    )
    again = forms.CharField(label="New PIN, once more", max_length=6, widget=forms.PasswordInput(attrs=DIGITS))
    password = forms.CharField(
        label="Your password",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        weak = pins.weakness(pin)
        if weak:
            raise forms.ValidationError(weak)
        return pin

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "pin" in said and "again" in said and said["pin"] != said["again"]:
            self.add_error("again", "The two PINs differ. Type the same one twice")
        return said
