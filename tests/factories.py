"""Rows for tests. Everybody here is made up, and so is the drug."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from django.contrib.auth.hashers import MD5PasswordHasher
from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from injections import models
from injections.actions import drafts, proving, signing
from injections.models.order import OrderKind
from injections.models.patient import AllergyStatus
from injections.models.staff import Role
from tests import clock, standing

#: what everybody here types; the hash is of a kind that only tests know, because it is quick
PASSWORD = "otters paint the fence"
PASSWORD_HASH = MD5PasswordHasher().encode(PASSWORD, "pepper")
PIN = "4917"

#: a Tuesday morning at a clinic in Chicago
NOW = datetime(2026, 10, 6, 14, 21, tzinfo=UTC)
TODAY = date(2026, 10, 6)
NDC = "99999-0001-01"

#: what a nurse types and taps for an ordinary dose of the whole vial
WHOLE_VIAL = {
    "package_ndc": NDC,
    "lot": "A123",
    "expires": "2027-03-31",
    "discarded": "0 mL",
    "site": "deltoid:left",
    "checks": "yes",
    "response": "Tolerated well, no reaction",
    "supervisor": "none",
}


class RowFactory(DjangoModelFactory):
    """Makes each row for the practice that it belongs to, as a request of that practice would."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        practice = kwargs.get("practice")
        if practice is None:
            return super()._create(model_class, *args, **kwargs)
        with standing.for_practice(practice.pk):
            return super()._create(model_class, *args, **kwargs)


class PracticeFactory(DjangoModelFactory):
    """A test acts for the first practice that it makes, until it says otherwise (:mod:`tests.standing`)."""

    class Meta:
        model = models.Practice

    name = Sequence(lambda n: f"Example Clinic {n}")
    npi = "1999999984"
    time_zone = "America/Chicago"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        practice = super()._create(model_class, *args, **kwargs)
        standing.at_first(practice.pk)
        return practice


class LocationFactory(RowFactory):
    class Meta:
        model = models.Location

    practice = SubFactory(PracticeFactory)
    name = "Main Street"
    city = "Exampleville"
    state = "TX"


class StaffFactory(RowFactory):
    class Meta:
        model = models.Staff

    practice = SubFactory(PracticeFactory)
    username = Sequence(lambda n: f"person{n}")
    given_name = "Jordan"
    family_name = Sequence(lambda n: f"Example{n}")
    role = Role.NURSE
    credential = "RN"
    password = PASSWORD_HASH


class PhysicianFactory(StaffFactory):
    given_name = "Ada"
    role = Role.PHYSICIAN
    credential = "MD"
    npi = "1234567893"


class PatientFactory(RowFactory):
    class Meta:
        model = models.Patient

    practice = SubFactory(PracticeFactory)
    mrn = Sequence(lambda n: f"T{n:05}")
    given_name = "Maria"
    family_name = Sequence(lambda n: f"Sample{n}")
    birth_date = date(1961, 3, 14)
    sex = "F"
    allergy_status = AllergyStatus.NONE


class CoverageFactory(RowFactory):
    class Meta:
        model = models.Coverage

    patient = SubFactory(PatientFactory)
    practice = LazyAttribute(lambda coverage: coverage.patient.practice)
    payer_key = "commercial"
    member_number = "TEST1001"


class ProductFactory(DjangoModelFactory):
    """A vitamin that nobody makes, in single-dose vials of 1000 mcg in 1 mL."""

    class Meta:
        model = models.Product
        django_get_or_create = ("key",)

    key = "fictamine"
    name = "fictamine"
    display = "fictamine"
    classes = ["vitamin"]
    routes = ["IM", "SC"]
    details = factory.LazyFunction(lambda: {"sites": ["deltoid", "ventrogluteal"], "source": "made up"})


class CodingFactory(DjangoModelFactory):
    class Meta:
        model = models.Coding
        django_get_or_create = ("product", "code", "since")

    product = SubFactory(ProductFactory)
    code = "J3420"
    unit_amount = Decimal("1000")
    unit = "mcg"
    since = date(2020, 1, 1)


class PackageFactory(DjangoModelFactory):
    class Meta:
        model = models.Package
        django_get_or_create = ("ndc",)

    product = SubFactory(ProductFactory)
    ndc = NDC
    labeler = "Fictional Labs"
    holds_amount = Decimal("1000")
    holds_unit = "mcg"
    volume_ml = Decimal("1")
    single_dose = True


