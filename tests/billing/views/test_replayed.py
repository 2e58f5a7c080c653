"""How far a replay is: counted while parts come in, and told when for a while none did."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.actions import replaying
from billing.models import ReplayRun
from tests.factories import NOW

pytestmark = pytest.mark.django_db
STANDS_STILL = "Nothing has come in for over a minute"


def test_a_run_that_nobody_works_on_says_so_after_a_while(client, biller):
    run = replaying.begin(by=biller, since=NOW.date(), title="A try", draft="", submission_key=uuid4())
    address = reverse("billing:replay_progress", args=[run.pk])
    fresh = client.get(address).content.decode()
    assert "begins within seconds" in fresh
    assert STANDS_STILL not in fresh
    ReplayRun.objects.update(at=timezone.now() - replaying.SILENCE - timedelta(seconds=1))
    late = client.get(address).content.decode()
    assert STANDS_STILL in late
    assert "within seconds" not in late


def test_a_long_run_whose_parts_come_in_stands_not_still(client, biller):
    run = replaying.begin(by=biller, since=NOW.date(), title="A try", draft="", submission_key=uuid4())
    long_ago = timezone.now() - 10 * replaying.SILENCE
    ReplayRun.objects.update(at=long_ago, state=ReplayRun.State.RUNNING, visits=100)
    part = {"practice_id": run.practice_id, "encounters": [1]}
    run.batches.create(number=0, done_at=timezone.now(), visits=50, **part)
    run.batches.create(number=1, **part)
    text = client.get(reverse("billing:replay_progress", args=[run.pk])).content.decode()
    assert "50 of 100 visits" in text
    assert STANDS_STILL not in text
