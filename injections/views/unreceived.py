"""The doses of a lot that was given here and that nobody ever received."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from injections.models.lot_number import written
from injections.policy import may, requires
from injections.reading import unreceived as reading
from injections.views.posting import number_of, reader


@requires("stock.see")
@require_safe
def unreceived(request: HttpRequest) -> HttpResponse:
    """Who got it; and receiving it, with what their labels said filled in."""
    by, said = reader(request), request.GET
    place, product = number_of(said.get("location", "")), number_of(said.get("product", ""))
    number = written(said.get("lot", ""))
    found = reading.unreceived(by, encounter__location=place, product=product) if place and product else []
    one = next((one for one in found if one.number == number), None)
    if one is None:
        raise Http404
    context = {"one": one, "doses": reading.doses(one, by), "may_receive": may(by, "stock.write")}
    return render(request, "injections/stock/unreceived.html", context)
