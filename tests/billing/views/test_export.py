"""Exporting: each approved line goes once, whoever presses the button how often."""

import csv
import io
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from billing.actions import decisions
from billing.actions.claim_rows import COLUMNS
from billing.models import Export, ExportedLine
from tests.billing import making
from tests.standing import for_practice

pytestmark = pytest.mark.django_db


def approved(practice, biller, **columns):
    review = making.answer(making.visit(practice, of=columns.pop("of", None)), **columns)
    decisions.approve(review=review, by=biller)
    return review


def make(client, key=None):
    return client.post(reverse("billing:export_make"), {"submission_key": key or uuid4()}, follow=True)


def rows(client, export):
    answer = client.get(reverse("billing:export_file", args=[export.pk]))
    assert answer["Content-Type"].startswith("text/csv")
    return answer, list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def test_a_file_has_one_row_for_each_line_with_leading_zeros_and_no_formula(client, practice, biller):
    patient = making.patient(practice, "=cmd|'/C calc'!A0", "Ana", mrn="004417")
    approved(practice, biller, of=patient, lines=[("96372", 1, "15.36"), ("J3420", 1, "0.64")])
    make(client)
    _, found = rows(client, Export.objects.get())
    assert [row["code"] for row in found] == ["96372", "J3420"]
    assert list(found[0]) == list(COLUMNS)
    assert found[0]["mrn"] == "004417"
    assert found[0]["family_name"].startswith("'=")
    assert found[0]["claim_frequency"] == "1"


def test_the_name_of_the_file_says_nothing_of_a_patient(client, practice, biller):
    approved(practice, biller)
    make(client)
    answer, _ = rows(client, Export.objects.get())
    assert "doe" not in answer["Content-Disposition"].lower()


def test_exporting_again_sends_nothing_again(client, practice, biller):
    approved(practice, biller)
    make(client)
    page = make(client)
    assert "Nothing is approved" in page.content.decode()
    assert Export.objects.count() == 1
    assert ExportedLine.objects.count() == 1


def test_the_same_form_sent_twice_makes_one_file(client, practice, biller):
    approved(practice, biller)
    key = uuid4()
    make(client, key)
    approved(practice, biller)
    make(client, key)
    assert Export.objects.count() == 1
    assert ExportedLine.objects.count() == 1


def test_the_database_itself_refuses_a_line_in_two_files(client, practice, biller):
    review = approved(practice, biller)
    make(client)
    second = Export.objects.create(practice=practice, by=biller, submission_key=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportedLine.objects.create(practice=practice, export=second, line=review.lines.get())


def test_what_was_sent_cannot_be_undone_or_approved_again(client, practice, biller):
    review = approved(practice, biller)
    make(client)
    answer = client.post(reverse("billing:undo", args=[review.pk]), {"tab": "sent"})
    assert answer.status_code == 422
    assert "have been sent" in answer.content.decode()


def test_a_change_after_sending_goes_out_as_a_replacement(client, practice, biller):
    review = approved(practice, biller)
    make(client)
    changed = making.answer(review.encounter, supersedes=review, lines=[("96372", 1, "15.36"), ("J3420", 2, "1.28")])
    decisions.approve(review=changed, by=biller)
    make(client)
    _, found = rows(client, Export.objects.first())
    assert {row["claim_frequency"] for row in found} == {"7"}
    assert len(found) == 2
    _, earlier = rows(client, Export.objects.last())
    assert {row["claim_frequency"] for row in earlier} == {"1"}


def test_only_approved_reviews_of_this_practice_go(client, practice, biller):
    making.answer(making.visit(practice))
    other = making.clinic()
    with for_practice(other.pk):
        approved(other, making.person(other, "biller"))
    make(client)
    assert not Export.objects.exists()


def test_another_practices_file_is_unknown(client, practice, biller):
    other = making.clinic()
    with for_practice(other.pk):
        export = Export.objects.create(practice=other, by=making.person(other, "biller"), submission_key=uuid4())
    assert client.get(reverse("billing:export_file", args=[export.pk])).status_code == 404


def test_the_page_shows_what_would_go_by_payer(client, practice, biller):
    approved(practice, biller)
    page = client.get(reverse("billing:export")).content.decode()
    assert "Medicare Part B" in page
    assert "$15.36" in page
