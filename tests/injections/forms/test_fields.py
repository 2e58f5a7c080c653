"""Fields that several pages share."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from injections.forms.fields import DayField, DiagnosesField, KeyField
from injections.forms.order import read_amount
from injections.imports.cells import CellError


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("e53.8", ["E53.8"]), ("E538, M810", ["E53.8", "M81.0"]), ("I10 I10;Z79899", ["I10", "Z79.899"])],
)
def test_diagnoses_are_read_with_their_points(typed, codes):
    assert DiagnosesField().clean(typed) == codes


@settings(deadline=None)
@given(st.one_of(st.none(), st.text(max_size=50)))
def test_a_key_is_always_a_key(text):
    assert isinstance(KeyField().clean(text), UUID)


def test_a_day_is_shown_as_it_may_be_typed():
    field = DayField()
    day = field.clean("3/14/1961")
    assert field.clean(field.prepare_value(day)) == day


@settings(deadline=None)
@given(st.text(max_size=20))
def test_an_amount_is_digits_or_refused(text):
    try:
        amount = read_amount(text)
    except CellError:
        return
    assert amount > 0
    assert text.replace(",", "").replace(".", "").isascii()
