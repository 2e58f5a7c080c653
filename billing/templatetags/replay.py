"""How a move reads: with its sign, in dollars, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django import template

from billing.replay import PRICE
from billing.words import rule_title

register = template.Library()


@register.filter
def signed(number: int) -> str:
    """ "+3", "−12", "0"."""
    return "0" if number == 0 else f"{number:+,}".replace("-", "−")


@register.filter
def moved(dollars: Decimal | None) -> str:
    """ "+$12.40", "−$3.00", "$0"; "not known" where a price is missing on one side."""
    if dollars is None:
        return "not known"
    if dollars == 0:
        return "$0"
    return f"{'+' if dollars > 0 else '−'}${abs(dollars):,.2f}"


@register.filter
def cause(rule: str) -> str:
    """Which rule moved it, in its own words."""
    return "Only the price moves." if rule == PRICE else f"{rule_title(rule).rstrip('.')}."


@register.filter
def payer_in(key: str, payers: Mapping[str, str]) -> str:
    return payers.get(key, key) or "no coverage on file"


@register.filter
def ndc_code(ndc: Iterable[tuple[str, str]] | Mapping[str, str]) -> str:
    """The number of a package, whether the line was kept or has just been worked out."""
    return dict(ndc).get("code", "")
