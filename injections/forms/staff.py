"""Who works here: what the administrator says about a colleague."""

from __future__ import annotations

import re
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import QuerySet

from injections.forms.base import CleanForm
from injections.forms.fields import KeyField, NpiField
from injections.models import Location, Staff
from injections.models.staff import Role

SHORTEST_BADGE = 4
CREDENTIALED = (Role.NURSE, Role.MEDICAL_ASSISTANT, Role.PHYSICIAN)


class StaffForm(CleanForm):
    ask = {
        "family_name": "Enter the family name",
        "given_name": "Enter the given name",
        "username": "Enter the name to sign in with",
        "role": "Choose the role",
    }

    given_name = forms.CharField(max_length=80)
    family_name = forms.CharField(max_length=80)
    role = forms.ChoiceField(choices=Role.choices, widget=forms.RadioSelect)
    credential = forms.CharField(
        max_length=20, required=False, help_text="What stands after the name, such as RN, CMA, MD"
    )
    npi = NpiField(label="NPI", help_text="Ten digits. Needed to order or supervise")
    username = forms.CharField(
        label="Signs in as", max_length=60, help_text="Small letters, digits, points and hyphens, such as jordan.lee"
    )
    email = forms.EmailField(label="Email", required=False)
    location = forms.ModelChoiceField(
        Location.objects.none(), required=False, empty_label="Any location", help_text="Where this person usually works"
    )
    submission_key = KeyField()

    def __init__(self, *args: Any, locations: QuerySet[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("location").queryset = locations
        for name in ("given_name", "family_name", "username", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.helper.layout = Layout(
            Div("given_name", "family_name", css_class="field-pair"),
            "role",
            Div("credential", "npi", css_class="field-pair"),
            Div("username", "email", css_class="field-pair"),
            "location",
            "submission_key",
        )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"].lower()
        if not re.fullmatch(r"[a-z0-9][a-z0-9.@+_-]{2,59}", username):
            raise forms.ValidationError("Use at least three small letters, digits, points or hyphens")
        if Staff.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Somebody signs in with this name already. Choose another")
        return username

    def clean_credential(self) -> str:
        return str(self.cleaned_data["credential"]).replace(".", "")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("role") in CREDENTIALED and not said.get("credential"):
            self.add_error("credential", "Enter the credential: it is printed with every signature")
        if said.get("role") == Role.PHYSICIAN and said.get("npi") == "":
            self.add_error("npi", "Enter the NPI: orders and claims need it")
        return said


class BadgeForm(CleanForm):
    """What a scanner reads from somebody's badge."""

    badge = forms.CharField(
        max_length=40, required=False, help_text="Scan the badge here. Leave it empty when the badge is lost"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["badge"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_badge(self) -> str:
        badge: str = self.cleaned_data["badge"]
        if badge and len(badge) < SHORTEST_BADGE:
            raise forms.ValidationError("This is too short to be a badge. Scan it")
        return badge


class LimitForm(CleanForm):
    """The locations that somebody is limited to."""

    locations = forms.ModelMultipleChoiceField(
        queryset=Location.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Works only at",
        help_text="Nothing ticked means the whole practice. Patients stay visible everywhere; their visits, "
        "appointments and stock only at the ticked locations",
    )

    def __init__(self, *args: Any, locations: QuerySet[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picking("locations").queryset = locations
