"""Names as people have them: taken, shown, found, booked, printed and exported, letter by letter."""

# ruff: noqa: E501 - tables of examples keep to a line

import csv
import io
import unicodedata
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape

from billing.actions import decisions
from billing.models import Export
from injections.models import Patient
from tests.billing import making
from tests.billing.signing import signed
from tests.injections.views.importing import PATIENTS, import_

pytestmark = pytest.mark.django_db

NAMES = [
    ("O'Brien", "Ann"), ("O’Brien", "D'Arcy"), ("Nguyễn", "Thị Ánh"), ("Ng", "Ý"), ("X", "Y"), ("I", "İpek"),
    ("Null", "Null"), ("None", "Test"), ("True", "False"), ("NaN", "Nan"), ("van der Berg-Löwe", "Jean-Luc"),
    ("A" * 80, "B" * 80), ("ñ" * 80, "é" * 80), ("李", "小龙"), ("山田", "太郎"), ("김", "민준"), ("عبد الله", "عائشة"),
    ("כהן", "דוד"), ("Иванов", "Пётр"), ("Παπαδόπουλος", "Γιώργος"), ("Þór", "Æsa"), ("de la Cruz y Peña", "María José"),
    ("St. John", "J. R."), ("Smith Jr.", "John III"), ("Åsa", "Øyvind"), ("Lê", "Q."), ("&Co", "A/B"), ("शर्मा", "अमित"),
]  # fmt: skip


@pytest.fixture
def desk(client):
    practice = making.clinic()
    client.force_login(making.person(practice, "nurse"))
    client.practice = practice
    return client


def registers(browser, number, family, given):
    form = {"family_name": family, "given_name": given, "birth_date": "3/14/1961", "mrn": f"N{number}",
            "sex": "U", "established": "yes", "submission_key": str(uuid4())}  # fmt: skip
    answer = browser.post(reverse("injections:patient_new"), form)
    assert answer.status_code == 302, (family, given, answer.context["problems"])
    return Patient.objects.get(mrn=f"N{number}")


def test_promise_16_a_name_is_kept_shown_and_found(desk, record_property):
    for number, names in enumerate(NAMES):
        family, given = (unicodedata.normalize("NFC", name) for name in names)
        patient = registers(desk, number, family, given)
        assert (patient.family_name, patient.given_name) == (family, given)
        page = desk.get(reverse("injections:patient", args=[patient.pk]))
        assert escape(given) in page.content.decode()
        edit = desk.get(reverse("injections:patient_edit", args=[patient.pk]))
        assert edit.context["form"]["family_name"].value() == family
        for asked in (
            family,
            family.upper(),
            family.lower(),
            f"{family} {given}",
            unicodedata.normalize("NFD", family),
        ):
            found = desk.get(reverse("injections:patients"), {"q": asked})
            assert f"/patients/{patient.pk}/" in found.content.decode(), (family, asked)
    record_property("figure", f"{len(NAMES)} names kept, shown and found in 5 spellings each")


def test_promise_16_a_name_comes_through_a_file_exactly(desk, monkeypatch, record_property):
    from injections import tasks

    monkeypatch.setattr(tasks.work_on_upload, "apply_async", lambda *rest, **how: None)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["MRN", "Last name", "First name", "DOB"])
    rows.writerows([f"F{n}", family, given, "1961-03-14"] for n, (family, given) in enumerate(NAMES))
    page = import_(desk, PATIENTS, text.getvalue()).content.decode()
    assert f"{len(NAMES)} lines imported" in page
    for number, (family, given) in enumerate(NAMES):
        patient = Patient.objects.get(mrn=f"F{number}")
        assert [patient.family_name, patient.given_name] == [unicodedata.normalize("NFC", n) for n in (family, given)]
    record_property("figure", f"{len(NAMES)} names through a file")


def test_promise_16_a_name_stands_in_the_note_and_the_export(desk, client, record_property):
    biller = making.person(desk.practice, "biller")
    for number, (family, given) in enumerate(NAMES):
        encounter = signed("medicare", practice=desk.practice)
        Patient.objects.filter(pk=encounter.patient_id).update(family_name=family, given_name=given)
        note = desk.get(reverse("injections:note", args=[encounter.pk])).content.decode()
        assert escape(given) in note
        assert escape(family) in note or escape(family.upper()) in note
        of = making.patient(desk.practice, family, given, mrn=f"E{number}")
        decisions.approve(review=making.answer(making.visit(desk.practice, of=of)), by=biller)
    client.force_login(biller)
    client.post(reverse("billing:export_make"), {"submission_key": str(uuid4())})
    file = client.get(reverse("billing:export_file", args=[Export.objects.get().pk])).content.decode("utf-8-sig")
    rows = {row["mrn"]: row for row in csv.DictReader(io.StringIO(file, newline=""))}
    for number, (family, given) in enumerate(NAMES):
        row = rows[f"E{number}"]
        assert (row["family_name"], row["given_name"]) == (family, given)
    record_property("figure", f"{len(NAMES)} names in note and export")
