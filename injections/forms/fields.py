"""Fields that several pages ask for: a clear date, diagnosis codes, and the key that makes two clicks one row."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from injections.imports import cells
from injections.imports.cells import CellError
from injections.npi import is_npi

MOST_DIAGNOSES = 12
_ICD10 = re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})")


class CellField(forms.CharField):
    """A line of text that is read as the import reads it, and refused in the same words."""

    def __init__(self, read: Callable[[str], Any], **kwargs: Any) -> None:
        self.read = read
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except CellError as refused:
            raise ValidationError(str(refused)) from None


class DayField(CellField):
    """A date typed as text: nothing is lost when it is refused, and a two-digit year is never guessed."""

    def __init__(self, read: Callable[[str], date] = cells.day, **kwargs: Any) -> None:
        super().__init__(read, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "text"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value.month}/{value.day}/{value.year}" if isinstance(value, date) else value


class DiagnosesField(forms.CharField):
    """ICD-10 codes with commas or spaces between them, as a list with their points."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        codes = []
        for word in re.split(r"[,;\s]+", super().clean(value)):
            match = _ICD10.fullmatch(word.upper())
            if word and match is None:
                raise ValidationError(f"“{word}” is not a diagnosis code. Write codes like E53.8, M81.0")
            if match:
                codes.append(f"{match[1]}.{match[2]}" if match[2] else match[1])
        if len(codes) > MOST_DIAGNOSES:
            raise ValidationError(f"A claim holds {MOST_DIAGNOSES} diagnoses. Remove the others")
        return list(dict.fromkeys(codes))


class NpiField(forms.CharField):
    """The number of a practitioner or a practice, empty where it may be; refused when its last digit does not fit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        npi: str = super().clean(value)
        if npi and not is_npi(npi):
            raise ValidationError("This is not an NPI: the last digit does not fit the others. Check the number")
        return npi


class KeyField(forms.Field):
    """Made with the page and sent back with it: what comes in twice under one key is one row."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4, widget=forms.HiddenInput)

    def clean(self, value: Any) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()  # nobody typed it, so nobody can mend it
