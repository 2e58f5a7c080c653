"""A lot that is recalled: scanned or typed; and one try to reach a patient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField
from injections.forms.stock import PLAIN, ScanInput
from injections.models import Package, Patient
from injections.models.recall import Reached
from injections.reading.known_codes import read
from injections.reading.recalled import Found
from injections.scan import ScanError, read_scan

LONGEST_LOT = 40


class FindLotForm(CleanForm):
    """The lot number, or the code on the carton that holds it."""

    ask = {"lot": "Scan the carton or enter the lot number"}

    lot = forms.CharField(
        label="Lot",
        max_length=200,
        widget=ScanInput(attrs=PLAIN | {"autofocus": True, "data-scan": True, "class": "mono"}),
        help_text="Scan the carton, or type the lot. O and 0 are different",
    )

    def __init__(self, *args: Any, practice_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._practice_id = practice_id
        #: the package that a scanned code names, where it names one
        self.package: Package | None = None

    def clean_lot(self) -> str:
        text = str(self.cleaned_data["lot"]).strip()
        if len(text) > 20 or text.startswith(("]", "(01)", "01")):
            try:
                scanned = read_scan(text)
            except ScanError as refused:
                raise forms.ValidationError(str(refused)) from None
            if not scanned.lot or scanned.ambiguous_lot:
                raise forms.ValidationError("This code does not say the lot clearly. Type it from the label")
            known = read(scanned, self._practice_id)
            self.package = known.package if known else None
            text = scanned.lot
        if len(text) > LONGEST_LOT:
            raise forms.ValidationError("A lot number is shorter. Type it from the label")
        return text.upper()


class StopForm(CleanForm):
    """``which`` is a drug, of one maker where two use the same lot number."""

    ask = {"which": "Choose which drug", "reason": "Say why it is recalled"}

    number = forms.CharField(max_length=LONGEST_LOT, widget=forms.HiddenInput)
    which = forms.ChoiceField(label="Drug", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why", max_length=200, help_text="Such as: FDA recall of 20 Nov, particles")

    def __init__(self, *args: Any, found: Sequence[Found], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {one.key: one for one in found}
        self.choosing("which").choices = [(key, str(one)) for key, one in self.found.items()]

    def told(self) -> dict[str, Any]:
        """What the action takes: the drug and its maker in the place of the answer."""
        which = self.found[self.cleaned_data["which"]]
        said = {name: self.cleaned_data[name] for name in ("number", "reason")}
        return {"product": which.product, "labeler": which.labeler, **said}


class ContactForm(CleanForm):
    ask = {"patient": "Choose the patient", "reached": "Choose how far you came"}

    patient = forms.ModelChoiceField(Patient.objects.none(), widget=forms.HiddenInput)
    reached = forms.ChoiceField(label="How far did you come?", choices=Reached.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="Note", max_length=200, required=False)
    submission_key = KeyField()

    def __init__(self, *args: Any, patients: QuerySet[Patient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("patient").queryset = patients
