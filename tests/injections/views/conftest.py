"""One practice with one person of each role, and another practice next door."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from injections.actions import drafts
from injections.models import Product
from injections.models.staff import Role
from injections.signals import encounter_amended, encounter_signed, payers_asked
from tests import clock, pictures
from tests.factories import (
    PASSWORD,
    EncounterFactory,
    LocationFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    PatientFactory,
    PhysicianFactory,
    PracticeFactory,
    StaffFactory,
    StandingOrderFactory,
)

PAYERS = [("aetna", "Aetna"), ("medicare-b", "Medicare Part B")]


@pytest.fixture(autouse=True)
def two_payers(monkeypatch):
    """The rest of the product answers with two payers and looks at nothing else."""

    def answer(sender, **kwargs):
        return PAYERS

    for signal in (payers_asked, encounter_amended, encounter_signed):
        monkeypatch.setattr(signal, "receivers", [])
        signal.sender_receivers_cache.clear()
    payers_asked.connect(answer, weak=False)
    yield
    for signal in (payers_asked, encounter_amended, encounter_signed):
        signal.sender_receivers_cache.clear()


@pytest.fixture
def clinic(db):
    practice = PracticeFactory()
    location = LocationFactory(practice=practice)
    people = {role: StaffFactory(practice=practice, location=location, role=role) for role in Role}
    people[Role.PHYSICIAN] = PhysicianFactory(practice=practice, location=location, family_name="Adams")
    drug = PackageFactory().product
    Product.objects.filter(pk=drug.pk).update(brands=["Fictavit"])
    return SimpleNamespace(
        practice=practice,
        location=location,
        drug=drug,
        patient=PatientFactory(practice=practice, family_name="Rivera", mrn="0017"),
        stranger=PatientFactory(family_name="Elsewhere"),
        **{role.name.lower(): person for role, person in people.items()},
    )


class Signing(Client):
    """A browser of somebody who types name and password into every form, as the pages to sign ask for."""

    def __init__(self, person):
        super().__init__()
        self.proof = {"proof_name": person.username, "proof_secret": PASSWORD}

    def post(self, path, data=None, **more):
        return super().post(path, data if more.get("content_type") else self.proof | (data or {}), **more)


@pytest.fixture
def as_(clinic):
    """A browser in which this person is signed in."""

    def signed_in(person):
        browser = Signing(person)
        browser.force_login(person)
        return browser

    return signed_in


@pytest.fixture
def nurse(clinic, as_):
    return as_(clinic.nurse)


@pytest.fixture
def physician(clinic, as_):
    return as_(clinic.physician)


@pytest.fixture
def draft(clinic):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    encounter = EncounterFactory(
        patient=clinic.patient, location=clinic.location, opened_by=clinic.nurse, date=clock.today()
    )
    return drafts.start(encounter=encounter, order=order, by=clinic.nurse)


@pytest.fixture
def shelf(clinic):
    return LotFactory(location=clinic.location, package=PackageFactory(ndc="99990-0001-01"), on_hand=5)


@pytest.fixture
def photo():
    """A picture of a vial as a tablet takes it: the code askew and out of focus."""
    return lambda code, **how: SimpleUploadedFile("vial.jpg", pictures.vial(code, **how), content_type="image/jpeg")


@pytest.fixture
def protocol(clinic):
    return StandingOrderFactory(practice=clinic.practice, signed_by=clinic.physician)


@pytest.fixture
def use(clinic):
    return reverse("injections:standing_order_use", args=[clinic.patient.pk])
