"""The same form posted many times at once is one record, and every answer leads to it.

Every form that any page shows to anybody is posted alone, and where it is taken, by many at once.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.test import Client

from config.celery import app
from injections.imports import patients
from injections.models import Patient
from tests import standing
from tests.factories import PASSWORD, PIN
from tests.promises.pages import addresses, every_form, kind_of
from tests.promises.rows_of_addresses import House

pytestmark = pytest.mark.django_db(transaction=True)

#: how a person would fill in what a page leaves open
FILL = {
    "family_name": "Once", "given_name": "Only", "birth_date": "3/14/1961", "mrn": "ONCE-1", "sex": "U",
    "established": "yes", "substance": "latex", "reaction": "hives", "weight_kg": "70", "payer_key": "medicare-b",
    "member_number": "1EG4", "code": "99213", "separately_identifiable": "yes", "diagnoses": "E53.8",
    "number": "ONCE1", "expires_on": "2027-12-31", "containers": "10", "username": "once.only", "role": "front-desk",
    "reason": "once", "note": "once", "text": "once only", "answer": "yes, it was", "badge": "BADGE-ONCE",
    "drug": "fictamine", "read_back": "on", "mode": "in-suite", "why": "once", "proof_secret": PASSWORD,
    "secret": PASSWORD, "password": PASSWORD, "name": "Once Clinic", "at": "14:30", "dose": "1000", "unit": "mcg",
    "route": "IM", "kind": "once", "ndc": "99999-0001-01", "minutes": "15",
    "pin": PIN, "again": PIN, "every": "4", "correction_reason": "once", "checks": "on", "until": "2026-12-24",
}  # fmt: skip
#: rows that say that somebody was here, and that each try was seen
PASSING = {"SignIn", "Tries", "AuditEvent", "Seal"}

#: forms that make a key for the device which sends them, each device one of its own
OF_A_DEVICE = {"/shift/start/"}


@pytest.fixture
def house(monkeypatch):
    """A practice with a row of everything, committed, so that threads see it. Nothing is told to a worker."""
    app.loader.import_default_modules()
    for name, task in app.tasks.items():
        if not name.startswith("celery."):
            monkeypatch.setattr(task, "apply_async", lambda *rest, **how: None)
    with transaction.atomic():
        made = House()
        list(addresses(made))
    standing.name(made.practice.pk)
    return made


def rows():
    """How many rows each table has."""
    models = [model for model in apps.get_models() if model._meta.app_label in ("injections", "billing")]
    counts = (f"SELECT '{model.__name__}', count(*) FROM {model._meta.db_table}" for model in models
              if model.__name__ not in PASSING)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return Counter(dict(cursor.fetchall()))


def filled(form):
    posted = {name: value for name, value in form.values.items() if name != "csrfmiddlewaretoken"}
    for name, kind in form.kinds.items():
        asked = name.rpartition("-")[2]
        if kind == "file":
            posted[name] = patients.SAMPLE
        elif name == "proof_name":
            posted[name] = form.person.person.username
        elif not posted.get(name) and (asked in FILL or kind in ("radio", "select")):
            posted[name] = chosen(FILL.get(asked, ""), form.options.get(name))
    return posted


def chosen(text, options):
    """What was meant, or the first answer that is one."""
    return text if options is None or text in options else next(filter(None, options), "")


def sent(browser, form, posted):
    """Posted once. A file is read to its end by each, so that each brings its own."""
    files = {
        name: SimpleUploadedFile("list.csv", posted[name].encode())
        for name, kind in form.kinds.items()
        if kind == "file"
    }
    return browser.post(form.action, {**posted, **files})


def together(form, posted, count):
    """The same post from so many threads at once, each over its own connection."""
    start = Barrier(count)

    def post(_):
        browser = Client()
        browser.cookies = form.person.cookies.copy()
        start.wait(60)
        try:
            answer = sent(browser, form, posted)
            return answer.status_code, answer.get("Location", "")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(post, range(count)))


def alone(form, posted):
    """How one post is answered, and what it would add and take away; undone."""
    before = rows()
    with transaction.atomic():
        answer = sent(form.person, form, posted)
        after = rows()
        transaction.set_rollback(True)
    return answer.status_code, after - before, before - after


def test_promise_02_a_form_posted_many_times_is_one_record(house, long, record_property):
    count, wrong, written = (40 if long else 6), [], set()
    for form in every_form(house, everybody=long):
        kind, posted = kind_of(form.action), filled(form)
        if kind in written | OF_A_DEVICE:
            continue
        status, added, gone = alone(form, posted)
        if status >= 400:
            continue
        written.add(kind)
        before = rows()
        answers = together(form, posted, count)
        more = rows() - before
        if more != added:
            wrong.append((kind, dict(more), dict(added)))
        led = {code for code, _ in answers} <= ({200, 302, 404} if gone else {200, 302})
        if not led or len({where for _, where in answers if where}) > 1:
            wrong.append((kind, Counter(answers)))
    assert not wrong, "\n".join(map(str, wrong))
    assert len(written) >= 30, written
    assert Patient.objects.filter(mrn="ONCE-1").count() == 1
    what = f"{len(written)} forms x {count} posts at once"
    record_property("figure", f"{what}: one record each, every answer leads to it")
