"""What kind of place a location is: said by the administrator, for days to come, and never for a signed visit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from injections.actions import locations as actions
from injections.actions.errors import NotAllowed
from injections.chart import read_chart
from injections.models import Location, LocationFact, LocationPlace
from injections.reading.locations import placed
from tests import clock
from tests.factories import EncounterFactory, LocationFactory, OrderFactory, signed_dose

pytestmark = pytest.mark.django_db


def written(day):
    return f"{day.month}/{day.day}/{day.year}"


def said(client, location, code, since):
    return client.post(f"/locations/{location.pk}/place/", {"code": code, "since": written(since)}, follow=True)


def test_a_hospital_department_is_said_once_and_from_a_day_on(clinic, as_):
    """From a later day on; what was signed before keeps its place, and the visit of that day has the new one."""
    admin, today = as_(clinic.administrator), clock.today()
    location, patient, later = clinic.location, clinic.patient, today + timedelta(days=7)
    visit = EncounterFactory(patient=patient, location=location)
    signed = signed_dose(encounter=visit, order=OrderFactory(patient=patient)).encounter
    refused = admin.post(f"/locations/{location.pk}/place/", {"code": "22", "since": written(signed.date)})
    assert refused.status_code == 422
    assert "are signed there as what it was. Choose a later day" in refused.content.decode()

    page = said(admin, location, "22", later).content.decode()
    assert "22, on-campus hospital department" in page
    assert "11, office" in page
    said(admin, location, "22", later)
    assert LocationPlace.objects.count() == 1
    assert read_chart(signed).place_of_service == "11"
    assert read_chart(EncounterFactory(patient=patient, location=location, date=later)).place_of_service == "22"

    said(admin, location, "19", later - timedelta(days=1))
    (row,) = [one for one in placed(clinic.administrator, today) if one.location == location]
    assert [coming.code for coming in row.coming] == ["19"]
    assert read_chart(EncounterFactory(patient=patient, location=location, date=later)).place_of_service == "19"
    (row,) = [one for one in placed(clinic.administrator, later) if one.location == location]
    assert (row.words, row.charged_by_facility) == ("19, off-campus hospital department", True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"code": ""}, "code"), ({"code": "10"}, "code"), ({"since": ""}, "since"), ({"since": "soon"}, "since")],
)
def test_refused_kinds_change_nothing(clinic, as_, changes, field):
    sent = {"code": "22", "since": written(clock.today() + timedelta(days=1))} | changes
    answer = as_(clinic.administrator).post(f"/locations/{clinic.location.pk}/place/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not LocationPlace.objects.exists()


def test_only_an_administrator_of_the_practice_may(clinic, as_):
    since, other = clock.today() + timedelta(days=1), LocationFactory()
    for by, location in ((clinic.manager, clinic.location), (clinic.administrator, other)):
        with pytest.raises(NotAllowed):
            actions.place(location=location, code="22", since=since, by=by)
    assert said(as_(clinic.administrator), other, "22", since).status_code == 404


def test_a_location_is_added_once(clinic, as_):
    """Sent twice it is one; another one of the same name is refused, and so is a state that is none."""
    admin = as_(clinic.administrator)
    told = dict.fromkeys(("address", "city", "postal_code", "npi"), "")
    told |= {"name": "Harbor Clinic", "state": "tx", "code": "22"}
    for _ in range(2):
        page = admin.post("/locations/new/", told, follow=True).content.decode()
        assert "Harbor Clinic is added" in page
    added = Location.objects.get(name="Harbor Clinic")
    assert (added.practice, added.state, added.place_on(clock.today())) == (clinic.practice, "TX", "22")
    assert "The facility charges for the injection and the drug" in admin.get("/locations/").content.decode()
    for name, typed in (("name", "harbor clinic"), ("state", "T1"), ("npi", "1"), ("code", "10")):
        answer = admin.post("/locations/new/", told | {"address": "other", name: typed})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])
    with pytest.raises(NotAllowed):
        actions.add(by=clinic.manager, name="Other", code="11", state="TX")


# --- corrections ---


@pytest.fixture
def told(clinic):
    place, later = clinic.location, clock.today() + timedelta(days=7)
    said = {name: getattr(place, name) for name in ("name", "address", "city", "postal_code", "state", "npi")}
    return said | {"since": written(later)}


def test_a_location_is_corrected_and_what_claims_depend_on_holds_from_a_day_on(clinic, as_, told):
    """A misspelt name everywhere; the state from a day on; a file that was made before still reads the old name."""
    admin, place, was = as_(clinic.administrator), clinic.location, clinic.location.name
    patient, later = clinic.patient, clock.today() + timedelta(days=7)
    state = place.state
    signed = signed_dose(
        encounter=EncounterFactory(patient=patient, location=place), order=OrderFactory(patient=patient)
    )
    made = timezone.now()
    address = f"/locations/{place.pk}/"
    assert f'value="{was}"' in admin.get(address).content.decode()
    for _ in range(2):
        page = admin.post(address, told | {"name": "Maple Street", "state": "ok", "city": "Tulsa"}, follow=True)
        assert "Maple Street is corrected" in page.content.decode()
    place.refresh_from_db()
    assert (place.name, place.city, place.told("name", later)) == ("Maple Street", "Tulsa", "Maple Street")
    assert (place.told("name", signed.encounter.date, made), place.state) == (was, state)
    assert read_chart(signed.encounter).state == state
    assert read_chart(EncounterFactory(patient=patient, location=place, date=later)).state == "OK"
    assert [row.fact for row in LocationFact.objects.order_by("pk")] == ["state", "name", "name"]
    assert "State OK" in page.content.decode()
    early = told | {"name": "Maple Street", "state": "NM", "since": written(signed.encounter.date)}
    answer = admin.post(address, early)
    assert answer.status_code == 422
    assert "signed there under another state or NPI" in answer.content.decode()
    missing = told | {"name": "Maple Street", "npi": "1234567893", "since": written(signed.encounter.date)}
    assert admin.post(address, missing).status_code == 302, "an NPI that was missing may be said for any day"
    assert Location.objects.get(pk=place.pk).told("npi", signed.encounter.date) == "1234567893"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": ""}, "name"), ({"state": "T1"}, "state"), ({"npi": "1234567890"}, "npi"), ({"since": ""}, "since")],
)
def test_refused_corrections_change_nothing(clinic, as_, told, changes, field):
    answer = as_(clinic.administrator).post(f"/locations/{clinic.location.pk}/", told | changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not LocationFact.objects.exists()


def test_two_locations_never_get_one_name(clinic, as_, told):
    other = LocationFactory(practice=clinic.practice, name="Harbor Clinic")
    answer = as_(clinic.administrator).post(f"/locations/{clinic.location.pk}/", told | {"name": "harbor clinic"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    assert as_(clinic.manager).get(f"/locations/{other.pk}/").status_code == 404
