"""What may happen to a lot on the shelf besides being given."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from injections.forms.fields import KeyField
from injections.forms.witnessed import WitnessedForm
from injections.models import Location
from injections.models.stock import StockMove

COUNT = "count"
ACTS = (
    (COUNT, "Count the shelf"),
    (StockMove.Kind.WASTED, "Throw away"),
    (StockMove.Kind.TRANSFERRED, "Move to another location"),
    (StockMove.Kind.RETURNED, "Send back"),
    (StockMove.Kind.EXPIRED, "Take out: expired"),
)


class MoveForm(WitnessedForm):
    """One movement. Which fields count follows from what happens."""

    ask = {"act": "Choose what happens", "containers": "Enter how many"}

    act = forms.ChoiceField(label="What happens?", choices=ACTS, widget=forms.RadioSelect)
    containers = forms.IntegerField(
        label="How many vials or syringes", help_text="When counting: how many lie there now"
    )
    to = forms.ModelChoiceField(
        Location.objects.none(),
        label="Where to, if it moves?",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Why", max_length=200, required=False, help_text="Such as: dropped, left out overnight"
    )
    submission_key = KeyField()

    field_order = ("act", "containers", "to", "witness", "note")

    def __init__(self, *args: Any, locations: QuerySet[Location], expired: bool = False, **kwargs: Any) -> None:
        """``expired``: to take it out is the next thing to do, so it comes first."""
        super().__init__(*args, **kwargs)
        if expired:
            first = sorted(ACTS, key=lambda act: act[0] != StockMove.Kind.EXPIRED)
            cast("forms.ChoiceField", self.fields["act"]).choices = first
        self.picking("to").queryset = locations
        if "witness" in self.fields:
            self.fields["witness"].label = "Who saw it?"
            self.fields["witness"].help_text = "It is a controlled drug. A count that agrees needs no one"

    def clean_containers(self) -> int:
        containers: int = self.cleaned_data["containers"]
        if containers > 10_000:
            raise forms.ValidationError("Enter a number up to 10,000")
        return containers

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        act = said.get("act")
        if act == StockMove.Kind.TRANSFERRED and not said.get("to"):
            self.add_error("to", "Choose where it goes")
        if act in (StockMove.Kind.WASTED, StockMove.Kind.RETURNED) and not said.get("note"):
            self.add_error("note", "Say why")
        return said
