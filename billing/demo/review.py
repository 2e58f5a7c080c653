"""What the biller has done with the last sixty days: most approved, the oldest sent, a few held."""

from __future__ import annotations

from datetime import date, timedelta

from billing.actions import decisions
from billing.actions.errors import Refused
from billing.demo.clock import at, moment
from billing.demo.practice import Clinic
from billing.models import Review


def work_through(clinic: Clinic, today: date) -> None:
    """Everything older than a week has been looked at."""
    biller = clinic.staff["osei"]
    seen = Review.objects.for_user(biller).filter(superseded_by=None, encounter__date__lt=today - timedelta(days=7))
    for turn, review in enumerate(seen.select_related("encounter").order_by("encounter__date", "pk")):
        with at(moment(review.encounter.date + timedelta(days=2), "16:00")):
            _decide(turn, review, biller)


def _decide(turn: int, review: Review, biller: object) -> None:
    if turn % 19 == 7:
        decisions.hold(review=review, by=biller, reason="Eligibility being checked")
        return
    try:
        decisions.approve(review=review, by=biller)
    except Refused:
        return  # what still has a gap waits in "Needs work", as it should
