"""A server that is really killed while somebody charts, and started again: the page goes on and nothing is lost."""

import os
from urllib.parse import urlsplit

import pytest
from django.db import connection

from injections.models import AdministrationDraft
from tests.faults.web import web

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def real_server(clinic, tmp_path):
    """Gunicorn as in production, in processes of its own, on the database of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    made = web(tmp_path, {**os.environ, "DATABASE_URL": database})
    made.start()
    yield made
    made.kill()


def test_what_is_typed_while_the_server_is_dead_is_saved_when_it_lives_again(person, live_server, real_server):
    page = person.page
    person.signs_in_as("lee")  # cookies know no port: the session holds at the other server too
    host = urlsplit(live_server.url).hostname
    person.address = f"http://{host}:{real_server.environment['WEB_PORT']}"
    person.opens("/today/")
    page.get_by_text("RIVERA, Maria").click()
    page.get_by_text("Sign for Maria Rivera").wait_for()
    begun = page.locator("#version").input_value()
    page.locator("#id_checks").check()
    page.wait_for_function("(begun) => document.getElementById('version').value !== begun", arg=begun)

    real_server.kill()
    page.get_by_role("radio", name="Tolerated well").check()
    person.sees("Not saved since")
    page.locator("#id_site_0").check()
    real_server.start()
    page.locator("#saved:not(.not-saved)").wait_for()
    entries = AdministrationDraft.objects.get().entries
    assert (entries["checks"], entries["response"], entries["site"]) == ("yes", "Tolerated well", "deltoid:right")
    page.reload()
    assert page.get_by_role("radio", name="Tolerated well").is_checked()
    assert page.locator("#id_site_0").is_checked()
    person.complaints.clear()  # the browser's own words about what was not answered
