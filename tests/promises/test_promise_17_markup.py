"""Tags in every text that is stored: no page shows one alive, and every page has the strict policy."""

import re
from contextlib import suppress
from html.parser import HTMLParser

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests.promises.pages import addresses, browsers, every_page, those_who_may

pytestmark = pytest.mark.django_db

TAG = "<img src=x onerror=alert(1)><svg/onload=alert(2)>\"'><script>alert(3)</script>"
#: what a page may be asked for, all at once
ASKED = ("q", "tab", "page", "next", "drug", "scan", "sort", "day", "payer", "reason", "patient", "person", "at")
LIVE = {"alert(1)", "alert(2)", "alert(3)"}
#: texts that people type, by model; what a choice or a code decides is not among them
KEEP = {"username", "password", "time_zone", "place_of_service", "state", "sex", "npi", "role", "badge", "number"}


class Live(HTMLParser):
    """Elements and attributes that came from a text."""

    def __init__(self, html):
        super().__init__()
        self.alive = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in ("img", "svg") and any(name.startswith("on") for name, _ in attrs):
            self.alive.append(tag)
        self.alive += [name for name, value in attrs if name.startswith("on") and name != "on"]

    def handle_data(self, data):
        if self.cdata_elem == "script" and any(word in data for word in LIVE):
            self.alive.append("script")


def spoil(model, rows):
    """Put the tags into every free-text column of these rows, as far as it is wide. Answers how many columns."""
    columns = [
        column
        for column in model._meta.local_fields
        if type(column) in (models.CharField, models.TextField) and not column.choices and column.name not in KEEP
    ]
    for column in columns:
        text = TAG[: column.max_length or len(TAG)]
        for number, row in enumerate(rows):
            unique = column.unique or any(
                column.name in c.fields for c in model._meta.constraints if hasattr(c, "fields")
            )
            value = f"{number}{text}"[: column.max_length] if unique else text
            with suppress(IntegrityError), transaction.atomic():  # a shape of its own, or signed already
                model.objects.filter(pk=row).update(**{column.name: value})
    return len(columns)


@pytest.fixture(scope="module")
def spoiled(lived_in):
    """Every free text of the practice, in the tables that may be changed."""
    from django.apps import apps

    list(addresses(lived_in))  # a row for each of them
    count = 0
    for model in apps.get_models():
        if model._meta.app_label not in ("injections", "billing") or not hasattr(model, "practice"):
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [model._meta.db_table])
            may = cursor.fetchone()[0]
        if may:
            rows = list(model.objects.filter(practice=lived_in.practice).values_list("pk", flat=True))
            count += spoil(model, rows)
    return count


def test_promise_17_no_page_shows_a_tag_alive(lived_in, spoiled, long, record_property):
    pages, alive, unguarded, shown = 0, [], [], 0
    for browser, address, answer in every_page(lived_in, everybody=long):
        if not answer["Content-Type"].startswith("text/html") or answer.streaming:
            continue
        html = answer.content.decode()
        pages += 1
        shown += "&lt;img src=x" in html
        found = Live(html).alive
        if found:
            alive.append((address, browser.person.role, found))
        policy = answer.get("Content-Security-Policy", "")
        script = re.search(r"script-src ([^;]*)", policy)
        if not script or "unsafe" in policy or "*" in script[1]:
            unguarded.append(address)
    assert not alive
    assert not unguarded
    assert shown > 20
    record_property(
        "figure", f"{spoiled} kinds of text, {pages} pages, {shown} show tags, 0 alive; policy on every page"
    )


@pytest.mark.parametrize("address", ["/nowhere/", "/patients/999999999/", "/accounts/login/", "/screen/", "/%00"])
def test_promise_17_pages_for_nobody_and_for_errors_have_the_policy_too(client, address):
    answer = client.get(address)
    assert "script-src" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_promise_17_what_is_asked_for_is_not_echoed_alive(lived_in, record_property):
    alive, pages, at_screens = [], 0, browsers(lived_in)
    for capability, address in addresses(lived_in):
        role = those_who_may(lived_in, capability)[0]
        again = at_screens[role].get(address, dict.fromkeys(ASKED, TAG))
        if again.status_code in (200, 422) and again["Content-Type"].startswith("text/html"):
            pages += 1
            alive += [address] * bool(Live(again.content.decode()).alive)
    assert not alive
    record_property("figure", f"{pages} echoes, 0 alive")
