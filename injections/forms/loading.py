"""The doses that a series begins with: those of the drug's label, or typed day by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms

from injections import facts
from injections.facts import LoadingDose, LoadingSeries
from injections.forms.fields import CellField
from injections.quantity import Quantity, format_dose

#: how many loading doses can be typed: no label has more
MOST = 6
LABEL, LONGEST = "label-", 800
NUMBERS = range(1, MOST + 1)
NAMES = (
    *(f"amount_{n}" for n in NUMBERS),
    *(f"day_{n}" for n in NUMBERS if n > 1),
    *(f"{way}_{n}" for n in NUMBERS if n > 1 for way in ("early", "late")),
)
OPENS = '<details class="loading"{% if form.loading_said %} open{% endif %}><summary>Loading doses first</summary>'
TELLS = (
    '<p class="form-text">Where a series begins faster, or with other amounts. The first dose is on day 1. '
    "Leave an amount empty where it is the dose above.</p>"
)


def loading_fields(read_amount: Callable[[str], Decimal]) -> dict[str, forms.Field]:
    """A day and an amount for each dose; the first one is always on day 1."""
    fields: dict[str, forms.Field] = {}
    for n in NUMBERS:
        if n > 1:
            fields[f"day_{n}"] = forms.IntegerField(label=f"Dose {n} on day", required=False)
        fields[f"amount_{n}"] = CellField(read_amount, label=f"Amount of dose {n}", max_length=20, required=False)
    for field in fields.values():
        field.widget.attrs["placeholder"] = " "  # the page shows a further row once the one before is filled
    for n in NUMBERS[1:]:
        for way in ("early", "late"):
            fields[f"{way}_{n}"] = forms.IntegerField(label=f"May be {way} by, in days", required=False)
    return fields


def layout() -> Layout:
    asked = ("day", "amount", "early", "late")
    rows = [Div(*(f"{what}_{n}" for what in asked), css_class=f"field-pair row-{n}") for n in NUMBERS[1:]]
    return Layout(HTML(OPENS), HTML(TELLS), "amount_1", *rows, HTML("</details>"))


def read_loading(said: Mapping[str, Any], unit: str, refuse: Callable[[str, str], None]) -> list[LoadingDose]:
    """The doses that were typed, up to the last one with a day; nothing typed is no loading dose.

    Each has its own window: a label may allow the second dose four days and the third one seven.
    """
    days = {n: said.get(f"day_{n}") for n in NUMBERS}
    amounts = {n: said.get(f"amount_{n}") for n in NUMBERS}
    windows = {n: (said.get(f"early_{n}") or 0, said.get(f"late_{n}") or 0) for n in NUMBERS}
    typed = [n for n in NUMBERS if any((days[n] is not None, amounts[n] is not None, *windows[n]))]
    if not typed:
        return []
    found = [LoadingDose(0, _amount(amounts[1], unit))]
    for n in range(2, typed[-1] + 1):
        day, before, window = days[n], found[-1].after_days + 1, windows[n]
        if day is None or not before < day <= LONGEST:
            refuse(f"day_{n}", f"Enter a day after day {before}, up to {LONGEST}")
            return []
        if max(window) >= day - before:
            way = "early" if window[0] >= window[1] else "late"
            refuse(f"{way}_{n}", "Enter fewer days than lie between this dose and the one before")
            return []
        found.append(LoadingDose(day - 1, _amount(amounts[n], unit), *window))
    return found


def _amount(amount: Decimal | None, unit: str) -> Quantity | None:
    return Quantity(amount, unit) if amount is not None else None


def label_choices(product: facts.Product) -> list[tuple[str, str]]:
    """One choice for each series of the label, said in full."""
    return [(f"{LABEL}{place}", _in_words(series)) for place, series in enumerate(product.loading)]


def label_series(product: facts.Product, kind: str) -> LoadingSeries | None:
    """The series that was chosen."""
    found = {f"{LABEL}{place}": series for place, series in enumerate(product.loading)}
    return found.get(kind)


def schedule_of(series: LoadingSeries) -> facts.Schedule:
    """As an order keeps it. Where nothing follows, the last distance stands for how often."""
    last = series.doses[-1].after_days - series.doses[-2].after_days if len(series.doses) > 1 else 0
    return facts.Schedule(
        every_days=series.every_days or last,
        planned=None if series.every_days else len(series.doses),
        early_days=series.early_days,
        late_days=series.late_days,
        loading=series.doses,
    )


def _in_words(series: LoadingSeries) -> str:
    use = f" ({series.use})" if series.use else ""
    schedule = schedule_of(series)
    words = schedule.words
    if series.then is not None and schedule.goes_on:
        words = words.replace(", then ", f", then {format_dose(series.then)} ")
    return f"As the label says: {words}{use}"
