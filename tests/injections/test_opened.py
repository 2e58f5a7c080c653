"""Where the content of an opened container went always adds up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injections.opened import Parts, use_by

AMOUNTS = st.decimals(0, 10_000, places=4)


@given(st.decimals("0.0001", 10_000, places=4), st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=8))
def test_opened_is_given_wasted_and_kept_whatever_is_drawn(label, draws):
    parts, found = Parts(label), Decimal(0)
    for given_now, wasted_now in draws:
        parts, more = parts.less(given_now, wasted_now)
        found += more
        assert more >= 0
        assert parts.kept >= 0
        assert parts.content == parts.given + parts.wasted + parts.kept == label + found
    assert parts.given == sum(one for one, _ in draws)
    assert parts.wasted == sum(other for _, other in draws)
    assert bool(found) == (parts.given + parts.wasted > label)


def test_what_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="do not fit"):
        Parts(Decimal(1), Decimal(1), Decimal("0.1"))


@pytest.mark.parametrize(
    ("expires", "days", "last"),
    [
        (date(2027, 3, 31), None, date(2026, 12, 1)),
        (date(2027, 3, 31), 21, date(2026, 11, 24)),
        (date(2026, 11, 10), None, date(2026, 11, 10)),
        (date(2026, 11, 1), 28, date(2026, 11, 1)),
    ],
)
def test_four_weeks_or_what_the_label_says_and_never_past_the_expiry(expires, days, last):
    assert use_by(date(2026, 11, 3), expires, days) == last
