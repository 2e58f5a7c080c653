"""Temperatures as a refrigerator's thermometer shows them: Fahrenheit or Celsius, kept in Celsius."""

from __future__ import annotations

from decimal import Decimal

FAHRENHEIT, CELSIUS = "F", "C"
#: what a reading may be called on a page
SCALES = ((FAHRENHEIT, "°F"), (CELSIUS, "°C"))
#: a tenth of a degree Fahrenheit comes back as it was read
KEPT, SHOWN = Decimal("0.01"), Decimal("0.1")


def in_celsius(reading: Decimal, scale: str) -> Decimal:
    """That reading in degrees Celsius, to a hundredth."""
    celsius = (reading - 32) * 5 / 9 if scale == FAHRENHEIT else reading
    return celsius.quantize(KEPT)


def written(celsius: Decimal) -> str:
    """Both scales, so that nobody has to work it out: "58 °F (14.4 °C)"."""
    return f"{_plain(celsius * 9 / 5 + 32)} °F ({_plain(celsius)} °C)"


def _plain(degrees: Decimal) -> str:
    shown = degrees.quantize(SHOWN) + 0  # no minus before a zero
    return str(shown.to_integral_value() if shown == shown.to_integral_value() else shown)
