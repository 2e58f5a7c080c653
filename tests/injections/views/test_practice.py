"""The administrator's page about the practice itself."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from injections import time_zones
from injections.actions import practice as actions
from injections.actions.errors import NotAllowed
from injections.models import Practice
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db

PAGE = "/practice/"
SAID = {
    "name": "Southside Clinic",
    "npi": "1999999976",
    "time_zone": "America/Chicago",
    "idle_minutes": "5",
    "shift_hours": "8",
}


@pytest.fixture
def admin(clinic, as_):
    return as_(clinic.administrator)


def now(clinic):
    return Practice.objects.get(pk=clinic.practice.pk)


def test_what_is_said_is_kept(clinic, admin):
    answer = admin.post(PAGE, SAID, follow=True)
    assert "The settings of the practice are saved" in answer.content.decode()
    kept = now(clinic)
    assert (kept.name, kept.npi, kept.time_zone) == ("Southside Clinic", "1999999976", "America/Chicago")
    assert (kept.idle_minutes, kept.shift_hours) == (5, 8)
    assert kept.idle_after == timedelta(minutes=5)


def test_the_page_shows_what_holds_and_is_linked(clinic, admin):
    form = admin.get(PAGE).context["form"]
    assert {name: form[name].value() for name in ("name", "idle_minutes", "shift_hours")} == {
        "name": clinic.practice.name,
        "idle_minutes": 10,
        "shift_hours": 12,
    }
    assert f'href="{reverse("injections:practice_settings")}"' in admin.get("/staff/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "North\u202eside"}, "name"),
        ({"npi": "1234567890"}, "npi"),
        ({"npi": "199999997"}, "npi"),
        ({"time_zone": ""}, "time_zone"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "America/Denver"}, "sure"),
        ({"idle_minutes": ""}, "idle_minutes"),
        ({"idle_minutes": "1"}, "idle_minutes"),
        ({"idle_minutes": "61"}, "idle_minutes"),
        ({"idle_minutes": "1e1"}, "idle_minutes"),
        ({"idle_minutes": "5.5"}, "idle_minutes"),
        ({"shift_hours": "0"}, "shift_hours"),
        ({"shift_hours": "17"}, "shift_hours"),
        ({"shift_hours": "-8"}, "shift_hours"),
    ],
)
def test_refused_settings_change_nothing_and_keep_what_was_typed(clinic, admin, changes, field):
    before = Practice.objects.values().get(pk=clinic.practice.pk)
    answer = admin.post(PAGE, SAID | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Practice.objects.values().get(pk=clinic.practice.pk) == before
    for name, text in (SAID | changes).items():
        assert answer.context["form"][name].value() == text


def test_problems_stand_in_the_order_of_the_page(admin):
    answer = admin.post(PAGE, {"time_zone": "America/Denver"})
    assert [problem.text for problem in answer.context["problems"]] == [
        "Enter the name of the practice",
        "Enter 2 to 60 minutes",
        "Enter 1 to 16 hours",
        "Say that you want the other time zone, or choose the one you had",
    ]


def test_another_time_zone_wants_a_yes(clinic, admin):
    admin.post(PAGE, SAID | {"time_zone": "America/Denver", "sure": "on"})
    assert now(clinic).time_zone == "America/Denver"


def test_a_zone_that_is_not_on_the_list_stays(clinic, admin):
    Practice.objects.filter(pk=clinic.practice.pk).update(time_zone="America/Menominee")
    assert admin.post(PAGE, SAID | {"time_zone": "America/Menominee"}).status_code == 302
    assert now(clinic).time_zone == "America/Menominee"


def test_the_practice_next_door_is_not_touched(admin):
    other = PracticeFactory()
    before = Practice.objects.values().get(pk=other.pk)
    admin.post(PAGE, SAID)
    assert Practice.objects.values().get(pk=other.pk) == before


def test_only_an_administrator_may(clinic):
    said = SAID | {"idle_minutes": 5, "shift_hours": 8}
    with pytest.raises(NotAllowed):
        actions.change(by=clinic.manager, **said)


def test_every_zone_on_the_list_is_one_to_python_and_to_the_table():
    practice = PracticeFactory()
    for zone in time_zones.ZONES:
        practice.time_zone = zone
        practice.save()
        assert practice.zone.key == zone
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_timezone_names WHERE name = ANY(%s)", [list(time_zones.ZONES)])
        assert cursor.fetchone()[0] == len(time_zones.ZONES)
