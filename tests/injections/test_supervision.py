"""Who supervised a dose: what was said, else evidence, else not charted."""

from datetime import timedelta

import pytest

from injections.chart import read_draft
from injections.facts import SupervisionMode, Unobtainable
from tests.factories import (
    NOW,
    EncounterFactory,
    OrderFactory,
    PhysicianFactory,
    PresenceFactory,
    StaffFactory,
    charted_draft,
)

pytestmark = pytest.mark.django_db


def read(**changes):
    return read_draft(charted_draft(**changes), now=NOW)


@pytest.fixture
def where():
    order = OrderFactory()
    return {"order": order, "encounter": EncounterFactory(patient=order.patient)}


def supervision(where, **changes):
    return read(**where, **{"supervisor": None, **changes}).fact.supervision


def test_nobody_there_is_not_charted(where):
    assert supervision(where) is None


def test_the_one_presence_that_covers_the_minute_is_evidence(where):
    presence = PresenceFactory(location=where["encounter"].location)
    found = supervision(where)
    assert (found.mode, found.clinician) == (SupervisionMode.IN_SUITE, presence.clinician.as_fact())
    assert found.since == presence.since


def test_two_in_the_house_are_a_question(where):
    where["nurse"] = StaffFactory(practice=where["order"].practice)
    first, _ = (PresenceFactory(location=where["encounter"].location) for _ in range(2))
    assert supervision(where) is None
    assert supervision(where, supervisor=str(first.pk)).clinician == first.clinician.as_fact()


def test_a_presence_that_had_ended_is_no_evidence(where):
    ended = NOW - timedelta(minutes=1)
    presence = PresenceFactory(location=where["encounter"].location)
    type(presence).objects.update(until=ended, ended_by=presence.clinician)
    assert supervision(where) is None


def test_a_dose_charted_late_is_supervised_by_whoever_was_there_then(where):
    presence = PresenceFactory(location=where["encounter"].location, since=NOW - timedelta(hours=5))
    type(presence).objects.update(until=NOW - timedelta(hours=3), ended_by=presence.clinician)
    assert supervision(where, given_at="05:30").clinician == presence.clinician.as_fact()


@pytest.mark.parametrize(
    ("entry", "mode"), [("none", SupervisionMode.NONE), ("audio-only", SupervisionMode.AUDIO_ONLY)]
)
def test_nobody_and_by_telephone_are_answers(where, entry, mode):
    assert supervision(where, supervisor=entry).mode is mode


def test_a_reason_for_not_knowing_stands_beside_an_open_presence(where):
    PresenceFactory(location=where["encounter"].location)
    found = supervision(where, **{"unobtainable.supervision": "left early, nobody noted when"})
    assert found == Unobtainable("left early, nobody noted when")


def test_a_presence_elsewhere_is_nobody(where):
    elsewhere = PresenceFactory()
    drafted = read(**where, supervisor=str(elsewhere.pk))
    assert (drafted.fact.supervision, "supervisor" in drafted.errors) == (None, True)


def test_a_physician_does_not_supervise_themselves(where):
    physician = PhysicianFactory(practice=where["order"].practice)
    PresenceFactory(location=where["encounter"].location, clinician=physician)
    assert supervision({**where, "nurse": physician}) is None
