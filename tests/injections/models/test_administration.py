"""What no path into the table can leave out, whatever the pages and the checks do."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from injections.checks import completeness
from injections.models import Administration
from injections.models.administration import PRACTITIONERS, REQUIRED_WHEN_GIVEN, WITHOUT_SITE
from injections.routes import ROUTES
from tests.factories import NOW, signed_dose

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EMPTY = {
    "dose": {"dose_amount": None, "dose_unit": ""},
    "lot": {"lot_number": ""},
    "expires": {"expires_on": None},
    "ndc": {"ndc": ""},
    "manufacturer": {"manufacturer": ""},
    "source": {"source": ""},
    "route": {"route": ""},
    "site": {"site": ""},
    "given_at": {"given_at": None},
    "given_by": {"given_by_id": None},
    "identity_checked": {"identity_checked": None},
    "allergies_checked": {"allergies_checked": False},
    "response": {"response": ""},
    "supervision": {"supervision_mode": ""},
}


@pytest.fixture
def columns():
    dose = signed_dose()
    kept = {field.attname: getattr(dose, field.attname) for field in dose._meta.concrete_fields}
    return {**kept, "id": None, "submission_key": uuid4()}


def insert(columns):
    with transaction.atomic():
        return Administration.objects.create(**columns)


def refusal(columns):
    with pytest.raises(IntegrityError) as problem:
        insert(columns)
    return str(problem.value)


def test_every_required_fact_is_tried_here():
    assert EMPTY.keys() == REQUIRED_WHEN_GIVEN.keys()


@pytest.mark.parametrize("fact", sorted(EMPTY))
def test_a_given_dose_without_it_is_refused(columns, fact):
    assert f"administration_states_{fact}" in refusal({**columns, **EMPTY[fact]})


@pytest.mark.parametrize("fact", sorted(EMPTY))
def test_a_given_dose_that_says_why_it_is_missing_is_kept(columns, fact):
    assert insert({**columns, **EMPTY[fact], "unobtainable": {fact: "not to be had"}}).pk


@pytest.mark.parametrize("fact", sorted(EMPTY))
def test_a_dose_that_was_not_given_needs_none_of_it(columns, fact):
    not_given = {"status": "not-given", "not_given_reason": "fever"}
    assert insert({**columns, **EMPTY[fact], **not_given}).pk


def test_a_diluent_says_nothing_of_the_patient(columns):
    about_the_patient = {**EMPTY["site"], **EMPTY["response"], **EMPTY["supervision"], **EMPTY["given_by"]}
    assert insert({**columns, **about_the_patient, "purpose": "diluent"}).pk


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "refused", "not_given_reason": ""}, "administration_not_given_says_why"),
        ({"dose_unit": ""}, "administration_dose_with_unit"),
        ({"discarded_amount": None}, "administration_discard_with_unit"),
        ({"discarded_amount": -1}, "administration_discard_with_unit"),
        ({"opened": 100}, "administration_opened_bounds"),
    ],
)
def test_what_makes_no_sense_is_refused(columns, changes, constraint):
    assert constraint in refusal({**columns, **changes})


def test_a_correction_says_why(columns):
    original = Administration.objects.get()
    assert "administration_correction_says_why" in refusal({**columns, "supersedes_id": original.pk})


def test_a_record_is_corrected_once(columns):
    original = Administration.objects.get()
    correction = {**columns, "supersedes_id": original.pk, "correction_reason": "wrong lot"}
    insert(correction)
    assert "supersedes" in refusal({**correction, "submission_key": uuid4()})


def test_one_submission_is_one_row(columns):
    assert "submission_key" in refusal({**columns, "submission_key": Administration.objects.get().submission_key})


@pytest.mark.parametrize("credential", ["MD", "DO", "NP", "PA-C", "DNP, APRN"])
def test_a_practitioner_who_gives_in_person_needs_nobody(columns, credential):
    assert insert({**columns, **EMPTY["supervision"], "given_by_credential": credential}).given_at == NOW


@pytest.mark.parametrize("credential", ["RN", "CMA", "LPN", "", "MDS"])
def test_others_say_who_supervised(columns, credential):
    refused = refusal({**columns, **EMPTY["supervision"], "given_by_credential": credential})
    assert "administration_states_supervision" in refused


def test_table_and_checks_agree_who_is_a_practitioner():
    words = PRACTITIONERS.removeprefix(r"\m(").removesuffix(r")\M").split("|")
    assert set(words) == completeness.PRACTITIONERS


def test_table_and_checks_agree_which_routes_leave_no_site():
    assert {route.key for route in ROUTES if not route.needs_site} == set(WITHOUT_SITE)
