"""What is sent twice under one key is one row, and a key of the practice next door is refused, never an error."""

from uuid import uuid4

import pytest

from injections.actions import appointments, questions
from injections.actions.errors import SentBefore
from tests.factories import NOW, EncounterFactory, LocationFactory, OrderFactory, StaffFactory
from tests.standing import for_practice

pytestmark = pytest.mark.django_db


def booked(location, key):
    with for_practice(location.practice_id):
        order = OrderFactory(patient__practice=location.practice)
        by = StaffFactory(practice=location.practice)
        return appointments.book(
            patient=order.patient, location=location, order=order, starts_at=NOW, by=by, submission_key=key
        )


def test_a_key_of_the_practice_next_door_is_refused():
    key = uuid4()
    booked(LocationFactory(), key)
    with pytest.raises(SentBefore):
        booked(LocationFactory(), key)


def test_asked_twice_it_is_one_question():
    visit, key = EncounterFactory(), uuid4()
    with for_practice(visit.practice_id):
        by = StaffFactory(practice=visit.practice)
        first, again = (
            questions.ask(encounter=visit, text=text, by=by, submission_key=key)
            for text in ("Which arm?", "Which lot?")
        )
    assert again.pk == first.pk
