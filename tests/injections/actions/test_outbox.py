"""The outbox: work that a committed transaction owes is done once, later, and by one worker at a time."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from injections import tasks
from injections.actions import outbox
from injections.models import OutboxMessage
from tests.factories import NOW, EncounterFactory, PatientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """The ids that the handler of ``derive`` was given."""
    given = []
    monkeypatch.setattr(outbox, "_handlers", {"derive": given.append})
    return given


@pytest.fixture
def encounter():
    return EncounterFactory()


def put(encounter, **how):
    return outbox.put(**{"kind": "derive", "subject": encounter, "due_at": NOW, **how})


def test_what_is_owed_is_done_once(done, encounter):
    message = put(encounter)
    assert outbox.drain(now=NOW) == 1
    assert outbox.drain(now=NOW) == 0
    message.refresh_from_db()
    assert (done, message.done_at, message.attempts) == ([encounter.pk], NOW, 1)


def test_the_same_key_is_the_same_work(done, encounter):
    assert put(encounter, key="k") == put(encounter, key="k")
    assert outbox.drain(now=NOW) == 1


def test_without_a_key_each_is_work_of_its_own(done, encounter):
    put(encounter)
    put(encounter)
    assert outbox.drain(now=NOW) == 2


def test_what_is_not_due_waits(done, encounter):
    put(encounter, due_at=NOW + timedelta(seconds=1))
    assert outbox.drain(now=NOW) == 0
    assert outbox.drain(now=NOW + timedelta(seconds=1)) == 1


def test_what_nobody_handles_waits(done, encounter):
    put(encounter, kind="print")
    assert outbox.drain(now=NOW) == 0


def test_only_as_much_as_asked_is_tried(done, encounter):
    for _ in range(3):
        put(encounter)
    assert (outbox.drain(2, now=NOW), outbox.drain(now=NOW)) == (2, 1)


def test_a_failure_is_kept_without_patient_data_and_tried_again(monkeypatch, encounter, caplog):
    def break_down(subject_id):
        PatientFactory(practice=encounter.practice, mrn=encounter.patient.mrn)

    monkeypatch.setattr(outbox, "_handlers", {"derive": break_down})
    message = put(encounter)
    assert outbox.drain(now=NOW) == 1
    message.refresh_from_db()
    assert (message.done_at, message.attempts) == (None, 1)
    assert message.last_error.startswith("IntegrityError at ")
    for text in (message.last_error, caplog.text):
        assert encounter.patient.mrn not in text
    assert message.due_at > NOW
    assert outbox.drain(now=NOW) == 0


def test_what_a_failing_handler_wrote_is_undone(monkeypatch, encounter):
    def half_done(subject_id):
        PatientFactory(practice=encounter.practice, mrn="HALF")
        raise RuntimeError

    monkeypatch.setattr(outbox, "_handlers", {"derive": half_done})
    put(encounter)
    outbox.drain(now=NOW)
    assert not type(encounter.patient).objects.filter(mrn="HALF").exists()


def test_one_failure_does_not_hold_up_the_rest(monkeypatch, encounter):
    done = []

    def sometimes(subject_id):
        if not done:
            done.append("failed")
            raise RuntimeError
        done.append(subject_id)

    monkeypatch.setattr(outbox, "_handlers", {"derive": sometimes})
    put(encounter)
    put(encounter)
    assert outbox.drain(now=NOW) == 2
    assert done == ["failed", encounter.pk]


def test_waits_grow_and_stay_bounded(monkeypatch, encounter):
    monkeypatch.setattr(outbox, "_handlers", {"derive": lambda subject_id: 1 / 0})
    message, now, waits = put(encounter), NOW, []
    for _ in range(14):
        outbox.drain(now=now)
        message.refresh_from_db()
        waits.append(message.due_at - now)
        now = message.due_at
    assert waits[0] == timedelta(seconds=10)
    assert waits[-1] == timedelta(hours=1)


def test_the_handler_acts_for_the_practice(monkeypatch, encounter):
    seen = []

    def look(subject_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.practice', true)")
            seen.append(cursor.fetchone()[0])

    monkeypatch.setattr(outbox, "_handlers", {"derive": look})
    put(encounter)
    outbox.drain(now=NOW)
    assert seen == [str(encounter.practice_id)]


def test_the_worker_looks_every_few_seconds(done, encounter):
    put(encounter)
    assert tasks.drain_outbox() == 1
    entry = next(e for e in settings.CELERY_BEAT_SCHEDULE.values() if e["task"] == tasks.drain_outbox.name)
    assert entry["schedule"] == 5.0


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_meet_on_one_row(monkeypatch):
    """While one worker holds the first row, another takes the second."""
    encounter = EncounterFactory()
    first, second = put(encounter), put(encounter)
    taken = []

    def other_worker(subject_id):
        from threading import Thread

        if not taken:
            taken.append("first")
            worker = Thread(target=_drain_and_close, args=(taken,))
            worker.start()
            worker.join()

    monkeypatch.setattr(outbox, "_handlers", {"derive": other_worker})
    assert outbox.drain(now=NOW) == 1
    assert taken == ["first", 1]
    assert not OutboxMessage.objects.filter(pk__in=[first.pk, second.pk], done_at=None).exists()


def _drain_and_close(taken):
    taken.append(outbox.drain(now=NOW))
    connection.close()
