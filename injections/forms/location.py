"""A location to add, and what kind of place one is."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from injections import place_codes
from injections.forms.base import CleanForm
from injections.forms.fields import CellField, DayField, NpiField
from injections.imports import cells
from injections.models import Location


class LocationForm(CleanForm):
    """A location to add. Its state decides who may give what there, its NPI goes on every charge."""

    ask = {
        "name": "Enter the name of the location",
        "state": "Enter the state in two letters",
        "code": "Choose the kind",
    }

    name = forms.CharField(label="Name", max_length=120, help_text="As your staff call it, such as Main Street")
    address = forms.CharField(label="Street", max_length=200, required=False)
    city = forms.CharField(max_length=80, required=False)
    state = CellField(cells.state, max_length=20, help_text="Two letters, such as TX")
    postal_code = CellField(cells.postal_code, label="ZIP code", max_length=10, required=False)
    npi = NpiField(label="NPI", help_text="Of the location, where it has its own")
    code = forms.ChoiceField(label="Kind of place", help_text="The place of service on every claim from here")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosing("code").choices = place_codes.choices("11")
        for name in ("address", "city", "postal_code"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.helper.layout = Layout(
            "name",
            Div("address", "city", css_class="field-pair"),
            Div("state", "postal_code", css_class="field-pair"),
            Div("code", "npi", css_class="field-pair"),
        )

    def clean_postal_code(self) -> str:
        return self.cleaned_data["postal_code"] or ""


class CorrectForm(CleanForm):
    """What was said of a location, to be mended. State and NPI are what claims depend on: they hold from a day on."""

    ask = {
        "name": "Enter the name of the location",
        "state": "Enter the state in two letters",
        "since": "Enter the first day",
    }

    name = forms.CharField(label="Name", max_length=120, help_text="A misspelt name is corrected everywhere")
    address = forms.CharField(label="Street", max_length=200, required=False)
    city = forms.CharField(max_length=80, required=False)
    postal_code = CellField(cells.postal_code, label="ZIP code", max_length=10, required=False)
    state = CellField(cells.state, max_length=20, help_text="Two letters, such as TX")
    npi = NpiField(label="NPI", help_text="Of the location, where it has its own")
    since = DayField(label="State and NPI hold for visits from", help_text="Visits that are signed keep what held then")

    def __init__(self, *args: Any, location: Location, tomorrow: date, **kwargs: Any) -> None:
        said = {name: getattr(location, name) for name in ("name", "address", "city", "postal_code")}
        said |= {fact: location.told(fact, tomorrow) for fact in ("state", "npi")}
        super().__init__(*args, initial={**said, "since": tomorrow}, **kwargs)
        for name in ("address", "city", "postal_code"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.helper.layout = Layout(
            "name",
            "address",
            Div("city", "postal_code", css_class="field-pair"),
            Div("state", "npi", css_class="field-pair"),
            "since",
        )

    def clean_postal_code(self) -> str:
        return self.cleaned_data["postal_code"] or ""


class PlaceForm(CleanForm):
    ask = {"code": "Choose the kind of place", "since": "Enter the first day"}

    code = forms.ChoiceField(label="Kind of place", help_text="The place of service on every claim from here")
    since = DayField(label="For visits from", help_text="Visits that are signed stay as they are")

    def __init__(self, *args: Any, now: str, tomorrow: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"code": now, "since": tomorrow}, **kwargs)
        self.choosing("code").choices = place_codes.choices(now)
