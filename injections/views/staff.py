"""The administrator's page: who works here, who may sign in, and new passwords. No patient is ever on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections.actions import staff as actions
from injections.actions.errors import Refused
from injections.forms.staff import StaffForm
from injections.models import Location, Staff
from injections.policy import requires
from injections.reading.colleagues import colleagues, one_time_password
from injections.views.posting import attempt, reader, sent, show


@requires("staff.write")
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    return render(request, "injections/staff/staff.html", {"people": colleagues(request.user)})


@requires("staff.write")
@require_http_methods(["GET", "POST"])
def staff_new(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    form = StaffForm(sent(request), locations=Location.objects.for_user(by), initial={"location": None})
    if form.is_valid():
        password = one_time_password()
        added = attempt(form, actions.add, by=by, password=password, **form.cleaned_data)
        if added is not None:
            return _once(request, added, password)
    return show(request, "injections/staff/new.html", {"form": form})


@requires("staff.write")
@require_http_methods(["GET", "POST"])
def staff_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: the password that worked until now stops working."""
    person = _person(request, pk)
    if request.method == "POST":
        password = one_time_password()
        actions.set_password(staff=person, password=password, by=reader(request))
        return _once(request, person, password)
    return render(request, "injections/staff/password.html", {"person": person})


@requires("staff.write")
@require_POST
def staff_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _switched(request, pk, actions.deactivate, "{} cannot sign in any more.")


@requires("staff.write")
@require_POST
def staff_activate(request: HttpRequest, pk: int) -> HttpResponse:
    return _switched(request, pk, actions.activate, "{} can sign in again.")


def _switched(request: HttpRequest, pk: int, action: Any, told: str) -> HttpResponse:
    person = _person(request, pk)
    try:
        action(staff=person, by=reader(request))
        messages.success(request, told.format(person.full_name))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect("injections:staff")


def _person(request: HttpRequest, pk: int) -> Staff:
    return get_object_or_404(colleagues(request.user), pk=pk)


def _once(request: HttpRequest, person: Staff, password: str) -> HttpResponse:
    """Shown in this answer only: it is kept nowhere but as its hash."""
    return render(request, "injections/staff/shown_once.html", {"person": person, "password": password})
