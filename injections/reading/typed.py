"""What was typed into a chart, line by line, for somebody who reads it before it is gone."""

from __future__ import annotations

from collections.abc import Mapping

from injections.forms.chart import LINES, TEXTS
from injections.models import Staff
from injections.reading.body import words_of

#: fields that say nothing to a person, and what stands there without anybody's doing
SILENT = ("version", "product", "lot_id", "package_ndc", "status", "supervisor", "scan")
AS_IT_BEGINS = {"source": "stock"}
PEOPLE = ("given_by", "prepared_by", "discard_witness", "second_check_by")
LINE_LABELS = {"note": "Note", "adverse_effects": "What happened", "labs": "Results", "second_check_by": "Checked by"}
#: names that carry what they are about in themselves
BEGINNINGS = {
    "unobtainable.": "Why it cannot be known",
    "waive.": "Why all the same",
    "screening.": "Question of the drug",
    "vial2.": "Second vial",
    "vial3.": "Third vial",
    "vial4.": "Fourth vial",
}


def lines(entries: Mapping[str, str], *, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each field that says something else than ``known``: its label and what stands in it."""
    shown = {
        name: text
        for name, text in entries.items()
        if text and name not in SILENT and text != {**AS_IT_BEGINS, **known}.get(name, "")
    }
    names = _names(shown)
    return [(_label(name), names.get(text, text) if name in PEOPLE else words_of(text)) for name, text in shown.items()]


def _names(shown: Mapping[str, str]) -> dict[str, str]:
    keys = [shown[name] for name in PEOPLE if shown.get(name, "").isdecimal()]
    return {str(one.pk): one.signs_as for one in Staff.objects.filter(pk__in=keys)} if keys else {}


def _label(name: str) -> str:
    if name in TEXTS:
        return TEXTS[name][0]
    if name in LINES or name in LINE_LABELS:
        return LINE_LABELS[name]
    return next((words for start, words in BEGINNINGS.items() if name.startswith(start)), name)
