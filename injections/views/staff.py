"""The administrator's page: who works here, who may sign in, and new passwords. No patient is ever on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from injections.actions import pins, second_factor
from injections.actions import staff as actions
from injections.actions.errors import Refused
from injections.forms.staff import BadgeForm, StaffForm
from injections.models import Location, Pin, Staff
from injections.policy import requires
from injections.reading.colleagues import colleagues, one_time_password
from injections.views.posting import attempt, once, reader, sent, show


@requires("staff.write")
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    return render(request, "injections/staff/staff.html", {"people": colleagues(request.user)})


@requires("staff.write")
@require_http_methods(["GET", "POST"])
def staff_new(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    form = StaffForm(sent(request), locations=Location.objects.for_user(by), initial={"location": None})
    password = one_time_password()
    added = once(form, actions.add, colleagues(by), by=by, password=password)
    if added is not None:
        return _once(request, added, password) if added.check_password(password) else _sent_again(request, added)
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


@requires("staff.write")
@require_http_methods(["GET", "POST"])
def staff_access(request: HttpRequest, pk: int) -> HttpResponse:
    """How one colleague signs in: phone, PIN, badge, screens."""
    person = _person(request, pk)
    form = BadgeForm(sent(request), initial={"badge": person.badge})
    saves = {"staff": person, "by": reader(request)}
    if form.is_valid() and attempt(form, actions.set_badge, **saves, **form.cleaned_data) is not None:
        messages.success(request, f"The badge of {person.full_name} is saved.")
        return redirect("injections:staff_access", pk=person.pk)
    context = {
        "form": form,
        "person": person,
        "phone": second_factor.PHONE in second_factor.ways(staff=person),
        "passkeys": len(second_factor.passkeys(person)),
        "pin": Pin.objects.filter(staff=person).first(),
        "screens": person.sign_ins.filter(ended_at__isnull=True).count(),
    }
    return show(request, "injections/staff/access.html", context)


@requires("staff.write")
@require_http_methods(["GET", "POST"])
def staff_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Phone and passkeys are lost: they stop working. A code that is shown once lets the person add others."""
    person = _person(request, pk)
    if request.method == "POST":
        code = second_factor.reset(staff=person, by=reader(request))
        return render(request, "injections/staff/phone_once.html", {"person": person, "code": code})
    return render(request, "injections/staff/phone.html", {"person": person})


@requires("staff.write")
@require_POST
def staff_pin(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    pins.reset(staff=person, by=reader(request))
    messages.success(request, f"The PIN of {person.full_name} does not work any more. They set a new one themselves.")
    return redirect("injections:staff_access", pk=person.pk)


@requires("staff.write")
@require_POST
def staff_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    ended = actions.sign_out(staff=person, by=reader(request))
    messages.success(request, f"{person.full_name} is signed out of {ended} screen{'' if ended == 1 else 's'}.")
    return redirect("injections:staff_access", pk=person.pk)


def _switched(request: HttpRequest, pk: int, action: Any, told: str) -> HttpResponse:
    person = _person(request, pk)
    try:
        action(staff=person, by=reader(request))
        messages.success(request, told.format(person.full_name))
    except Refused as refused:
        messages.error(request, f"{refused.message}.")
    return redirect("injections:staff")


def _sent_again(request: HttpRequest, person: Staff) -> HttpResponse:
    """Their first password was in the first answer, and is kept nowhere."""
    messages.info(request, f"{person.full_name} was added. If you did not see the password, give a new one.")
    return redirect("injections:staff_access", pk=person.pk)


def _person(request: HttpRequest, pk: int) -> Staff:
    return get_object_or_404(colleagues(request.user), pk=pk)


def _once(request: HttpRequest, person: Staff, password: str) -> HttpResponse:
    """Shown in this answer only: it is kept nowhere but as its hash."""
    return render(request, "injections/staff/shown_once.html", {"person": person, "password": password})
