"""How amounts, days and times read on every page: one form each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from injections.days import months_on, written_day
from injections.quantity import Quantity, format_dose, plain
from injections.routes import ROUTES
from injections.sites import site_words

register = template.Library()
ROUTE_WORDS = {route.key: route.words for route in ROUTES}


@register.simple_tag
def dose(amount: Quantity | Decimal | None, unit: str = "") -> str:
    """The one way an amount is shown; "Not recorded" where there is none."""
    if amount is None:
        return "Not recorded"
    quantity = amount if isinstance(amount, Quantity) else Quantity(Decimal(plain(amount)), unit)
    return format_dose(quantity)


@register.filter
def route_words(key: str) -> str:
    """ "intramuscular" for IM; a route we do not know stays as it was written."""
    return ROUTE_WORDS.get(key, key)


@register.filter
def day(value: date | datetime | None) -> str:
    """ "8 Sep" in this year, "8 Sep 2025" in another."""
    if value is None:
        return "Not recorded"
    value = _local(value)
    year = "" if value.year == timezone.localdate().year else f" {value.year}"
    return f"{value.day} {value:%b}{year}"


@register.filter
def full_day(value: date | datetime | None) -> str:
    """ "14 Mar 1961": with its year, for whatever is kept."""
    if value is None:
        return "Not recorded"
    value = _local(value)
    return written_day(value)


@register.filter
def weekday(value: date) -> str:
    """ "Saturday 21 November"."""
    return f"{value:%A} {value.day} {value:%B}"


@register.filter
def clock(value: datetime | None) -> str:
    """ "9:20" in the practice's own time zone."""
    if value is None:
        return "Not recorded"
    local = timezone.localtime(value)
    return f"{local.hour}:{local.minute:02}"


@register.filter
def clock_seconds(value: datetime | None) -> str:
    return "" if value is None else f"{clock(value)}:{timezone.localtime(value).second:02}"


@register.filter
def born(value: date | None) -> str:
    """ "14 Mar 1961 (65 y)"; months below two years, weeks below three months."""
    if value is None:
        return "Not recorded"
    return f"{full_day(value)} ({age(value)})"


@register.filter
def age(value: date) -> str:
    today = timezone.localdate()
    months = months_on(value, today)
    if months >= 24:
        return f"{months // 12} y"
    if months >= 3:
        return f"{months} months"
    return f"{max((today - value).days // 7, 0)} weeks"


@register.filter
def number(value: Any) -> str:
    """A decimal as people write it: "71.5"."""
    return "" if value is None else plain(Decimal(value))


@register.filter
def grouped(value: int) -> str:
    """ "1,933": a count with its commas."""
    return f"{value:,}"


@register.filter
def zone_word(value: datetime) -> str:
    """ "CST": the zone that a printed time is in."""
    return f"{timezone.localtime(value):%Z}"


@register.filter
def site_of(row: Any) -> str:
    """ "left deltoid" of a signed dose; "left deltoid and right deltoid" where it was divided."""
    first = (row.site, row.side or None)
    parts = [(part.get("site"), part.get("side")) for part in (row.split or {}).get("sites", ())] or [first]
    return " and ".join(site_words(site, side or None) for site, side in parts if site)


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
