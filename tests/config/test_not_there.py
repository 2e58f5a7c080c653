"""An address that does not exist is answered by our own page, with DEBUG too."""

import pytest

from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
OURS, DJANGOS = b"There is nothing here", b"DEBUG = True"


@pytest.fixture(autouse=True)
def developer(settings):
    settings.DEBUG = True


@pytest.mark.parametrize("address", ["/nowhere/", "/patients/987654321/"])
def test_with_debug_too(client, address):
    client.force_login(StaffFactory())
    answer = client.get(address)
    assert answer.status_code == 404
    assert OURS in answer.content
    assert DJANGOS not in answer.content


def test_a_stranger_is_told_as_little(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert OURS in answer.content
    assert DJANGOS not in answer.content


def test_a_forgotten_slash_is_still_added(client):
    client.force_login(StaffFactory())
    answer = client.get("/patients")
    assert (answer.status_code, answer["Location"]) == (301, "/patients/")


def test_what_a_view_wrote_is_undone_before_its_404_is_answered(settings):
    """Django asks the middleware about an exception from the last to the first, and the first answer ends it."""
    asked = list(reversed(settings.MIDDLEWARE))
    assert asked.index("config.transactions.RequestTransaction") < asked.index("config.not_there.NoSuchRow")
