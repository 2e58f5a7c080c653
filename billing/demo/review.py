"""What the biller has done with the last sixty days: the oldest sent, then most approved, a few held."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from billing.actions import decisions, export
from billing.actions.errors import Refused
from billing.demo.clock import at, moment
from billing.demo.practice import Clinic
from billing.models import Review
from injections.models import Staff

#: visits older than this many days have gone to the payer; younger ones than the second wait to be looked at
SENT, LOOKED_AT = 30, 12


def work_through(clinic: Clinic, today: date) -> None:
    """A month's worth has been sent; of the rest everything older than twelve days has been looked at."""
    biller = clinic.staff["osei"]
    _decide_before(today - timedelta(days=SENT), biller)
    with at(moment(today - timedelta(days=SENT - 1), "16:30")):
        export.send(by=biller, today=today, submission_key=uuid4())
    _decide_before(today - timedelta(days=LOOKED_AT), biller)


def _decide_before(day: date, biller: Staff) -> None:
    waiting = Review.objects.for_user(biller).filter(superseded_by=None, decisions=None, encounter__date__lt=day)
    for turn, review in enumerate(waiting.select_related("encounter").order_by("encounter__date", "pk")):
        with at(moment(review.encounter.date + timedelta(days=2), "16:00")):
            _decide(turn, review, biller)


def _decide(turn: int, review: Review, biller: Staff) -> None:
    if turn % 19 == 7:
        decisions.hold(review=review, by=biller, reason="Eligibility being checked")
        return
    try:
        decisions.approve(review=review, by=biller)
    except Refused:
        return  # what still has a gap waits in "Needs work", as it should
