"""A real row of one practice for each word that an address can carry a number after.

A new kind of address fails the matrix with its word until it has a maker here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.utils import timezone

from billing.models import Export, ReplayRun
from injections.actions import reactions
from injections.chart.supervision import beginning
from injections.models import (
    Allergy,
    Approval,
    DisclosureMade,
    DowntimePack,
    EmergencyAccess,
    Excursion,
    Incident,
    KnownCode,
    OpenedVial,
    Presence,
    Question,
    Recall,
    Restriction,
    Service,
    SparedSide,
    Upload,
)
from injections.models.staff import Role
from tests import clock, standing
from tests.billing import making
from tests.factories import (
    AppointmentFactory,
    CoverageFactory,
    EncounterFactory,
    LocationFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    PatientFactory,
    PhysicianFactory,
    PracticeFactory,
    PresenceFactory,
    ProductFactory,
    StaffFactory,
    StandingOrderFactory,
    charted_draft,
    signed_dose,
)

#: stands in the name of every patient here, and in no page that is nobody's business
CANARY = "Canarywood"
#: shipped with the product, so that they belong to no practice
SHIPPED = {"key": "medicare", "address": "drug.billing_units"}

#: rows that every practice reads: what is known of a drug
EVERYBODYS = {"drug", "product"}


def _supervising(house: House) -> Presence:
    """One who is here, beside one of an earlier day whom nobody checked out."""
    PresenceFactory(location=house.location)
    today = beginning(house.location, timezone.now())
    return PresenceFactory(location=house.location, clinician=house.physician, since=today)


class House:
    """One practice with somebody of each role, one patient, and one row of everything about that patient."""

    def __init__(self) -> None:
        self.practice = PracticeFactory()
        #: word -> the row that stands for it in the addresses that were walked
        self.rows: dict[str, Any] = {}
        with standing.for_practice(self.practice.pk):
            self._settle()

    def _settle(self) -> None:
        self.location = LocationFactory(practice=self.practice)
        self.people = {
            role: StaffFactory(practice=self.practice, location=self.location, role=role)
            for role in Role
            if role != Role.PHYSICIAN
        }
        self.people[Role.PHYSICIAN] = PhysicianFactory(practice=self.practice, location=self.location)
        self.nurse, self.physician = self.people[Role.NURSE], self.people[Role.PHYSICIAN]
        self.patient = PatientFactory(practice=self.practice, family_name=CANARY)
        self.order = OrderFactory(patient=self.patient, ordered_by=self.physician)
        self.visit = EncounterFactory(patient=self.patient, location=self.location, opened_by=self.nurse)
        CoverageFactory(patient=self.patient, payer_key="medicare-b")
        self.dose = signed_dose(encounter=self.visit, order=self.order, nurse=self.nurse)
        self.mine = {"practice": self.practice, "encounter": self.visit}

    def row(self, word: str) -> Any:
        """What stands in an address for that word."""
        if word in SHIPPED:
            return SHIPPED[word]
        with standing.for_practice(self.practice.pk):
            made = MAKERS[word](self)
            return made.key if word == "product" else made.pk

    def questions(self, person: Any) -> Question:
        return Question.objects.create(
            **self.mine, asked_by=self.people[Role.BILLER], asked_of=person, text="Which arm was it?"
        )


def _visit(house: House) -> Any:
    return EncounterFactory(patient=house.patient, location=house.location, opened_by=house.nurse, date=clock.today())


def _protected(house: House) -> Any:
    """Expected within the hour, with a record that the front desk does not see."""
    patient = PatientFactory(practice=house.practice, family_name=CANARY)
    told = {"kind": "part-2", "since": date(2026, 1, 1), "reason": "program", "entered_by": house.nurse}
    Restriction.objects.create(practice=house.practice, patient=patient, **told)
    return AppointmentFactory(order=None, patient=patient, location=house.location, starts_at=timezone.now())


#: word before the number -> a row of that practice
MAKERS: dict[str, Callable[[House], Any]] = {
    "patients": lambda house: house.patient,
    "locations": lambda house: house.location,
    "appointments": lambda house: AppointmentFactory(order=house.order, location=house.location),
    "protected": _protected,
    "visits": _visit,
    "drafts": lambda house: charted_draft(order=house.order, encounter=_visit(house), nurse=house.nurse),
    "doses": lambda house: house.dose,
    "reactions": lambda house: reactions.call(administration=house.dose, by=house.nurse),
    "allergies": lambda house: Allergy.objects.create(
        practice=house.practice, patient=house.patient, substance="fictamine", recorded_by=house.nurse, proposed=True
    ),
    "approvals": lambda house: Approval.objects.create(
        practice=house.practice,
        coverage=house.patient.coverages.get(),
        code="J0897",
        number="A-1",
        since=date(2026, 1, 1),
        entered_by=house.nurse,
    ),
    "incidents": lambda house: Incident.objects.create(
        practice=house.practice,
        location=house.location,
        what="look-alike boxes",
        happened_on=date(2026, 1, 1),
        reported_by=house.nurse,
    ),
    "lots": lambda house: LotFactory(location=house.location),
    "codes": lambda house: KnownCode.objects.create(
        practice=house.practice, gtin="00399999000215", package=PackageFactory(), said_by=house.nurse
    ),
    "standing-orders": lambda house: StandingOrderFactory(practice=house.practice, signed_by=house.physician),
    "cold-chain": lambda house: Excursion.objects.create(
        practice=house.practice,
        location=house.location,
        began_at=timezone.now() - timedelta(hours=2),
        ended_at=timezone.now(),
        reason="fridge door open",
        reported_by=house.nurse,
    ),
    "vials": lambda house: OpenedVial.objects.create(
        practice=house.practice,
        lot=LotFactory(location=house.location, number="M1"),
        opened_at=timezone.now(),
        opened_by=house.nurse,
        use_by=clock.today() + timedelta(days=20),
        content=10,
        kept=10,
        unit="mL",
    ),
    "recalls": lambda house: Recall.objects.create(
        practice=house.practice,
        product=house.dose.product,
        number="A123",
        reason="particles",
        stopped_by=house.nurse,
        stopped_at=timezone.now(),
    ),
    "co-sign": lambda house: house.dose,
    "supervision": _supervising,
    "orders": lambda house: OrderFactory(patient=house.patient, ordered_by=house.physician),
    "drug": lambda house: ProductFactory(),
    "product": lambda house: ProductFactory(),
    "imports": lambda house: Upload.objects.create(
        practice=house.practice,
        kind="patients",
        name="patients.csv",
        content=b"mrn",
        sha256=f"{house.practice.pk:064x}",
        uploaded_by=house.nurse,
        uploaded_at=timezone.now(),
    ),
    "restrictions": lambda house: Restriction.objects.create(
        practice=house.practice,
        patient=house.patient,
        kind="paid-in-full",
        since=date(2026, 1, 1),
        until=date(2026, 1, 2),
        reason="asked on a form",
        entered_by=house.nurse,
    ),
    "spared": lambda house: SparedSide.objects.create(
        practice=house.practice,
        patient=house.patient,
        why="fistula",
        side="left",
        part="arm",
        since=date(2026, 1, 1),
        entered_by=house.nurse,
    ),
    "disclosures": lambda house: DisclosureMade.objects.create(
        practice=house.practice,
        patient=house.patient,
        made_on=date(2026, 1, 1),
        to_whom="Health department",
        what="a vaccine",
        basis="public-health",
        purpose="registry",
        submission_key=uuid4(),
        entered_by=house.nurse,
    ),
    "emergencies": lambda house: EmergencyAccess.objects.create(
        practice=house.practice,
        staff=house.nurse,
        patient=house.patient,
        reason="reaction after the shot",
        since=timezone.now(),
        until=timezone.now() + timedelta(minutes=59),
    ),
    "passkeys": lambda house: Authenticator.objects.create(
        user=house.nurse, type=Authenticator.Type.WEBAUTHN, data={"name": "key"}
    ),
    "services": lambda house: Service.objects.create(**house.mine, code="99213", recorded_by=house.physician),
    "downtime": lambda house: DowntimePack.objects.create(
        practice=house.practice,
        location=house.location,
        day=clock.today(),
        made_at=timezone.now(),
        content=b"%PDF-1.7",
        patients=[house.patient.pk],
    ),
    "questions": lambda house: house.questions(house.physician),
    "staff": lambda house: StaffFactory(practice=house.practice),
    "reviews": lambda house: making.answer(_visit(house)),
    "panel": _visit,
    "export": lambda house: Export.objects.create(
        practice=house.practice, by=house.people[Role.BILLER], submission_key=uuid4()
    ),
    "replay": lambda house: ReplayRun.objects.create(
        practice=house.practice,
        title="What if",
        since=date(2026, 1, 1),
        by=house.people[Role.BILLER],
        submission_key=uuid4(),
    ),
}
