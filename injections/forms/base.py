"""The form every page builds on: strict about what is typed, and every message says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
UNPROCESSABLE = 422
LONGEST_LINE, LONGEST_TEXT = 200, 4000

NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
WHOLE = re.compile(r"[0-9]+")
#: characters that nobody means to type: they hide text, turn it round or end the line
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SEVERAL_LINES = frozenset("\n\r\t")


def hidden_characters(text: str, *, lines: bool = False) -> bool:
    """Whether the text holds control, direction or zero-width characters. Several lines may have line breaks."""
    allowed = SEVERAL_LINES if lines else frozenset()
    return bool(HIDDEN.search(text)) or any(
        unicodedata.category(letter) in ("Cc", "Cs") and letter not in allowed for letter in text
    )


def clean_strictly(field: forms.Field, clean: Callable[..., Any], value: Any, *rest: Any) -> Any:
    """Refuse what Django would quietly take, then let the field do its own work."""
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", value)
        if hidden_characters(value, lines=isinstance(field.widget, forms.Textarea)):
            raise ValidationError("Type this again: it holds characters that cannot be seen")
        _refuse_odd_numbers(field, value.strip())
    cleaned = clean(value, *rest)
    if isinstance(cleaned, date):
        _refuse_far_dates(cleaned)
    return cleaned


def _refuse_odd_numbers(field: forms.Field, text: str) -> None:
    """Django reads 1_0, 1e2 and digits of other scripts as numbers; a dose may not be any of these."""
    if not text or not isinstance(field, forms.IntegerField):
        return
    whole = not isinstance(field, forms.DecimalField | forms.FloatField)
    if not (WHOLE if whole else NUMBER).fullmatch(text):
        raise ValidationError("Enter a whole number in digits" if whole else "Enter digits, such as 0.5")


def _refuse_far_dates(value: date) -> None:
    day = value.date() if isinstance(value, datetime) else value
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(f"Enter a date between {EARLIEST.year} and {LATEST.year}")


class CleanForm(forms.Form):
    """Every form of the product. ``ask`` holds the sentence for a field left empty: {"site": "Choose the site"}."""

    required_css_class = ""
    ask: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.use_required_attribute = False
        self.helper = helper()
        self.tighten()

    def tighten(self) -> None:
        """Make every field strict and its messages ours; again where fields were added."""
        for name, field in self.fields.items():
            if not isinstance(field.clean, partial):
                _make_strict(field)
                _word(field, self.ask.get(name), field.label or name.replace("_", " "))

    def choosing(self, name: str) -> forms.ChoiceField:
        """The field of that name, whose choices are known only now."""
        return cast(forms.ChoiceField, self.fields[name])

    def picking(self, name: str) -> forms.ModelChoiceField[Any]:
        """The field of that name, whose rows are known only now."""
        return cast("forms.ModelChoiceField[Any]", self.fields[name])


def helper() -> FormHelper:
    """Labels above, our own field template, and neither a form element nor a token of its own."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.field_template = "clinic/field.html"
    made.form_show_errors = True
    return made


def _make_strict(field: forms.Field) -> None:
    field.clean = partial(clean_strictly, field, field.clean)  # type: ignore[method-assign]  # each field cleans strictly, whatever its class
    if isinstance(field, forms.CharField) and field.max_length is None and not isinstance(field, forms.UUIDField):
        longest = LONGEST_TEXT if isinstance(field.widget, forms.Textarea) else LONGEST_LINE
        field.max_length = longest
        field.validators.append(MaxLengthValidator(longest))
    if type(field) is forms.DateField and type(field.widget) is forms.DateInput:
        field.widget = forms.DateInput(attrs={**field.widget.attrs, "type": "date"}, format="%Y-%m-%d")
    if isinstance(field, forms.IntegerField) and not field.widget.is_hidden:  # Django's decimals are integers too
        decimal = isinstance(field, forms.DecimalField | forms.FloatField)
        attrs = {"inputmode": "decimal" if decimal else "numeric", "autocomplete": "off"}
        field.widget = forms.TextInput(attrs={**attrs, **field.widget.attrs})


def _word(field: forms.Field, ask: str | None, label: Any) -> None:
    """Give the field messages that say what to do, where it still has Django's own."""
    named = _lower(str(label))
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    verb = "Choose" if chosen else "Enter"
    words = {
        "required": ask or f"{verb} the {named}",
        "invalid": f"Enter the {named} as it should be",
        "invalid_choice": f"Choose one of the answers for the {named}",
    }
    if isinstance(field, forms.DateField | forms.DateTimeField):
        words["invalid"] = "Enter a real date, such as 3/14/1961"
    for code in words.keys() & field.error_messages.keys():
        own = type(field).default_error_messages.get(code, forms.Field.default_error_messages.get(code))
        if field.error_messages[code] == own or (code == "required" and ask):
            field.error_messages[code] = words[code]
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = f"Shorten the {named} to %(limit_value)s characters"


def _lower(label: str) -> str:
    """ "Family name" inside a sentence is "family name"; "MRN" stays."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


# --- a refused page ---


class Problem(NamedTuple):
    """One line of the summary: where the link leads and what to do."""

    target: str
    text: str


def problems_of(*found: forms.BaseForm) -> Iterator[Problem]:
    """Every problem of these forms in the order of the page."""
    for form in found:
        for text in form.non_field_errors():
            yield Problem("", str(text))
        for bound in form:
            for text in bound.errors:
                yield Problem(target_of(bound), instruction(str(text), str(bound.label)))


def instruction(text: str, label: str) -> str:
    """What to do, also where a form that is not ours says what is required."""
    return f"Enter the {_lower(label)}" if text == "This field is required." else text


def target_of(bound: forms.BoundField) -> str:
    """The id that a link should lead to: the first option where there are several."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label or bound.auto_id)


def invalid(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The same page with status 422: what is wrong on top, linked, and everything that was typed still there.

    Forms are found in the context by themselves; more lines may be passed as ``problems``.
    """
    found = [value for value in context.values() if isinstance(value, forms.BaseForm) and value.is_bound]
    problems = [*context.get("problems", ()), *problems_of(*found)]
    return render(request, template, {**context, "problems": problems}, status=UNPROCESSABLE)