class OrderFactory(RowFactory):
    class Meta:
        model = models.Order

    patient = SubFactory(PatientFactory)
    practice = LazyAttribute(lambda order: order.patient.practice)
    product = SubFactory(ProductFactory)
    dose_amount = Decimal("1000")
    dose_unit = "mcg"
    route = "IM"
    diagnoses = ["E53.8"]
    reason = "vitamin deficiency"
    ordered_by = LazyAttribute(lambda order: PhysicianFactory(practice=order.practice))
    recorded_by = LazyAttribute(lambda order: order.ordered_by)
    ordered_on = date(2026, 10, 1)
    starts_on = date(2026, 10, 1)
    signed_by = LazyAttribute(lambda order: order.ordered_by)
    signed_at = datetime(2026, 10, 1, 15, tzinfo=UTC)


class SeriesFactory(OrderFactory):
    kind = OrderKind.SERIES
    every_days = 28
    doses_planned = 6
    early_days = 3
    late_days = 7


class StandingOrderFactory(RowFactory):
    """For adults in the state of the places here, over the days of the tests."""

    class Meta:
        model = models.StandingOrder

    practice = SubFactory(PracticeFactory)
    name = "Vitamin shot"
    product = SubFactory(ProductFactory)
    dose_amount = Decimal("1000")
    dose_unit = "mcg"
    route = "IM"
    criteria = "adults who ask for it"
    diagnoses = factory.LazyFunction(lambda: ["E53.8"])
    from_months = 216
    states = factory.LazyFunction(lambda: ["TX"])
    since = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))
    until = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))
    signed_by = LazyAttribute(lambda protocol: PhysicianFactory(practice=protocol.practice))
    signed_at = datetime(2026, 10, 1, 15, tzinfo=UTC)


class AppointmentFactory(RowFactory):
    class Meta:
        model = models.Appointment

    order = SubFactory(OrderFactory)
    patient = LazyAttribute(lambda appointment: appointment.order.patient)
    practice = LazyAttribute(lambda appointment: appointment.patient.practice)
    location = LazyAttribute(lambda appointment: LocationFactory(practice=appointment.practice))
    starts_at = NOW


class EncounterFactory(RowFactory):
    class Meta:
        model = models.Encounter

    patient = SubFactory(PatientFactory)
    practice = LazyAttribute(lambda encounter: encounter.patient.practice)
    location = LazyAttribute(lambda encounter: LocationFactory(practice=encounter.practice))
    opened_by = LazyAttribute(lambda encounter: StaffFactory(practice=encounter.practice))
    date = TODAY


class LotFactory(RowFactory):
    class Meta:
        model = models.Lot

    location = SubFactory(LocationFactory)
    practice = LazyAttribute(lambda lot: lot.location.practice)
    package = SubFactory(PackageFactory)
    product = LazyAttribute(lambda lot: lot.package.product)
    number = "A123"
    expires_on = date(2027, 3, 31)
    manufacturer = "Fictional Labs"


class PresenceFactory(RowFactory):
    class Meta:
        model = models.Presence

    location = SubFactory(LocationFactory)
    practice = LazyAttribute(lambda presence: presence.location.practice)
    clinician = LazyAttribute(lambda presence: PhysicianFactory(practice=presence.practice))
    since = NOW - timedelta(hours=1)
    asserted_by = LazyAttribute(lambda presence: presence.clinician)


def charted_draft(entries=None, *, encounter=None, order=None, nurse=None, **changes):
    """A draft with everything that an ordinary dose needs; ``changes`` replace entries, ``None`` leaves one out."""
    order = order or OrderFactory()
    encounter = encounter or EncounterFactory(patient=order.patient)
    nurse = nurse or StaffFactory(practice=encounter.practice)
    PackageFactory(product=order.product)
    typed = {**(WHOLE_VIAL if entries is None else entries), **changes}
    typed = {name: "" if text is None else text for name, text in typed.items()}
    with standing.for_practice(encounter.practice_id):
        draft = drafts.start(encounter=encounter, order=order, by=nurse)
        return drafts.save(draft=draft, entries=typed, version=draft.version, by=nurse)


def proof_of(person):
    """That this person has just typed their password, as signing asks for it."""
    return proving.prove(by=person, secret=PASSWORD)


def signed_dose(entries=None, *, now=NOW, **how):
    """A dose as a nurse signs it."""
    draft = charted_draft(entries, **how)
    with standing.for_practice(draft.practice_id):
        return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=now)
