"""A visit in which any one fact is nonsense is answered, or refused by the field's path: it never raises."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.visit_json import VisitError, derive

ADAMS = {"name": "Adams", "credential": "MD", "npi": "1234567893"}
DOSE = {
    "drug": "ketorolac",
    "dose": "30 mg",
    "ordered_dose": "30 mg",
    "volume": "1 mL",
    "ndc": "00409-3795-01",
    "route": "IM",
    "site": "deltoid",
    "side": "left",
    "lot": "A1",
    "expires": "2027-01-31",
    "discarded": "0 mg",
    "package": {"holds": "30 mg", "volume": "1 mL", "single_dose": True, "opened": 1},
    "given_at": "2026-10-06T09:00",
    "charted_at": "2026-10-06T09:02",
    "signed_at": "2026-10-06T09:03",
    "given_by": {"name": "Lee", "credential": "CMA"},
    "order": {"kind": "series", "signed": True, "date": "2026-10-01", "expires": "2027-01-01", "clinician": ADAMS},
    "diagnoses": ["M54.50"],
    "observed_minutes": 15,
}
VISIT = {
    "date": "2026-10-06",
    "time_zone": "America/Chicago",
    "payer": "medicare",
    "state": "NY",
    "place_of_service": "11",
    "patient": {"birth_date": "1956-03-14", "sex": "F", "weight_kg": "71.5", "allergies": ["penicillin"]},
    "supervision": {"mode": "in-suite", "clinician": ADAMS, "from": "2026-10-06T08:00", "to": "2026-10-06T17:00"},
    "abn": {"signed": True, "date": "2026-10-06", "kind": "required"},
    "filing": {"as_of": "2026-11-01", "limit_days": 90, "primary_answered": "2026-10-10"},
    "history": [{"drug": "ketorolac", "given": "2026-09-01"}],
    "authorizations": [{"hcpcs": "J1885", "number": "A", "from": "2026-01-01", "to": "2026-12-31", "units_left": 3}],
    "authorization_required": ["J1885"],
    "services": [{"code": "99213", "clinician": ADAMS}],
    "eligibility": {"active": True, "checked": "2026-10-01"},
    "global_period": {"days": 90},
    "administrations": [DOSE],
}
ODD: tuple[Any, ...] = (
    *(None, "", 0, -1, "x", [], {}, True, [None], "NaN", "2026-13-45", "9999-12-31", "0001-01-01", "9" * 30),
    *({"unobtainable": "lost"}, {"mode": None}, "\u0661", "2026-10-06T24:00:01"),
)
Path = tuple[str | int, ...]


def paths(value: Any, so_far: Path = ()) -> Iterator[Path]:
    """The way to every fact of a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inside:
        yield (*so_far, name)
        yield from paths(item, (*so_far, name))


def with_odd(path: Path, odd: Any) -> dict[str, Any]:
    document: Any = deepcopy(VISIT)
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = odd
    return document


@pytest.mark.parametrize("path", list(paths(VISIT)), ids=lambda path: ".".join(map(str, path)))
def test_nonsense_is_answered_or_refused_by_its_path(path: Path) -> None:
    for odd in ODD:
        try:
            said = derive(with_odd(path, odd), shipped_reference()).keys()
        except VisitError as refusal:
            said = {"error": refusal.why}.keys() if refusal.why else {}.keys()
        assert "error" in said or {"lines", "findings", "claim", "billable"} <= said


def test_the_visit_itself_is_answered() -> None:
    assert derive(deepcopy(VISIT), shipped_reference())["lines"]
