"""`python -m tests.faults.preparing COUNT`: a practice with that many charted doses that wait for a signature.

Runs as a process of its own with the environment of the servers under test, writes through the product's actions where
one row is the model for the others, and prints what the signing side needs as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import django

NURSES = 6
EVERY = 500


def main(count: int) -> dict[str, Any]:
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from config.transactions import task_transaction
    from injections.chart.supervision import beginning
    from tests import clock, factories

    today = clock.today()
    with task_transaction(None):
        practice = factories.PracticeFactory()
    with task_transaction(practice.pk):
        location = factories.LocationFactory(practice=practice)
        secret = make_password(factories.PASSWORD)
        nurses = [factories.StaffFactory(practice=practice, password=secret) for _ in range(NURSES)]
        factories.PresenceFactory(location=location, since=beginning(location, timezone.now()))
        model = _model(practice, location, nurses[0], today)
        _fill_shelf(model, location, nurses[0], count)
        sessions = [_session(nurse) for nurse in nurses]
    visits: list[dict[str, Any]] = []
    while len(visits) < count:
        with task_transaction(practice.pk):
            visits += _batch(model, nurses, min(EVERY, count - len(visits)), len(visits))
    return {"practice": practice.pk, "sessions": sessions, "visits": visits}


def _model(practice: Any, location: Any, nurse: Any, today: Any) -> Any:
    """One charted draft, of which the others are copies for other patients."""
    from tests import factories

    order = factories.OrderFactory(
        patient=factories.PatientFactory(practice=practice),
        ordered_on=today - timedelta(days=30),
        starts_on=today - timedelta(days=30),
    )
    factories.CodingFactory(product=order.product)
    factories.CoverageFactory(patient=order.patient)
    encounter = factories.EncounterFactory(patient=order.patient, location=location, date=today)
    expires = (today + timedelta(days=400)).isoformat()
    return factories.charted_draft(encounter=encounter, order=order, nurse=nurse, expires=expires)


def _fill_shelf(model: Any, location: Any, nurse: Any, count: int) -> None:
    """One lot for all: every signature takes from the same count."""
    from injections.actions import arriving
    from injections.models import Package

    package = Package.objects.get(ndc=model.entries["package_ndc"])
    number, expires = model.entries["lot"], date.fromisoformat(model.entries["expires"])
    about = {"location": location, "product": package.product, "package": package}
    arriving.receive(**about, number=number, expires_on=expires, containers=count + 1, by=nurse)


def _batch(model: Any, nurses: list[Any], count: int, done: int) -> list[dict[str, Any]]:
    """Copies of the model, each for a patient of its own: no two doses can meet in a check."""
    from injections.models import AdministrationDraft, Coverage, Encounter, Order, Patient

    first = model.encounter.patient
    coverage = first.coverages.get()
    patients = Patient.objects.bulk_create(
        _copy(first, mrn=f"F{done + n:06}", family_name=f"Fault{done + n}") for n in range(count)
    )
    Coverage.objects.bulk_create(_copy(coverage, patient=patient) for patient in patients)
    orders = Order.objects.bulk_create(_copy(model.order, patient=patient) for patient in patients)
    encounters = Encounter.objects.bulk_create(_copy(model.encounter, patient=patient) for patient in patients)
    drafts = AdministrationDraft.objects.bulk_create(
        _copy(model, encounter=encounter, order=order, author=nurse, started_by=nurse, submission_key=uuid4())
        for n, (encounter, order) in enumerate(zip(encounters, orders, strict=True))
        for nurse in [nurses[(done + n) % len(nurses)]]
    )
    return [
        {"encounter": draft.encounter_id, "draft": draft.pk, "nurse": (done + n) % len(nurses), "form": _form(draft)}
        for n, draft in enumerate(drafts)
    ]


def _copy(row: Any, **changes: Any) -> Any:
    """A new row with the columns of another one."""
    kept = [field for field in row._meta.concrete_fields if not field.primary_key and field.name not in changes]
    columns = {field.attname: getattr(row, field.attname) for field in kept if not field.generated}
    return type(row)(**columns, **changes)


def _form(draft: Any) -> dict[str, str]:
    """What the charting page would post."""
    from tests.factories import PASSWORD

    proof = {"proof_name": draft.author.username, "proof_secret": PASSWORD}
    return {**draft.entries, **proof, "version": str(draft.version), "submission_key": str(draft.submission_key)}


def _session(nurse: Any) -> dict[str, str]:
    """The cookies of somebody who has signed in, with both factors."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string

    from injections import entering
    from injections.actions import sign_ins
    from injections.models import SignIn

    session = SessionStore()
    session[SESSION_KEY] = str(nurse.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = nurse.get_session_auth_hash()
    session[entering.KEY] = sign_ins.begin(staff=nurse, how=SignIn.How.FULL).pk
    session.create()
    token = _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"cookies": cookies, "token": token}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    json.dump(main(int(sys.argv[1])), sys.stdout)
