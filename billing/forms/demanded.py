"""What a payer would answer to a demand, as a biller types it: yes or no, a choice, a number, codes, or a table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError

from billing.reference.demands import DEMANDS
from billing.reference.payers import PayerValue
from billing.rulebook.demanded import value_words

_CODE = re.compile(r"[A-Z0-9]\d{3}[A-Z0-9]")
_WORD = re.compile(r"[A-Za-z0-9.-]{1,20}")
_NO = "no"
#: longest list and table that somebody types
_MOST = 200


def shape(demand: str) -> str:
    """``yes-no``, ``choice``, ``number``, ``codes`` or ``table``."""
    values = DEMANDS[demand].values
    if values == "true, false":
        return "yes-no"
    shapes = {"a number": "number", "a list": "codes", "a table": "table"}
    return next((shape for start, shape in shapes.items() if values.startswith(start)), "choice")


def choices(demand: str) -> list[tuple[str, str]]:
    """The answers to choose from. "No" says that the payer does not ask for it, or no longer does."""
    if shape(demand) == "yes-no":
        return [("", "Choose"), ("yes", "Yes"), (_NO, "No")]
    named = re.findall(r'"([^"]+)"', DEMANDS[demand].values)
    told = ((name, _sentence(value_words(demand, name))) for name in named if name != "none")
    return [("", "Choose"), *told, (_NO, "No, not asked for")]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def hint(demand: str) -> str:
    """How to write the answer; what is chosen needs no words beside it."""
    percent = " of percent" if "percent" in DEMANDS[demand].values else ""
    words = {
        "yes-no": "",
        "choice": "",
        "number": f"A whole number{percent}. Write no where the payer stops asking for it",
        "codes": "HCPCS codes with blanks between them. Write no where the payer stops asking for it",
        "table": f"One code on each line: {_example(demand)}. Write no where the payer stops asking for it",
    }
    return words[shape(demand)]


def _example(demand: str) -> str:
    pair = re.search(r'\{"([^"]+)": "([^"]+)"', DEMANDS[demand].values)
    return f"{pair[1]} = {pair[2]}" if pair else "J1050 = FP"


def widget(demand: str) -> forms.Widget:
    """The control in which such an answer is given."""
    kind = shape(demand)
    if kind in ("yes-no", "choice"):
        return forms.Select(choices=choices(demand))
    return forms.Textarea(attrs={"rows": 3}) if kind == "table" else forms.TextInput(attrs={"autocomplete": "off"})


def read(demand: str, text: str) -> PayerValue:
    """The value for a payer's row. Raises ``ValidationError`` that says what to write instead."""
    kind, said = shape(demand), text.strip()
    if said.casefold() in (_NO, "none", "false"):
        return False
    if kind == "yes-no":
        if said.casefold() not in ("yes", "true"):
            raise ValidationError("Choose yes or no")
        return True
    return {"choice": _choice, "number": _number, "codes": _codes, "table": _table}[kind](demand, said)


def _choice(demand: str, said: str) -> PayerValue:
    known = [key for key, _ in choices(demand) if key]
    if said not in known:
        raise ValidationError(f"Choose one of: {', '.join(known)}")
    return said


def _number(demand: str, said: str) -> PayerValue:
    if not said.isascii() or not said.isdigit() or len(said) > 6:
        raise ValidationError("Enter a whole number in digits")
    return int(said)


def _codes(demand: str, said: str) -> PayerValue:
    codes = said.replace(",", " ").upper().split()
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong or len(codes) > _MOST:
        raise ValidationError(f"{wrong[0]} is not a HCPCS code" if wrong else f"Enter at most {_MOST} codes")
    return tuple(codes)


def _table(demand: str, said: str) -> PayerValue:
    found: dict[str, str] = {}
    for line in said.splitlines()[:_MOST]:
        code, _, word = (part.strip() for part in line.partition("="))
        if not code and not word:
            continue
        if not _CODE.fullmatch(code.upper()) or not _WORD.fullmatch(word):
            raise ValidationError(f"Write each line as {_example(demand)}")
        found[code.upper()] = word
    return found


def as_toml(value: PayerValue) -> str:
    """The value as a draft writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
