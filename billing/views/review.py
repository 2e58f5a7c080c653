"""One visit's charges explained: every number with its rule, its source and the edition that made it."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from billing.loading.rows import edition_named
from billing.views.evidence import no_price, tables_behind
from billing.views.pane import pane
from billing.views.reviews import forms, mine
from billing.views.worklist import Place
from injections.policy import requires


@requires("charges.review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole explanation on one page."""
    found = mine(request, pk)
    shown = pane(found)
    answer = json.loads(found.output) if found.output else {}
    context = {
        **shown,
        **forms(request, found),
        "place": Place(at=pk),
        "claim": claim_facts(answer.get("claim", {})),
        "edition": edition_named(found.edition),
        "tables": tables_behind(answer.get("lines", [])),
        "no_price": no_price(found),
        "explained": True,
    }
    return render(request, "billing/review.html", context)


@requires("charges.review")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the engine was asked and what it said, as it is kept."""
    found = mine(request, pk)
    if not found.output:
        raise Http404
    asked = json.loads(found.input) if found.input else None
    return JsonResponse({"asked": asked, "answered": json.loads(found.output)}, json_dumps_params={"indent": 2})


def claim_facts(claim: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands on the claim beside its lines, in words."""
    said = (
        (name.replace("_", " ").capitalize().replace(" npi", " NPI"), plain(value)) for name, value in claim.items()
    )
    return [(name, words) for name, words in said if words]


def plain(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
