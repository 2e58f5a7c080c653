"""Reasons that somebody stated: why a fact cannot be had any more, and why a stop was overruled.

To overrule "the lot is not charted" is to say why there is none: both are kept as the fact's own *unobtainable*.
"""

from __future__ import annotations

from collections.abc import Mapping

from injections.facts import Unobtainable, Waiver

UNOBTAINABLE = "unobtainable."
WAIVE = "waive."
LONGEST = 200
#: what asks why a dose is charted only now; its answer holds up nothing and stands in the record
LATE = ("timing.charted_hours_later", "timing.charted_on_a_later_day")

#: facts that contradict one another: a slip as a rule, and true now and then, such as of an overfilled vial
DOUBTED = (
    *("dose.volume_contradicts_dose", "dose.dose_in_another_measure", "vial.volume_over_content"),
    *("vial.more_used_than_opened", "vial.containers_give_another_dose", "vial.no_vial_opened"),
    *("vial.ndc_of_another_package", "waste.discarded_in_another_measure"),
    *("patient.birth_date_not_possible", "patient.weight_not_possible"),
    *("timing.given_on_another_day", "timing.stopped_before_started", "timing.lasts_more_than_a_day"),
    *("timing.charted_twice", "timing.giver_charted_away", "timing.presence_ends_before_it_begins"),
    *("order.order_ends_before_it_begins", "order.order_later_than_dose"),
)
#: what is missing and stands on another page than the chart: only why it is missing is said here
ELSEWHERE = ("patient.weight_not_charted", "completeness.giver_credential_not_charted")
#: what the page shows as a card with room for a reason; no act is unsafe
EXPLAINED = (*DOUBTED, *ELSEWHERE)

#: the check that misses a fact -> the fact that may be stated as unobtainable
MISSED_BY = {
    "completeness.lot_not_charted": "lot",
    "completeness.expiry_not_charted": "expires",
    "completeness.ndc_not_charted": "ndc",
    "completeness.manufacturer_not_charted": "manufacturer",
    "completeness.source_not_charted": "source",
    "completeness.route_not_charted": "route",
    "completeness.site_not_charted": "site",
    "completeness.side_not_charted": "side",
    "completeness.time_not_charted": "given_at",
    "completeness.stop_time_not_charted": "stopped_at",
    "completeness.supervision_not_charted": "supervision",
    "completeness.vial_drawn_up_not_charted": "lot",
    "consent.agreement_not_charted": "consent",
    "patient.identity_check_not_charted": "identity_checked",
    "patient.allergy_review_not_charted": "allergies_checked",
    "patient.response_not_charted": "response",
    "patient.reason_not_charted": "reason",
    "patient.observation_not_charted": "observation",
    "order.order_not_charted": "order",
    "waste.discarded_amount_not_charted": "discarded",
}

#: facts that have no room for a reason of their own: the reason answers the check instead
ANSWERED_BY_WAIVER = {
    "dose": "completeness.dose_not_charted",
    "discard_witness": "waste.discard_witness_missing",
}


def read_unobtainable(entries: Mapping[str, str]) -> tuple[dict[str, Unobtainable], dict[str, str]]:
    """The reasons by fact, and an error for each field that asks for something that no fact is."""
    reasons: dict[str, Unobtainable] = {}
    errors: dict[str, str] = {}
    facts = set(MISSED_BY.values())
    for field, text in entries.items():
        fact = _fact_of(field)
        if not text or fact is None or fact in ANSWERED_BY_WAIVER:
            continue
        if fact not in facts:
            errors[field] = "This cannot be left out with a reason"
        elif len(text) > LONGEST:
            errors[field] = f"Enter at most {LONGEST} characters"
        else:
            reasons[fact] = Unobtainable(text)
    return reasons, errors


def read_waivers(entries: Mapping[str, str], by: str) -> tuple[Waiver, ...]:
    """The stops that were answered with a reason, in the order of their names."""
    waivers = []
    for field, text in sorted(entries.items()):
        rule = field.removeprefix(WAIVE) if field.startswith(WAIVE) else None
        rule = rule or ANSWERED_BY_WAIVER.get(_fact_of(field) or "")
        if rule and text and rule not in MISSED_BY:
            waivers.append(Waiver(rule=rule, reason=text[:LONGEST], by=by))
    return tuple(waivers)


def _fact_of(field: str) -> str | None:
    """The fact that this field states as unobtainable, directly or by overruling the check that misses it."""
    if field.startswith(UNOBTAINABLE):
        return field.removeprefix(UNOBTAINABLE)
    return MISSED_BY.get(field.removeprefix(WAIVE)) if field.startswith(WAIVE) else None
