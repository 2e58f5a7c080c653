"""A lot that arrives: scanned, or typed from its label."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import QuerySet

from injections.forms.base import CleanForm
from injections.forms.fields import CellField, KeyField
from injections.imports import cells
from injections.imports.cells import CellError
from injections.models import Location
from injections.reading.shelf import package_of
from injections.scan import SEPARATOR, ScanError, read_scan

#: the sign that we show and keep in place of the separator inside a GS1 code
SHOWN = "␝"
MOST_CONTAINERS = 10_000


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
    ask = {
        "number": "Scan the carton or enter the lot number",
        "expires_on": "Scan the carton or enter the expiry",
        "ndc": "Scan the carton or enter the NDC",
        "containers": "Enter how many vials or syringes came",
    }

    scan = forms.CharField(
        required=False,
        max_length=200,
        widget=ScanInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        help_text="Put the cursor here and scan the carton. It fills in what stays empty below",
    )
    ndc = forms.CharField(label="NDC", max_length=20, required=False, help_text="As printed, with its hyphens")
    number = forms.CharField(label="Lot", max_length=40, required=False)
    expires_on = CellField(
        read_expiry, label="Expires", max_length=20, required=False, help_text="Such as 03/2027 or 3/31/2027"
    )
    containers = forms.IntegerField(label="How many vials or syringes")
    location = forms.ModelChoiceField(Location.objects.none(), empty_label=None, widget=forms.RadioSelect)
    submission_key = KeyField()

    def __init__(self, *args: Any, locations: QuerySet[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations  # type: ignore[attr-defined]
        for name in ("ndc", "number", "expires_on"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.helper.layout = Layout(
            "scan",
            Div("ndc", "number", css_class="field-pair"),
            Div("expires_on", "containers", css_class="field-pair"),
            "location",
            "submission_key",
        )

    def clean_containers(self) -> int:
        containers: int = self.cleaned_data["containers"]
        if not 1 <= containers <= MOST_CONTAINERS:
            raise forms.ValidationError("Enter a number between 1 and 10,000")
        return containers

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("scan"):
            self._fill_from_scan(said)
        for name in ("ndc", "number", "expires_on"):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, self.ask[name])
        if said.get("ndc"):
            said["package"] = package_of(said["ndc"])
            if said["package"] is None:
                self.add_error("ndc", "No drug here has this NDC. Check it against the label, with its hyphens")
        return said

    def _fill_from_scan(self, said: dict[str, Any]) -> None:
        """What was typed stands; the scan gives the rest."""
        try:
            scan = read_scan(said["scan"])
        except ScanError as refused:
            self.add_error("scan", str(refused))
            return
        if scan.ambiguous_lot and not said.get("number"):
            self.add_error("number", "The scanner left out where the lot ends. Enter the lot from the label")
        said["number"] = said.get("number") or scan.lot
        said["expires_on"] = said.get("expires_on") or scan.expires
        if not said.get("ndc") and scan.ndc_candidates:
            package = package_of(*scan.ndc_candidates)
            said["ndc"] = package.ndc if package else scan.ndc or scan.ndc_candidates[0]
