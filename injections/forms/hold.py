"""A time out of range, and what was decided about the stock that was there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.forms.witnessed import WitnessedForm
from injections.models import HeldLot, HoldEnd, Location, Lot
from injections.temperatures import SCALES, in_celsius
from injections.templatetags.words import full_day

#: as a browser's own picker sends a moment
MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"])


class ExcursionForm(CleanForm):
    ask = {"began_at": "Enter since when", "ended_at": "Enter until when", "reason": "Say what happened"}

    location = forms.ModelChoiceField(Location.objects.none(), empty_label=None, widget=forms.RadioSelect)
    began_at = _moment("Out of range since")
    ended_at = _moment("Until")
    reading = forms.DecimalField(
        label="Worst temperature", required=False, min_value=-150, max_value=212, max_digits=4, decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "text"}), help_text="Where somebody read it, such as 58 or 14.5",
    )  # fmt: skip
    scale = forms.ChoiceField(label="Read in", choices=SCALES, widget=forms.RadioSelect, required=False)
    reason = forms.CharField(label="What happened", max_length=120, help_text="Such as: fridge door stood open")
    submission_key = KeyField()

    def __init__(self, *args: Any, locations: QuerySet[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("location").queryset = locations

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("began_at", "ended_at"):
            at = said.get(name)
            if at is not None and not 2000 <= at.year <= timezone.now().year:
                self.add_error(name, "Enter a day that has been")
        reading, scale = said.pop("reading", None), said.pop("scale", "")
        if reading is not None and not scale:
            self.add_error("scale", "Choose °F or °C")
        said["celsius"] = in_celsius(reading, scale) if reading is not None and scale else None
        return said


class LaterLots(forms.ModelMultipleChoiceField):
    """Lots with the day on which they were written down."""

    def label_from_instance(self, lot: Any) -> str:
        return f"{lot.product}, lot {lot.number}, written down {full_day(lot.written_at)}"


class HoldTooForm(CleanForm):
    """Lots that were written down only after the span, and lay there already."""

    ask = {"later": "Choose the lots that lay there"}

    later = LaterLots(
        Lot.objects.none(), label="Which of these lay there already?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, later: QuerySet[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("later").queryset = later


class HeldLots(forms.ModelMultipleChoiceField):
    """Lots with the location: the same one may lie at two."""

    def label_from_instance(self, held: Any) -> str:
        return f"{held.lot.product}, lot {held.lot}, {held.lot.location.name}"


class DecideForm(WitnessedForm):
    """One decision about some or all of the lots that are still on hold."""

    ask = {"decided_by": "Enter who decided", "reason": "Say why"}

    every = forms.BooleanField(required=False)
    lots = HeldLots(HeldLot.objects.none(), label="Which lots?", required=False, widget=forms.CheckboxSelectMultiple)
    decided_by = forms.CharField(
        label="Who decided", max_length=120, help_text="Such as: the maker's line, Dr Adams, the state program"
    )
    reason = forms.CharField(label="Why", max_length=200, help_text="Such as: stable for 48 hours at 25 °C, case 1182")
    outcome = forms.ChoiceField(choices=HoldEnd.Outcome.choices, widget=forms.HiddenInput)

    field_order = ("every", "lots", "decided_by", "reason", "witness")

    def __init__(self, *args: Any, held: QuerySet[HeldLot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("lots").queryset = held
        self.fields["every"].label = f"All {len(held)} lots"
        if "witness" in self.fields:  # the lots differ: which one it is about must be said
            self.fields["witness"].label = "Who saw it thrown away?"
            self.fields["witness"].help_text = "A controlled drug is thrown away before a colleague's eyes"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("every"):
            said["lots"] = self.picking("lots").queryset
        elif not said.get("lots") and "lots" not in self.errors:
            self.add_error("lots", "Choose the lots")
        return said
