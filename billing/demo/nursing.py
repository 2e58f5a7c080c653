"""What a nurse's day has beside the shots: a wait, a reaction that ended, a recalled lot, vials that moved."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from billing.demo import past
from billing.demo.clock import ZONE, at
from billing.demo.plan import ORDERS
from billing.demo.practice import Clinic
from injections.actions import (
    arriving,
    encounters,
    holds,
    incidents,
    known_codes,
    observations,
    order_requests,
    pauses,
    reactions,
    recalls,
    stock,
    vials,
)
from injections.chart.due import next_dose
from injections.chart.waiting import minutes_after
from injections.models import Administration, HoldEnd, Lot, Order, Package
from injections.models.reaction import EntryKind

#: who is being watched when the demo starts, and for how many minutes already
WATCHED, ALREADY = "Walsh", 17
#: the drug whose last lot is recalled: nobody waits for it today
RECALLED = "dexamethasone"
#: of which controlled drug a vial was thrown away before a witness; whose order of it is paused, and whose waits for an
#: answer
CONTROLLED, PAUSED, ASKED = "testosterone-cypionate", "Greene", "Dubois"
#: the code on a carton of 25 vials of ketorolac: same maker and drug, another package
CARTON, IN_CARTON = "50304093795498", "00409-3795-01"
NEAR_MISS = "Ketorolac 60 mg was drawn up for an order of 30 mg. The scan stopped it, nothing was given"


def watch(clinic: Clinic, today: date) -> None:
    """One patient of this morning got the dose a while ago and sits in the waiting room."""
    given_at = timezone.now() - timedelta(minutes=ALREADY)
    line = next(one for one in ORDERS if one.patient == WATCHED and one.at)
    booked = clinic.patients[WATCHED].appointments.filter(encounter=None, order__isnull=False).order_by("-starts_at")
    if given_at.astimezone(ZONE).date() != today or not booked:
        return  # a demo that starts just after midnight has nobody waiting
    order = Order.objects.select_related("product", "patient").get(appointments=booked[0])
    due = next_dose(order)
    if due is None or not due.is_due(today):
        return  # given already, some days ago
    visit = past.Visit(clinic, line, order, today, given_at, "ito", number=0)
    with at(given_at):
        past.sign(visit, encounters.open_for(appointment=booked[0], by=clinic.staff["ito"]))


def look_back(clinic: Clinic) -> None:
    """The waits of earlier days ended well, one dose made somebody react, one lot was recalled, and vials moved."""
    _waits_ended(clinic)
    _react(clinic)
    _recall(clinic)
    _move(clinic)
    _open(clinic)
    _warm(clinic)
    _ask(clinic)
    _pause(clinic)
    _report(clinic)


def _given(clinic: Clinic, product: str) -> list[Administration]:
    rows = Administration.objects.filter(practice=clinic.practice, product__key=product, status="given")
    return list(rows.filter(superseded_by=None).select_related("encounter__patient", "product", "lot").order_by("pk"))


def _waits_ended(clinic: Clinic) -> None:
    for key in ("omalizumab",):
        for dose in _given(clinic, key):
            minutes = minutes_after(dose)
            if minutes and dose.given_at:
                ended = dose.given_at + timedelta(minutes=minutes + 1)
                nurse = clinic.staff["ito"]
                observations.finish(administration=dose, ended="no-reaction", by=nurse, now=ended)


def _react(clinic: Clinic) -> None:
    """Hives after an antibiotic: logged by an assistant, so that a nurse has an allergy to confirm."""
    dose = _given(clinic, "ceftriaxone")[-1]
    assistant, nurse = clinic.staff["lee"], clinic.staff["walker"]
    assert dose.given_at is not None
    began = dose.given_at + timedelta(minutes=6)
    with at(began):
        reaction = reactions.call(administration=dose, by=assistant)
    lines = (
        (0, EntryKind.SIGN, "Hives", assistant),
        (0, EntryKind.STEP, "Called for help, somebody stays", assistant),
        (1, EntryKind.STEP, "Physician at the chair", nurse),
        (2, EntryKind.MEASURED, "BP 118/72, pulse 96, oxygen 98 %", nurse),
        (4, EntryKind.DRUG, "diphenhydrAMINE 25 mg, spoken order of Dr Adams", nurse),
        (25, EntryKind.NOTE, "Hives fading, breathing freely", nurse),
    )
    for minutes, kind, text, by in lines:
        with at(began + timedelta(minutes=minutes)):
            reactions.note(reaction=reaction, kind=kind, text=text, by=by)
    with at(began + timedelta(minutes=50)):
        reactions.end(reaction=reaction, outcome="Recovered and went home", allergy=True, by=assistant)


def _recall(clinic: Clinic) -> None:
    doses = _given(clinic, RECALLED)
    recall = recalls.stop(
        product=doses[-1].product,
        number=doses[-1].lot_number,
        reason="particles seen in vials, maker's letter",
        by=clinic.staff["ito"],
    )
    recalls.contact(
        recall=recall,
        patient=doses[-1].encounter.patient,
        reached="message",
        note="her sister answered",
        by=clinic.staff["walker"],
    )


def _open(clinic: Clinic) -> None:
    """A multi-dose vial in use, and one that somebody forgot to throw away."""
    package = Package.objects.filter(product__key="cyanocobalamin", single_dose=False, holds_amount__isnull=False)[0]
    lot = arriving.receive(
        location=clinic.locations[0],
        product=package.product,
        package=package,
        number="MD4471",
        expires_on=timezone.localdate() + timedelta(days=300),
        containers=4,
        by=clinic.staff["ito"],
    )
    for days in (33, 5):
        vials.open_by_hand(lot=lot, by=clinic.staff["ito"], now=timezone.now() - timedelta(days=days))


def _warm(clinic: Clinic) -> None:
    """The second place's refrigerator stood open: the makers cleared its lots, but for one that nobody has reached."""
    now, nurse = timezone.now(), clinic.staff["ito"]
    excursion = holds.report(
        location=clinic.locations[1],
        began_at=now - timedelta(minutes=90),
        ended_at=now,
        celsius=Decimal("14.5"),
        reason="refrigerator door stood open",
        by=clinic.staff["walker"],
    )
    _, *cleared = excursion.held.order_by("lot__product__name", "pk")
    for held in cleared:
        holds.decide(
            held=held,
            outcome=HoldEnd.Outcome.RELEASED,
            decided_by="the makers' lines",
            reason="stable for 24 hours below 25 °C",
            by=nurse,
        )


