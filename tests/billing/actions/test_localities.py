"""Where a location stands on the fee schedule, and that visits there are priced so."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from billing.actions.context import context, locality
from billing.actions.localities import NoLocality, place
from billing.loading import rows
from billing.models import Locality
from tests import clock
from tests.factories import EncounterFactory, LocationFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("locality", *arguments, stdout=out)
    return out.getvalue()


def test_a_location_is_priced_where_the_practice_says():
    visit = EncounterFactory()
    assert context(visit, rows.reference()).locality == "TX"
    place(visit.location, "04412-18")
    assert context(visit, rows.reference()).locality == "04412-18"


def test_the_last_word_counts():
    location = LocationFactory()
    place(location, "10112-00")
    place(location, "0441218")
    assert locality(location, clock.today()) == "04412-18"
    assert Locality.objects.count() == 1


@pytest.mark.parametrize("said", ["", "TX", "10112", "10112-0", "10112-000", "1011a-00", "١٠١١٢-00"])
def test_what_is_no_locality_is_refused(said):
    with pytest.raises(NoLocality, match="is not a contractor and a locality"):
        place(LocationFactory(), said)


def test_the_database_refuses_it_too():
    location = LocationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Locality.objects.create(practice=location.practice, location=location, contractor="TEXAS", number="00")


def test_the_command_lists_and_says():
    location = LocationFactory()
    assert "by its state, TX" in run()
    assert run(str(location.pk), "10112-00") == "Main Street: 10112-00\n"
    assert "Main Street: 10112-00" in run()


def test_the_command_names_what_is_wrong():
    with pytest.raises(CommandError, match="there is no location 0"):
        run("0", "10112-00")
    with pytest.raises(CommandError, match="'Texas' is not a contractor"):
        run(str(LocationFactory().pk), "Texas")
