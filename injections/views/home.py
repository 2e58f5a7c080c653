"""Where a person starts: the queue that their role works on."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from injections.models import Staff
from injections.models.staff import Role
from injections.policy import requires

STARTS: dict[str, str] = {
    Role.PHYSICIAN: "injections:cosign",
    Role.BILLER: "billing:reviews",
    Role.MANAGER: "billing:reviews",
    Role.ADMINISTRATOR: "injections:staff",
}


@requires("home")
def home(request: HttpRequest) -> HttpResponse:
    return redirect(STARTS.get(cast(Staff, request.user).role, "injections:today"))
