"""A package that is not among ours is named from FDA's directory, and nothing is worked out from it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from billing.actions.imports import Order, import_file
from billing.imports.periods import Asked
from billing.loading import directory
from tests.billing.imports import samples
from tests.builders import dose, visit
from tests.factories import EncounterFactory, OrderFactory, StaffFactory, charted_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(tmp_path):
    for sample in (samples.PRODUCTS, samples.PACKAGES):
        path = tmp_path / sample.name
        path.write_bytes(sample.text.encode(sample.encoding))
        import_file(Order(sample.kind, path, Asked(), complete=True))


def test_nothing_is_said_without_a_directory_and_of_a_package_that_is_ours(client):
    assert directory.named(visit(dose(ndc="0002-1200-30"))) == []


def test_the_number_is_named_on_the_days_on_which_it_is_marketed(listed):
    """By its package, by its product where the package is new, and not at all where no product has it that day."""
    (known,) = directory.named(visit(dose(ndc="00002-1200-30")))
    assert known.words == 'Amyvid (Florbetapir), injection, solution, 51 mCi/mL, labeled by Eli Lilly "and" Company'
    (new,) = directory.named(visit(dose(ndc="0002-1200-77")))
    assert new.words == known.words
    (before,) = directory.named(visit(dose(ndc="0002-1200-30"), date=date(2012, 5, 31)))
    (never,) = directory.named(visit(dose(ndc="99999-1200-30")))
    assert (before.words, never.words) == ("", "")
    assert directory.named(visit(dose(ndc="no number"))) == []


def test_it_stands_beside_the_chart(listed, client):
    encounter = EncounterFactory()
    draft = charted_draft(
        encounter=encounter, order=OrderFactory(patient=encounter.patient), ndc="0002-1200-30", package_ndc=None
    )
    client.force_login(StaffFactory(practice=encounter.practice, role="nurse"))
    page = client.get(reverse("billing:panel", args=[encounter.pk]), {"draft": draft.pk}).content.decode()
    assert "is not among our packages. FDA’s directory: Amyvid (Florbetapir), injection, solution, 51 mCi/mL" in page
