"""A patient's own data, allergies and weight."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from injections.facts.people import HEIGHT_CM
from injections.forms.base import CleanForm
from injections.forms.fields import CellField, DayField, KeyField
from injections.imports import cells
from injections.models import Patient
from injections.models.patient import Sex

POUNDS_IN_A_KILOGRAM = Decimal("2.2")
KEY = "submission_key"
SEEN = [("no", "No, a new patient"), ("yes", "Yes")]
DIALYSIS = [("", "Not recorded"), ("yes", "On dialysis"), ("no", "Not on dialysis")]


class PatientForm(CleanForm):
    """What is asked when somebody is registered, and again when it has changed."""

    ask = {
        "family_name": "Enter the family name",
        "birth_date": "Enter the birth date, such as 3/14/1961",
        "mrn": "Enter the record number (MRN)",
        "established": "Say whether this practice has seen the patient before",
    }

    family_name = forms.CharField(max_length=80)
    given_name = forms.CharField(max_length=80, required=False)
    birth_date = DayField(
        lambda cell: cells.birth_date(cell, timezone.localdate()), help_text="Month, day and year, such as 3/14/1961"
    )
    mrn = forms.CharField(label="Record number (MRN)", max_length=20)
    sex = forms.ChoiceField(label="Sex on record", choices=Sex.choices, widget=forms.RadioSelect, initial=Sex.UNKNOWN)
    established = forms.ChoiceField(
        label="Seen by this practice in the last three years?", choices=SEEN, widget=forms.RadioSelect
    )
    phone = forms.CharField(max_length=30, required=False)
    address = forms.CharField(label="Street", max_length=200, required=False)
    city = forms.CharField(max_length=80, required=False)
    state = CellField(cells.state, max_length=20, required=False, help_text="Two letters, such as IL")
    postal_code = CellField(cells.postal_code, label="ZIP code", max_length=10, required=False)
    on_dialysis = forms.ChoiceField(label="Dialysis", choices=DIALYSIS, widget=forms.RadioSelect, required=False)
    submission_key = KeyField()

    def __init__(self, *args: Any, practice_id: int, patient: Patient | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice_id, self.patient = practice_id, patient
        if patient is not None:
            del self.fields[KEY]
        for name in ("family_name", "given_name", "mrn", "phone", "address", "city", "state", "postal_code"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the browser must not offer the last patient
        self.helper.layout = Layout(
            Div("family_name", "given_name", css_class="field-pair"),
            Div("birth_date", "mrn", css_class="field-pair"),
            "sex",
            "established",
            Div("phone", "address", css_class="field-pair"),
            Div("city", "state", "postal_code", css_class="field-pair"),
            "on_dialysis",
            *([KEY] if patient is None else []),
        )

    def clean_mrn(self) -> str:
        mrn: str = self.cleaned_data["mrn"]
        other = Patient.objects.filter(practice_id=self.practice_id, mrn=mrn).first()
        if other is not None and other != self.patient:
            raise forms.ValidationError(f"MRN {mrn} belongs to another patient. Check the number")
        return mrn

    def clean_established(self) -> bool:
        return bool(self.cleaned_data["established"] == "yes")

    def clean_on_dialysis(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["on_dialysis"])

    def clean(self) -> dict[str, Any]:
        for name in ("state", "postal_code"):
            self.cleaned_data[name] = self.cleaned_data.get(name) or ""
        return self.cleaned_data

    @staticmethod
    def of(patient: Patient) -> dict[str, Any]:
        """What the form shows for somebody who is registered."""
        shown: dict[str, Any] = {name: getattr(patient, name) for name in PatientForm.base_fields.keys() - {KEY}}
        words = {True: "yes", False: "no", None: ""}
        return shown | {name: words[shown[name]] for name in ("established", "on_dialysis")}


class AllergyForm(CleanForm):
    ask = {"substance": "Enter what the patient reacted to"}

    substance = forms.CharField(max_length=120, help_text="A drug or a substance, such as penicillin or latex")
    reaction = forms.CharField(max_length=120, required=False, help_text="What happened, such as hives")
    submission_key = KeyField()

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient
        self.fields["substance"].widget.attrs["autocomplete"] = "off"

    def clean_substance(self) -> str:
        substance: str = self.cleaned_data["substance"]
        if self.patient.allergies.filter(substance__iexact=substance).exists():
            raise forms.ValidationError(f"“{substance}” is on the list already")
        return substance


class WeightForm(CleanForm):
    """Kilograms only. A weight that looks like the last one in pounds is asked about once."""

    ask = {"weight_kg": "Enter the weight in kilograms"}

    weight_kg = forms.DecimalField(label="Weight in kilograms", max_digits=5, decimal_places=2)
    weight_on = forms.DateField(label="Weighed on")
    height_cm = forms.DecimalField(
        label="Height in centimeters",
        required=False,
        max_digits=4,
        decimal_places=1,
        help_text="Where a dose goes by body surface. Leave empty to keep what is recorded",
    )
    sure = forms.BooleanField(label="The weight is right", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean_weight_kg(self) -> Decimal:
        weight: Decimal = self.cleaned_data["weight_kg"]
        if not 0 < weight < 700:
            raise forms.ValidationError("Enter a weight between 0 and 700 kg")
        return weight

    def clean_height_cm(self) -> Decimal | None:
        height: Decimal | None = self.cleaned_data["height_cm"]
        shortest, tallest = HEIGHT_CM
        if height is not None and not shortest <= height <= tallest:
            raise forms.ValidationError(f"Enter a height between {shortest} and {tallest} cm")
        return height

    def clean_weight_on(self) -> Any:
        weighed = self.cleaned_data["weight_on"]
        if not self.patient.birth_date <= weighed <= timezone.localdate():
            raise forms.ValidationError("Enter a day between the birth date and today")
        return weighed

    def clean(self) -> dict[str, Any]:
        weight, last = self.cleaned_data.get("weight_kg"), self.patient.weight_kg
        if weight and last and weight > last * 2 and not self.cleaned_data.get("sure"):
            in_kilograms = (weight / POUNDS_IN_A_KILOGRAM).quantize(Decimal("0.1"))
            self.fields["sure"].widget = forms.CheckboxInput()
            self.add_error(
                "sure", f"The last weight was {last.normalize():f} kg. {weight} lb would be {in_kilograms} kg"
            )
        return self.cleaned_data
