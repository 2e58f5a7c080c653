"""Promise 8: the log by period, sorted by any column, in seconds, and every row of it is there.

Short version: 50,000 rows of each of two practices; with `LONG=1` a million. `python3 dev.py bench audit` does more.
"""

import time
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from injections.audit import report
from injections.audit.report import SORTS, Question
from injections.models import Patient, Staff
from tests.factories import PatientFactory, StaffFactory
from tests.promises.filling import fill_log
from tests.promises.owners import owner

BAR = 2.0
ROWS = 50_000
ALL = 1_000_000


@pytest.fixture
def log(transactional_db, databases):
    """How many rows are wanted -> a question that means all rows of one practice; as many stand for another one."""
    return lambda rows: question_of(databases, rows)


@pytest.fixture
def asked(log):
    return log(ROWS)


def question_of(databases, rows):
    practice = PatientFactory().practice
    for _ in range(5):
        PatientFactory(practice=practice)
        StaffFactory(practice=practice)
    other = PatientFactory().practice
    with owner(databases) as found:
        for practice_id in (practice.pk, other.pk):
            fill_log(found, practice_id, rows)
    return Question(practice.pk, datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))


def test_any_column_sorts_in_time_and_no_row_is_lost(log, long, record_property):
    rows = ALL if long else ROWS
    asked = log(rows)
    assert report.count(asked) == rows
    slowest = 0.0
    for name in SORTS:
        for sort in (name, f"-{name}"):
            question = Question(asked.practice_id, asked.since, asked.until, sort=sort)
            began = time.monotonic()
            first = report.page(question)
            second = report.page(question, after=first[report.PAGE - 1].id)
            slowest = max(slowest, (time.monotonic() - began) / 2)
            ids = [line.id for line in (*first[: report.PAGE], *second)]
            assert len(ids) == len(set(ids)) == 2 * report.PAGE + 1
            assert first[report.PAGE].id == second[0].id
    record_property("figure", f"{rows:,} rows by {len(SORTS)} columns both ways: {slowest:.2f} s for the slowest page")
    assert slowest < BAR


def test_the_pages_add_up_to_the_count(asked):
    few = Question(asked.practice_id, asked.since, asked.until, action="removed", sort="person")
    assert len({line.id for line in report.everything(few)}) == report.count(few) > report.PAGE


@pytest.mark.parametrize("sort", ["person", "-patient"])
def test_sorted_by_name_every_row_is_there_once_and_in_order(asked, sort):
    names = {None: ""}
    names |= {("person", row.pk): row.sort_name for row in Staff.objects.all()}
    names |= {("patient", row.pk): row.sort_name for row in Patient.objects.all()}
    of = sort.removeprefix("-")
    lines = list(report.everything(Question(asked.practice_id, asked.since, asked.until, sort=sort)))
    assert len({line.id for line in lines}) == len(lines) == ROWS
    order = [
        (names.get((of, getattr(line, f"{of}_id")), ""), getattr(line, f"{of}_id") or 0, line.at, line.id)
        for line in lines
    ]
    assert order == sorted(order, reverse=sort.startswith("-"))


@pytest.mark.django_db
def test_an_address_with_nonsense_is_the_first_look(client):
    client.force_login(StaffFactory(role="manager"))
    for query in ("since=x&until=9999-99-99&person=-1&patient=1e9&action=x&sort=drop&after=x", "after=999999999"):
        assert client.get(f"{reverse('injections:audit')}?{query}").status_code == 200
    assert client.get(f"{reverse('injections:audit_file')}?sort=-patient").status_code == 200
