"""The way from a line, a gap or an answer to the page of the rule that said it."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from billing.rulebook import entry

register = template.Library()


@register.simple_tag
def rule_link(address: str) -> SafeString:
    """The address of a rule as a link to its page; one that has none any more stays as text."""
    if entry(address) is None:
        return format_html('<span class="mono muted">{}</span>', address)
    return format_html('<a class="mono" href="{}">{}</a>', reverse("billing:rule", args=[address]), address)
