"""A lot that arrives: scanned, or typed from its label."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from injections.days import written_day
from injections.facts import Source
from injections.forms.base import CleanForm
from injections.forms.fields import CellField, KeyField
from injections.imports import cells
from injections.models import Location, Staff
from injections.models.known_code import UNITS
from injections.owners import BOUGHT_340B
from injections.reading.known_codes import Unknown, may_confirm
from injections.reading.note import SOURCES
from injections.reading.received import Received
from injections.reading.shelf import package_of
from injections.scan import LONGEST, SEPARATOR, SHOWN, Reading

MOST_CONTAINERS = 10_000
PLAIN = {"autocomplete": "off", "spellcheck": "false"}
#: whose stock may lie on a shelf
WHOSE = [(str(one), SOURCES[one]) for one in (
    Source.STOCK, BOUGHT_340B, Source.SAMPLE, Source.STATE, Source.SPECIALTY_PHARMACY, Source.PATIENT,
)]  # fmt: skip


class ScanInput(forms.TextInput):
    """What a scanner types holds a control character: it is kept visible."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace(SEPARATOR, SHOWN) if isinstance(value, str) else value


class ReceiveForm(CleanForm):
    """The scan fills in what was left empty before anything is checked, so that a refused page shows it too.

    A code that nobody knows yet brings a question with it: which package it is, and how many are in what was scanned.
    """

    ask = {
        "number": "Scan the carton or enter the lot number",
        "expires_on": "Scan the carton or enter the expiry",
        "ndc": "Scan the carton or enter the NDC",
        "which": "Choose which package this code is",
        "units": "Enter how many are in what you scanned",
        "confirmed_by": "Choose who read the label too",
        "containers": "Enter how many vials or syringes came",
        "source": "Choose whose it is",
    }

    scan = forms.CharField(
        label="Scan the carton",
        required=False,
        max_length=LONGEST,
        widget=ScanInput(attrs=PLAIN | {"data-scan": True}),
        help_text="The scan fills in what you leave empty below",
    )
    reading = forms.ChoiceField(
        label="Which lot stands on the label?", required=False, widget=forms.RadioSelect,
        help_text="The scanner left out where the lot ends",
    )  # fmt: skip
    which = forms.ChoiceField(label="Which package is it?", widget=forms.RadioSelect)
    find = forms.CharField(
        label="Find another", required=False, max_length=80, help_text="Drug, brand, or the NDC on the label"
    )
    units = forms.IntegerField(
        label="How many are in what you scanned?", help_text="1 for a single vial or syringe, 10 for a box of ten"
    )
    confirmed_by = forms.ModelChoiceField(
        Staff.objects.none(), label="Who read the label too?", empty_label="Choose a colleague",
        help_text="This code holds no NDC. So that no scan ever passes the wrong drug, two people read the label",
    )  # fmt: skip
    ndc = forms.CharField(
        label="NDC", max_length=20, widget=forms.TextInput(attrs=PLAIN), help_text="As printed, with its hyphens"
    )
    number = forms.CharField(label="Lot", max_length=40, widget=forms.TextInput(attrs=PLAIN))
    expires_on = CellField(cells.expiry, label="Expires", max_length=20, help_text="Such as 03/2027 or 3/31/2027")
    containers = forms.IntegerField(label="How many vials or syringes came in all?")
    source = forms.ChoiceField(
        label="Whose is it?", choices=WHOSE, initial=Source.STOCK.value,
        help_text="Kept apart on the shelf. The drug itself is billed only where the clinic paid for it",
    )  # fmt: skip
    location = forms.ModelChoiceField(Location.objects.none(), empty_label=None, widget=forms.RadioSelect)
    read_from = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    submission_key = KeyField()

    def __init__(self, data: QueryDict | None, *, by: Staff, received: Received | None = None, **kwargs: Any) -> None:
        self.received = received or Received(data or {}, by.practice_id)
        super().__init__(data and self.received.filled(data), **kwargs)
        self.picking("location").queryset = Location.objects.for_user(by)
        asked = self.received.unknown
        self._ask_lot()
        self.fields[self.received.next].widget.attrs["autofocus"] = True
        for name in ("ndc",) if asked else ("which", "find", "units", "confirmed_by"):
            del self.fields[name]
        if asked is not None:
            self._ask(asked, by)

    def _ask_lot(self) -> None:
        """Where the code may mean several lots, the label says which one it is."""
        if not self.received.readings:
            del self.fields["reading"]
            return
        told = {one.lot: _lot_words(one) for one in self.received.readings if one.lot}
        self.choosing("reading").choices = list(told.items())
        self.fields["number"].error_messages["required"] = "Choose the lot that stands on the label, or type it"

    def _ask(self, asked: Unknown, by: Staff) -> None:
        self.choosing("which").choices = [(one.package.ndc, one.package.ndc) for one in asked.choices]
        self.picking("confirmed_by").queryset = may_confirm(by)
        if not asked.needs_another:
            del self.fields["confirmed_by"]
        elif not asked.says_nothing:
            self.fields["confirmed_by"].required = False
            self.fields[
                "confirmed_by"
            ].help_text = "Needed for a kit whose box has another product number than its label"

    def clean(self) -> dict[str, Any]:
        """A code that could not be read is the only thing to say while nothing else was to be answered."""
        said = super().clean() or {}
        if self.received.refused_now:
            for name in [name for name in self.errors if name != "scan"]:
                del self.errors[name]
        return said

    def clean_scan(self) -> str:
        if self.received.refused:
            raise forms.ValidationError(self.received.refused)
        return str(self.cleaned_data["scan"])

    def clean_containers(self) -> int:
        return _between(self.cleaned_data["containers"], MOST_CONTAINERS)

    def clean_units(self) -> int:
        return _between(self.cleaned_data["units"], UNITS[1])

    def clean_which(self) -> str:
        return self._package("which", "Choose which package this code is")

    def clean_ndc(self) -> str:
        return self._package("ndc", "No drug here has this NDC. Check it against the label, with its hyphens")

    def _package(self, name: str, otherwise: str) -> str:
        ndc: str = self.cleaned_data[name]
        self.cleaned_data["package"] = package_of(ndc)
        if self.cleaned_data["package"] is None:
            raise forms.ValidationError(otherwise)
        return ndc


def _lot_words(reading: Reading) -> str:
    return f"{reading.lot}, expires {written_day(reading.expires)}" if reading.expires else str(reading.lot)


def _between(number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise forms.ValidationError(f"Enter a number between 1 and {most:,}")
    return number
