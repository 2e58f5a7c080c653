"""Ordering, booking and walking in."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from injections.models import Appointment, Encounter, Order, Product
from injections.models.order import OrderKind
from injections.models.patient import AllergyStatus
from tests import clock
from tests.factories import AppointmentFactory, OrderFactory, PatientFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"injections:{name}", args=args)


@pytest.fixture
def typed():
    return {
        "dose": "1,000",
        "unit": "mcg",
        "route": "IM",
        "kind": "once",
        "diagnoses": "e538, M81.0",
        "reason": "vitamin deficiency",
        "starts_on": clock.today().isoformat(),
        "submission_key": str(uuid4()),
    }


@pytest.fixture
def address(clinic):
    return at("order_details", clinic.patient.pk, clinic.drug.pk)


# --- the drug ---


@pytest.mark.parametrize("name", ["fictamine", "FICTAVIT", "ficta vit"])
def test_a_drug_is_found_by_any_of_its_names(clinic, physician, name):
    answer = physician.post(at("order_new", clinic.patient.pk), {"drug": name})
    assert answer["Location"] == at("order_details", clinic.patient.pk, clinic.drug.pk)


@pytest.mark.parametrize("name", ["unobtainium", "", "<b>", "f"])
def test_an_unknown_drug_is_refused_and_kept(clinic, physician, name):
    answer = physician.post(at("order_new", clinic.patient.pk), {"drug": name})
    assert answer.status_code == 422
    assert answer.context["form"]["drug"].value() == name


def test_a_withdrawn_drug_cannot_be_ordered(clinic, physician, address):
    Product.objects.filter(pk=clinic.drug.pk).update(withdrawn_on=date(2026, 1, 1))
    assert physician.get(address).status_code == 404


# --- the order ---


def test_a_physicians_order_is_signed_as_it_is_placed(clinic, physician, address, typed):
    physician.post(address, typed)
    order = Order.objects.get(patient=clinic.patient)
    assert (order.dose_amount, order.dose_unit, order.diagnoses) == (Decimal(1000), "mcg", ["E53.8", "M81.0"])
    assert order.signed_by == order.ordered_by == clinic.physician


def test_sending_it_twice_makes_one_order(clinic, physician, address, typed):
    for _ in range(2):
        assert physician.post(address, typed).status_code == 302
    assert Order.objects.filter(patient=clinic.patient).count() == 1


def test_a_series_says_how_often(clinic, physician, address, typed):
    series = {"kind": "series", "every": "4", "period": "7", "doses_planned": "6", "early_days": "3", "late_days": "7"}
    physician.post(address, typed | series)
    order = Order.objects.get(patient=clinic.patient)
    assert (order.every_days, order.doses_planned, order.early_days, order.late_days) == (28, 6, 3, 7)


def test_a_nurses_order_is_spoken_and_waits_for_its_physician(clinic, nurse, address, typed):
    answer = nurse.post(address, typed)
    assert answer.status_code == 422
    assert {"ordered_by", "read_back"} <= answer.context["form"].errors.keys()
    nurse.post(address, typed | {"ordered_by": clinic.physician.pk, "read_back": "on"})
    order = Order.objects.get(patient=clinic.patient)
    assert (order.kind, order.ordered_by, order.recorded_by) == (OrderKind.SPOKEN, clinic.physician, clinic.nurse)
    assert order.signed_at is None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("dose", ""),
        ("dose", "0"),
        ("dose", ".5"),
        ("dose", "1e3"),
        ("dose", "1_000"),
        ("dose", "10,00"),
        ("dose", "١٠٠٠"),
        ("dose", "-5"),
        ("unit", "IU"),
        ("route", "IV"),
        ("route", ""),
        ("kind", ""),
        ("diagnoses", ""),
        ("diagnoses", "vitamin"),
        ("diagnoses", "'; DROP"),
        ("diagnoses", " ".join(f"A{n:02}" for n in range(13))),
        ("starts_on", "2026-02-30"),
        ("starts_on", "1999-01-01"),
        ("expires_on", "2000-01-01"),
        ("reason", "x" * 201),
    ],
)
def test_a_refused_order_keeps_everything(clinic, physician, address, typed, field, text):
    answer = physician.post(address, typed | {field: text})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    for name, value in (typed | {field: text}).items():
        assert answer.context["form"][name].value() == value
    assert not Order.objects.filter(patient=clinic.patient).exists()


@pytest.mark.parametrize("every", ["", "0", "801", "four", "1.5"])
def test_a_series_without_a_sensible_interval_is_refused(clinic, physician, address, typed, every):
    answer = physician.post(address, typed | {"kind": "series", "every": every, "period": "1"})
    assert answer.status_code == 422
    assert "every" in answer.context["form"].errors


def test_a_warning_of_the_checks_is_answered_before_the_order_is_placed(clinic, physician, address, typed):
    clinic.patient.allergies.create(
        practice=clinic.practice, substance="fictamine", reaction="hives", recorded_by=clinic.nurse
    )
    type(clinic.patient).objects.filter(pk=clinic.patient.pk).update(allergy_status=AllergyStatus.LISTED)
    answer = physician.post(address, typed)
    assert answer.status_code == 422
    assert "allergic to this drug" in answer.content.decode()
    assert not Order.objects.exists()
    assert physician.post(address, typed | {"sure": "guessed"}).status_code == 422
    physician.post(address, typed | {"sure": answer.context["digest"]})
    assert Order.objects.count() == 1


def test_a_dose_over_the_limit_is_told(clinic, physician, address, typed):
    Product.objects.filter(pk=clinic.drug.pk).update(details={"limits": [{"max_single": "1000 mcg"}]})
    assert "At most 1,000\u00a0mcg in one dose" in physician.get(address).content.decode()
    answer = physician.post(address, typed | {"dose": "2000"})
    assert answer.status_code == 422
    assert "2,000\u00a0mcg is more than 1,000\u00a0mcg" in answer.content.decode()


def test_only_the_physician_who_gave_it_signs_a_spoken_order(clinic, as_, physician):
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician, signed_by=None, signed_at=None)
    other = OrderFactory(patient=clinic.patient, signed_by=None, signed_at=None)
    physician.post(at("order_sign", order.pk))
    answer = physician.post(at("order_sign", other.pk), follow=True)
    order.refresh_from_db()
    other.refresh_from_db()
    assert order.signed_by == clinic.physician
    assert other.signed_at is None
    assert "gave this order and signs it" in answer.content.decode()


def test_a_stopped_order_says_why(clinic, physician):
    order = OrderFactory(patient=clinic.patient)
    physician.post(at("order_stop", order.pk), {"reason": "level is normal"})
    order.refresh_from_db()
    assert (order.stopped_by, order.stop_reason) == (clinic.physician, "level is normal")
    assert "level is normal" in physician.get(at("order", order.pk)).content.decode()


# --- booking ---


@pytest.fixture
def booking(clinic):
    return {
        "day": (clock.today() + timedelta(days=3)).isoformat(),
        "at": "2:30 pm",
        "location": clinic.location.pk,
        "room": "2",
        "submission_key": str(uuid4()),
    }


def test_a_patient_is_booked_once_in_the_clinics_own_time(clinic, nurse, booking):
    order = OrderFactory(patient=clinic.patient)
    for _ in range(2):
        nurse.post(at("appointment_new", clinic.patient.pk), booking | {"order": order.pk})
    (booked,) = Appointment.objects.filter(patient=clinic.patient)
    assert booked.starts_at.astimezone(clinic.practice.zone).strftime("%H:%M") == "14:30"
    assert booked.order == order


@pytest.mark.parametrize(
    ("field", "text"),
    [("day", "2020-01-01"), ("day", "2999-01-01"), ("day", ""), ("at", "25:00"), ("at", "noon"), ("location", ""),
     ("location", "abc"), ("order", "10" * 20), ("room", "x" * 21)],
)  # fmt: skip
def test_a_refused_booking_keeps_everything(clinic, nurse, booking, field, text):
    answer = nurse.post(at("appointment_new", clinic.patient.pk), booking | {field: text})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"][field].value() == text


def test_an_hour_that_the_clocks_skip_is_refused(clinic, nurse, booking):
    answer = nurse.post(at("appointment_new", clinic.patient.pk), booking | {"day": "2027-03-14", "at": "2:30"})
    assert "The clocks change" in answer.content.decode()


def test_another_patients_order_cannot_be_booked(clinic, nurse, booking):
    order = OrderFactory(patient=PatientFactory(practice=clinic.practice))
    answer = nurse.post(at("appointment_new", clinic.patient.pk), booking | {"order": order.pk})
    assert "order" in answer.context["form"].errors


def test_a_booking_is_cancelled_unless_its_visit_is_open(clinic, nurse):
    booked = AppointmentFactory(order=OrderFactory(patient=clinic.patient))
    nurse.post(at("appointment_cancel", booked.pk))
    booked.refresh_from_db()
    assert booked.cancelled_by == clinic.nurse


# --- walking in ---


def test_a_walk_in_opens_the_chart_with_one_tap_on_the_order(clinic, nurse):
    order = SeriesFactory(patient=clinic.patient)
    key = str(uuid4())
    for _ in range(2):
        answer = nurse.post(at("walk_in_for", clinic.patient.pk), {"order": order.pk, "submission_key": key})
    visit = Encounter.objects.get(patient=clinic.patient)
    assert visit.appointment.order == order
    assert visit.appointment.walk_in
    draft = visit.drafts.get(order=order)  # the one tap led to its scan box
    assert answer["Location"] == f"{at('chart', visit.pk)}?draft={draft.pk}"


def test_the_search_of_a_walk_in_is_its_own_and_ends_when_the_chart_opens(clinic, nurse):
    order = SeriesFactory(patient=clinic.patient)
    nurse.post(at("patients"), {"q": "Zebra"})
    assert "Zebra" not in nurse.get(at("walk_in")).content.decode()
    nurse.post(at("walk_in"), {"q": clinic.patient.mrn})
    assert f'value="{clinic.patient.mrn}"' in nurse.get(at("walk_in")).content.decode()
    nurse.post(at("walk_in_for", clinic.patient.pk), {"order": order.pk})
    assert f'value="{clinic.patient.mrn}"' not in nurse.get(at("walk_in")).content.decode()


def test_the_front_desk_puts_a_walk_in_on_today(clinic, as_):
    order = SeriesFactory(patient=clinic.patient)
    desk = as_(clinic.front_desk)
    answer = desk.post(at("walk_in_for", clinic.patient.pk), {"order": order.pk})
    assert answer["Location"] == at("today")
    assert Appointment.objects.get(patient=clinic.patient).walk_in


def test_without_an_order_a_walk_in_leads_to_one_and_back(clinic, nurse, address, typed):
    assert "No active order" in nurse.get(at("walk_in_for", clinic.patient.pk)).content.decode()
    answer = nurse.post(f"{address}?then=walk-in", typed | {"ordered_by": clinic.physician.pk, "read_back": "on"})
    assert answer["Location"] == at("walk_in_for", clinic.patient.pk)
    assert "fictamine" in nurse.get(answer["Location"]).content.decode()


def test_a_finished_or_foreign_order_cannot_be_walked_in_on(clinic, nurse):
    stopped = SeriesFactory(patient=clinic.patient, stopped_on=date(2026, 1, 1), stopped_by=clinic.physician)
    foreign = SeriesFactory()
    for order in (stopped, foreign):
        assert nurse.post(at("walk_in_for", clinic.patient.pk), {"order": order.pk}).status_code == 422
