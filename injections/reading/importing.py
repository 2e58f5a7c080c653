"""What a file would do here: its rows beside ours, read in a handful of queries however long it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from injections.forms.appointment import at_clinic
from injections.imports.compare import CHANGEABLE, Known, Registered, compare
from injections.imports.patients import PatientRow
from injections.imports.plan import Kind, Plan, Step
from injections.imports.schedule import ScheduleRow
from injections.models import Appointment, Order, Patient, Staff
from injections.reading import ordering, orders


def plan_of_patients(rows: Sequence[PatientRow], payers: Mapping[str, str], by: Staff) -> Plan:
    mine = Patient.objects.for_user(by)
    known = mine.filter(mrn__in=[row.mrn for row in rows]).prefetch_related("coverages")
    births = {row.birth_date for row in rows}
    sharing = mine.filter(birth_date__in=births).values_list("family_name", "given_name", "birth_date", "mrn")
    here = Registered(
        by_mrn={patient.mrn: _known(patient) for patient in known},
        namesakes={(family.casefold(), given.casefold(), born): mrn for family, given, born, mrn in sharing},
    )
    return compare(rows, here, payers)


def _known(patient: Patient) -> Known:
    facts = {name: getattr(patient, name) for name in CHANGEABLE}
    row = PatientRow(line=0, mrn=patient.mrn, birth_date=patient.birth_date, **facts)
    return Known(patient.pk, row, frozenset(plan.payer_key for plan in patient.coverages.all()))


# --- appointments ----------------------------------------------------------------------------------------------------


class _Schedule:
    """Everything about these rows that stands here already."""

    def __init__(self, rows: Sequence[ScheduleRow], by: Staff) -> None:
        mine = Patient.objects.for_user(by).filter(mrn__in={row.mrn for row in rows})
        self.patients = {patient.mrn: patient for patient in mine}
        self.zone = by.practice.zone  # type: ignore[union-attr]  # nobody imports without a practice
        booked = Appointment.objects.filter(patient__in=mine, cancelled_at__isnull=True)
        self.booked = set(booked.values_list("patient_id", "starts_at"))
        self.orders: dict[int, list[Order]] = {}
        for order in orders.unfinished(Order.objects.filter(patient__in=mine)):
            self.orders.setdefault(order.patient_id, []).append(order)
        self.products = {text: {p.pk for p in ordering.named(text)} for text in {row.drug for row in rows} if text}

    def order_for(self, patient: Patient, row: ScheduleRow) -> tuple[Order | None, str]:
        """The one order that the drug means, or why there is none."""
        if not row.drug:
            return None, ""
        if not self.products[row.drug]:
            return None, f"No drug here is called {row.drug}: booked without an order"
        meant = [
            order
            for order in self.orders.get(patient.pk, [])
            if order.product_id in self.products[row.drug] and _runs_on(order, row.day)
        ]
        if len(meant) == 1:
            return meant[0], ""
        many = "Several orders" if meant else "No order"
        return None, f"{many} for {row.drug}: booked without an order"


def _runs_on(order: Order, day: date) -> bool:
    return order.expires_on is None or order.expires_on >= day


def plan_of_schedule(rows: Sequence[ScheduleRow], locations: Mapping[str, str], by: Staff) -> Plan:
    here = _Schedule(rows, by)
    return Plan(tuple(_step(row, here, locations) for row in rows))


def _step(row: ScheduleRow, here: _Schedule, locations: Mapping[str, str]) -> Step:
    patient = here.patients.get(row.mrn)
    starts_at = at_clinic(row.day, row.at, here.zone)
    why = _why_not(row, patient, starts_at)
    if why or patient is None or starts_at is None:
        return Step(row.line, Kind.REFUSED, f"MRN {row.mrn}", note=why, row=row)
    who = f"{patient.listed_name}, MRN {patient.mrn}"
    order, note = here.order_for(patient, row)
    if (patient.pk, starts_at) in here.booked:
        return Step(row.line, Kind.SAME, who, note="Booked already", row=row)
    details = (
        f"{row.day:%m/%d/%Y} {row.at:%H:%M}, {locations[row.location]}",
        *([orders.in_words(order)] if order else []),
    )
    return Step(row.line, Kind.ADD, who, details, note, row, (patient, order, starts_at))


def _why_not(row: ScheduleRow, patient: Patient | None, starts_at: datetime | None) -> str:
    if patient is None:
        return f"Nobody here has MRN {row.mrn}. Import or add the patient first"
    if row.birth_date is not None and row.birth_date != patient.birth_date:
        return f"MRN {row.mrn} is {patient.listed_name}, and was not born on that day. Correct the line"
    if starts_at is None:
        return "The clocks change at this hour. Choose another time"
    return ""
