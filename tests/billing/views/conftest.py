"""A practice and its biller, signed in."""

import pytest

from tests.billing import making


@pytest.fixture
def practice():
    return making.clinic()


@pytest.fixture
def biller(practice, client):
    person = making.person(practice, "biller")
    client.force_login(person)
    return person
