"""What a nurse needs on paper for a day without Deltoid: who is due, for what, and what must not be given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import permutations
from typing import Any

from injections.chart.given import given_to
from injections.chart.reading import GIVEN
from injections.models import (
    Administration,
    AdministrationDraft,
    Appointment,
    Location,
    Lot,
    Order,
    Patient,
    SparedSide,
)
from injections.models.columns import quantity_or_none
from injections.quantity import format_dose
from injections.reading import shelf
from injections.reading.day import bounds
from injections.reading.names import alike
from injections.reading.orders import in_words, state_of, with_doses
from injections.reading.series import used_up, which_dose
from injections.templatetags.words import born, clock, day, full_day, number, site_of, weekday, zone_word

#: empty rows for those who come without an appointment, and how many earlier places are named
BLANK_ROWS, SITES = 8, 3
#: states of an order under which nothing is given
HELD = {
    "Stopped": "The order was stopped",
    "Complete": "All doses of the order were given",
    "Unsigned": "Nobody has signed the order",
    "Ended": "The order has ended",
}


def told(location: Location, on: date, now: datetime) -> dict[str, Any]:
    """Everything that the sheets say, as texts; ``patients`` are the numbers of those whom they name."""
    booked = _booked(location, on)
    people = {appointment.patient_id: appointment.patient for appointment in booked}
    sites, avoid, already = _last_sites(people.values()), _to_avoid(people.values()), _already(people, on)
    similar = {one.pk for one, other in permutations(people.values(), 2) if alike(one, other)}
    ordered = with_doses(Order.objects.filter(pk__in=[row.order_id for row in booked if row.order_id])).in_bulk()
    made = f"{full_day(now)}, {clock(now)} {zone_word(now)}"
    return {
        "title": f"If Deltoid is down: {location.name}",
        "day": f"{weekday(on)} {on.year}",
        "made": made,
        "foot": f"{location.name}, {full_day(on)}, as of {made}. Shred after entry.",
        "due": [
            _line(row, _order(ordered.get(row.order_id or 0), on), sites[row.patient_id], avoid[row.patient_id])
            | {"similar": "yes" if row.patient_id in similar else "", "already": "; ".join(already[row.patient_id])}
            for row in booked
        ],
        "lots": _lots(location, on),
        "blank": BLANK_ROWS,
        "patients": sorted(people),
    }


def _booked(location: Location, on: date) -> list[Appointment]:
    first, after = bounds(on)
    found = Appointment.objects.filter(
        location=location, starts_at__gte=first, starts_at__lt=after, cancelled_at__isnull=True
    )
    rows = found.select_related("patient").prefetch_related("patient__allergies").order_by("starts_at", "pk")
    return list(rows)


def _line(appointment: Appointment, order: dict[str, str], sites: list[str], avoid: list[str]) -> dict[str, Any]:
    patient = appointment.patient
    return {
        "at": clock(appointment.starts_at),
        "name": patient.listed_name,
        "born": born(patient.birth_date),
        "mrn": patient.mrn,
        "weight": f"{number(patient.weight_kg)} kg on {full_day(patient.weight_on)}" if patient.weight_kg else "",
        "allergies": allergies_of(patient),
        "avoid": "; ".join(avoid),
        **order,
        "sites": "; ".join(sites),
    }


def allergies_of(patient: Patient) -> str:
    """Said in full: *not asked* and *none* are different facts, on paper too."""
    named = ", ".join(str(allergy) for allergy in patient.allergies.all())
    return named or patient.get_allergy_status_display()


def _order(order: Order | None, on: date) -> dict[str, str]:
    """The order in words, and what keeps it from being given as it stands."""
    if order is None:
        return {"order": "No order", "hold": "Ask for an order before you give anything"}
    state = state_of(order)
    whose = order.signed_as if order.protocol else f"ordered by {order.signed_as}"
    by = f"{whose}, {full_day(order.ordered_on)}"
    hold = f"{HELD[state.words]}: ask before you give it" if state.words in HELD else ""
    if (pause := order.waits_on(on)) is not None:
        hold = f"Paused until {full_day(pause.until)}: {pause.reason}. Ask before you give it"
    return {"order": f"{in_words(order)}{_next(order)}; {by}", "hold": hold}


def _next(order: Order) -> str:
    """Which dose it is and how much, where the doses of the order differ."""
    number: int = getattr(order, "given", 0) + 1
    dose = order.dose_of(number)
    if not order.loading or dose is None or used_up(order, number - 1):
        return ""
    return f"; now {which_dose(order, number)}, {format_dose(dose)}"


def _to_avoid(people: Iterable[Patient]) -> defaultdict[int, list[str]]:
    """The sides of each patient that no needle goes into."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for side in SparedSide.objects.standing().filter(patient__in=list(people)):
        found[side.patient_id].append(str(side))
    return found


def _already(people: Iterable[int], on: date) -> defaultdict[int, list[str]]:
    """What each patient got on that day before the sheet was made, and what somebody was just charting."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for dose in given_to(people, on):
        amount = quantity_or_none(dose.dose_amount, dose.dose_unit)
        what = f"{dose.product.display} {format_dose(amount)}" if amount is not None else dose.product.display
        at = f" at {clock(dose.given_at)}" if dose.given_at else ""
        found[dose.encounter.patient_id].append(f"{what} was given{at} by {dose.given_by_name or 'the patient'}")
    open_charts = AdministrationDraft.objects.filter(encounter__patient__in=people, encounter__date=on, corrects=None)
    for draft in open_charts.select_related("encounter", "author").order_by("pk"):
        words = f"{draft.author.short_name} was charting a dose: ask whether it was given"
        found[draft.encounter.patient_id].append(words)
    return found


def _last_sites(people: Iterable[Patient]) -> defaultdict[int, list[str]]:
    """The last places of each patient with their days, newest first."""
    given = Administration.objects.filter(
        encounter__patient__in=list(people), superseded_by__isnull=True, status__in=GIVEN
    ).exclude(site="")
    found: defaultdict[int, list[str]] = defaultdict(list)
    for dose in given.select_related("encounter", "product").order_by("-encounter__date", "-pk"):
        mine = found[dose.encounter.patient_id]
        if len(mine) < SITES:
            mine.append(f"{site_of(dose)} {day(dose.encounter.date)}")
    return found


def _lots(location: Location, on: date) -> list[dict[str, str]]:
    """What lies on the shelf, with whatever must stay there."""
    lots = Lot.objects.filter(location=location, on_hand__gt=0).select_related("product")
    return [
        {
            "drug": str(lot.product),
            "lot": lot.number,
            "expires": full_day(lot.expires_on),
            "left": str(lot.on_hand),
            "state": "" if (state := shelf.state_of(lot, on)).tint == "ok" else state.words,
        }
        for lot in lots.order_by("product__display", "expires_on", "number")
    ]
