"""Twins for the chapter on the public lists of codes, over lists as an import leaves them; and contested newcomers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from billing.context import BilledLine
from billing.loading import shipped_reference
from billing.reference import Reference
from billing.reference.imported import Imported
from billing.reference.published import PublishedFile, Span
from injections.facts import Service
from tests.builders import AT, ask, dose, visit

CODES = PublishedFile("hcpcs", "HCPC2026_OCT_ANWEB.txt", "", date(2026, 10, 1), date(2026, 12, 31))
ADD_ONS = PublishedFile("add-on-codes", "AOC_V2026Q4-MCR.txt", "", date(2026, 10, 1), date(2026, 12, 31))


def listed(until: date | None) -> Reference:
    """CMS's list with ketorolac's code to a last day, and one add-on."""
    codes = {"J1885": ((Span(date(1997, 1, 1), until, CODES), ("J1886",)),)}
    add_ons = {"15853": ((Span(None, None, ADD_ONS), ("99213",)),)}
    return replace(shipped_reference(), imported=Imported(files=(CODES, ADD_ONS), codes=codes, add_ons=add_ons))


KETOROLAC = dose()
HOUR = {"given_at": AT, "stopped_at": AT + timedelta(hours=1)}
ALONE = visit(KETOROLAC, services=(Service("15853"),))
BESIDE = visit(KETOROLAC, services=(Service("15853"), Service("99213")))

TWINS = {
    "contested.listed_as_not_complex": (
        ask(dose("certolizumab-pegol", "400 mg", route="SC"), "medicare", contractor="NGS"),
        ask(dose("certolizumab-pegol", "400 mg", route="SC"), "medicare", contractor="CGS"),
    ),
    "contested.infusion_of_a_biologic": (
        *(ask(dose("abatacept", "750 mg", route=route, **HOUR)) for route in ("IV-infusion", "SC")),
    ),
    "contested.cancer_drug_before_its_code": (
        ask(visit(dose("talquetamab", "3 mg", route="SC"), date=date(2024, 3, 31))),
        ask(visit(dose("talquetamab", "3 mg", route="SC"), date=date(2024, 4, 1))),
    ),
    "contested.brand_before_its_code": (
        ask(visit(dose("aripiprazole-asimtufii", "960 mg"), date=date(2023, 12, 31))),
        ask(visit(dose("aripiprazole-asimtufii", "960 mg"), date=date(2024, 1, 1))),
    ),
    "contested.progestin_against_cancer": (
        *(ask(dose("hydroxyprogesterone", "250 mg", diagnoses=(why,))) for why in ("C54.1", "N91.2")),
    ),
    "contested.tunnel_at_the_ankle": (
        ask(
            dose("triamcinolone", "20 mg", route="perineural", site="tarsal tunnel", side="left", diagnoses=("G57.52",))
        ),
        ask(
            dose("triamcinolone", "20 mg", route="perineural", site="sciatic nerve", side="left", diagnoses=("M54.32",))
        ),
    ),
    "validity.code_not_in_force": (
        ask(KETOROLAC, reference=listed(date(2026, 9, 30))),
        ask(KETOROLAC, reference=listed(None)),
    ),
    "validity.reported_code_ended": (
        *(ask(visit(KETOROLAC, services=(Service(code),)), "medicare") for code in ("99201", "99202")),
    ),
    "validity.billed_code_ended": (*(ask(KETOROLAC, same_day=(BilledLine(code),)) for code in ("99201", "20610")),),
    "validity.add_on_alone": (
        ask(ALONE, "medicare", reference=listed(None)),
        ask(BESIDE, "medicare", reference=listed(None)),
    ),
}
