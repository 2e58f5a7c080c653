"""The formulary on screen: every drug that we know, and a page of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from injections.chart import product_fact
from injections.models import Product
from injections.policy import requires
from injections.reading import drug as reading
from injections.reading.drug_tables import codes, containers
from injections.reading.formulary import LONGEST_SEARCH, looked_up


@requires("formulary.see")
@require_safe
def formulary(request: HttpRequest) -> HttpResponse:
    """Every drug by name, or those that a name, a code or the number of a package means."""
    q = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows = looked_up(q, timezone.localdate())
    letters = list(dict.fromkeys(row.letter for row in rows))
    context = {"q": q, "rows": rows, "letters": letters if not q else (), "most": LONGEST_SEARCH}
    return render(request, "injections/formulary/list.html", context)


@requires("formulary.see")
@require_safe
def drug(request: HttpRequest, product: str) -> HttpResponse:
    """One drug: what its file says, by whom, and what of it nobody has confirmed."""
    row = get_object_or_404(Product.objects.prefetch_related("codings", "packages"), key=product)
    about = product_fact(row)
    context = {
        "product": row,
        "about": about,
        "cells": list(reading.cells(about)),
        "codes": codes(about, timezone.localdate()),
        "containers": containers(about),
        "unconfirmed": reading.unconfirmed(about),
    }
    return render(request, "injections/formulary/drug.html", context)
