"""What a plan approved beforehand, as its letter says it."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from injections.forms.base import CleanForm
from injections.forms.coverage import payer_choices
from injections.forms.fields import KeyField
from injections.models import Coverage, Patient


class PlanField(forms.ModelChoiceField):
    """The patient's plans by the name of their payer."""

    def label_from_instance(self, plan: Coverage) -> str:
        return dict(payer_choices()).get(plan.payer_key, plan.payer_key)


class ApprovalForm(CleanForm):
    ask = {
        "coverage": "Choose the plan",
        "code": "Enter the drug’s code, such as J0897",
        "number": "Enter the number of the approval",
        "since": "Enter the first day",
    }

    coverage = PlanField(queryset=Coverage.objects.none(), label="Plan", empty_label=None, widget=forms.RadioSelect)
    code = forms.CharField(label="Drug code", max_length=10, help_text="As it stands in the letter, such as J0897")
    number = forms.CharField(label="Number of the approval", max_length=40)
    since = forms.DateField(label="From")
    until = forms.DateField(label="To", required=False, help_text="Empty where the plan set no end")
    units = forms.IntegerField(
        label="Units approved",
        min_value=1,
        max_value=9_999_999,
        required=False,
        help_text="Units of the code. Empty where the plan set no limit",
    )
    submission_key = KeyField()

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        plans = patient.coverages.order_by("rank")
        super().__init__(*args, initial={"coverage": plans.first()}, **kwargs)
        field = self.fields["coverage"]
        assert isinstance(field, PlanField)
        field.queryset = plans
        self.helper.layout = Layout(
            "coverage",
            Div("code", "number", css_class="field-pair"),
            Div("since", "until", css_class="field-pair"),
            "units",
            "submission_key",
        )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).upper().strip()
        if not re.fullmatch("[A-Z0-9]{5}", code):
            raise forms.ValidationError("Enter five letters and digits, such as J0897")
        return code

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "The approval ends before it begins. Correct one of the days")
        return self.cleaned_data
