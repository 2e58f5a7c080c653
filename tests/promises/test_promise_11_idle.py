"""An idle screen locks on the server, polling does not keep it open, and nothing that was typed is lost."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.http import QueryDict
from django.urls import get_resolver, reverse
from django.utils import timezone

from injections.marks import PUBLIC
from injections.middleware import LEAVING
from injections.models import Patient, SignIn
from injections.models.staff import Role
from tests.entering import PASSWORD, PIN, code, enrolled, with_pin
from tests.factories import EncounterFactory, LocationFactory, OrderFactory, PatientFactory, PhysicianFactory

pytestmark = pytest.mark.django_db

#: who fills which form in
FORMS = [
    (Role.FRONT_DESK, "patient_new", ""),
    (Role.FRONT_DESK, "patient_edit", "patient"),
    (Role.NURSE, "allergy_new", "patient"),
    (Role.NURSE, "weight_new", "patient"),
    (Role.FRONT_DESK, "coverage_new", "patient"),
    (Role.FRONT_DESK, "appointment_new", "patient"),
    (Role.NURSE, "order_new", "patient"),
    (Role.NURSE, "walk_in_for", "patient"),
    (Role.NURSE, "walk_in", ""),
    (Role.PHYSICIAN, "service_new", "visit"),
    (Role.NURSE, "stock_receive", ""),
    (Role.NURSE, "check_in", ""),
    (Role.PHYSICIAN, "order_stop", "order"),
    (Role.ADMINISTRATOR, "staff_new", ""),
    (Role.NURSE, "today", ""),
]
TYPED = (
    "family_name=%C5%8Ckawa%22%3E%3Cb%3E&given_name=O%27Brien&note=two%0Alines&site=a&site=b"
    "&dose=0.5&empty=&q=%26amp%3B"
)


class Hidden(HTMLParser):
    """The hidden fields of a page, in order."""

    def __init__(self, page):
        super().__init__()
        self.fields = QueryDict(mutable=True)
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden":
            self.fields.appendlist(said["name"], said.get("value") or "")


def goes_away(minutes=11):
    SignIn.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes))


def is_killed():
    SignIn.objects.update(ended_at=timezone.now())


def carried(page, username):
    fields = Hidden(page).fields
    del fields["csrfmiddlewaretoken"]
    assert fields.pop("back_who", [username]) == [username]
    return fields


@pytest.fixture
def place(db):
    location = LocationFactory()
    patient = PatientFactory(practice=location.practice)
    order = OrderFactory(patient=patient, ordered_by=PhysicianFactory(practice=location.practice))
    visit = EncounterFactory(patient=patient, location=location)
    return {"location": location, "patient": patient.pk, "order": order.pk, "visit": visit.pk}


def test_promise_11_nothing_typed_is_lost(place, client, record_property):
    typed, lost = QueryDict(TYPED), 0
    for happens in (goes_away, is_killed):
        for number, (role, name, about) in enumerate(FORMS):
            username = f"{role.value}-{number}-{happens.__name__}"
            person = enrolled(username, role=role, practice=place["location"].practice, location=place["location"])
            client.force_login(person)
            happens()
            address = reverse(f"injections:{name}", args=[place[about]] if about else [])
            asked = client.post(address, TYPED, content_type="application/x-www-form-urlencoded")
            assert asked.status_code == 401
            kept = carried(asked.content.decode(), username)
            back = f"back_who={username}&back_secret={PASSWORD.replace(' ', '+')}&back_code={code()}"
            gone_on = client.post(
                address, f"{kept.urlencode()}&{back}", content_type="application/x-www-form-urlencoded"
            )
            assert gone_on.status_code != 401, (name, gone_on.content.decode()[-2000:])
            got = gone_on.wsgi_request.POST
            lost += sum(got.getlist(field) != values for field, values in typed.lists())
            assert "back_secret" not in got
            assert "kawa" not in str(dict(client.session.items()))
    record_property("figure", f"{2 * len(FORMS)} half-filled forms, {lost} fields lost")
    assert lost == 0


def test_promise_11_the_form_is_really_taken(place, client):
    desk = enrolled("desk", role=Role.FRONT_DESK, practice=place["location"].practice)
    client.force_login(desk)
    new = {
        "family_name": "Ōkawa",
        "given_name": "Mio",
        "mrn": "900",
        "birth_date": "3/14/1961",
        "sex": "F",
        "established": "no",
    }
    new["back_who"], new["back_secret"] = "desk", PASSWORD
    goes_away()
    client.post(reverse("injections:patient_new"), new)
    assert Patient.objects.filter(family_name="Ōkawa").count() == 1


def test_promise_11_polling_does_not_keep_a_screen_open(place, client, record_property):
    client.force_login(enrolled("kim", practice=place["location"].practice))
    began = timezone.now()
    polls = 0
    for second in range(0, 630, 30):
        with time_machine.travel(began + timedelta(seconds=second), tick=False):
            assert client.get(reverse("injections:screen")).status_code == 200
            polls += 1
    with time_machine.travel(began + timedelta(seconds=631), tick=False):
        assert client.get(reverse("injections:screen")).json()["state"] == "locked"
        assert client.get(reverse("injections:own")).status_code == 401
    record_property("figure", f"locked after 10 minutes in spite of {polls} polls")


def test_promise_11_using_it_does(place, client):
    client.force_login(enrolled("kim", practice=place["location"].practice))
    began = timezone.now()
    for minute in range(0, 45, 9):
        with time_machine.travel(began + timedelta(minutes=minute), tick=False):
            assert client.post(reverse("injections:stay")).json()["state"] == "open"
    with time_machine.travel(began + timedelta(minutes=36 + 9), tick=False):
        assert client.get(reverse("injections:own")).status_code == 200


def views():
    def walk(patterns, prefix=""):
        for found in patterns:
            if hasattr(found, "url_patterns"):
                named = f"{prefix}{found.namespace}:" if getattr(found, "namespace", None) else prefix
                yield from walk(found.url_patterns, named)
            elif found.name:
                yield f"{prefix}{found.name}", found

    return walk(get_resolver().url_patterns)


def address(pattern):
    return {name: 1 if getattr(kind, "regex", "") == "[0-9]+" else "x" for name, kind in pattern.converters.items()}


def test_promise_11_a_locked_screen_answers_nothing_and_no_parameter_opens_it(place, client, record_property):
    client.force_login(enrolled("boss", role=Role.ADMINISTRATOR, practice=place["location"].practice))
    goes_away()
    answered = []
    for name, url in views():
        public = not getattr(url.callback, "login_required", True)
        if public or name in LEAVING:
            continue
        where = reverse(name, kwargs=address(url.pattern))
        for extra in ("", "?skip_timeout_reset=1", "?polls=1&while_locked=1"):
            for send in (client.get, client.post, client.put):
                if send(where + extra).status_code != 401:
                    answered.append((name, send.__name__, extra))
        assert client.get(where, headers={"HX-Request": "true"}).status_code == 401, name
    record_property("figure", f"{len(answered)} of {len(list(views()))} addresses answer on a locked screen")
    assert answered == []


def test_promise_11_what_answers_before_sign_in_is_a_reviewed_list():
    found = {name.removeprefix("injections:") for name, url in views() if getattr(url.callback, "public", False)}
    assert found == PUBLIC
    open_ones = {name for name, url in views() if not getattr(url.callback, "login_required", True)}
    ours = {f"injections:{name}" for name in PUBLIC}
    allauth = {name for name in open_ones - ours if name.startswith(("account_", "mfa_"))}
    assert open_ones == ours | allauth


def test_promise_11_a_locked_shift_asks_for_the_pin(place, client):
    nurse = with_pin(enrolled("kim", practice=place["location"].practice))
    from injections.actions import shifts, sign_ins

    entered = sign_ins.begin(staff=nurse, how=SignIn.How.FULL)
    _, key = shifts.start(by=nurse, sign_in=entered)
    client.cookies["shift"] = key
    client.cookies["__Host-shift"] = key
    client.post(reverse("injections:shift_enter"), {"who": "kim", "pin": PIN})
    goes_away()
    assert "PIN" in client.get(reverse("injections:own")).content.decode()
    back = reverse("injections:come_back")
    wrong = client.post(back, {"who": "kim", "secret": PASSWORD})
    assert wrong.status_code == 422
    assert client.post(back, {"who": "kim", "secret": PIN}).json()["state"] == "open"
    assert client.get(reverse("injections:own")).status_code == 200
