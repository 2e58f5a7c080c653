"""Every task of the product run three times, out of order, killed half-way and after Redis forgot: the same rows."""

import random

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from redis import Redis

from config.celery import app
from injections.actions import outbox, uploads
from injections.models import OutboxMessage, Patient, Upload
from tests import standing
from tests.billing import making
from tests.billing.signing import signed

pytestmark = pytest.mark.django_db(transaction=True)

APPS = ("injections", "billing", "config")
#: says when and how often somebody looked, which may differ; and what stands in the outbox is not an effect
TIMES = {"attempts", "taken_until", "sent_at", "done_at", "finished_at", "due_at", "last_error", "imported_at"}
#: that somebody was here or looked, and what is owed: none of it is an effect
PASSING = {"SignIn", "OutboxMessage", "AuditEvent", "Seal"}
#: shipped with the product, and large
REFERENCE = {model.__name__ for model in apps.get_models() if not hasattr(model, "practice")}
ROWS = "MRN,Last name,First name,DOB\n7001,Lee,Ann,2001-01-05\n7002,Park,Bo,2001-01-05\n"


def tasks():
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if name.partition(".")[0] in APPS}


def state():
    """Table -> every row that a task could make or change, without clocks and counters."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in ("injections", "billing") and model.__name__ not in PASSING | REFERENCE:
            columns = [f.attname for f in model._meta.concrete_fields if f.attname not in TIMES and not moment(f)]
            rows = model.objects.order_by("pk").values_list(*columns)
            found[model.__name__] = [tuple(map(plain, row)) for row in rows]
    return found


def moment(column):
    return column.get_internal_type() == "DateTimeField"


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.fixture
def owed(monkeypatch):
    """Work of every kind waits; what a task tells other tasks is kept by the test instead of the broker."""
    told = []
    for name, task in tasks().items():
        monkeypatch.setattr(task, "apply_async", lambda arguments=(), name=name, **how: told.append((name, arguments)))
    with transaction.atomic():
        practice = making.clinic()
        nurse, biller = making.person(practice, "nurse"), making.person(practice, "biller")
        for payer in ("medicare", "medicaid"):
            signed(payer, practice=practice)
        upload = uploads.receive(kind="patients", name="list.csv", content=ROWS.encode(), by=nurse)
    standing.name(practice.pk)
    uploads.work(upload.pk)
    upload.refresh_from_db()
    uploads.confirm(upload=upload, seen=upload.plan_digest, by=nurse)
    from datetime import date
    from uuid import uuid4

    from billing.actions import replaying

    replaying.begin(by=biller, since=date(2026, 1, 1), title="once", draft="", submission_key=uuid4())
    OutboxMessage.objects.update(done_at=None, attempts=0)
    return told


def all_work(told, order, times):
    """Run every task with what it was told, in that order, so many times each, until nothing is owed."""
    by_name = tasks()
    for _ in range(6):
        for name in order(sorted(name for name, task in by_name.items() if not told_something(task))):
            for _ in range(times):
                by_name[name]()
        waiting, told[:] = order(list(told)), []
        for name, arguments in waiting:
            for _ in range(times):
                by_name[name](*arguments)


def told_something(task):
    import inspect

    return bool(inspect.signature(task.run).parameters)


def test_promise_22_three_times_and_out_of_order_is_once(owed, record_property):
    all_work(owed, list, 1)
    once = state()
    assert Upload.objects.get().state == Upload.State.IMPORTED
    assert Patient.objects.filter(mrn__in=["7001", "7002"]).count() == 2
    pick = random.Random(22)
    OutboxMessage.objects.update(done_at=None, attempts=0)
    Upload.objects.update(taken_until=None)
    all_work(owed, lambda work: pick.sample(work, len(work)), 3)
    assert state() == once
    for name, task in tasks().items():
        if told_something(task):
            for pk in (0, 1, 2**40):
                task(pk)
        assert name
    assert state() == once
    record_property("figure", f"{len(tasks())} tasks x 3, shuffled: same rows")


def test_promise_22_killed_half_way_it_is_done_as_a_whole_by_the_next(owed, monkeypatch, record_property):
    """The worker is gone at each of its statements in turn: nothing of the work stands until one comes through."""

    class Killed(BaseException):
        pass

    before, deaths = Patient.objects.count(), 0
    upload = Upload.objects.get()
    for statement in range(1, 60):
        seen = 0

        def dies(execute, sql, params, many, context, last=statement):
            nonlocal seen
            seen += 1
            if seen == last:
                raise Killed
            return execute(sql, params, many, context)

        Upload.objects.update(taken_until=None, attempts=0)
        with connection.execute_wrapper(dies):
            try:
                uploads.work(upload.pk)
            except Killed:
                deaths += 1
                connection.close()
                standing.name(upload.practice_id)
                assert Patient.objects.count() == before
                continue
        break
    upload.refresh_from_db()
    assert upload.state == Upload.State.IMPORTED
    assert Patient.objects.count() == before + 2
    assert deaths > 5
    record_property("figure", f"killed at each of {deaths} statements: all or nothing")


def test_promise_22_what_redis_forgets_is_done_all_the_same(owed, record_property):
    """An emptied broker loses messages and no work: what is owed stands in rows."""
    Redis.from_url(settings.REDIS_URL).flushall()
    owed.clear()
    all_work(owed, list, 1)
    assert Upload.objects.get().state == Upload.State.IMPORTED
    assert not OutboxMessage.objects.filter(done_at=None).exists()
    assert outbox.drain() == 0
    record_property("figure", "Redis emptied: nothing lost")
