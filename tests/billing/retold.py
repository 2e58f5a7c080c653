"""The twins of the tests as the examples of the rulebook: `manage.py rulebook` writes what this module tells."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from billing.engine import review
from billing.loading import shipped_reference
from billing.rulebook import retelling
from billing.rulebook.retelling import Heard, pair
from billing.rulebook.tables_told import tables
from billing.rules import RULEBOOK
from injections.checks import CHECKS, address
from tests.builders import Ask, ask, context, dose
from tests.injections.checks import cases_care, cases_drug, cases_record, visits

TWINS = sorted(path.stem for path in (Path(__file__).parent / "rules").glob("twins_*.py"))
RULES: dict[str, tuple[Ask, Ask]] = {
    name: twins for module in TWINS for name, twins in import_module(f"tests.billing.rules.{module}").TWINS.items()
}
SPEAKS = [*cases_care.SPEAKS, *cases_drug.SPEAKS, *cases_record.SPEAKS]
SILENT = [*cases_care.SILENT, *cases_drug.SILENT, *cases_record.SILENT]
#: the visit that the builders make when nothing is said
USUAL = ask(dose())


def examples() -> dict[str, Any]:
    """Every rule of the bill and every check of the chart with a visit for each of its two answers."""
    usual = heard("", USUAL)
    told = [rule.name for rule in RULEBOOK if rule.name in RULES]
    bill = {name: pair(*(heard(name, twin) for twin in RULES[name]), usual) for name in told}
    return bill | {address(check): chart(address(check)) for check in CHECKS}


def heard(name: str, question: Ask) -> Heard:
    changes = {"reference": shipped_reference(), **question.changes}
    reference = changes.pop("reference")
    about = context(question.of, **changes)
    case = review(question.encounter, about, reference, examine=lambda _: ())
    return Heard(question.encounter, about, retelling.said(question.hear(name)), retelling.lines(case), tables(case))


def chart(name: str) -> dict[str, Any]:
    speaking = next(case.encounter for case in SPEAKS if case.rule == name)
    silent = next(case.encounter for case in SILENT if case.rule == name)
    return pair(examined(name, speaking), examined(name, silent), examined(name, visits.visit()))


def examined(name: str, encounter: Any) -> Heard:
    return Heard(encounter, None, retelling.said(visits.said(encounter, name)))
