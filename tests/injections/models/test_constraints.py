"""What the tables refuse whoever asks: half-said facts, impossible dates, and the same thing twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from injections.models import Allergy, Lot, Patient, Question, Service, Staff
from injections.models.columns import sort_key
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    CoverageFactory,
    EncounterFactory,
    LocationFactory,
    LotFactory,
    OrderFactory,
    PatientFactory,
    PracticeFactory,
    PresenceFactory,
    SeriesFactory,
    StaffFactory,
    signed_dose,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def refused(action):
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        action()
    return str(problem.value)


def change(row, **columns):
    return refused(lambda: type(row).objects.filter(pk=row.pk).update(**columns))


def unsigned(make):
    """An order that may still change: what is signed refuses every change before a constraint is asked."""
    return lambda: make(signed_by=None, signed_at=None)


def question():
    encounter = EncounterFactory()
    about = {"practice": encounter.practice, "encounter": encounter, "text": "Which arm?"}
    return Question.objects.create(**about, asked_by=encounter.opened_by, asked_of=encounter.opened_by)


def service():
    encounter = EncounterFactory()
    return Service.objects.create(
        practice=encounter.practice, encounter=encounter, code="99213", recorded_by=encounter.opened_by
    )


#: constraint -> (a row, half of the pair)
HALVES = {
    "appointment_cancelled_at_and_by": (AppointmentFactory, {"cancelled_at": NOW}),
    "order_signed_by_and_at": (unsigned(OrderFactory), {"signed_at": NOW}),
    "order_stopped_by_and_on": (OrderFactory, {"stopped_on": TODAY}),
    "patient_weight_and_day": (PatientFactory, {"weight_kg": Decimal("71.5")}),
    "presence_end_and_by": (PresenceFactory, {"until": NOW}),
    "question_answered_by_and_at": (question, {"answered_at": NOW}),
    "service_withdrawn_at_and_by": (service, {"withdrawn_at": NOW}),
}


@pytest.mark.parametrize("constraint", sorted(HALVES))
def test_who_and_when_are_said_together(constraint):
    make, half = HALVES[constraint]
    assert constraint in change(make(), **half)


@pytest.mark.parametrize(
    ("make", "columns", "constraint"),
    [
        (AppointmentFactory, {"starts_at": "9999-12-31T00:00Z"}, "appointment_bounds"),
        (EncounterFactory, {"counselled_by_physician": None, "reason": "x"}, None),
        (LotFactory, {"expires_on": date(1999, 1, 1)}, "lot_expiry_bounds"),
        (unsigned(OrderFactory), {"dose_unit": ""}, "order_dose_with_unit"),
        (unsigned(OrderFactory), {"dose_amount": None}, "order_dose_with_unit"),
        (unsigned(OrderFactory), {"dose_amount": 0}, "order_dose_above_zero"),
        (unsigned(OrderFactory), {"expires_on": date(2026, 9, 1)}, "order_dates_in_order"),
        (unsigned(SeriesFactory), {"every_days": 0}, "order_series_has_interval"),
        (unsigned(SeriesFactory), {"every_days": None}, "order_series_has_interval"),
        (PatientFactory, {"birth_date": date(1899, 12, 31)}, "patient_birth_date_bounds"),
        (PatientFactory, {"weight_kg": Decimal("700"), "weight_on": TODAY}, "patient_weight_bounds"),
        (CoverageFactory, {"rank": 0}, "coverage_rank_bounds"),
        (CoverageFactory, {"since": TODAY, "until": TODAY - timedelta(days=1)}, "coverage_dates_in_order"),
        (service, {"units": 0}, "service_units_bounds"),
    ],
)
def test_what_cannot_be_is_refused(make, columns, constraint):
    row = make()
    if constraint is None:
        assert type(row).objects.filter(pk=row.pk).update(**columns) == 1
    else:
        assert constraint in change(row, **columns)


def test_a_stretch_of_presence_ends_after_it_began():
    row = PresenceFactory()
    assert "presence_in_order" in change(row, until=row.since, ended_by=row.clinician)


def test_a_practitioner_is_present_once_at_a_place():
    row = PresenceFactory()
    again = {"location": row.location, "clinician": row.clinician}
    assert "presence_open_once" in refused(lambda: PresenceFactory(**again))


def test_a_lot_is_one_row_whatever_its_case():
    row = LotFactory()
    assert "lot_once" in refused(lambda: LotFactory(location=row.location, number=" a123 "))
    assert LotFactory(location=row.location, source="sample").pk


def test_a_record_number_is_one_patient_of_a_practice():
    row = PatientFactory()
    assert "patient_mrn_once" in refused(lambda: PatientFactory(practice=row.practice, mrn=row.mrn))
    assert PatientFactory(mrn=row.mrn).pk


def test_people_sign_in_under_one_name_in_any_case():
    StaffFactory(username="jordan")
    assert "staff_username" in refused(lambda: StaffFactory(username="Jordan"))


def test_an_appointment_becomes_one_visit():
    visit = EncounterFactory(appointment=AppointmentFactory())
    assert "appointment" in refused(lambda: EncounterFactory(appointment=visit.appointment))


def test_an_allergy_is_listed_once():
    row = PatientFactory()
    by = StaffFactory(practice=row.practice)
    listed = {"practice": row.practice, "patient": row, "substance": "latex", "recorded_by": by}
    Allergy.objects.create(**listed)
    assert "allergy_once" in refused(lambda: Allergy.objects.create(**listed))


def test_nobody_sees_the_rows_of_another_practice():
    dose = signed_dose()
    insider, outsider, nowhere = dose.given_by, StaffFactory(), StaffFactory(practice=None)
    assert list(Patient.objects.for_user(insider)) == [dose.encounter.patient]
    assert not Patient.objects.for_user(outsider)
    assert not Patient.objects.for_user(nowhere)
    assert not Patient.objects.for_user(None)


def test_names_sort_without_case_and_accents():
    assert sort_key("Núñez", "Inés") == "nunez ines"
    first = PatientFactory(family_name="nunez", given_name="Zoe")
    PatientFactory(family_name="Núñez", given_name="Inés", practice=first.practice)
    assert [row.given_name for row in Patient.objects.all()] == ["Inés", "Zoe"]


def test_names_as_colleagues_read_them():
    nurse = Staff(given_name="Jordan", family_name="Lee", credential="CMA")
    physician = Staff(given_name="Ada", family_name="Adams", credential="MD")
    assert (nurse.signs_as, nurse.short_name, physician.short_name) == ("Jordan Lee, CMA", "J. Lee, CMA", "Dr Adams")


@pytest.mark.parametrize(
    ("days", "words"), [(7, "weekly"), (28, "every 4 weeks"), (30, "monthly"), (10, "every 10 days")]
)
def test_how_often_in_words(days, words):
    assert SeriesFactory.build(every_days=days, patient=None, practice=None, product=None, ordered_by=None,
                               recorded_by=None, signed_by=None).frequency == words  # fmt: skip


def test_a_shelf_may_be_short():
    row = LotFactory(location=LocationFactory())
    assert Lot.objects.filter(pk=row.pk).update(on_hand=-1) == 1


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"idle_minutes": 1}, "practice_idle_minutes"),
        ({"idle_minutes": 61}, "practice_idle_minutes"),
        ({"shift_hours": 0}, "practice_shift_hours"),
        ({"shift_hours": 17}, "practice_shift_hours"),
        ({"name": ""}, "practice_has_a_name"),
        ({"name": "  "}, "practice_has_a_name"),
        ({"npi": "123456789"}, "practice_npi_digits"),
        ({"npi": "3234567893"}, "practice_npi_digits"),
        ({"time_zone": ""}, "practice_time_zone_name"),
        ({"time_zone": "America/Chicago; DROP"}, "practice_time_zone_name"),
    ],
)
def test_the_settings_of_a_practice_have_bounds(columns, constraint):
    assert constraint in change(PracticeFactory(), **columns)
