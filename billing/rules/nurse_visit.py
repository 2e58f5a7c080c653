"""Nurse visit: 99211 where a nurse's work stands for itself, as in reading a skin test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing.case import Case
from billing.codes import NURSE_VISIT, is_visit
from billing.outcomes import Charge, Finding, Kind, Outcome, Owner, Until, Withheld, notice
from billing.rules.rule import Stage, rule
from injections.facts import SupervisionMode, known

READING = "CodingIntel, AAPC: 86580 does not hold the reading (confirm by payer)"
_SKIN_TEST = re.compile(r"\b(tb|ppd|tuberculin|skin|mantoux)\b", re.I)
_READ = re.compile(r"\bread", re.I)


def _is_reading(case: Case) -> bool:
    """A visit for reading a skin test and nothing else."""
    reason = case.encounter.reason or ""
    return not case.encounter.administrations and bool(_SKIN_TEST.search(reason) and _READ.search(reason))


@rule(stage=Stage.DERIVE, wants="skin-test-reading", applies=("no doses",), cites=READING)
def skin_test_reading(case: Case) -> Iterator[Outcome]:
    """Reading a skin test is a nurse visit, when somebody supervised.

    The code for the test ends with placing it. Somebody who reads the result two days later does work of another
    day.
    """
    if not _is_reading(case) or case.encounter.services:
        return
    stated = known(case.encounter.supervision)
    if stated is not None and stated.mode in (SupervisionMode.NONE, SupervisionMode.AUDIO_ONLY):
        yield Withheld(NURSE_VISIT, "no practitioner was on hand for the nurse visit")
        return
    yield Charge(
        key="nurse-visit",
        code=str(case.wants("skin-test-reading")),
        units=1,
        kind=Kind.ADMINISTRATION,
        diagnoses=case.encounter.diagnoses,
        because="the patient came back for the reading only; 86580 holds the test, not the reading",
    )


@rule(stage=Stage.CHECK, applies=("no doses",), cites=READING)
def reading_needs_assessment(case: Case) -> Iterator[Finding]:
    """A nurse visit for a reading has to show what the nurse assessed.

    A look at the arm alone is not a visit. The note has to say what was assessed and what followed.
    """
    if _is_reading(case) and any(c.code == NURSE_VISIT for c in case.charges):
        yield notice(
            "The note must show the reading and the assessment",
            because=f"{NURSE_VISIT} for reading a skin test: some plans pay it, some hold it included",
            fix="Chart the millimeters of induration, the result and what the patient was told",
            owner=Owner.NURSE,
            until=Until.SIGN_OFF,
        )


@rule(
    stage=Stage.CHECK,
    wants="supervision",
    applies=("supervision:none",),
    cites="AAPC, 99211 without a physician on site (contested)",
)
def plan_may_take_it(case: Case) -> Iterator[Finding]:
    """Nobody supervised: some plans take the nurse visit, 99211, instead.

    Medicare does not: without supervision nothing is incident to a practitioner's service.
    """
    stated = [known(case.encounter.supervision_of(d)) for d in case.doses]
    nobody = any(s is not None and s.mode is SupervisionMode.NONE for s in stated)
    withheld = any(w.what == "96372" and w.charge for w in case.withheld)
    if nobody and withheld and not case.wants("incident-to") and not case.wants("unsupervised-99211"):
        yield notice(
            f"Ask whether this plan takes {NURSE_VISIT} when nobody supervised",
            because="96372 needs supervision; some plans take the nurse visit with the drug instead",
            fix="Look up the plan's rule and enter it for the payer",
        )


@rule(
    stage=Stage.DERIVE,
    wants="unsupervised-99211",
    applies=("supervision:none",),
    cites="AAPC, 99211 without a physician on site",
)
def instead_of_injection(case: Case) -> Iterator[Outcome]:
    """Without supervision this payer takes the nurse visit, 99211, instead.

    The injection code asks for a practitioner on site. A few payers accept the lowest visit code when there was
    none.
    """
    doses = [d for d in case.doses if _nobody_there(case, d.id) and not d.self_given]
    reported = any(s.code == NURSE_VISIT for s in case.encounter.services)
    visits = [s for s in case.encounter.services if is_visit(s.code)]
    if doses and not reported and not visits and case.encounter.patient.established is not False:
        yield Charge(
            key="nurse-visit",
            code=NURSE_VISIT,
            units=1,
            kind=Kind.ADMINISTRATION,
            administrations=tuple(d.id for d in doses),
            diagnoses=tuple(dict.fromkeys(c for d in doses for c in case.encounter.diagnoses_of(d))),
            because="no practitioner was in the suite, and this payer takes the nurse visit instead",
        )


def _nobody_there(case: Case, id: str) -> bool:
    supervision = known(case.encounter.supervision_of(case.dose(id)))
    return supervision is not None and supervision.mode is SupervisionMode.NONE
