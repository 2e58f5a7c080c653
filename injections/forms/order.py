"""What is ordered: first the drug, then everything that depends on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from injections import facts
from injections.forms import loading
from injections.forms.base import CleanForm
from injections.forms.fields import CellField, DiagnosesField, KeyField
from injections.imports.cells import CellError
from injections.models import Staff
from injections.models.order import OrderKind
from injections.quantity import UNITS, Quantity
from injections.routes import route_words

_AMOUNT = re.compile(r"([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,10})(\.[0-9]{1,4})?")
PERIODS = [("7", "weeks"), ("1", "days")]
LONGEST_INTERVAL = 800
OF_A_SERIES = ("kind", "every", "period", "doses_planned", "early_days", "late_days", *loading.NAMES)
ONCE, SERIES = (OrderKind.ONCE.value, "Once"), (OrderKind.SERIES.value, "A series of doses")
NO_SERIES = {"every_days": None, "doses_planned": None, "early_days": 0, "late_days": 0, "loading": ()}
OF_A_SPOKEN_ORDER = ("ordered_by", "read_back")


def read_amount(cell: str) -> Decimal:
    """1,000 or 0.5: digits only, and never a point without a digit before it."""
    if not _AMOUNT.fullmatch(cell):
        raise CellError("Write the amount in digits, such as 1,000 or 0.5")
    amount = Decimal(cell.replace(",", ""))
    if amount == 0:
        raise CellError("Enter a dose above zero")
    return amount


class DrugForm(CleanForm):
    """The drug by its generic or brand name; the browser suggests what the formulary holds."""

    ask = {"drug": "Enter the drug, by its generic or brand name"}

    drug = forms.CharField(max_length=120, label="Drug", help_text="Generic or brand name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drug"].widget.attrs |= {"list": "drugs", "autocomplete": "off", "spellcheck": "false"}


class OrderForm(CleanForm):
    """``spoken`` is an order that somebody took by ear: then it says from whom, and that it was read back."""

    ask = {
        "dose": "Enter the dose",
        "unit": "Choose the unit of the dose",
        "route": "Choose the route",
        "kind": "Say whether this is one dose or a series",
        "every": "Enter how often: a number of days or weeks",
        "diagnoses": "Enter the diagnosis that the injection is for",
        "ordered_by": "Choose who gave the order",
        "read_back": "Read the order back and tick this when it was confirmed",
    }

    dose = CellField(read_amount, label="Dose of one injection", max_length=20)
    unit = forms.ChoiceField()
    route = forms.ChoiceField(widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="How often",
        choices=[ONCE, SERIES],
        widget=forms.RadioSelect,
    )
    every = forms.IntegerField(label="Every")
    period = forms.ChoiceField(label="Days or weeks", choices=PERIODS)
    doses_planned = forms.IntegerField(label="How many doses", required=False)
    early_days = forms.IntegerField(label="May be early by, in days", required=False)
    late_days = forms.IntegerField(label="May be late by, in days", required=False)
    diagnoses = DiagnosesField(max_length=200, help_text="ICD-10 codes, main one first, such as E53.8")
    reason = forms.CharField(
        label="Reason in words", max_length=200, required=False, help_text="Such as vitamin B12 deficiency"
    )
    starts_on = forms.DateField(label="First dose from")
    expires_on = forms.DateField(label="Order ends on", required=False)
    ordered_by = forms.ModelChoiceField(Staff.objects.none(), label="Spoken order from", empty_label="Choose who")
    read_back = forms.BooleanField(label="I read the order back and it was confirmed")
    submission_key = KeyField()

    def __init__(
        self, *args: Any, product: facts.Product, spoken: bool, physicians: QuerySet[Staff], **kwargs: Any
    ) -> None:
        units, routes = units_of(product), sorted(product.routes)
        only = routes[0] if len(routes) == 1 else None
        initial = {"unit": units[0], "route": only, "starts_on": timezone.localdate(), "period": "7"}
        super().__init__(*args, initial=initial, **kwargs)
        self.product, self.spoken = product, spoken
        self.choosing("unit").choices = [(unit, unit) for unit in units]
        self.choosing("route").choices = [(route, route_words(route)) for route in routes]
        self.picking("ordered_by").queryset = physicians
        self.fields |= loading.loading_fields(read_amount)
        for name in OF_A_SERIES if spoken else OF_A_SPOKEN_ORDER:
            del self.fields[name]
        self.label = None if spoken else loading.label_series(product, str(self.data.get("kind", "")))
        if not spoken:
            self.choosing("kind").choices = [ONCE, *loading.label_choices(product), SERIES]
            if any(series.then for series in product.loading):
                self.fields["dose"].help_text = "Leave it empty to take the amount of the label's series"
        if self.is_bound and self.data.get("kind") != OrderKind.SERIES:
            self._ask_nothing_of_a_series()
        self.helper.layout = self._layout()

    def _ask_nothing_of_a_series(self) -> None:
        for name in {"every", "period"} & self.fields.keys():
            self.fields[name].required = False
        if self.label is not None and self.label.then is not None:
            self.fields["dose"].required = False

    def _layout(self) -> Layout:
        series = Div(
            Div("every", "period", "doses_planned", css_class="field-pair"),
            Div("early_days", "late_days", css_class="field-pair"),
            loading.layout(),
            css_class="when-series",
        )
        often = ["ordered_by"] if self.spoken else ["kind", series]
        return Layout(
            Div("dose", "unit", css_class="field-pair"),
            "route",
            *often,
            Div("diagnoses", "reason", css_class="field-pair"),
            Div("starts_on", "expires_on", css_class="field-pair"),
            *(["read_back"] if self.spoken else []),
            "submission_key",
        )

    def clean_starts_on(self) -> date:
        starts: date = self.cleaned_data["starts_on"]
        if abs((starts - timezone.localdate()).days) > 731:
            raise forms.ValidationError("This day is more than two years away. Check the year")
        return starts

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        starts, ends = said.get("starts_on"), said.get("expires_on")
        if starts and ends and ends < starts:
            self.add_error("expires_on", "The order ends before its first dose. Correct one of the days")
        if said.get("kind") == OrderKind.SERIES:
            self._clean_series(said)
        elif self.label is not None:
            schedule = loading.schedule_of(self.label)
            said |= {name: getattr(schedule, name) for name in ("every_days", "early_days", "late_days", "loading")}
            said |= {"kind": OrderKind.SERIES.value, "doses_planned": schedule.planned}
        elif "kind" in said:
            said |= NO_SERIES
        return said

    def _clean_series(self, said: dict[str, Any]) -> None:
        every = said.get("every")
        if "every" not in self.errors:
            said["every_days"] = (every or 0) * int(said.get("period") or 1)
            if not 1 <= said["every_days"] <= LONGEST_INTERVAL:
                self.add_error("every", "Enter how often: a number of days or weeks, up to 800 days")
        if said.get("doses_planned") is not None and not 1 <= said["doses_planned"] <= 400:
            self.add_error("doses_planned", "Enter a number of doses between 1 and 400")
        for name in ("early_days", "late_days"):
            said[name] = said.get(name) or 0
            if said[name] > min(said.get("every_days") or LONGEST_INTERVAL, 180):
                self.add_error(name, "Enter fewer days than lie between two doses")
        said["loading"] = loading.read_loading(said, said.get("unit", ""), self.add_error)

    @property
    def loading_said(self) -> bool:
        """Whether anything was typed of loading doses, so that the page shows it again."""
        return any(self.data.get(name) for name in loading.NAMES)

    @property
    def quantity(self) -> Quantity:
        """The dose that was typed; of a series of the label the one that it goes on with, where none was."""
        dose, label = self.cleaned_data.get("dose"), self.label
        if dose is None and label is not None and label.then is not None:
            return label.then
        return Quantity(self.cleaned_data["dose"], self.cleaned_data["unit"])

    @property
    def amounts(self) -> list[Quantity]:
        """Every amount that is ordered, each once."""
        loads = [step.dose for step in self.cleaned_data.get("loading", ()) if step.dose is not None]
        return list(dict.fromkeys([self.quantity, *loads]))


def units_of(product: facts.Product) -> list[str]:
    """The units a dose of this drug can have: those that measure what its packages, codes and limits do."""
    stated: Iterable[Quantity | None] = (
        *(limit.max_single for limit in product.limits),
        *(package.holds for package in product.packages),
        *(coding.amount for coding in product.codings),
    )
    known = [amount for amount in stated if amount is not None]
    if not known:
        return [unit for unit in UNITS if unit not in ("ng", "L")]
    first = known[0].unit
    others = [
        unit for unit, (kind, _) in UNITS.items() if kind is known[0].dimension and unit not in (first, "ng", "L")
    ]
    return [first, *others]
