"""What several tests of the bill begin with."""

import pytest

from tests.factories import CoverageFactory, EncounterFactory, PatientFactory, PresenceFactory


@pytest.fixture
def visit():
    """A visit with coverage and a practitioner in the suite."""
    patient = PatientFactory()
    CoverageFactory(patient=patient, payer_key="medicare")
    encounter = EncounterFactory(patient=patient)
    PresenceFactory(location=encounter.location)
    return encounter
