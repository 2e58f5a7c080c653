"""Standing orders of the demo practice: two that hold, and one that was ended."""

from __future__ import annotations

from datetime import date, timedelta

from billing.demo import access
from billing.demo.clock import at, moment
from billing.demo.practice import Clinic
from injections.actions import standing_orders
from injections.models import Product, StandingOrder
from injections.quantity import Quantity

#: signed so many days ago
SIGNED = 60


def sign_all(clinic: Clinic, today: date) -> list[StandingOrder]:
    """What the physicians leave to the nurses."""
    day = today - timedelta(days=SIGNED)
    with at(moment(day, "07:50")):
        flu = _sign(
            clinic, day, "Flu shot, adults", "influenza-vaccine", "0.5 mL", "adams",
            criteria="Anyone who wants it. Not after a severe allergic reaction to a flu shot",
            diagnoses=["Z23"], reason="immunization", from_months=216,
        )  # fmt: skip
        rescue = _sign(
            clinic, day, "Anaphylaxis, first dose", "epinephrine", "0.3 mg", "okafor",
            criteria="Suspected anaphylaxis, 30 kg or more. Call 911 and a physician at once",
            diagnoses=["T78.2XXA"], reason="anaphylaxis",
        )  # fmt: skip
        old = _sign(
            clinic, day, "Vitamin B12, walk-ins", "cyanocobalamin", "1000 mcg", "adams",
            criteria="Adults with a B12 deficiency on record", diagnoses=["E53.8"], from_months=216,
        )  # fmt: skip
    with at(moment(today - timedelta(days=30), "12:10")):
        standing_orders.end(protocol=old, reason="B12 is ordered for each patient now", by=clinic.staff["adams"])
    return [flu, rescue, old]


def _sign(
    clinic: Clinic, day: date, name: str, product: str, dose: str, who: str, *, criteria: str,
    diagnoses: list[str], reason: str = "", from_months: int | None = None,
) -> StandingOrder:  # fmt: skip
    by = clinic.staff[who]
    return standing_orders.sign(
        name=name,
        product=Product.objects.get(key=product),
        dose=Quantity.parse(dose),
        route="IM",
        criteria=criteria,
        states=standing_orders.states_of(clinic.practice, day),
        since=day,
        until=day + timedelta(days=365),
        diagnoses=diagnoses,
        reason=reason,
        from_months=from_months,
        by=by,
        proof=access.proof_of(by),
    )
