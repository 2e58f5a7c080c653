"""The frame round every page: the top bar with the places this person may go."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms, template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from injections import entering
from injections.actions import proving
from injections.forms.base import Problem, instruction, problems_of
from injections.models.staff import Role
from injections.policy import CLINICAL, may
from injections.reading import presence
from injections.views.place import here

register = template.Library()


class Place(NamedTuple):
    name: str
    url: str
    current: bool


#: pages of a place that stand at another address
PARTS = {
    "injections:stock": ("/lots/", "/vials/", "/recalls/", "/cold-chain/", "/incidents/", "/codes/", "/formulary/")
}
#: words on the bar, address, capability
PLACES = (
    ("Today", "injections:today", "today.see"),
    ("Co-sign", "injections:cosign", "chart.cosign"),
    ("Charges", "billing:reviews", "charges.review"),
    ("What if", "billing:replays", "charges.replay"),
    ("Rulebook", "billing:rulebook", "charges.review"),
    ("Patients", "injections:patients", "patient.see"),
    ("Stock", "injections:stock", "stock.see"),
    ("Staff", "injections:staff", "staff.write"),
    ("Audit", "injections:audit", "audit.see"),
)
WITH_SUPERVISION = CLINICAL | {Role.FRONT_DESK, Role.MANAGER}


@register.inclusion_tag("_top.html", takes_context=True)
def top_bar(context: dict[str, Any]) -> dict[str, Any]:
    request = context["request"]
    place = here(request)
    shown = place is not None and request.user.role in WITH_SUPERVISION
    found = presence.open_at(place).first() if place and shown else None
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "here": place,
        "places": list(_places(request)),
        "shows_supervision": shown,
        "supervising": presence.in_words(found) if found else None,
        "leave": "Switch user" if request.user.role in CLINICAL else "Sign out",
    }


@register.inclusion_tag("_locked.html", takes_context=True)
def lock_dialog(context: dict[str, Any]) -> dict[str, Any]:
    """What lies over a page while it waits for its person. Not where the person has still to come in."""
    request = context["request"]
    pin = proving.asks_for_pin(entering.current(request))
    return {"request": request, "csrf_token": context.get("csrf_token"), "screen_pin": pin}


def _places(request: HttpRequest) -> list[Place]:
    places = []
    for name, address, capability in PLACES:
        if not may(request.user, capability):
            continue
        try:
            url = reverse(address)
        except NoReverseMatch:
            continue
        places.append(Place(name, url, current=request.path.startswith((url, *PARTS.get(address, ())))))
    # One place may lie inside another: the narrowest one is where the person is.
    inside = max((place.url for place in places if place.current), key=len, default=None)
    return [place._replace(current=place.url == inside) for place in places]


@register.simple_tag
def problem_list(form: object) -> list[Problem]:
    """What is wrong with a form that a view of somebody else's has refused; nothing where the page has no form."""
    return list(problems_of(form)) if isinstance(form, forms.BaseForm) and form.is_bound else []


@register.simple_tag
def address(name: str, *arguments: object) -> str:
    """The URL of that name, or nothing where the product has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.filter
def instruct(message: object, label: object) -> str:
    """A message of Django's own in our words: what to do instead of what is required."""
    return instruction(str(message), str(label))
