"""Order: whether somebody asked for exactly this dose."""

from __future__ import annotations

from collections.abc import Iterator

from injections.checks.amounts import SYRINGE_PARTS, differs, equation_of, in_measure_of, ordered_dose, shown, strength
from injections.checks.completeness import is_practitioner as may_order
from injections.checks.names import drug_names, names_any_of
from injections.checks.rule import check, gap, incident, stop, treatments, warning
from injections.days import written_day
from injections.facts import Administration, Encounter, Order, Status, known
from injections.findings import Finding, Gate, Owner, Severity, Until
from injections.quantity import Quantity, format_dose
from injections.routes import route_words, same_route

ASK = "Stop, and ask the person who ordered it"


_ORDER_FIELDS = {
    "drug": "order.drug",
    "dose": "ordered_dose",
    "route": "order.route",
    "date": "order.date",
    "practitioner": "order.clinician",
}


def _orders(encounter: Encounter) -> Iterator[tuple[Administration, Order]]:
    """The doses whose order is known, with it."""
    for dose in treatments(encounter):
        order = known(dose.order)
        if order is not None and order.present:
            yield dose, order


def _left_to_the_physician(dose: Administration, fact: str, *, fix: str, because: str = "") -> Finding:
    """A critical gap of the claim that no nurse can close: it is the physician's until the co-signature."""
    return Finding(
        rule="",
        summary="",
        severity=Severity.CRITICAL,
        gate=Gate.CLAIM,
        owner=Owner.PHYSICIAN,
        until=Until.CO_SIGN,
        fix=fix,
        because=because,
        administrations=(dose.id,),
        fields=(fact,),
    )


@check(applies=("no order",))
def order_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """No order is charted for this dose

    A dose without an order is a dose nobody asked for.
    """
    for dose in treatments(encounter):
        if dose.order is None or (isinstance(dose.order, Order) and not dose.order.present):
            yield gap(dose, "order", fix="Choose the order or ask for one")


