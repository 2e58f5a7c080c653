"""What kind of place a location is: said by the administrator, for days to come, and never for a signed visit."""

from datetime import timedelta

import pytest

from injections.actions import locations as actions
from injections.actions.errors import NotAllowed
from injections.chart import read_chart
from injections.models import Location, LocationPlace
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
