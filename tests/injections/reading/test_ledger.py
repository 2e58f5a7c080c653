"""The ledger of a lot: what happened when, in the order in which somebody wrote it down."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse

from injections.actions import signing, stock
from injections.days import written_day
from injections.reading import ledger
from tests.factories import NOW, proof_of, signed_dose
from tests.injections.actions.test_arriving import another, receive

pytestmark = pytest.mark.django_db


def at(moment):
    return time_machine.travel(moment, tick=True)


@pytest.fixture
def dose():
    """Given of a lot that came two hours before; the drug is controlled."""
    dose = signed_dose(lot="B1")
    dose.product.details["schedule"] = "CIII"
    dose.product.save()
    with at(NOW - timedelta(hours=2)):
        receive(dose, number="A123")
    return dose


@pytest.fixture
def late(dose):
    """Counted at NOW, and then somebody writes down what was given an hour before."""
    lot = receive(dose, number="A123")
    with at(NOW):
        stock.count(lot=lot, containers=lot.on_hand, by=dose.given_by)
    with at(NOW + timedelta(minutes=30)):
        given_at = (NOW - timedelta(hours=1)).isoformat()
        return another(dose, lot_id=str(lot.pk), lot="A123", given_at=given_at)


def test_a_late_entry_says_when_it_was_given_and_when_it_was_written_down(dose, late):
    lines = ledger.of_lot(late.lot)
    assert lines[0].move.administration == late
    assert lines[0].when == late.given_at == NOW - timedelta(hours=1)
    assert lines[0].later == lines[0].move.moved_at
    assert [line.later for line in lines[1:]] == [None] * (len(lines) - 1)


def test_each_count_stays_what_was_counted(dose, late):
    ((_, lines),) = [found for found in ledger.controlled(late.given_by) if found[0] == late.lot]
    assert [line.what for line in lines[-2:]] == ["Counted, agrees", "Given"]
    assert all(after.left == before.left + after.containers for before, after in pairwise(lines))
    rows = list(ledger.as_rows([(late.lot, lines)]))
    when, written = (ledger.COLUMNS.index(name) for name in ("When", "Written down"))
    assert rows[-1][when] < rows[-2][when] == rows[-2][written] < rows[-1][written]


def test_an_error_taken_back_has_the_time_at_which_it_was_taken_back(dose, late):
    how = {"by": late.given_by, "proof": proof_of(late.given_by), "reason": "wrong chart"}
    with at(NOW + timedelta(hours=3)):
        signing.enter_in_error(administration=late, **how)
    back = ledger.of_lot(late.lot)[0]
    assert (back.what, back.when, back.later) == ("Reversed", back.move.moved_at, None)


def test_the_page_shows_both_times(client, dose, late):
    client.force_login(late.given_by)
    shown = client.get(reverse("injections:controlled_log")).content.decode()
    assert shown.index("Counted, agrees") < shown.index(f"written down {written_day(late.charted_at)}")
