"""Signed visits with their stored answers, as a replay finds them."""

from __future__ import annotations

from tests.factories import CoverageFactory, EncounterFactory, OrderFactory, PatientFactory, PresenceFactory
from tests.factories import signed_dose as give


def signed(payer="medicare", practice=None, **how):
    """A visit with coverage, a practitioner in the suite and one signed dose."""
    patient = PatientFactory(**({"practice": practice} if practice else {}))
    CoverageFactory(patient=patient, payer_key=payer)
    encounter = EncounterFactory(patient=patient, **how)
    PresenceFactory(location=encounter.location)
    give(encounter=encounter, order=OrderFactory(patient=patient), supervisor=None)
    return encounter
