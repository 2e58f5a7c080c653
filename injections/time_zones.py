"""The clocks that a practice in the United States may go by, as people call them."""

from __future__ import annotations

ZONES = {
    "America/New_York": "Eastern (New York)",
    "America/Detroit": "Eastern (Detroit)",
    "America/Indiana/Indianapolis": "Eastern (Indianapolis)",
    "America/Kentucky/Louisville": "Eastern (Louisville)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Boise": "Mountain (Boise)",
    "America/Phoenix": "Arizona, no summer time (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "America/Adak": "Aleutian Islands (Adak)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
    "America/Puerto_Rico": "Puerto Rico and the Virgin Islands",
    "Pacific/Guam": "Guam and the Northern Marianas",
    "Pacific/Pago_Pago": "American Samoa",
}


def choices(now: str) -> list[tuple[str, str]]:
    """What can be chosen; the zone that a practice has already is always among it."""
    return [*ZONES.items()] if now in ZONES else [(now, now), *ZONES.items()]
