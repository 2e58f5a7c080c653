"""Short builders for facts: an ordinary dose, an ordinary visit, and the bill that follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from billing.case import Case
from billing.context import BillingContext
from billing.engine import review
from billing.loading import shipped_reference
from billing.outcomes import Outcome
from billing.reference import Reference
from billing.reference.payers import Demand, Payer, PayerValue
from billing.rules import RULEBOOK
from billing.rules.rule import Rule
from injections.facts import (
    Administration,
    Clinician,
    Consent,
    Encounter,
    Observation,
    Order,
    Package,
    Patient,
    Product,
    Source,
    Supervision,
    SupervisionMode,
)
from injections.quantity import Quantity

DAY = date(2026, 10, 6)
ADAMS = Clinician("Adams", "MD", "1234567893")
LEE = Clinician("Lee", "CMA")
AT = datetime(2026, 10, 6, 9, 21, tzinfo=UTC)


def amount(text: str) -> Quantity:
    return Quantity.parse(text)


def product(key: str) -> Product:
    found = shipped_reference().products.by_key(key)
    assert found is not None, key
    return found


def supervised(mode: str = "in-suite", **changes: Any) -> Supervision:
    since, until = AT.replace(hour=8, minute=0), AT.replace(hour=17, minute=0)
    usual = Supervision(SupervisionMode(mode), ADAMS, since, until, None, "Lee")
    return replace(usual, **changes)


def vial(holds: str, *, single_dose: bool | None = True, volume: str | None = None, **changes: Any) -> Package:
    package = Package("", holds=amount(holds), volume=amount(volume) if volume else None, single_dose=single_dose)
    return replace(package, **changes)


#: what a drug is believably given for, where a test says nothing; pain in the lower back for the others
USUAL_REASONS = {
    "abatacept": "M06.9",
    "allergen-extract": "J30.1",
    "aripiprazole-asimtufii": "F20.9",
    "certolizumab-pegol": "M06.9",
    "cortisone": "M75.51",
    "immune-globulin-hizentra": "D80.1",
    "influenza-vaccine": "Z23",
    "methylprednisolone-acetate": "M54.31",
    "ondansetron": "R11.2",
    "pegfilgrastim": "D70.1",
    "promethazine": "R11.2",
    "romosozumab": "M81.0",
    "talquetamab": "C90.00",
    "tezepelumab": "J45.50",
    "tocilizumab": "M06.9",
    "triamcinolone": "M17.11",
    "tuberculin-ppd": "Z11.1",
}


def dose(key: str | None = "ketorolac", given: str | None = "30 mg", **changes: Any) -> Administration:
    """A well-charted dose of a drug of the formulary; ``given=None`` leaves the dose out."""
    found = product(key) if key else None
    usual = Administration(
        id="1",
        drug=found.name if found else None,
        product=found,
        dose=amount(given) if given else None,
        route="IM",
        site="deltoid",
        side="left",
        indication="as ordered",
        ndc="00000-0000-00",
        discarded=Quantity(amount("0 mg").amount, amount(given).unit) if given else None,
        source=Source.STOCK,
        lot="A123",
        expires=date(2027, 3, 31),
        manufacturer="the maker",
        given_at=AT,
        charted_at=AT,
        given_by=LEE,
        order=Order(kind="series", signed=True, date=date(2026, 10, 1), frequency="monthly", clinician=ADAMS),
        diagnoses=(USUAL_REASONS.get(key or "", "M54.50"),),
        identity_checked=True,
        allergies_checked=True,
        consent=Consent(True),
        response="tolerated",
        observation=Observation(30, "released", "none"),
    )
    return replace(usual, **changes)


def visit(*doses: Administration, **changes: Any) -> Encounter:
    usual = Encounter(
        date=DAY,
        place_of_service="11",
        patient=Patient(birth_date=date(1976, 3, 14), sex="F", established=True, allergies=()),
        supervision=supervised(),
        administrations=doses,
    )
    return replace(usual, **changes)


def payer(key: str = "commercial", **wants: PayerValue) -> Payer:
    """A payer of the reference; ``ndc=True`` adds or replaces a demand."""
    base = shipped_reference().payers[key]
    demands = tuple(Demand(name.replace("_", "-"), value) for name, value in wants.items())
    return replace(base, demands=demands, follows=base) if wants else base


def context(of: Payer | str = "commercial", **changes: Any) -> BillingContext:
    return BillingContext(payer=payer(of) if isinstance(of, str) else of, **changes)


def bill(
    encounter: Encounter | Administration,
    of: Payer | str = "commercial",
    *,
    reference: Reference | None = None,
    rules: Any = None,
    preselect: bool = True,
    **changes: Any,
) -> Case:
    """The settled case of a visit, without the chart's own findings."""
    if isinstance(encounter, Administration):
        encounter = visit(encounter)
    more = {} if rules is None else {"rules": rules}
    return review(
        encounter,
        context(of, **changes),
        reference or shipped_reference(),
        preselect=preselect,
        examine=lambda _: (),
        **more,
    )


def lines(case: Case) -> list[str]:
    """The lines as a biller says them: ``96372-59 x1``."""
    return ["-".join((c.code, *c.modifiers)) + f" x{c.units}" for c in case.charges]


def said(case: Case) -> set[str]:
    """The addresses of all rules that said anything about the case."""
    return {o.rule for group in (case.charges, case.withheld, case.claim, case.findings) for o in group}


def findings(case: Case) -> set[str]:
    return {f.rule for f in case.findings}


def left_out(case: Case) -> set[str]:
    return {w.what for w in case.withheld}


@dataclass(frozen=True)
class Ask:
    """A question to the rulebook: a visit, a payer, and what else is known."""

    encounter: Encounter
    of: Payer | str = "commercial"
    changes: Mapping[str, Any] = field(default_factory=dict)

    def hear(self, name: str) -> list[Outcome]:
        """What one rule says while the whole rulebook answers."""
        heard: list[Outcome] = []

        def listening(rule: Rule) -> Rule:
            def says(case: Case) -> Iterator[Outcome]:
                for outcome in rule.says(case):
                    heard.append(outcome)
                    yield outcome

            return replace(rule, says=says)

        rules = tuple(listening(r) if r.name == name else r for r in RULEBOOK)
        bill(self.encounter, self.of, rules=rules, **self.changes)
        return heard


def ask(encounter: Encounter | Administration, of: Payer | str = "commercial", **changes: Any) -> Ask:
    return Ask(visit(encounter) if isinstance(encounter, Administration) else encounter, of, changes)
