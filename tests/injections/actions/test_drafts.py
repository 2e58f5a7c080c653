"""Drafts: typed text kept as typed, two tabs that cannot overwrite each other, and one draft per order."""

import time
from threading import Thread

import pytest
from django.db import connection

from config.transactions import task_transaction
from injections.actions import drafts
from injections.actions.errors import NotAllowed, NotYours, Refused, StaleDraft
from injections.models import AdministrationDraft
from injections.models.staff import Role
from tests.factories import EncounterFactory, OrderFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return OrderFactory()


@pytest.fixture
def encounter(order):
    return EncounterFactory(patient=order.patient)


@pytest.fixture
def nurse(order):
    return StaffFactory(practice=order.practice)


@pytest.fixture
def draft(encounter, order, nurse):
    return drafts.start(encounter=encounter, order=order, by=nurse)


def test_a_new_draft_shows_what_was_ordered(draft):
    assert draft.entries == {"product": "fictamine", "dose": "1,000 mcg", "route": "IM", "source": "stock"}


def test_starting_again_finds_the_draft_whoever_has_it(draft, encounter, order):
    colleague = StaffFactory(practice=order.practice)
    assert drafts.start(encounter=encounter, order=order, by=colleague) == draft


def test_without_an_order_there_is_a_draft_too(encounter, nurse):
    assert drafts.start(encounter=encounter, order=None, by=nurse).entries == {"source": "stock"}


def test_an_order_of_another_patient_is_refused(encounter, nurse):
    other = OrderFactory(patient__practice=nurse.practice)
    with pytest.raises(Refused):
        drafts.start(encounter=encounter, order=other, by=nurse)


def test_saving_merges_and_an_empty_text_clears(draft, nurse):
    draft = drafts.save(draft=draft, entries={"lot": " A1 ", "note": "x"}, version=1, by=nurse)
    draft = drafts.save(draft=draft, entries={"note": ""}, version=2, by=nurse)
    assert (draft.entries["lot"], draft.version, "note" in draft.entries) == ("A1", 3, False)


def test_saving_what_stands_there_changes_nothing(draft, nurse):
    assert drafts.save(draft=draft, entries={"dose": "1,000 mcg"}, version=1, by=nurse).version == 1


def test_two_tabs_cannot_overwrite_each_other(draft, nurse):
    drafts.save(draft=draft, entries={"lot": "A1"}, version=1, by=nurse)
    with pytest.raises(StaleDraft) as stale:
        drafts.save(draft=draft, entries={"lot": "B2"}, version=1, by=nurse)
    assert stale.value.newer.entries["lot"] == "A1"


def test_a_colleague_takes_over_before_typing(draft, nurse):
    colleague = StaffFactory(practice=nurse.practice)
    with pytest.raises(NotYours) as waits:
        drafts.save(draft=draft, entries={"lot": "A1"}, version=1, by=colleague)
    assert waits.value.author == nurse
    taken = drafts.take_over(draft=draft, by=colleague)
    assert (taken.author, taken.started_by) == (colleague, nurse)
    with pytest.raises(NotYours):
        drafts.save(draft=draft, entries={"lot": "B2"}, version=taken.version, by=nurse)


def test_a_discarded_draft_is_gone_and_discarding_again_is_fine(draft, nurse):
    drafts.discard(draft=draft, by=nurse)
    assert not AdministrationDraft.objects.exists()
    with pytest.raises(Refused):
        drafts.save(draft=draft, entries={}, version=1, by=nurse)


@pytest.mark.parametrize("entries", [{f"f{n}": "x" for n in range(121)}, {"note": "x" * 5001}, {"k" * 121: "x"}])
def test_more_than_a_chart_holds_is_refused(draft, nurse, entries):
    with pytest.raises(Refused):
        drafts.save(draft=draft, entries=entries, version=1, by=nurse)


@pytest.mark.parametrize("how", [{"role": Role.BILLER}, {"is_active": False}])
def test_others_chart_nothing(draft, nurse, how):
    with pytest.raises(NotAllowed):
        drafts.save(draft=draft, entries={}, version=1, by=StaffFactory(practice=nurse.practice, **how))


@pytest.mark.django_db(transaction=True)
def test_who_saves_while_a_colleague_takes_over_hears_who_has_it(draft, nurse):
    """An author joined to the locked row is the one from before: the chart would seem to be signed."""
    colleague, heard = StaffFactory(practice=nurse.practice), []

    def type_on():
        try:
            with task_transaction(nurse.practice_id, nurse.pk):
                drafts.save(draft=draft, entries={"note": "x"}, version=1, by=nurse)
        except Refused as refused:
            heard.append(refused)
        connection.close()

    typing = Thread(target=type_on)
    with task_transaction(nurse.practice_id, colleague.pk):
        drafts.take_over(draft=draft, by=colleague)
        typing.start()
        until_one_waits()
    typing.join()
    assert [type(one) for one in heard] == [NotYours]
    assert heard[0].author == colleague


def until_one_waits():
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    pytest.fail("nobody waited")
