"""A huge input is refused before it is kept in memory, and the next request is answered as ever."""

import io
import json
import resource

import pytest
from django.test import RequestFactory
from django.urls import reverse

from config.sizes import MOST, RefuseLarge
from injections.models.staff import Role
from tests.factories import LocationFactory, StaffFactory

pytestmark = pytest.mark.django_db

MEGABYTE = 1_000_000
REFUSED = (400, 413)


@pytest.fixture
def nurse(client):
    location = LocationFactory()
    client.force_login(StaffFactory(practice=location.practice, location=location, role=Role.NURSE))
    client.raise_request_exception = False
    return client


def many(count):
    return {f"f{n}": "x" for n in range(count)}


POSTS = {
    "a field of 3.5 MB": {"data": {"family_name": "x" * 3_500_000}},
    "5,000 fields": {"data": many(5_000)},
    "5,000 fields, encoded": {
        "data": "&".join(f"f{n}=x" for n in range(5_000)),
        "content_type": "application/x-www-form-urlencoded",
    },
    "3.5 MB, encoded": {"data": "a=" + "x" * 3_500_000, "content_type": "application/x-www-form-urlencoded"},
    "JSON 100,000 deep": {"data": "[" * 100_000, "content_type": "application/json"},
    "5,000 digits": {"data": json.dumps({"n": int("9" * 4_000)}), "content_type": "application/json"},
    "50 files": {"data": {f"file{n}": io.BytesIO(b"x") for n in range(50)}},
    "an upload of 12 MB": {"data": {"file": io.BytesIO(b"x" * 12 * MEGABYTE)}},
}


@pytest.mark.parametrize("name", ["patient_new", "import_patients"])
@pytest.mark.parametrize("what", POSTS)
def test_promise_27_what_is_huge_is_refused(nurse, name, what, record_property):
    for file in POSTS[what]["data"].values() if isinstance(POSTS[what]["data"], dict) else ():
        if hasattr(file, "seek"):
            file.seek(0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = nurse.post(reverse(f"injections:{name}"), **POSTS[what])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    expected = (*REFUSED, 422) if "JSON" in what or "digits" in what else REFUSED
    assert answer.status_code in expected
    assert grown < 120
    assert nurse.get(reverse("injections:today")).status_code == 200
    record_property("figure", f"{what}: {answer.status_code}")


def test_promise_27_the_length_alone_is_enough_to_refuse():
    """Nothing of the body is read, whatever follows."""

    class NeverRead(io.BytesIO):
        def read(self, *rest):
            raise AssertionError("the body was read")

    request = RequestFactory().post("/", b"x", content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = str(MOST + 1)
    request._stream = NeverRead()
    assert RefuseLarge(lambda request: pytest.fail("it came through"))(request).status_code == 413


@pytest.mark.parametrize("length", ["", "abc", "-1", "9" * 30, "٣"])
def test_promise_27_a_length_that_is_none_is_no_error_of_ours(length):
    request = RequestFactory().post("/", b"x", content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = length
    from django.http import HttpResponse

    assert RefuseLarge(lambda request: HttpResponse())(request).status_code in (200, 413)
