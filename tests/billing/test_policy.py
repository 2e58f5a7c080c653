"""The bill's part of who may do what stands beside the chart's, and nothing is said twice."""

import pytest

from billing.policy import CAPABILITIES
from injections import policy
from injections.models.staff import Role


def test_the_bills_capabilities_stand_beside_the_charts():
    assert CAPABILITIES.items() <= policy.CAPABILITIES.items()


def test_nobody_without_the_bill_as_their_work_reviews_or_sends_charges():
    for capability in ("charges.review", "charges.export", "charges.replay"):
        assert CAPABILITIES[capability] == {Role.BILLER, Role.MANAGER}


def test_a_capability_is_said_once():
    with pytest.raises(ValueError, match="home"):
        policy.add({"home": frozenset()})
