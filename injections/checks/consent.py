"""Consent: who agreed to a dose for somebody who is not of age.

Asked where a chart is signed and nowhere else: a bill never waits for it, and a visit that is only handed in for its
codes is not asked. So these checks stand beside :data:`injections.checks.CHECKS`, not among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from injections.checks.rule import check, gap, treatments
from injections.facts import Encounter, Patient
from injections.findings import Finding, Until

#: years of age from which a patient agrees alone; a state that lets a minor agree earlier is an answer of its own
ADULT = 18


def is_minor(patient: Patient, day: date) -> bool:
    """Whether the patient is known to be under age on that day."""
    age = patient.age_on(day)
    return age is not None and 0 <= age < ADULT


@check
def agreement_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Who agreed for the child is not charted

    Somebody must agree for a patient under age: a parent, a guardian, a court, or the minor where the law lets them.
    """
    if not is_minor(encounter.patient, encounter.date):
        return
    for dose in treatments(encounter):
        if dose.consent is None:
            yield gap(dose, "consent", fix="Say who agreed to this dose", until=Until.PATIENT_LEAVES)


AT_SIGNING = (agreement_not_charted,)


def asked_at_signing(encounter: Encounter) -> tuple[Finding, ...]:
    """What a signature waits for beyond :func:`injections.checks.examine`."""
    return tuple(finding for ask in AT_SIGNING for finding in ask(encounter))
