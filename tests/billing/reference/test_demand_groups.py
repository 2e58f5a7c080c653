"""Every demand has its place among the others, and one place only."""

from billing.reference.demand_groups import GROUPS, group_of, place_of
from billing.reference.demands import DEMANDS


def test_every_demand_stands_in_one_group():
    placed = [key for keys in GROUPS.values() for key in keys]
    assert sorted(placed) == sorted(DEMANDS)


def test_demands_of_one_group_stand_beside_each_other_and_unknown_ones_last():
    assert group_of("split-dose") == group_of("repeat-injections") == "Giving a drug"
    assert place_of("split-dose") < place_of("discard-modifiers") < place_of("never heard of")
    assert group_of("never heard of") == "Other"