def _move(clinic: Clinic) -> None:
    first, second = clinic.locations
    lots = Lot.objects.filter(location=first, product__key="ketorolac", on_hand__gt=8).order_by("expires_on")
    known_codes.say(gtin=CARTON, package=Package.objects.get(ndc=IN_CARTON), units=25, by=clinic.staff["ito"])
    arriving.transfer(lot=lots[0], to=second, containers=5, by=clinic.staff["ito"], note="Riverside runs low")
    stock.waste(lot=lots[0], containers=1, by=clinic.staff["santos"], note="dropped, glass broke")
    controlled = Lot.objects.filter(location=first, product__key=CONTROLLED, on_hand__gt=8).order_by("expires_on")[0]
    ito, walker = clinic.staff["ito"], clinic.staff["walker"]
    stock.waste(lot=controlled, containers=1, by=ito, witness=walker, note="rubber stopper torn")


def _ask(clinic: Clinic) -> None:
    """An order that nobody has signed, and the question that one tap sent to its practitioner."""
    order = Order.objects.get(practice=clinic.practice, patient=clinic.patients[ASKED], signed_at=None)
    order_requests.ask(order=order, by=clinic.staff["lee"])


def _pause(clinic: Clinic) -> None:
    """A series of today that waits for a result."""
    order = Order.objects.get(practice=clinic.practice, patient=clinic.patients[PAUSED], product__key=CONTROLLED)
    until = timezone.now().astimezone(ZONE).date() + timedelta(days=7)
    pauses.pause(order=order, until=until, reason="hematocrit 54%, repeat it first", by=clinic.staff["nand"])


def _report(clinic: Clinic) -> None:
    """A near miss that somebody reported, and the first thing that was done about it."""
    nurse, day = clinic.staff["walker"], timezone.now().astimezone(ZONE).date() - timedelta(days=2)
    told = incidents.report(location=clinic.locations[0], what=NEAR_MISS, happened_on=day, by=nurse)
    incidents.follow_up(incident=told, text="The two boxes now stand on separate shelves", by=clinic.staff["ito"])
