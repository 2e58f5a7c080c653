"""The last sixty days: what was given, signed, co-signed and decided, with the slips that a real clinic makes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import cycle

from django.db.models import Q

from billing.demo import access
from billing.demo.clock import at, moment, working_days
from billing.demo.people import PATIENTS
from billing.demo.plan import Ordered
from billing.demo.practice import Clinic, in_suite
from billing.demo.shelf import suits
from billing.demo.slips import Slip, slip_of
from injections.actions import appointments, cosigning, drafts, encounters, signing
from injections.chart import product_fact
from injections.models import Administration, AdministrationDraft, Encounter, Location, Lot, Order, Package, Presence
from injections.models.columns import quantity_or_none
from injections.quantity import plain

DAYS = 60
CLOCKS = ("08:40", "09:10", "09:35", "10:05", "10:50", "11:25", "13:15", "13:50", "14:30", "15:05")
GIVERS = ("lee", "ito", "santos", "walker")


@dataclass(slots=True)
class Visit:
    """One past dose on its way into the record."""

    clinic: Clinic
    line: Ordered
    order: Order
    day: date
    given_at: datetime
    giver: str
    number: int

    @property
    def location(self) -> Location:
        return self.clinic.locations[int(self.line.at.split()[0]) if self.line.at else self.number % 2]

    @property
    def slip(self) -> Slip:
        return slip_of(self.number, self.line)


def relive(clinic: Clinic, placed: list[tuple[Ordered, Order]], today: date) -> int:
    """Give every series its doses of the last sixty days, and each single order its one. Answers how many."""
    visits = _planned(clinic, placed, today)
    _presences(clinic, today)
    for visit in sorted(visits, key=lambda visit: visit.given_at):  # each log is kept in the order of its day
        _give(visit, today)
    return len(visits)


def _planned(clinic: Clinic, placed: list[tuple[Ordered, Order]], today: date) -> list[Visit]:
    first = today - timedelta(days=DAYS)
    days = list(working_days(first, today - timedelta(days=1)))
    wanted = [(day, line, order) for at, (line, order) in enumerate(placed) for day in _days_of(at, line, days, today)]
    clocks, givers = cycle(CLOCKS), cycle(GIVERS)
    visits = [
        Visit(clinic, line, order, day, moment(day, next(clocks)), next(givers), number)
        for number, (day, line, order) in enumerate(sorted(wanted, key=lambda found: (found[0], found[2].pk)))
    ]
    return [visit for place, visit in enumerate(visits) if _within_plan(visit, visits[place:])]


def _within_plan(visit: Visit, following: list[Visit]) -> bool:
    """A series is not given oftener than it was ordered, and one of its doses is left for the next visit."""
    planned = visit.line.planned
    return planned is None or sum(one.order == visit.order for one in following) < planned


def _days_of(turn: int, line: Ordered, days: list[date], today: date) -> list[date]:
    """When doses were due: a series backwards from today or from a day of its own, a single order once."""
    if line.every is None:
        return [] if line.at else [days[(turn * 7) % len(days)]]
    if line.begun is not None:
        return [_workday(today - timedelta(days=line.begun))]
    last = today if line.at else today - timedelta(days=turn % 5 + 1)
    due = [last - timedelta(days=line.every * step) for step in range(1 if line.at else 0, 9)]
    begun = days[0]
    return sorted({_workday(day) for day in due if begun <= day < today})


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _presences(clinic: Clinic, today: date) -> None:
    """A practitioner at each place each day; on Thursdays the second place is alone in the afternoon."""
    for day in working_days(today - timedelta(days=DAYS), today - timedelta(days=1)):
        for place, (location, who) in enumerate(zip(clinic.locations, ("adams", "okafor"), strict=True)):
            leaves = "12:10" if place == 1 and day.weekday() == 3 else "17:20"
            in_suite(location, clinic.staff[who], clinic.staff["ito"], moment(day, "08:02"), moment(day, leaves))


def _give(visit: Visit, today: date) -> None:
    """Open, chart, sign, and what follows."""
    with at(visit.given_at):
        encounter = _opened(visit)
        signed = sign(visit, encounter)
    if visit.line.visit:
        with at(visit.given_at + timedelta(minutes=20)):
            encounters.add_service(
                encounter=encounter,
                code=visit.line.visit,
                diagnoses=[visit.line.diagnosis],
                separately_identifiable=None if visit.slip.visit_not_separated else True,
                clinician=visit.clinic.staff[visit.line.by],
                by=visit.clinic.staff[visit.line.by],
            )
    if not visit.slip.not_cosigned and visit.day < today - timedelta(days=2):
        _cosign(visit, signed)


def _opened(visit: Visit) -> Encounter:
    booked = appointments.book(
        patient=visit.order.patient,
        location=visit.location,
        starts_at=visit.given_at - timedelta(minutes=10),
        order=visit.order,
        by=visit.clinic.staff["reyes"],
    )
    return encounters.open_for(appointment=booked, by=visit.clinic.staff[visit.giver], now=visit.given_at)


def sign(visit: Visit, encounter: Encounter) -> Administration:
    """Chart the dose as its giver would and sign it."""
    giver = visit.clinic.staff[visit.giver]
    draft = drafts.start(encounter=encounter, order=visit.order, by=giver)
    entries = {**_vial(visit), **_bedside(visit), **visit.slip.entries}
    for absent in visit.slip.without:
        entries.pop(absent, None)
    draft = drafts.save(draft=draft, entries=entries, version=draft.version, by=giver)
    return signing.sign(draft=draft, by=giver, proof=access.proof_of(giver), now=visit.given_at + timedelta(minutes=3))


def _vial(visit: Visit) -> dict[str, str]:
    """The lot in hand and what was left in it."""
    package = suits(visit.order.product, visit.order)
    if package is None:
        return {}
    lot = Lot.objects.filter(location=visit.location, package=package, expires_on__gte=visit.day).first()
    opened, left = _left(visit.order, package)
    found = {"package_ndc": package.ndc}
    if package.single_dose is not False:
        found["opened"] = str(opened)
        found["discarded"] = left
        if visit.order.product.details.get("schedule") and not left.startswith("0 "):
            found["discard_witness"] = str(visit.clinic.staff["walker" if visit.giver != "walker" else "ito"].pk)
    if visit.order.product.details.get("high_alert"):
        found["second_check_by"] = str(visit.clinic.staff["walker" if visit.giver != "walker" else "ito"].pk)
    if lot is not None:
        found |= {
            "lot_id": str(lot.pk),
            "lot": lot.number,
            "expires": f"{lot.expires_on:%Y-%m-%d}",
            "manufacturer": lot.manufacturer,
        }
    return found


def _left(order: Order, package: Package) -> tuple[int, str]:
    dose = quantity_or_none(order.dose_amount, order.dose_unit)
    holds = quantity_or_none(package.holds_amount, package.holds_unit)
    assert dose is not None
    assert holds is not None
    opened = max(1, math.ceil(dose.over(holds)))
    rest = holds.times(opened) - dose
    return opened, f"{plain(rest.amount)} {rest.unit}"


def _bedside(visit: Visit) -> dict[str, str]:
    """What only the one at the chair knows."""
    sided = visit.line.site not in ("abdomen",)
    side = "left" if visit.number % 2 and not _avoids_left(visit.line.patient) else "right"
    entries = {
        "checks": "yes",
        "site": f"{visit.line.site}:{side}" if sided else visit.line.site,
        "response": "Tolerated well",
        "given_at": visit.given_at.isoformat(timespec="minutes"),
        "reason": visit.line.reason,
        "diagnoses": visit.line.diagnosis,
    }
    for question in product_fact(visit.order.product).screening:
        entries[f"screening.{question.key}"] = question.safe_answers[0]
    if _alone(visit):
        entries["supervisor"] = "none"
    if visit.line.labs:
        entries["labs"] = f"{visit.line.labs} {visit.day - timedelta(days=3):%Y-%m-%d}"
    return entries


def _alone(visit: Visit) -> bool:
    """Whether no practitioner was in the suite then: the nurse charts that, as anybody must before signing."""
    here = Presence.objects.filter(location=visit.location, since__lte=visit.given_at)
    return not here.filter(Q(until__gt=visit.given_at) | Q(until=None)).exists()


def _avoids_left(family_name: str) -> bool:
    """Whether no needle goes into the left of this patient."""
    return any(one.avoid and one.avoid[1] == "left" for one in PATIENTS if one.family_name == family_name)


def _cosign(visit: Visit, signed: Administration) -> None:
    practitioner = visit.clinic.staff[visit.line.by]
    evening = moment(visit.day, "17:40")
    with at(evening):
        cosigning.cosign(administration=signed, by=practitioner, proof=access.proof_of(practitioner), now=evening)


def unfinished(clinic: Clinic) -> AdministrationDraft:
    """One chart that somebody has begun this morning and not signed."""
    booked = clinic.patients["Mendez"].appointments.order_by("-starts_at")[0]
    nurse = clinic.staff["ito"]
    encounter = encounters.open_for(appointment=booked, by=nurse)
    draft = drafts.start(encounter=encounter, order=booked.order, by=nurse)
    return drafts.save(draft=draft, entries={"checks": "yes", "site": "abdomen"}, version=draft.version, by=nurse)
