"""Scope: whether the state lets this credential give this drug by this route."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.families import classes_of, route_of
from billing.outcomes import Finding, Owner, Severity, Until, claim_gap, notice
from billing.practitioners import scope_for
from billing.reference.scopes import Scope, Verdict
from billing.rules.rule import Stage, rule
from injections.facts import Administration, known
from injections.facts.once import once
from injections.protocol_states import not_covered
from injections.routes import route_words

BOARDS = "State boards of nursing and medicine; recheck before relying on it"


@once
def _rows(case: Case) -> tuple[tuple[Administration, Scope], ...]:
    """What is known of each dose that goes into a place on the body."""
    rows = ((dose, scope_for(dose, case.encounter)) for dose in case.doses)
    return tuple((dose, row) for dose, row in rows if row is not None)


def _told(dose: Administration) -> str:
    giver = known(dose.given_by)
    return f"{giver.credential if giver else ''}, {route_words(route_of(dose) or '')}"


@rule(stage=Stage.CHECK, applies=("scope:QUESTION", "scope:FORBIDDEN"), cites=BOARDS)
def outside_scope_of_practice(case: Case) -> Iterator[Finding]:
    """The state may not let this credential give a drug by this route.

    What state boards say changes, so this warns and never decides.
    """
    for dose, row in _rows(case):
        if row.verdict in (Verdict.QUESTION, Verdict.FORBIDDEN):
            yield notice(
                f"{row.state if row.state != '*' else 'The state'} {row.verdict} this credential give it",
                about=(dose.id,),
                because=f"{_told(dose)}: {row.source}",
                fix="Check with the state board who may give it",
                owner=Owner.NURSE,
                until=Until.PATIENT_LEAVES,
                fields=("given_by.credential",),
                source=row.source,
            )


@rule(stage=Stage.CHECK, applies=("scope:TRAINED",), cites=BOARDS)
def training_on_file(case: Case) -> Iterator[Finding]:
    """The state lets this credential give it after training only.

    The proof of the training is asked for in an audit, not the habit.
    """
    for dose, row in _rows(case):
        if row.verdict is Verdict.TRAINED:
            yield notice(
                f"{row.state} lets this credential give it after training",
                about=(dose.id,),
                because=f"{_told(dose)}: {row.source}",
                fix="Keep the proof of the training on file",
                severity=Severity.INFO,
                fields=("given_by.credential",),
                source=row.source,
            )


@rule(stage=Stage.CHECK, applies=("order by protocol",), cites="State law on orders for nobody in particular (recheck)")
def protocol_not_enough(case: Case) -> Iterator[Finding]:
    """The state wants an order for this patient, and this is a standing one.

    An order for nobody in particular is a license to choose. Some states leave it to vaccines and emergencies.
    """
    for dose in case.doses:
        order = known(dose.order)
        name = dose.product.name if dose.product else dose.drug or ""
        source = not_covered(case.encounter.state, classes_of(dose), name)
        if order is not None and order.present and order.kind == "protocol" and source:
            yield claim_gap(
                "The state wants an order for this patient, not a standing one",
                about=(dose.id,),
                because=f"{dose.called} under a protocol: {source}",
                fix="Have the practitioner order it for this patient",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("order.kind",),
                source=source,
            )


@rule(stage=Stage.CHECK, applies=("scope:UNKNOWN",), cites=BOARDS)
def scope_not_known(case: Case) -> Iterator[Finding]:
    """Nobody has looked up whether the state lets this credential give it.

    Not knowing is no permission. One look at the state board's page settles it for all such doses.
    """
    for dose, row in _rows(case):
        state = case.encounter.state
        if row.verdict is Verdict.UNKNOWN:
            yield notice(
                f"Whether {state.upper() if state else 'the state'} lets this credential give it is not known",
                about=(dose.id,),
                because=f"{_told(dose)}: no row for it{'' if state else ', and no state is charted'}",
                fix="Look it up with the state board",
                owner=Owner.NURSE,
                until=Until.SIGN_OFF,
                severity=Severity.WARNING if state else Severity.INFO,
                fields=("given_by.credential",) if state else ("state",),
            )
