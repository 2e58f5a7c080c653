"""What would change: since when to look, and the changes, picked one by one or written as a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from billing.actions.replay import refuse_unknown
from billing.draft import DraftError
from billing.draft.document import draft_from_text
from billing.forms import demanded
from billing.reference.demand_groups import GROUPS
from billing.reference.demands import DEMANDS
from injections.forms.base import CleanForm

MOST_CHANGES = 10
LONGEST_DRAFT = 20_000
EMPTY = ("", "Choose")


class ReplayForm(CleanForm):
    """Since when, and the draft where somebody wrote one."""

    ask = {"since": "Enter the first day of service"}

    since = forms.DateField(label="Visits from", help_text="Signed visits of this day and later are asked again")
    draft = forms.CharField(
        label="The draft",
        required=False,
        max_length=LONGEST_DRAFT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "mono", "spellcheck": "false"}),
        help_text="For what has no field above: drugs' codes, prices, code pairs, unit limits. Manual, page “Replay”",
    )
    file = forms.FileField(
        label="Or a draft from a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
        help_text="A TOML file of up to 20 KB. It is read and not kept",
    )

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError("Choose a day that has come: only signed visits can be asked again")
        return since

    def clean_draft(self) -> str:
        return readable(self.cleaned_data["draft"])

    def clean_file(self) -> str:
        """The text of the file; empty where none was chosen."""
        uploaded: UploadedFile[Any] | None = self.cleaned_data["file"]
        if uploaded is None:
            return ""
        content = uploaded.read(LONGEST_DRAFT + 1)
        if len(content) > LONGEST_DRAFT:
            raise forms.ValidationError("Choose a file of up to 20 KB")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise forms.ValidationError("Choose a text file, saved as UTF-8") from problem
        return readable(text)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("file") and said.get("draft"):
            self.add_error("file", "Choose the file or write the draft, not both")
        return said

    @property
    def where(self) -> str:
        """The field that the draft came from."""
        return "file" if self.cleaned_data.get("file") else "draft"

    @property
    def written(self) -> str:
        """The draft, however it came."""
        return str(self.cleaned_data.get(self.where) or "")


def readable(text: str) -> str:
    """The draft without blanks around it. Raises what the form says beside the field."""
    if text.strip():
        try:
            draft_from_text(text)
        except DraftError as problem:
            raise forms.ValidationError(f"Correct the draft: {problem}") from problem
    return text.strip()


class ChangeForm(CleanForm):
    """One thing that a payer would want, or no longer want."""

    ask = {
        "payer": "Choose the payer",
        "demand": "Choose what it wants",
        "value": "Say what it would answer",
        "source": "Write who says so, such as a bulletin",
    }

    payer = forms.ChoiceField(label="Payer")
    demand = forms.ChoiceField(label="What it wants")
    value = forms.CharField(label="Its answer")
    since = forms.DateField(label="From", required=False)
    until = forms.DateField(label="Until", required=False)
    source = forms.CharField(label="Who says so", max_length=200)

    def __init__(self, *args: Any, payers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.fields["payer"] = forms.ChoiceField(label="Payer", choices=[EMPTY, *payers])
        known = [(group, [(key, DEMANDS[key].means) for key in keys]) for group, keys in GROUPS.items()]
        self.fields["demand"] = forms.ChoiceField(label="What it wants", choices=[EMPTY, *known])
        self.shape_value(str(self["demand"].value() or ""))
        self.tighten()

    def shape_value(self, demand: str) -> None:
        """Ask for the answer in the way that fits the demand."""
        if demand in DEMANDS:
            help_text = demanded.hint(demand)
            self.fields["value"] = forms.CharField(
                label="Its answer", widget=demanded.widget(demand), help_text=help_text, max_length=4000
            )

    @property
    def filled(self) -> bool:
        """Whether anything was typed here; a change of which nothing was typed is none."""
        return self.has_changed()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "Choose a day that is not before the first one")
        self._read_value(said)
        return said

    def _read_value(self, said: dict[str, Any]) -> None:
        if said.get("demand") and said.get("value"):
            try:
                said["read"] = demanded.read(said["demand"], said["value"])
            except forms.ValidationError as problem:
                self.add_error("value", problem)

    def as_toml(self) -> str:
        """The row as a draft has it."""
        said = self.cleaned_data
        rows = [("demand", json.dumps(said["demand"])), ("value", demanded.as_toml(said["read"]))]
        rows += [(name, said[name].isoformat()) for name in ("since", "until") if said.get(name)]
        rows.append(("source", json.dumps(said["source"], ensure_ascii=False)))
        return "\n".join(("[[payer.wants]]", *(f"{name} = {text}" for name, text in rows)))


def draft_of(form: ReplayForm, changes: list[ChangeForm], practice_id: int) -> str:
    """The whole draft as text; what is wrong between its parts is told on the form."""
    filled = [change for change in changes if change.filled]
    payers = dict.fromkeys(change.cleaned_data["payer"] for change in filled)
    parts = [form.written] if form.written else []
    for payer in payers:
        rows = [change.as_toml() for change in filled if change.cleaned_data["payer"] == payer]
        parts.append("\n".join((f"[[payer]]\nkey = {json.dumps(payer)}", *rows)))
    text = "\n\n".join(parts)
    try:
        refuse_unknown(draft_from_text(text), practice_id) if text else None
    except DraftError as problem:
        form.add_error(form.where if form.written else None, f"Correct the changes: {problem}")
    return text
