"""On whose word the checks of the chart stand. What is not here is plain safe practice."""

from __future__ import annotations

LABEL = "The drug's prescribing information"
SIGNATURES = "Medicare Program Integrity Manual ch. 3 §3.3.2.4: orders and records are signed; state practice acts"
LATE = "Medicare Program Integrity Manual ch. 3 §3.3.2.5: late entries say that they are, by whom and when"
VACCINE_RECORD = "42 USC 300aa-25, for vaccines: day, maker, lot, and who gave it; recalls of other drugs go by lot too"
WASTE = "Medicare Claims Processing Manual ch. 17 §40: the record shows what was thrown away"
SUPERVISION = "42 CFR 410.26(b)(5), for Medicare; plans differ"

#: a check's address, or its chapter where most of a chapter stands on one word
SOURCES: dict[str, str] = {
    "allergy": f"{LABEL}: contraindications",
    "dose": LABEL,
    "interval": LABEL,
    "interval.given_today_already": "",
    "interval.too_late_for_contraception": f"{LABEL}; CDC, US Selected Practice Recommendations 2024: up to 15 weeks",
    "screening": f"{LABEL}, with its safety program (REMS) where it has one",
    "site": LABEL,
    "site.volume_over_usual_for_site": "Nursing references on volumes by site (they differ)",
    "site.side_to_spare": "",
    "vial.lot_expired": "21 CFR 211.137: a drug carries its last day",
    "vial.lot_recalled": "21 CFR part 7: recalls",
    "vial.lot_held": "The label's storage conditions; CDC Vaccine Storage and Handling Toolkit",
    "vial.past_beyond_use": "CDC injection safety: 28 days once opened, unless the label says otherwise",
    "order.order_not_charted": SIGNATURES,
    "order.order_signature_not_charted": SIGNATURES,
    "order.order_unsigned": SIGNATURES,
    "order.orderer_without_authority": SIGNATURES,
    "order.spoken_order_unsigned": SIGNATURES,
    "completeness.lot_not_charted": VACCINE_RECORD,
    "completeness.manufacturer_not_charted": VACCINE_RECORD,
    "completeness.giver_not_charted": VACCINE_RECORD,
    "completeness.giver_credential_not_charted": VACCINE_RECORD,
    "completeness.ndc_not_charted": "Deficit Reduction Act of 2005 §6002, for Medicaid; recalls go by package too",
    "completeness.source_not_charted": "Medicare Benefit Policy Manual ch. 15 §50.3: a cost to the practice",
    "completeness.stop_time_not_charted": "CPT: push and infusion are told apart by the clock",
    "completeness.supervision_not_charted": SUPERVISION,
    "waste.discarded_amount_not_charted": WASTE,
    "waste.remainder_unaccounted": WASTE,
    "waste.discard_witness_missing": "DEA and state rules on controlled substances (confirm)",
    "patient.identity_check_not_charted": "The Joint Commission, NPSG.01.01.01: two identifiers",
    "patient.observation_not_charted": f"{LABEL}; for omalizumab the advice of AAAAI and ACAAI",
    "patient.observation_too_short": f"{LABEL}; for omalizumab the advice of AAAAI and ACAAI",
    "patient.surface_not_known": LABEL,
    "patient.weight_not_charted": LABEL,
    "patient.statement_not_charted": "42 USC 300aa-26: vaccine information statements",
    "patient.reason_not_charted": "Social Security Act §1862(a)(1)(A): reasonable and necessary care",
    "timing.charted_hours_later": LATE,
    "timing.charted_on_a_later_day": LATE,
    "timing.charted_twice": "One injection makes one record and one line: CARC 18, duplicate",
}


def source_of(address: str) -> str:
    """Who says so; empty for plain safe practice."""
    return SOURCES.get(address, SOURCES.get(address.partition(".")[0], ""))
