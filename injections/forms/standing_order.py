"""What a practitioner signs for nobody in particular: how much, for whom, where, and until when."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from injections import facts
from injections.forms.base import CleanForm
from injections.forms.fields import CellField, DiagnosesField, KeyField
from injections.forms.order import read_amount, units_of
from injections.imports.cells import CellError
from injections.models import StandingOrder
from injections.models.standing_order import AGES, LONGEST, YEAR, age_words
from injections.quantity import Quantity, plain
from injections.routes import route_words

_AGE = re.compile(r"([0-9]{1,4}) *(months?|years?)?")
#: what is stored as it was said
SAID = (
    *("name", "route", "criteria", "diagnoses", "reason", "from_months", "below_months", "states"),
    *("since", "until", "submission_key"),
)


def read_age(cell: str) -> int:
    """Months of an age: "18", "18 years", "6 months"."""
    match = _AGE.fullmatch(cell.strip().casefold())
    if match is None:
        raise CellError("Write the age in years, such as 18, or in months, such as 6 months")
    months = int(match[1]) * (1 if (match[2] or "").startswith("month") else YEAR)
    if months > AGES[1]:
        raise CellError("Enter an age up to 120 years")
    return months


def _as_before(like: StandingOrder) -> dict[str, Any]:
    """What an earlier one said, to be read and signed anew; its days are said anew too."""
    ages = {name: getattr(like, name) for name in ("from_months", "below_months")}
    same = {name: getattr(like, name) for name in ("name", "route", "criteria", "diagnoses", "reason", "states")}
    same |= {name: age_words(months) for name, months in ages.items() if months is not None}
    return same | ({"dose": plain(like.dose.amount), "unit": like.dose.unit} if like.dose else {})


class StandingOrderForm(CleanForm):
    ask = {
        "name": "Give the protocol a name",
        "dose": "Enter the dose",
        "unit": "Choose the unit of the dose",
        "route": "Choose the route",
        "criteria": "Say for whom it is, and for whom not",
        "states": "Choose where it may be used",
        "until": "Enter its last day",
    }

    name = forms.CharField(label="Name", max_length=80, help_text="Such as: Flu shot, adults")
    dose = CellField(read_amount, label="Dose of one injection", max_length=20)
    unit = forms.ChoiceField()
    route = forms.ChoiceField(widget=forms.RadioSelect)
    criteria = forms.CharField(
        label="For whom, and for whom not",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as: anyone who wants it. Not after a severe reaction to a flu shot",
    )
    from_months = CellField(
        read_age, label="From age", max_length=20, required=False, help_text="Such as 18, or 6 months"
    )
    below_months = CellField(read_age, label="Under age", max_length=20, required=False)
    diagnoses = DiagnosesField(max_length=200, required=False, help_text="ICD-10 codes, main one first, such as Z23")
    reason = forms.CharField(label="Reason in words", max_length=200, required=False)
    states = forms.MultipleChoiceField(label="States where it may be used", widget=forms.CheckboxSelectMultiple)
    since = forms.DateField(label="From")
    until = forms.DateField(label="To", help_text="One year at most")
    submission_key = KeyField()

    def __init__(
        self,
        *args: Any,
        product: facts.Product,
        states: list[str],
        like: StandingOrder | None = None,
        **kwargs: Any,
    ) -> None:
        units, routes = units_of(product), sorted(product.routes)
        initial = {"unit": units[0], "since": timezone.localdate()}
        initial |= {"route": routes[0]} if len(routes) == 1 else {}
        initial |= {"states": states} if len(states) == 1 else {}
        initial |= _as_before(like) if like is not None else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.choosing("unit").choices = [(unit, unit) for unit in units]
        self.choosing("route").choices = [(route, route_words(route)) for route in routes]
        self.choosing("states").choices = [(state, state) for state in states]
        self.helper.layout = Layout(
            "name",
            Div("dose", "unit", css_class="field-pair"),
            "route",
            "criteria",
            Div("from_months", "below_months", css_class="field-pair"),
            Div("diagnoses", "reason", css_class="field-pair"),
            "states",
            Div("since", "until", css_class="field-pair"),
            "submission_key",
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        youngest, oldest = said.get("from_months"), said.get("below_months")
        if youngest is not None and oldest is not None and oldest <= youngest:
            self.add_error("below_months", "Enter an age above the first one")
        since, until = said.get("since"), said.get("until")
        if since and until:
            self._refuse_days(since, until)
        return said

    def _refuse_days(self, since: date, until: date) -> None:
        if until < since:
            self.add_error("until", "It ends before it begins. Correct one of the days")
        elif until > since + timedelta(days=LONGEST):
            self.add_error("until", "Enter a day within one year. Then it is signed anew")
        elif until < timezone.localdate():
            self.add_error("until", "Enter today or a later day")

    @property
    def as_said(self) -> dict[str, Any]:
        """What the action takes."""
        said = {name: self.cleaned_data[name] for name in SAID}
        return said | {"dose": Quantity(self.cleaned_data["dose"], self.cleaned_data["unit"])}


class StandingOrderEndForm(CleanForm):
    ask = {"reason": "Say why it ends"}

    reason = forms.CharField(label="Why", max_length=200, help_text="Such as: new vaccine for this season")


class UseForm(CleanForm):
    """One tap on one of them: the page says which."""

    submission_key = KeyField()
