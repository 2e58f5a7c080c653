"""docs/rules-map.md: every number of the catalogue stands there once, and every name beside it is one of ours."""

from __future__ import annotations

import re
from pathlib import Path

from billing.reference.demands import DEMANDS
from billing.rules import RULEBOOK
from injections.checks import CHECKS, address

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "rules-map.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [A-Z]+-\d", line)
]
#: the numbers of the catalogue: its chapters with their last rows, and the single rows that were added to it
CHAPTERS = {
    **{"ROUTE": 20, "CHEMO": 8, "VAX": 12, "ALG": 4, "ADMU": 5, "PTP": 12, "GLOB": 3, "EM": 11, "DRUG": 21},
    **{"WASTE": 13, "NDC": 9, "SUP": 12, "CMSF": 3, "POS": 8, "SAD": 5, "DX": 14, "AUTH": 2, "FREQ": 2, "DOC": 20},
    **{"TIME": 5, "GATE": 1, "ORDER": 1, "PREP": 1, "OBS": 1, "ABN": 1, "HCPCS": 2, "SAME": 1, "PAYER": 1, "PAY": 1},
    "TABLE": 1,
}
OURS = {rule.name for rule in RULEBOOK} | {address(check) for check in CHECKS} | set(DEMANDS)

#: rules that no row of the catalogue asked for: contradictions in the chart, and the door for other systems
BEYOND = (
    "administration.dose_not_given",
    "claim.npi_not_valid",
    "claimed.code_differs",
    "contested.brand_before_its_code",
    "contested.infusion_of_a_biologic",
    "contested.two_syringes_of_rsv_antibody",
    "contradictions.diagnosis_of_other_sex",
    "contradictions.earlier_dose_of_no_drug",
    "contradictions.known_too_early",
    "contradictions.nothing_treated",
    "contradictions.pregnancy_not_possible",
    "drug.choice_between_codes",
    "drug.product_not_known",
    "evaluation.claimed_act_differs",
    "evaluation.reported_services",
    "immunisation.vaccine_for_another_age",
    "modifiers.claimed_modifier_missing",
    "notices.signed_long_before",
    "places.not_by_telehealth",
    "procedures.platelet_plasma",
    "reported.act_stands_already",
    "reported.not_a_code",
    "reported.procedure_differs",
    "reported.units_differ",
    "supervision.nurse_visit_not_supervised",
    "timeliness.filed_before_the_dose",
    "validity.add_on_alone",
    "wastage.assumed_vial",
    "wastage.container_not_charted",
)


def test_every_number_stands_there_once() -> None:
    wanted = [f"{chapter}-{number:02}" for chapter, last in CHAPTERS.items() for number in range(1, last + 1)]
    assert sorted(row[0] for row in ROWS) == sorted([*wanted, "SUP-09b"])


def test_every_name_is_a_rule_a_check_a_demand_or_a_file() -> None:
    names = [(row[0], name) for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])]
    assert [(number, n) for number, n in names if n not in OURS and not (ROOT / n).is_file()] == []


def test_no_row_is_empty() -> None:
    assert [row[0] for row in ROWS if not re.search(r"`[^`]+`", row[2]) or not row[1]] == []


def test_every_rule_of_the_bill_answers_some_number_or_says_why_it_is_more() -> None:
    told = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])}
    assert sorted({rule.name for rule in RULEBOOK} - told) == sorted(BEYOND)