@check(applies=("order unsigned",))
def order_signature_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Whether the order is signed is not charted

    Only a signed order is an order; a spoken one is signed afterwards.
    """
    for dose, order in _orders(encounter):
        if order.signed is None and order.kind != "spoken":
            yield gap(dose, "order.signed", fix="Check whether the order is signed")


@check(applies=("order unsigned",))
def order_unsigned(encounter: Encounter) -> Iterator[Finding]:
    """The order is not signed yet

    The signature is the practitioner's to give: it holds up the claim, never the nurse's own signature.
    """
    for dose, order in _orders(encounter):
        if order.signed is False and order.kind != "spoken":
            yield _left_to_the_physician(dose, "order.signed", fix="Sign the order")


@check(applies=("ordered by staff",))
def orderer_without_authority(encounter: Encounter) -> Iterator[Finding]:
    """The order is by somebody who cannot order a drug

    Only a practitioner orders for a patient. A nurse writes an order down, but in the practitioner's name.
    """
    for dose, order in _orders(encounter):
        who, vaccine = order.clinician, dose.product is not None and "vaccine" in dose.product.classes
        if who is not None and who.credential and order.kind != "protocol" and not vaccine and not may_order(who):
            who_ordered = f"ordered by {who.name}, {who.credential}"
            yield _left_to_the_physician(
                dose, "order.clinician", fix="Sign the order, or name whose it is", because=who_ordered
            )


@check(applies=("order unsigned",))
def spoken_order_unsigned(encounter: Encounter) -> Iterator[Finding]:
    """The spoken order is not signed yet

    A spoken order may be carried out at once, and is signed at co-sign.
    """
    for dose, order in _orders(encounter):
        if order.kind == "spoken" and not order.signed:
            yield warning(
                dose,
                "order.signed",
                fix="Sign the spoken order",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                gate=Gate.CLAIM,
            )


@check
def order_incomplete(encounter: Encounter) -> Iterator[Finding]:
    """The order does not say everything

    What the order leaves out cannot be compared with what was given.
    """
    for dose, order in _orders(encounter):
        told = {
            "drug": order.drug,
            "dose": ordered_dose(dose),
            "route": order.route,
            "date": order.date,
            "practitioner": order.clinician,
        }
        missing = [name for name, value in told.items() if not value]
        if missing:
            because = f"no {', '.join(missing)} in the order"
            fields = tuple(_ORDER_FIELDS[name] for name in missing)
            yield warning(dose, *fields, fix="Have the order completed", because=because, until=Until.CO_SIGN)


@incident("Given on an expired order: held until a new order covers it", applies=("order.expires",))
def order_expired(encounter: Encounter) -> Iterator[Finding]:
    """The order has expired

    It was meant for another time; the practitioner may want something else by now.
    """
    for dose, order in _orders(encounter):
        if order.expires is not None and order.expires < encounter.date:
            because = f"the order ended {written_day(order.expires)}, the dose is of {written_day(encounter.date)}"
            yield stop(dose, "order.expires", fix="Ask for a new order", because=because)


@incident("Given after the order was stopped: held until a new order covers it", applies=("order.stopped",))
def order_stopped(encounter: Encounter) -> Iterator[Finding]:
    """The order was stopped

    Whoever stopped it did not want this dose to be given, even where the chart was open already.
    """
    for dose, order in _orders(encounter):
        if order.stopped is not None and order.stopped <= encounter.date:
            because = f"stopped on {written_day(order.stopped)}"
            yield stop(dose, "order.stopped", fix=ASK, because=because)


@incident("Given while the order waited: held until a new order covers it", applies=("order.paused_until",))
def order_paused(encounter: Encounter) -> Iterator[Finding]:
    """The order is paused

    Whoever paused it wanted something to be settled before the next dose, such as a laboratory result.
    """
    for dose, order in _orders(encounter):
        if order.paused_until is not None and encounter.date < order.paused_until:
            because = f"paused until {written_day(order.paused_until)}"
            yield stop(dose, "order.paused_until", fix=ASK, because=because)


@incident("Given beyond the order: held until a new order covers it", applies=("order.doses_planned",))
def order_used_up(encounter: Encounter) -> Iterator[Finding]:
    """Every dose of the order has been given

    One dose more is one that nobody asked for. What was given only in part may be completed.
    """
    for dose, order in _orders(encounter):
        planned, given = order.doses_planned, order.doses_given
        if planned is not None and given is not None and given >= planned:
            because = f"{given} of {planned} {'dose' if planned == 1 else 'doses'} given before this one"
            yield stop(dose, "order.doses_planned", fix=ASK, because=because)


@check(applies=("order.expires",))
def order_ends_before_it_begins(encounter: Encounter) -> Iterator[Finding]:
    """The order ends before it begins

    One of its two dates is mistyped, so nobody can tell whether it covered the dose.
    """
    for dose, order in _orders(encounter):
        if order.date is not None and order.expires is not None and order.expires < order.date:
            because = f"ordered {written_day(order.date)}, ends {written_day(order.expires)}"
            yield gap(dose, "order.date", "order.expires", fix="Correct the dates of the order", because=because)


@incident("Held until the order and the dose agree", applies=("ordered later",))
def order_later_than_dose(encounter: Encounter) -> Iterator[Finding]:
    """The order is dated after the dose

    Only a spoken order is written down after it was carried out.
    """
    for dose, order in _orders(encounter):
        if order.date is not None and order.date > encounter.date and order.kind != "spoken":
            because = f"the order is of {written_day(order.date)}, the dose of {written_day(encounter.date)}"
            yield gap(dose, "order.date", fix="Check the date of the order", because=because)


def _holds(dose: Administration) -> Quantity | None:
    """How much drug the package in hand holds, where its label says so."""
    return dose.package.holds if dose.package else None


def _much(name: str, amount: Quantity | None) -> str:
    """ "cefTRIAXone 500 mg"; a name that says an amount already stays as it is."""
    if amount is None or any(character.isdigit() for character in name):
        return name
    return f"{name} {format_dose(amount)}"


@incident("Given against the order: held until the order is changed", applies=("order.drug",))
def drug_not_as_ordered(encounter: Encounter) -> Iterator[Finding]:
    """The drug is not the one that was ordered

    Another drug is never a substitute, whatever the reason; salts and long-acting forms are other drugs too.
    """
    for dose, order in _orders(encounter):
        names = drug_names(dose)
        if order.drug and names and not names_any_of(order.drug, names):
            because = f"ordered {_much(order.called, order.dose)}, in hand {_much(dose.called, _holds(dose))}"
            yield stop(dose, "drug", "order.drug", fix="Stop. Take the drug that was ordered", because=because)


@incident("Given against the order: held until the order is changed", applies=("order.route",))
def route_not_as_ordered(encounter: Encounter) -> Iterator[Finding]:
    """The route is not the one that was ordered

    The same dose acts differently by another route.
    """
    for dose, order in _orders(encounter):
        route = known(dose.route)
        if order.route and route and not same_route(order.route, route):
            because = f"ordered {route_words(order.route)}, charted {route_words(route)}"
            yield stop(dose, "route", "order.route", fix=ASK, because=because)


@check(applies=("ordered_dose", "order.dose"))
def dose_change_without_reason(encounter: Encounter) -> Iterator[Finding]:
    """The dose differs from the order and nobody has said why

    A changed dose is safe when somebody decided it, and the record says who and why.
    """
    for dose in treatments(encounter):
        ordered = ordered_dose(dose)
        if ordered is None or dose.dose is None or dose.dose_change_reason or dose.status is Status.PARTLY:
            continue
        given = in_measure_of(dose.dose, ordered, strength(dose), equation_of(dose))
        if given is not None and _changed(dose.dose, given, ordered):
            because = f"ordered {shown(ordered)}, charted {shown(dose.dose)}"
            yield gap(dose, "dose", "dose_change_reason", fix="Say why the dose was changed", because=because)


def _changed(charted: Quantity, given: Quantity, ordered: Quantity) -> bool:
    """Exactly in the same measure; within a syringe's reading where the label's strength joins the two."""
    if charted.dimension is ordered.dimension:
        return given != ordered
    return differs(given, ordered, parts=SYRINGE_PARTS)


CHECKS = (
    order_not_charted,
    order_signature_not_charted,
    order_unsigned,
    orderer_without_authority,
    spoken_order_unsigned,
    order_incomplete,
    order_expired,
    order_stopped,
    order_paused,
    order_used_up,
    order_ends_before_it_begins,
    order_later_than_dose,
    drug_not_as_ordered,
    route_not_as_ordered,
    dose_change_without_reason,
)
