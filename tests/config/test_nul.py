"""A NUL character is refused wherever a request can carry text."""

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpResponse, UnreadablePostError
from django.test import RequestFactory

from config.nul import RefuseNul

requests = RequestFactory()
refuse = RefuseNul(lambda request: HttpResponse("through"))


@pytest.mark.parametrize(
    "request_",
    [
        requests.get("/patients/%00"),
        requests.get("/patients?q=%00"),
        requests.get("/patients?q=1&q=a%00b"),
        requests.get("/patients?%00=1"),
        requests.post("/patients", {"name": "O\0Brien"}),
        requests.post("/patients", {"na\0me": "O'Brien"}),
        requests.post("/patients", "name=%00", content_type="application/x-www-form-urlencoded"),
    ],
)
def test_nul_is_refused(request_):
    with pytest.raises(BadRequest):
        refuse(request_)


@pytest.mark.parametrize(
    "request_",
    [
        requests.get("/patients?q=O%27Brien"),
        requests.post("/patients", {"name": "Nguyễn 😀"}),
        requests.post("/files", b"\0\0", content_type="application/octet-stream"),
    ],
)
def test_the_rest_passes(request_):
    assert refuse(request_).content == b"through"


def test_a_body_that_breaks_off_is_the_senders_error(monkeypatch):
    class Cut:
        method, content_type, path_info, GET = "POST", "multipart/form-data", "/", requests.get("/").GET

        @property
        def POST(self):
            raise UnreadablePostError

    with pytest.raises(BadRequest):
        refuse(Cut())


def test_a_page_answers_400(client):
    assert client.get("/accounts/login/?q=%00").status_code == 400
