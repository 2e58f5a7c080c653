"""What the codes on cartons stand for here, and ending what was said wrongly."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from injections.actions import known_codes as actions
from injections.forms.known_code import KnownCodeEndForm
from injections.policy import may, requires
from injections.reading.known_codes import ever_said_here, said_here
from injections.views.posting import attempt, reader, sent, show


@requires("stock.see")
@require_safe
def known_codes(request: HttpRequest) -> HttpResponse:
    context = {"codes": list(said_here(request.user)), "writes": may(request.user, "stock.write")}
    return render(request, "injections/stock/codes.html", context)


@requires("stock.write")
@require_http_methods(["GET", "POST"])
def known_code_end(request: HttpRequest, pk: int) -> HttpResponse:
    mine = ever_said_here if request.method == "POST" else said_here  # sent twice, it has ended by the second time
    known = get_object_or_404(mine(request.user), pk=pk)
    form = KnownCodeEndForm(sent(request))
    by = reader(request)
    if form.is_valid() and attempt(form, actions.end, known=known, by=by, **form.cleaned_data) is not None:
        messages.success(request, "The next scan of this code asks what it is.")
        return redirect("injections:known_codes")
    return show(request, "injections/stock/code_end.html", {"form": form, "known": known})
