"""On whose word the checks of the chart speak: by chapter, and by check where one has a word of its own."""

from __future__ import annotations

_RECORD = "CMS 100-08 ch. 3 §3.3.2: a record is complete, legible, dated and signed"
_LABEL = "the drug's label"
_DRUG_LAW = "21 USC 351; practice safety: an expired or recalled drug is an incident"
_ORDERED = "CMS 100-08 ch. 3 §3.3.2; state practice acts: a drug is given on the order of somebody who may order it"

_CHAPTERS = {
    "allergy": f"{_LABEL}; practice safety: allergies are asked about before a dose",
    "completeness": _RECORD,
    "dose": f"{_LABEL}: its largest dose, by age, weight and kidneys",
    "interval": f"{_LABEL}: how far doses lie apart",
    "order": _ORDERED,
    "patient": f"{_RECORD}; practice safety",
    "screening": f"{_LABEL}: its contraindications and warnings",
    "site": f"{_LABEL}; usual nursing practice",
    "timing": _RECORD,
    "vial": _DRUG_LAW,
    "waste": "CMS 100-04 ch. 17 §40: given and discarded add up to what was opened",
}
_CHECKS = {
    "completeness.supervision_not_charted": "42 CFR 410.26: the supervision of a dose is shown by the record",
    "completeness.split_reason_not_charted": "payers' audits of divided doses (confirm with the payer)",
    "interval.given_today_already": "practice safety: one dose is given once",
    "interval.too_late_for_contraception": f"{_LABEL}; CDC US SPR 2024",
    "patient.statement_not_charted": "42 USC 300aa-26: the vaccine information statement",
    "patient.consent_refused": "practice safety: nobody is injected against their will",
    "timing.giver_charted_away": "42 CFR 410.26: the supervision of a dose is shown by the record",
    "timing.presence_ends_before_it_begins": "42 CFR 410.26: the supervision of a dose is shown by the record",
    "vial.ndc_of_another_package": "the package's NDC; practice safety",
    "vial.vial_of_another_drug": "the package's NDC; practice safety",
    "waste.discard_witness_missing": "21 CFR 1304 and state law: waste of a controlled drug is witnessed",
}


def chart_source(rule: str) -> str:
    """The source of a check of the chart; empty for a rule that is none."""
    return _CHECKS.get(rule) or _CHAPTERS.get(rule.partition(".")[0], "")
