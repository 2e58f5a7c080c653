"""What a finding holds up, in the words that other systems read."""

import pytest

from injections.findings import Finding, Gate


@pytest.mark.parametrize(
    ("gate", "blocks"),
    [(Gate.GIVING, "sign-off"), (Gate.SIGNING, "sign-off"), (Gate.CLAIM, "claim"), (Gate.NOTHING, "nothing")],
)
def test_an_act_that_must_not_happen_is_not_signed_off_either(gate, blocks):
    assert Finding(rule="vial.lot_expired", summary="", gate=gate).blocks == blocks


def test_findings_can_be_kept_in_sets():
    one = Finding(rule="vial.lot_expired", summary="The drug has expired", administrations=("1",))
    assert len({one, Finding(rule="vial.lot_expired", summary="The drug has expired", administrations=("1",))}) == 1
