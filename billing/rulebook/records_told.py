"""Records inside a fact in the words that a biller would use: an approval, a limit, a lab result, a claim's past."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from billing.context import Authorization, BilledLine, Filing, GlobalPeriod
from injections.days import written_day
from injections.facts import DoseLimit, Lab, Observation, ScreeningQuestion, Service, SparedSide, Split, SplitSite
from injections.quantity import format_dose, plain
from injections.routes import route_words
from injections.sites import site_words

PREVIOUS = {
    "unprocessable": "the first claim was returned unprocessed",
    "denied": "the first claim was denied",
    "paid-wrong": "the first claim was paid wrong",
}
SAME_GROUP = {True: "by the same group", False: "by another group", None: "by whom is not charted"}
RELATED = {True: "for the operation", False: "for something else", None: "for what is not charted"}
MADE_OUT = {True: "a visit of its own", False: "no visit of its own", None: ""}


def limit(value: DoseLimit) -> str:
    """ "60 mg, intramuscular, under 65 years"."""
    per = " for each kg" if value.per_kg else " for each square meter" if value.per_m2 else ""
    return _joined(
        f"at most {format_dose(value.max_single)}{per}",
        " or ".join(route_words(route) for route in sorted(value.routes)),
        f"from {value.from_age} years" if value.from_age is not None else "",
        f"under {value.below_age} years" if value.below_age is not None else "",
        f"under {plain(value.below_weight_kg)} kg" if value.below_weight_kg is not None else "",
        "with impaired kidneys" if value.impaired_kidneys else "",
        f"{format_dose(value.max_daily)} a day" if value.max_daily else "",
    )


def question(value: ScreeningQuestion) -> str:
    of = {"F": "asked of women", "M": "asked of men"}.get(value.applies_to_sex or "", "")
    return _joined(f"“{value.ask}”", f"safe answers: {' or '.join(value.safe_answers)}", of)


def spared(value: SparedSide) -> str:
    return f"{value.side} {value.part} ({value.why})"


def observation(value: Observation) -> str:
    watched = "minutes not charted" if value.minutes is None else f"{value.minutes} minutes"
    return _joined(watched, value.ended or "", value.response or "")


def filing(value: Filing) -> str:
    """ "on 20 Nov 2026, within 90 days"."""
    past = PREVIOUS.get(value.previous or "", f"the first claim: {value.previous}") if value.previous else ""
    return _joined(
        f"on {written_day(value.as_of)}",
        f"within {value.limit_days} days" if value.limit_days is not None else "",
        past,
        f"its number is {value.previous_number}" if value.previous_number else "",
        f"the first payer answered on {written_day(value.primary_answered)}" if value.primary_answered else "",
    )


def after_care(value: GlobalPeriod) -> str:
    return _joined(f"{value.days} days of after-care", SAME_GROUP[value.same_group], RELATED[value.related])


def split(value: Split) -> str:
    places = " and ".join(_part(part) for part in value.sites)
    return _joined(f"{value.parts} parts", f"because of the {value.reason}" if value.reason else "", places)


def _part(part: SplitSite) -> str:
    """ "2 mL left deltoid at 9:21"."""
    volume = format_dose(part.volume) if part.volume else ""
    at = f"at {part.given_at.hour}:{part.given_at.minute:02}" if part.given_at else ""
    return " ".join(filter(None, [volume, site_words(part.site, part.side), at]))


def lab(value: Lab) -> str:
    """ "hemoglobin 9.4 g/dL, 1 Oct 2026"."""
    amount = "value not charted" if value.value is None else f"{plain(value.value)} {value.unit}".strip()
    return _joined(f"{value.name} {amount}", _day(value.date))


def approval(value: Authorization) -> str:
    days = f"{_day(value.since)} to {_day(value.until)}" if value.since and value.until else ""
    return _joined(
        value.hcpcs,
        f"number {value.number}" if value.number else "without a number",
        days or _joined(*_open_end(value)),
        f"{value.units_left} units left" if value.units_left is not None else "",
        f"for NDC {value.ndc}" if value.ndc else "",
        f"for place {value.place}" if value.place else "",
    )


def _open_end(value: Authorization) -> Iterable[str]:
    if value.since:
        yield f"from {_day(value.since)}"
    if value.until:
        yield f"until {_day(value.until)}"


def billed(value: BilledLine) -> str:
    """ "J1885 × 2", as a line stands on a claim."""
    return _joined(" ".join((value.code, *value.modifiers)) + f" × {value.units}", value.clinician or "")


def service(value: Service) -> str:
    units = f" × {value.units}" if value.units != 1 else ""
    who = value.clinician
    return _joined(
        " ".join((value.code, *value.modifiers)) + units,
        f"for {', '.join(value.diagnoses)}" if value.diagnoses else "",
        MADE_OUT[value.separately_identifiable],
        "by " + ", ".join(filter(None, [who.name, who.credential])) if who else "",
    )


def _day(day: date | None) -> str:
    return written_day(day) if day else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part).replace("\u00a0", " ")


#: kind of record -> its words; a kind that is not here is told field by field
RECORDS: dict[type, Callable[[Any], str]] = {
    DoseLimit: limit,
    ScreeningQuestion: question,
    SparedSide: spared,
    Observation: observation,
    Filing: filing,
    GlobalPeriod: after_care,
    Split: split,
    Lab: lab,
    Authorization: approval,
    BilledLine: billed,
    Service: service,
}
