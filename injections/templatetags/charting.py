"""Small words of the charting page."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms, template

from injections.facts import ScreeningQuestion
from injections.forms.chart import DoseForm
from injections.models import Patient
from injections.reading.note import SOURCES

register = template.Library()
YES_NO = {"yes": "No", "no": "Yes"}
NONE_OF_THESE = "None of these"


@register.filter
def stands(form: DoseForm, name: str) -> str:
    """What stands in the field now."""
    return form.value_of(name)


@register.filter
def bound(form: DoseForm, name: str) -> forms.BoundField | str:
    """The field of that name, also where the name is no Python name."""
    return form[name] if name in form.fields else ""


@register.filter
def of(found: Mapping[str, object] | None, key: str) -> object:
    return (found or {}).get(key)


@register.filter
def answers(question: ScreeningQuestion) -> list[str]:
    """The safe answers as tiles, and one for everything else."""
    safe = [answer.capitalize() for answer in question.safe_answers]
    if len(safe) == 1 and safe[0].lower() in YES_NO:
        return sorted([safe[0], YES_NO[safe[0].lower()]], reverse=True)
    return [*safe, NONE_OF_THESE]


@register.filter
def allergy_chip(patient: Patient) -> dict[str, str]:
    """The banner's words on allergies: *not asked* and *none* are different facts."""
    if patient.allergy_status == "none":
        return {"tint": "", "mark": "", "words": "No known drug allergies"}
    listed = list(patient.allergies.all())
    if patient.allergy_status == "not-asked" or not listed:
        return {"tint": "warn", "mark": "▲", "words": "Allergies not recorded"}
    noun = "Allergy" if len(listed) == 1 else "Allergies"
    return {"tint": "stop", "mark": "▲", "words": f"{noun}: {', '.join(str(row) for row in listed)}"}


@register.filter
def words(text: str) -> list[str]:
    """The words of a line, to walk through a few names."""
    return text.split()


@register.filter
def vial(place: int, name: str) -> str:
    """The field of a further container: "vial2.lot"."""
    return f"vial{place}.{name}"


@register.filter
def label_of(form: DoseForm, name: str) -> str:
    return str(form.fields[name].label)


@register.filter
def error_at(form: DoseForm, name: str) -> str:
    """The first sentence about this field, or nothing."""
    return str(next(iter(form.errors.get(name, ())), ""))


@register.filter
def sentence_start(text: str) -> str:
    """A capital at the beginning, but never in a tall-man name."""
    word = text.partition(" ")[0]
    return text if word != word.lower() else text[:1].upper() + text[1:]


@register.filter
def owner(source: str) -> str:
    """ "State supply", "Clinic stock": whose it is, where two owners stand side by side."""
    return SOURCES.get(source, source)


@register.filter
def whose(source: str) -> str:
    """ "State supply"; empty for the clinic's own stock, of which nothing needs saying."""
    return "" if source == "stock" else SOURCES.get(source, source)
