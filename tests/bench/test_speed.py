"""A short measurement on every run of the tests: a change that makes answers four times slower does not pass unseen."""

from tests.bench.measuring import speed, weight_traced

#: how many bare loops an answer may take: about four times what it takes; docs/performance.md has the figures
MOST_BARE_LOOPS = 45
#: megabytes by Python's count; the plan allows a process 300 in all
MOST_MEGABYTES = 100


def test_an_answer_takes_no_more_look_ups_than_it_used_to():
    assert speed(runs=3, rounds=2).ratio < MOST_BARE_LOOPS


def test_the_tables_stay_light():
    assert weight_traced() < MOST_MEGABYTES
