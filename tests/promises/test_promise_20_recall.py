"""Promise 20: a recall lists exactly the patients, in seconds, with what is left on the shelf.

Forty lots, among them those that look alike: O for 0, I for 1, small letters and a blank at the end, and one number
that two makers use. A number is the same whatever its case and blanks; O is not 0, and another maker's lot is another.
"""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from injections.actions import recalls, signing
from injections.models import Administration, Encounter, Patient
from injections.models.staff import Role
from injections.reading import recalled
from tests.copying import copied
from tests.databases import elsewhere, unwatched
from tests.factories import (
    NOW,
    EncounterFactory,
    LocationFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    PatientFactory,
    StaffFactory,
    proof_of,
    signed_dose,
)

pytestmark = pytest.mark.django_db

BAR = 2.0
OURS, THEIRS = "99999-0001-01", "88888-0002-02"
#: a number as it was typed -> as it is known
LOOK_ALIKES = {"A0O10": "A0O10", "AOO10": "AOO10", "A0010": "A0010", "A0OI0": "A0OI0", "a0010 ": "A0010"}
NUMBERS = {**LOOK_ALIKES, **{f"L{number:03}": f"L{number:03}" for number in range(34)}}
SHARED = "L000"


@pytest.fixture(scope="module", autouse=True)
def unlogged(django_db_setup, databases, long):
    """Two hundred thousand doses are put in without a row of the log for each: what the log keeps is promise 7's."""
    if not long:
        yield
        return
    with unwatched(elsewhere(databases.owner_url, connection.settings_dict["NAME"])):
        yield


@pytest.fixture
def first(db):
    """A dose as a nurse signs it, which the others are like."""
    return signed_dose()


@pytest.fixture
def truth(first, long):
    """Known lot number and maker -> the patients who got it. Each dose is somebody's at a visit of its own."""
    lots = [(typed, OURS) for typed in NUMBERS] + [(SHARED, THEIRS)]
    each = 5_000 if long else 40
    found = {}
    for typed, ndc in lots:
        people = copied(Patient, [first.encounter.patient] * (each // 2))
        visits = copied(Encounter, [first.encounter] * each, patient=people + people)
        copied(Administration, [first] * each, encounter=visits, lot_number=[typed] * each, ndc=[ndc] * each)
        found.setdefault((NUMBERS[typed], ndc), set()).update(person.pk for person in people)
    return found


def reached(first, number, labeler=""):
    """Whom a recall finds, and in how many seconds."""
    recall = recalls.stop(product=first.product, number=number, labeler=labeler, reason="particles", by=first.given_by)
    began = time.monotonic()
    people = recalled.reached(recall, recalled.given(recall, first.given_by))
    return {one.patient.pk for one in people}, time.monotonic() - began, recall


def test_exactly_the_patients_in_seconds(first, truth, client, record_property):
    slowest = 0.0
    for number, ndc in truth:
        people, seconds, recall = reached(first, number, ndc[:5] if number == SHARED else "")
        assert people == truth[number, ndc], number
        slowest = max(slowest, seconds)
    both, _, recall = reached(first, SHARED)
    assert both == truth[SHARED, OURS] | truth[SHARED, THEIRS]
    client.force_login(StaffFactory(practice=first.practice, location=first.encounter.location, role=Role.NURSE))
    shown = BAR
    for _ in range(2):  # the first look makes the template ready
        began = time.monotonic()
        page = client.get(reverse("injections:recall", args=[recall.pk])).content.decode()
        shown = min(shown, time.monotonic() - began)
    assert f"{len(both)} patients got it" in page
    rows = Administration.objects.count()
    record_property(
        "figure",
        f"{rows:,} doses of {len(truth)} lots: all and only their patients, "
        f"{slowest:.2f} s for the list, {shown:.2f} s for its page",
    )
    assert slowest < BAR
    assert shown < BAR


def test_a_corrected_dose_counts_as_it_was_corrected_and_one_in_error_not_at_all(first):
    nurse = first.given_by
    later = NOW + timedelta(hours=1)
    order = OrderFactory(patient=PatientFactory(practice=first.practice))
    wrong = signed_dose(order=order, encounter=EncounterFactory(patient=order.patient), nurse=nurse)
    patient = first.encounter.patient.pk
    right = {**first.entries, "lot": "B456"}
    signing.correct(administration=first, entries=right, reason="misread", by=nurse, proof=proof_of(nurse), now=later)
    signing.enter_in_error(administration=wrong, reason="wrong chart", by=nurse, proof=proof_of(nurse), now=later)
    assert reached(first, "A123")[0] == set()
    assert reached(first, "B456")[0] == {patient}


def test_what_is_left_on_every_shelf_and_what_another_maker_has_stays(first):
    here, there = first.encounter.location, LocationFactory(practice=first.practice)
    other = PackageFactory(ndc=THEIRS, product=first.product, labeler="Other Labs")
    ours = [LotFactory(location=place, number=SHARED, on_hand=count) for place, count in ((here, 3), (there, 4))]
    theirs = LotFactory(location=here, number=SHARED, package=other, manufacturer="Other Labs", on_hand=5)
    choices = [str(one) for one in recalled.found(SHARED.lower(), first.given_by)]
    assert choices == [
        "fictamine, Other Labs (NDC 88888)",
        "fictamine, Fictional Labs (NDC 99999)",
        "fictamine, every maker",
    ]
    _, _, recall = reached(first, SHARED, OURS[:5])
    left = recalled.shelves(recall.product, recall.number, first.given_by, recall.labeler)
    assert {lot: lot.on_hand for lot in left} == {ours[0]: 3, ours[1]: 4}
    theirs.refresh_from_db()
    assert theirs.recalled_at is None
