"""The first days of CPT codes that this product meets, where a public source says them. CPT itself is the AMA's."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class FirstDay(NamedTuple):
    """The first day on which a code could be billed, and who says so."""

    day: date
    source: str


_JOINTS = FirstDay(date(2015, 1, 1), "CPT changes of 2015: joints with ultrasound")
_RSV = FirstDay(date(2023, 10, 6), "AAP, coding of RSV antibodies: from 6 Oct 2023")
FIRST_DAYS: dict[str, FirstDay] = {
    **dict.fromkeys(("20604", "20606", "20611"), _JOINTS),
    **dict.fromkeys(("96380", "96381"), _RSV),
    "90480": FirstDay(date(2023, 9, 11), "CMS, MLN Connects of 14 Sep 2023: from 11 Sep 2023"),
    "G0012": FirstDay(date(2024, 9, 30), "CMS NCD 210.15: from 30 Sep 2024"),
}
