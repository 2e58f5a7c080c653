"""A patient whom nobody else is called like: after every page and every refusal, nothing of them is left outside."""

import json

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from redis import Redis

from injections.models import Patient
from injections.models.staff import Role
from tests.listening import listening
from tests.promises.pages import TEXT, browsers, every_form, every_page

pytestmark = pytest.mark.django_db

CANARY, MRN, PHONE = "Zzyzxcanary", "MRNZZYZX77", "(555) 019-7777"
WORDS = (CANARY.lower(), MRN.lower(), PHONE)


def left(text):
    """Which words of the patient stand there."""
    return [word for word in WORDS if word in text.lower()]


@pytest.fixture
def lines():
    """Everything that the product's own logging would write, at its most talkative."""
    with listening() as stream:
        yield stream


@pytest.fixture
def canary(lived_in):
    with transaction.atomic():
        every = Patient.objects.filter(practice=lived_in.practice)
        every.update(family_name=CANARY, sort_name=CANARY.lower(), phone=PHONE)
        every.filter(pk=lived_in.patient.pk).update(mrn=MRN)
        yield lived_in
        transaction.set_rollback(True)


def test_promise_25_pages_and_refusals_leave_nothing_in_logs_addresses_and_errors(canary, lines, long, record_property):
    shown = pages = 0
    kept, spoken = [], []
    for _, address, answer in every_page(canary, everybody=long):
        pages += 1
        shown += bool(not answer.streaming and left(answer.content.decode("utf-8", "replace")))
        kept += [address] * ("no-store" not in answer.get("Cache-Control", ""))
        said = f"{address} {answer.get('Location', '')} {answer.get('Content-Disposition', '')}"
        spoken += [(address, word) for word in left(said)]
    for form in every_form(canary, everybody=long):
        typed = {name: CANARY for name, kind in form.kinds.items() if kind in TEXT}
        posted = {name: text for name, text in form.values.items() if name != "csrfmiddlewaretoken"} | typed
        with transaction.atomic():
            answer = form.person.post(form.action, posted)
            transaction.set_rollback(True)
        assert answer.status_code < 500
        if "/patients/?q=" not in answer.get("Location", ""):
            spoken += [(form.action, word) for word in left(answer.get("Location", ""))]
    assert shown > 20
    assert not kept
    assert not spoken
    assert not left(lines.getvalue())
    record_property("figure", f"{pages} pages, {shown} show the patient; 0 words in logs and addresses")


def test_promise_25_an_error_of_ours_says_nothing_of_the_patient(canary, lines, monkeypatch, record_property):
    from injections.views import patient as views

    def breaks(*rest, **more):
        raise ValueError(f"{CANARY} {MRN} {PHONE}")

    monkeypatch.setattr(views.orders, "with_doses", breaks)
    browser = browsers(canary)[Role.NURSE]
    browser.raise_request_exception = False
    pk = canary.patient.pk
    answer = browser.get(reverse("injections:patient", args=[pk]), {"note": CANARY})
    assert answer.status_code == 500
    assert not left(answer.content.decode())
    assert not left(lines.getvalue())
    assert "ValueError" in lines.getvalue()
    record_property("figure", "500: nothing on the page, nothing in the log")


def test_promise_25_what_is_sent_to_workers_names_nobody(canary, record_property):
    """Everything that Redis holds after the pages were walked: no word of a patient."""
    redis = Redis.from_url(settings.REDIS_URL)
    found = []
    for key in redis.scan_iter():
        value = redis.dump(key) or b""
        found += left(key.decode("utf-8", "replace")) + left(value.decode("utf-8", "replace"))
        if redis.type(key) == b"list":
            found += left(json.dumps([item.decode("utf-8", "replace") for item in redis.lrange(key, 0, -1)]))
    assert not found
    record_property("figure", f"{redis.dbsize()} keys in Redis, 0 words")


@pytest.mark.parametrize("header", ["Referrer-Policy", "Cache-Control"])
def test_promise_25_the_browser_is_told_to_keep_and_to_pass_on_nothing(canary, header):
    browser = browsers(canary)[Role.NURSE]
    answer = browser.get(reverse("injections:patients"))
    assert answer[header].split(",")[0].strip() in ("same-origin", "no-referrer", "no-store", "max-age=0", "private")
