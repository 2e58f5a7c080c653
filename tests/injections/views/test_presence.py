"""Who supervises: on the bar of every page, and checked in and out on its own."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

import tests.clock
from injections.models import Presence
from tests.factories import EncounterFactory, OrderFactory, PresenceFactory, signed_dose

pytestmark = pytest.mark.django_db
HERE = reverse("injections:presence")
CHECK_IN = reverse("injections:check_in")
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def test_nobody_supervising_is_said_on_every_page(nurse, clinic):
    assert "Nobody supervising now" in nurse.get(HERE).content.decode()


def test_checking_in_and_out(nurse, clinic):
    nurse.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "in-suite"})
    stretch = Presence.objects.get()
    assert (stretch.clinician, stretch.asserted_by) == (clinic.physician, clinic.nurse)
    page = nurse.get(HERE).content.decode()
    assert "Dr Adams <span" in page
    assert "in the suite since" in page
    Presence.objects.update(since=stretch.since - SECOND)
    assert 'name="mode" value="audio-video">Now on live video' in page
    nurse.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "audio-video"})  # from the suite to video: one tap
    assert nurse.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "audio-only"}).status_code == 422
    suite, video = Presence.objects.order_by("pk")
    assert (suite.mode, suite.until, video.mode, video.until) == ("in-suite", video.since, "audio-video", None)
    assert 'name="mode" value="in-suite">Now in the suite' in nurse.get(HERE).content.decode()
    Presence.objects.filter(pk=video.pk).update(since=video.since - SECOND)
    nurse.post(reverse("injections:check_out", args=[video.pk]))
    assert "Nobody supervising now" in nurse.get(HERE).content.decode()


def test_a_check_in_that_nobody_ended_does_not_count_on_the_next_day(nurse, clinic):
    nurse.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "in-suite"})
    yesterday = Presence.objects.get()
    Presence.objects.update(since=yesterday.since - timedelta(days=1))
    page = nurse.get(HERE).content.decode()
    assert "Nobody supervising now" in page
    assert "and nobody said when they left. That counts for that day only." in page
    nurse.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "in-suite"})
    page = nurse.get(HERE).content.decode()
    assert "in the suite since" in page
    assert "nobody said when they left" not in page


def test_when_somebody_left_an_earlier_day_is_said_afterwards(nurse, clinic):
    zone = clinic.practice.zone
    came = datetime.combine(tests.clock.today() - timedelta(days=1), time(8, 2), zone)
    stretch = PresenceFactory(location=clinic.location, clinician=clinic.physician, since=came)
    out = reverse("injections:check_out", args=[stretch.pk])
    assert "Say when they left" in nurse.get(HERE).content.decode()
    for typed, words in (("", "Enter when they left that day"), ("7:55", "Enter a time after they came")):
        answer = nurse.post(out, {"went": typed})
        page = answer.content.decode()
        assert (answer.status_code, words in page, f'value="{typed}"' in page or not typed) == (422, True, True)
    nurse.post(out, {"went": "15:30"})
    stretch.refresh_from_db()
    assert stretch.until == datetime.combine(came.date(), time(15, 30), zone)
    assert "nobody said when they left" not in nurse.get(HERE).content.decode()


def test_a_refused_check_in_says_what_to_choose(nurse):
    answer = nurse.post(CHECK_IN, {"mode": "in-suite"})
    assert answer.status_code == 422
    assert "Choose who is here" in answer.content.decode()


def test_a_nurse_cannot_be_checked_in(nurse, clinic):
    assert nurse.post(CHECK_IN, {"clinician": clinic.nurse.pk, "mode": "in-suite"}).status_code == 422


def test_the_front_desk_reads_and_does_not_write(clinic, as_):
    desk = as_(clinic.front_desk)
    assert desk.get(HERE).status_code == 200
    assert desk.post(CHECK_IN, {"clinician": clinic.physician.pk, "mode": "in-suite"}).status_code == 404


def test_a_forgotten_check_in_is_said_later_with_who_and_when(nurse, clinic):
    late = reverse("injections:was_here")
    charted = signed_dose(
        order=OrderFactory(patient=clinic.patient),
        encounter=EncounterFactory(patient=clinic.patient, location=clinic.location),
        nurse=clinic.nurse,
    )
    given = charted.given_at.astimezone(clinic.practice.zone)
    day, came, went = f"{given:%Y-%m-%d}", f"{given - HOUR:%H:%M}", f"{given + HOUR:%H:%M}"
    said = {"clinician": clinic.physician.pk, "mode": "in-suite", "on": day, "came": came, "went": went}
    for _ in range(2):  # sent twice it is one
        nurse.post(late, said)
    stretch = Presence.objects.get()
    assert stretch.since < charted.given_at < stretch.until
    assert (stretch.said_later, stretch.asserted_by) == (True, clinic.nurse)
    assert "said later" in stretch.as_fact().asserted_by
    charted.refresh_from_db()
    assert charted.presence is None  # what is signed stays, and the page says so
    assert "1 dose was signed without a supervisor in these minutes" in nurse.get(HERE).content.decode()
    overlapping = nurse.post(late, said | {"came": f"{given:%H:%M}", "went": f"{given + 2 * HOUR:%H:%M}"})
    assert "on the list for some of these minutes already" in overlapping.content.decode()
    assert nurse.post(late, said | {"on": "2026-01-06", "went": ""}).status_code == 422
    assert nurse.post(late, said | {"on": "2026-01-06", "came": went, "went": came}).status_code == 422
    assert Presence.objects.count() == 1
