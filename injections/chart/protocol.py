"""Whether a standing order fits a patient, a place and a day; its criteria in words are for whoever gives it."""

from __future__ import annotations

from datetime import date

from injections.days import months_on, written_day
from injections.models import Patient, StandingOrder
from injections.models.standing_order import YEAR, age_words
from injections.protocol_states import not_covered


def misfit(protocol: StandingOrder, *, patient: Patient, state: str, day: date) -> str:
    """Why it may not be used, in words; empty where it may."""
    if hasattr(protocol, "end"):
        return "This protocol has ended"
    if day < protocol.since:
        return f"Begins {written_day(protocol.since)}"
    if day > protocol.until:
        return f"Ended {written_day(protocol.until)}"
    if state not in protocol.states:
        return f"Not signed for {state or 'a place without a state'}, only for {', '.join(protocol.states)}"
    return _of_another_age(protocol, months_on(patient.birth_date, day))


def _of_another_age(protocol: StandingOrder, months: int) -> str:
    young = protocol.from_months is not None and months < protocol.from_months
    old = protocol.below_months is not None and months >= protocol.below_months
    return f"For patients {protocol.ages}. This patient is {_lived(months)}" if young or old else ""


def _lived(months: int) -> str:
    """ "5 months", "64 years": whole years from two on."""
    return age_words(months if months < 2 * YEAR else months - months % YEAR)


def state_says(protocol: StandingOrder, state: str) -> str:
    """What the state says against it, where it leaves only other drugs to such orders; empty where it says nothing."""
    source = not_covered(state, protocol.product.classes, protocol.product.name)
    return f"{state} wants an order for each patient for this drug: {source}" if source else ""
