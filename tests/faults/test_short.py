"""Promises 1 and 22 in short: everything is killed once while nurses sign. `dev.py faults` is the long version."""

import pytest

from tests.faults.__main__ import BROKEN, run
from tests.faults.clinic import KINDS
from tests.faults.controls import with_a_bare_task, without_synchronous_commit

SIGNATURES = 40


def test_promise_01_what_was_acknowledged_is_there_once_and_charged_as_derived(record_property):
    found = run(SIGNATURES, kills=1, seed=7, seconds=240)
    record_property("figure", f"{found['acknowledged']} acknowledged, {sum(found['kills'].values())} kills, 0 lost")
    assert found["acknowledged"] == found["signed"] == SIGNATURES
    assert dict(found["kills"]) == dict.fromkeys(KINDS, 1)
    assert {name: found[name] for name in BROKEN} == dict.fromkeys(BROKEN, 0)


CONTROLS = {
    "unsynchronized commit": (without_synchronous_commit, "lost"),
    "bare task": (with_a_bare_task, "differing"),
}


@pytest.mark.parametrize(("control", "seen"), CONTROLS.values(), ids=CONTROLS)
def test_promise_01_the_count_sees_what_is_done_wrong(control, seen, record_property):
    found = control()
    record_property("figure", f"{found[seen]} of {found['acknowledged']} {seen}")
    assert found[seen] > 0
