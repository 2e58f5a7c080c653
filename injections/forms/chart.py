"""The charting page's fields: text as it is typed, under the names that the entries of a draft have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from injections.facts import Status
from injections.forms.base import CleanForm

LINES = ("note", "adverse_effects", "labs")
#: one-line fields with their labels and lengths; what they mean is the chart's to read
TEXTS: dict[str, tuple[str, int]] = {
    "product": ("Drug", 80),
    "package_ndc": ("Package", 20),
    "lot_id": ("Lot on the shelf", 20),
    "lot": ("Lot", 40),
    "expires": ("Expires", 20),
    "manufacturer": ("Manufacturer", 120),
    "ndc": ("NDC", 20),
    "dose": ("Dose given", 40),
    "dose_change_reason": ("Why it differs from the order", 200),
    "route": ("Route", 40),
    "site": ("Site", 40),
    "opened": ("Containers opened", 2),
    "container_kind": ("What its label says", 12),
    "discarded": ("Thrown away", 40),
    "discard_reason": ("Why it was thrown away", 200),
    "discard_witness": ("Who saw it thrown away", 20),
    "checks": ("Checks", 10),
    "response": ("Response", 200),
    "given_at": ("Given at", 40),
    "stopped_at": ("Stopped at", 40),
    "prepared_by": ("Prepared by", 20),
    "given_by": ("Given by", 20),
    "consent": ("Who agreed", 20),
    "consent_by": ("Name of who agreed", 120),
    "interpreter": ("Interpreter", 120),
    "statement": ("Information statement", 20),
    "statement_typed": ("Another edition", 40),
    "statement_given": ("Handed over on", 40),
    "site2": ("Second site", 40),
    "site3": ("Third site", 40),
    "site4": ("Fourth site", 40),
    "split_reason": ("Why it was divided", 200),
    "short_of": ("Given from this vial", 20),
    "drawn_up": ("Drawn up already", 10),
    "source": ("Whose drug", 30),
    "status": ("What became of the dose", 20),
    "not_given_reason": ("Reason", 200),
    "supervisor": ("Supervision", 20),
    "diagnoses": ("Diagnosis codes", 200),
    "reason": ("Reason for use", 200),
    "self_given": ("The patient gave it", 10),
    "correction_reason": ("Why the record is corrected", 200),
}
HELP = {
    "dose": "With its unit, such as 500 mcg or 0.5 mL",
    "expires": "As on the label: 03/2027 or 3/31/2027",
    "ndc": "As on the label: 00517-0031-25",
    "discarded": "0 if nothing; otherwise with its unit",
    "given_at": "Leave empty for now; else a time such as 9:05",
    "consent_by": "Where it was not the patient",
    "interpreter": "Name or number of the interpreter",
    "statement_typed": "The date printed on the sheet, such as 1/31/2025",
    "statement_given": "Leave empty for the day of the visit",
    "labs": "One per line: hemoglobin 9.4 g/dL 10/1/2026",
}
#: boxes that say nothing when they are not ticked, on the page of a dose and on that of one not given
BOXES, BOXES_NOT_GIVEN = ("checks", "self_given"), ("drawn_up",)
#: names that carry the fact, the rule or the question in themselves
PREFIXES = ("unobtainable.", "waive.", "screening.", "vial2.", "vial3.", "vial4.")
LONGEST_REASON = 200


class DoseForm(CleanForm):
    """Everything about one dose. Bound to what was posted, or shown from the entries of a draft."""

    version = forms.IntegerField(required=False)

    def __init__(self, data: Any = None, *, entries: Mapping[str, str] | None = None) -> None:
        initial = dict(entries or {})
        super().__init__(data, initial=initial)
        for name, (label, longest) in TEXTS.items():
            self._add(name, forms.CharField(label=label, max_length=longest, help_text=HELP.get(name, "")))
        for name in LINES:
            area = forms.Textarea(attrs={"rows": 2})
            label = {"adverse_effects": "What happened", "labs": "Results"}.get(name, "Note")
            self._add(name, forms.CharField(label=label, widget=area, help_text=HELP.get(name, "")))
        for name in sorted({*initial, *(data or ())}):
            if name.startswith(PREFIXES):
                self.add_reason(name)
        self.tighten()

    def add_reason(self, name: str, label: str = "Why") -> None:
        """A field whose name says what it is about."""
        if name not in self.fields:
            self._add(name, forms.CharField(label=label, max_length=LONGEST_REASON))

    def _add(self, name: str, field: forms.CharField) -> None:
        field.required = False
        self.fields[name] = field

    def entries(self) -> dict[str, str]:
        """What was posted, field by field; a box that was not ticked is posted as nothing."""
        posted = {name for name in self.fields if name in self.data or name in self._boxes()}
        return {name: self.cleaned_data.get(name) or "" for name in posted - {"version"} if name not in self.errors}

    def _boxes(self) -> tuple[str, ...]:
        """The boxes that the posted page shows: its own field says which page it was, whatever button left it."""
        several = getattr(self.data, "getlist", None)
        page = next(iter(several("status")), "") if several else self.data.get("status", "")
        return BOXES_NOT_GIVEN if page in (Status.NOT_GIVEN, Status.REFUSED) else BOXES

    def say(self, errors: Mapping[str, str]) -> None:
        """Show sentences at the fields they are about, on a page that was not posted to this form."""
        self._errors = forms.utils.ErrorDict()
        for name, text in errors.items():
            if name in self.fields:
                self._errors.setdefault(name, self.error_class(error_class="field")).append(text)

    def value_of(self, name: str) -> str:
        """What stands in the field now: as typed, else as saved."""
        return str(self[name].value() or "") if name in self.fields else ""
