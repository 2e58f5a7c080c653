"""How money, counts and sentences of the bill read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from billing import words

register = template.Library()


@register.filter
def dollars(amount: Decimal | None) -> str:
    """ "$1,288.40"; empty where no price is known."""
    return words.dollars(amount)


@register.filter
def whole(count: int) -> str:
    """ "1,204"."""
    return f"{count:,}"


@register.filter
def sentence(text: str) -> str:
    """Begins with a capital and ends with a full stop."""
    text = text.strip()
    if not text:
        return ""
    return first_up(text) + ("" if text.endswith((".", "?", "!")) else ".")


@register.filter
def first_up(text: str) -> str:
    """A capital first; a name whose letters warn of a look-alike (cefTRIAXone) stays as it is written."""
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() for letter in first[1:]) else text[:1].upper() + text[1:]


@register.filter
def less(number: Any) -> int:
    """The number without its sign."""
    return abs(int(number))


@register.filter
def title_of(rule: str) -> str:
    """What a rule says of itself in one line."""
    return sentence(words.rule_title(rule))
