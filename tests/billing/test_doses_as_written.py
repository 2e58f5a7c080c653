"""Whatever stands where a dose belongs is refused at its place, or read as the one amount that the words can mean."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil

from hypothesis import assume, example, given
from hypothesis import strategies as st

from billing.visit_json.values import VisitError
from tests.billing.asking import answered, shot

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
PLAIN = re.compile(rf"({NUMBER})\s*(mg|mcg|g)\.?", re.I)
IN_MG = {"mg": Fraction(1), "mcg": Fraction(1, 1000), "g": Fraction(1000)}
PER_UNIT = 15  # J1885, milligrams
PIECES = ("mg", "mcg", "g", "m g", " ", "  ", ",", ".", "-", "/", "~", "<", "%", "e", "to", "or", "\u0663", "0x", "+")


def amounts():
    """Numbers and units in any order, with what slips in between them."""
    piece = st.one_of(st.integers(0, 5000).map(str), st.sampled_from(PIECES))
    return st.lists(piece, min_size=1, max_size=5).map("".join)


def unless_refused(document):
    """The answer; ``None`` where the dose was refused at its place. Anything else that is refused is an error."""
    try:
        return answered(document)
    except VisitError as refused:
        if refused.path != "administrations[0].dose":
            raise
        return None


@given(amounts())
@example("1,5 mg")
@example("1,000 mg")
@example("1.500 mg")
@example("10-20 mg")
@example("30 m g")
@example("30 mg 30 mg")
@example("\u0663\u0660 mg")
def test_no_nonsense_becomes_a_count(written):
    assume(written.strip())
    answer = unless_refused(shot(dose=written))
    if answer is None:
        return
    units = [line["units"] for line in answer["lines"] if line["code"] == "J1885"]
    meant = PLAIN.fullmatch(written.strip())
    if meant is None:
        assert units == [], f"{written!r} was read as {units}"
        return
    amount = Fraction(meant.group(1).replace(",", "")) * IN_MG[meant.group(2).lower()]
    assert sum(units) == ceil(amount / PER_UNIT)
