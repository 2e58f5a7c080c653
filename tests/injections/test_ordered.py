"""An order that ended while the chart was open stops the dose; with a reason it is recorded, and its claim waits."""

from datetime import timedelta

import pytest

from injections.actions import drafts, orders, pauses, signing
from injections.actions.errors import Refused
from injections.chart import read_chart, signed_fact
from injections.chart.ordered import PAUSED, STOPPED, USED_UP
from injections.checks import examine
from injections.findings import Gate
from injections.models import Encounter
from tests.factories import (
    NOW,
    EncounterFactory,
    OrderFactory,
    SeriesFactory,
    charted_draft,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db


def another(order, **more):
    """A chart that waits for its signature, at a visit of its own."""
    return charted_draft(encounter=EncounterFactory(patient=order.patient), order=order, **more)


def sign(draft):
    return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)


def stops(draft):
    """The rules that keep it from being signed."""
    with pytest.raises(Refused) as refused:
        sign(draft)
    return [finding.rule for finding in refused.value.findings]


def answered(draft, rule):
    told = {**draft.entries, f"waive.{rule}": "asked by phone"}
    return drafts.save(draft=draft, entries=told, version=draft.version, by=draft.author)


def holding_the_claim(dose):
    found = examine(read_chart(Encounter.objects.get(pk=dose.encounter_id)))
    return [
        finding.rule for finding in found if finding.gate is Gate.CLAIM and finding.rule in (STOPPED, USED_UP, PAUSED)
    ]


def test_an_order_that_is_stopped_while_the_chart_is_open():
    order = OrderFactory()
    draft = another(order)
    orders.stop(order=order, by=order.ordered_by, reason="allergic to it", now=NOW)
    assert stops(draft) == [STOPPED]
    dose = sign(answered(draft, STOPPED))
    assert signed_fact(dose).order.stopped == NOW.date()
    assert holding_the_claim(dose) == [STOPPED]


def test_a_stop_makes_no_earlier_dose_wrong():
    dose = signed_dose()
    orders.stop(order=dose.order, by=dose.order.ordered_by, reason="done", now=NOW)
    assert signed_fact(dose).order.stopped is None
    assert holding_the_claim(dose) == []
    right = {**dose.entries, "note": "left arm sore"}
    told = {"entries": right, "reason": "forgot the note", "by": dose.given_by, "proof": proof_of(dose.given_by)}
    corrected = signing.correct(administration=dose, now=NOW + timedelta(minutes=5), **told)
    assert signed_fact(corrected).order.stopped is None


def test_an_order_that_is_paused_while_the_chart_is_open():
    order, until = OrderFactory(), NOW.date() + timedelta(days=7)
    draft = another(order)
    pauses.pause(order=order, until=until, reason="count first", by=order.ordered_by, now=NOW)
    assert stops(draft) == [PAUSED]
    dose = sign(answered(draft, PAUSED))
    pauses.go_on(order=order, by=order.ordered_by, now=NOW + timedelta(minutes=5))
    assert signed_fact(dose).order.paused_until == until
    assert holding_the_claim(dose) == [PAUSED]


def test_a_pause_makes_no_earlier_dose_wrong():
    dose = signed_dose()
    until = NOW.date() + timedelta(days=7)
    pauses.pause(order=dose.order, until=until, reason="count first", by=dose.order.ordered_by, now=NOW)
    assert signed_fact(dose).order.paused_until is None
    assert holding_the_claim(dose) == []


def test_one_dose_more_than_was_ordered():
    order = SeriesFactory(doses_planned=1)
    first = signed_dose(encounter=EncounterFactory(patient=order.patient), order=order)
    draft = another(order)
    assert USED_UP in stops(draft)
    signing.enter_in_error(
        administration=first, reason="not this patient", by=first.given_by, proof=proof_of(first.given_by), now=NOW
    )
    assert sign(draft).order == order


def test_a_dose_too_many_stays_one_when_it_is_read_again():
    order = OrderFactory()
    signed_dose(encounter=EncounterFactory(patient=order.patient), order=order)
    dose = sign(answered(another(order), USED_UP))
    assert (signed_fact(dose).order.doses_given, signed_fact(dose).order.doses_planned) == (1, 1)
    assert holding_the_claim(dose) == [USED_UP]


@pytest.mark.parametrize("order", [{"kind": "protocol"}, {"kind": "series", "every_days": 28}], ids=str)
def test_a_protocol_and_a_series_without_end_go_on(order):
    order = OrderFactory(**order)
    signed_dose(encounter=EncounterFactory(patient=order.patient), order=order)
    assert sign(another(order)).order == order


@pytest.mark.parametrize(("day", "early"), [(24, True), (25, False), (28, False)])
def test_a_dose_sooner_than_its_series_is_told_while_it_is_charted_and_ever_after(day, early):
    order = SeriesFactory()  # every 28 days, at most 3 days early
    signed_dose(encounter=EncounterFactory(patient=order.patient), order=order)
    now = NOW + timedelta(days=day)
    visit = EncounterFactory(patient=order.patient, date=now.date())
    draft = charted_draft(encounter=visit, order=order, given_at=now.isoformat(timespec="minutes"))

    def told(chart):
        return [finding.because for finding in examine(chart) if finding.rule == "interval.sooner_than_ordered"]

    before = told(read_chart(visit, draft))
    assert before == (["last given 6 Oct 2026, by the order not before 31 Oct 2026"] if early else [])
    signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=now)
    assert told(read_chart(visit)) == before
