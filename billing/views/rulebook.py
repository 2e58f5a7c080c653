"""The rulebook on screen: every rule and check with its reasons, and what each payer wants."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from billing import rulebook
from billing.loading.rows import read_payers
from billing.models import ClaimLine, Gap, NotBilled, Review
from billing.reference.payers import Payer
from billing.rulebook import telling
from billing.rulebook.examples import examples
from injections.policy import may, requires

#: the parts of the rulebook as tabs: the key in the address, and the name
PARTS = (("bill", "Billing rules"), ("chart", "Clinical checks"), ("payers", "Payers"))
LATELY = 5


@requires("rulebook.see")
def contents(request: HttpRequest) -> HttpResponse:
    """All rules by chapter, or those in which every word that was looked for stands."""
    q = request.GET.get("q", "").strip()[:100]
    found = {"bill": rulebook.find(q, clinical=False), "chart": rulebook.find(q, clinical=True)}
    payers = [payer for payer in payers_of(request).values() if q.casefold() in payer.name.casefold()]
    counts = {part: sum(len(chapter.entries) for chapter in chapters) for part, chapters in found.items()}
    counts["payers"] = len(payers)
    part = request.GET.get("part", "")
    if part not in counts:
        part = next((key for key, count in counts.items() if count), "bill")
    shown = {"q": q, "part": part, "chapters": found.get(part, ()), "tabs": tabs(part, counts)}
    return render(request, "billing/rulebook/contents.html", {**shown, "payers": [_counted(one) for one in payers]})


def _counted(payer: Payer) -> tuple[Payer, int, int]:
    """The payer, how much it wants today, and how much of that by its own word."""
    wanted = telling.now(payer, timezone.localdate())
    return payer, len(wanted), sum(row.heir_of is None for row in wanted)


@requires("rulebook.see")
def rule(request: HttpRequest, address: str) -> HttpResponse:
    """One rule: what it does, why, an example, who asks for it and who says so."""
    found = rulebook.entry(address)
    if found is None:
        raise Http404
    today = timezone.localdate()
    payers = payers_of(request).values()
    context: dict[str, Any] = {
        "entry": found,
        "chapter": next(c for c in rulebook.CHAPTERS if c.key == found.chapter),
        "example": examples().get(address),
        "asked": [telling.asked(key, payers, today) for key in found.demands],
        "needs": found.wants,
    }
    if may(request.user, "charges.review"):
        context["lately"] = lately(request.user, address)[:LATELY]
    return render(request, "billing/rulebook/rule.html", context)


@requires("rulebook.see")
def payer(request: HttpRequest, key: str) -> HttpResponse:
    """What one payer wants, since when and by which source; and what it takes over from whom."""
    found = payers_of(request).get(key)
    if found is None:
        raise Http404
    today = timezone.localdate()
    heirs = [p for p in payers_of(request).values() if p.follows is not None and p.follows.key == key]
    context = {"payer": found, "heirs": heirs, **telling.sorted_rows(found, today)}
    return render(request, "billing/rulebook/payer.html", context)


def payers_of(request: HttpRequest) -> dict[str, Payer]:
    return read_payers(getattr(request.user, "practice_id", None))


def tabs(part: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"key": key, "name": name, "count": counts[key], "current": key == part} for key, name in PARTS]


def lately(user: Any, address: str) -> QuerySet[Review, Any]:
    """The newest visits of the practice of whose answer this rule made a part."""
    parts = (model.objects.filter(review=OuterRef("pk"), rule=address) for model in (ClaimLine, Gap, NotBilled))
    named = Q()
    for part in parts:
        named |= Q(Exists(part))
    mine = Review.objects.for_user(user).filter(named, superseded_by__isnull=True)
    return mine.select_related("encounter").prefetch_related("lines").order_by("-encounter__date", "-pk")
