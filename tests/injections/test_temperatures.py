"""A refrigerator is read in Fahrenheit or Celsius; what was read is what is told."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from injections.temperatures import in_celsius, written


@pytest.mark.parametrize(
    ("reading", "scale", "words"),
    [
        ("58", "F", "58 °F (14.4 °C)"),
        ("14.5", "C", "58.1 °F (14.5 °C)"),
        ("32", "F", "32 °F (0 °C)"),
        ("-3.5", "C", "25.7 °F (-3.5 °C)"),
        ("35.6", "F", "35.6 °F (2 °C)"),
        ("-40", "F", "-40 °F (-40 °C)"),
    ],
)
def test_both_scales_are_told(reading, scale, words):
    assert written(in_celsius(Decimal(reading), scale)) == words


@given(integers(-1480, 2120))
def test_a_tenth_of_a_degree_fahrenheit_comes_back_as_it_was_read(tenths):
    reading = Decimal(tenths) / 10
    assert written(in_celsius(reading, "F")).startswith(f"{f'{reading:f}'.removesuffix('.0')} °F")
