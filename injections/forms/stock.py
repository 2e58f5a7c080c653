"""A lot that arrives: scanned, or typed from its label."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from injections.facts import Source
from injections.forms.base import CleanForm
from injections.forms.fields import CellField, KeyField
from injections.imports import cells
from injections.imports.cells import CellError
from injections.models import Location
from injections.owners import BOUGHT_340B
from injections.reading.note import SOURCES
from injections.reading.shelf import package_of
from injections.scan import SEPARATOR, ScanError, read_scan

#: the sign that we show and keep in place of the separator inside a GS1 code
SHOWN = "␝"
MOST_CONTAINERS = 10_000
#: whose stock may lie on a shelf
WHOSE = [(str(one), SOURCES[one]) for one in (
    Source.STOCK, BOUGHT_340B, Source.SAMPLE, Source.STATE, Source.SPECIALTY_PHARMACY, Source.PATIENT,
)]  # fmt: skip


class ScanInput(forms.TextInput):
    """What a scanner types holds a control character: it is kept visible."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace(SEPARATOR, SHOWN) if isinstance(value, str) else value


def read_expiry(cell: str) -> date:
    """A day, or month and year as labels print it: then the last day of that month."""
    match = re.fullmatch(r"([0-9]{1,2})/([0-9]{4})|([0-9]{4})-([0-9]{1,2})", cell)
    if match is None:
        return _within(cells.day(cell))
    month, year = int(match[1] or match[4]), int(match[2] or match[3])
    if not (1 <= month <= 12 and 2000 <= year <= 2099):
        raise CellError("Enter the expiry as on the label, such as 03/2027")
    return date(year, month, calendar.monthrange(year, month)[1])


def _within(day: date) -> date:
    if not 2000 <= day.year <= 2099:
        raise CellError("Enter the expiry as on the label, such as 03/2027")
    return day


class ReceiveForm(CleanForm):
    """The scan fills in what was left empty before anything is checked, so that a refused page shows it too."""

    ask = {
        "number": "Scan the carton or enter the lot number",
        "expires_on": "Scan the carton or enter the expiry",
        "ndc": "Scan the carton or enter the NDC",
        "containers": "Enter how many vials or syringes came",
        "source": "Choose whose it is",
    }

    scan = forms.CharField(
        label="Scan the carton",
        required=False,
        max_length=200,
        widget=ScanInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        help_text="With the cursor here. The scan fills in what you leave empty below",
    )
    ndc = forms.CharField(label="NDC", max_length=20, help_text="As printed, with its hyphens")
    number = forms.CharField(label="Lot", max_length=40)
    expires_on = CellField(read_expiry, label="Expires", max_length=20, help_text="Such as 03/2027 or 3/31/2027")
    containers = forms.IntegerField(label="How many vials or syringes")
    source = forms.ChoiceField(
        label="Whose is it?", choices=WHOSE, initial=Source.STOCK.value,
        help_text="Kept apart on the shelf. The drug itself is billed only where the clinic paid for it",
    )  # fmt: skip
    location = forms.ModelChoiceField(Location.objects.none(), empty_label=None, widget=forms.RadioSelect)
    submission_key = KeyField()

    def __init__(self, data: Any = None, *, locations: QuerySet[Location], **kwargs: Any) -> None:
        self.scan_refused = ""
        super().__init__(data if data is None else self._with_scan(data), **kwargs)
        self.picking("location").queryset = locations
        for name in ("ndc", "number", "expires_on"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.helper.layout = Layout(
            "scan",
            Div("ndc", "number", css_class="field-pair"),
            Div("expires_on", "containers", css_class="field-pair"),
            "source",
            "location",
            "submission_key",
        )

    def _with_scan(self, data: QueryDict) -> QueryDict:
        """What was typed stands; the scan gives the rest."""
        if not data.get("scan", "").strip():
            return data
        try:
            scan = read_scan(str(data["scan"]))
        except ScanError as refused:
            self.scan_refused = str(refused)
            return data
        if scan.ambiguous_lot and not data.get("number"):
            self.scan_refused = "The scanner left out where the lot ends. Enter the lot from the label"
        package = package_of(*scan.ndc_candidates)
        filled = {
            "ndc": package.ndc if package else scan.ndc or "",
            "number": scan.lot or "",
            "expires_on": f"{scan.expires:%m/%d/%Y}" if scan.expires else "",
        }
        copied = data.copy()
        for name, text in filled.items():
            copied[name] = data.get(name, "").strip() or text
        return copied

    def clean_scan(self) -> str:
        if self.scan_refused:
            raise forms.ValidationError(self.scan_refused)
        return str(self.cleaned_data["scan"])

    def clean_containers(self) -> int:
        containers: int = self.cleaned_data["containers"]
        if not 1 <= containers <= MOST_CONTAINERS:
            raise forms.ValidationError("Enter a number between 1 and 10,000")
        return containers

    def clean_ndc(self) -> str:
        ndc: str = self.cleaned_data["ndc"]
        self.cleaned_data["package"] = package_of(ndc)
        if self.cleaned_data["package"] is None:
            raise forms.ValidationError("No drug here has this NDC. Check it against the label, with its hyphens")
        return ndc
