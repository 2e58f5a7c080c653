"""The work-list: which tab a review stands under, which reason it waits for, and how much money waits with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from billing.models.decision import Decision
from billing.models.export import ExportedLine
from billing.models.review import ClaimLine, Gap, Review

#: reviews with the columns that :func:`visible` adds
Rows = QuerySet[Any]

NEEDS_WORK, READY, HELD, SNOOZED, SENT = "work", "ready", "held", "snoozed", "sent"
TABS = {NEEDS_WORK: "Needs work", READY: "Ready", HELD: "Held", SNOOZED: "Snoozed", SENT: "Sent"}


def visible(user: Any, today: date) -> Rows:
    """The current review of every visit of this person's practice, with its ``tab`` and its ``waits_for``."""
    mine = Review.objects.for_user(user).filter(superseded_by__isnull=True)
    latest = Decision.objects.filter(review=OuterRef("pk"), undone_by__isnull=True, undoes__isnull=True)
    latest = latest.order_by("-pk")
    first_gap = Gap.objects.filter(review=OuterRef("pk")).exclude(gate="nothing").order_by("position")
    annotated = mine.annotate(
        decided=Coalesce(Subquery(latest.values("what")[:1]), Value("")),
        decided_reason=Coalesce(Subquery(latest.values("reason")[:1]), Value("")),
        decided_until=Subquery(latest.values("until")[:1]),
        has_lines=Exists(ClaimLine.objects.filter(review=OuterRef("pk"))),
        gone=ExpressionWrapper(
            Q(already_sent__isnull=False) | Exists(ExportedLine.objects.filter(line__review=OuterRef("pk"))),
            output_field=BooleanField(),
        ),
        changed=Exists(ExportedLine.objects.filter(line__review__encounter=OuterRef("encounter"))),
        gap_rule=Coalesce(Subquery(first_gap.values("rule")[:1]), Value(""), output_field=CharField()),
    )
    return annotated.annotate(tab=_tab(today), waits_for=_waits_for())


def _tab(today: date) -> Case:
    closed = Q(decided="approved", has_lines=False)
    return Case(
        When(Q(gone=True) | closed, then=Value(SENT)),
        When(decided="held", then=Value(HELD)),
        When(decided="snoozed", decided_until__gt=today, then=Value(SNOOZED)),
        When(blocked=True, then=Value(NEEDS_WORK)),
        default=Value(READY),
        output_field=CharField(),
    )


def _waits_for() -> Case:
    """The key of the group that a row stands in: a rule, or one of our own words."""
    return Case(
        When(tab=SENT, then=Value("sent")),
        When(tab=HELD, then="decided_reason"),
        When(tab=SNOOZED, then=Value("snoozed")),
        When(state="failed", then=Value("failed")),
        When(tab=NEEDS_WORK, then="gap_rule"),
        When(decided="approved", then=Value("approved")),
        When(changed=True, then=Value("corrected")),
        When(has_lines=False, then=Value("nothing")),
        default=Value("ready"),
        output_field=CharField(),
    )


def counts(reviews: Rows) -> dict[str, int]:
    """How many rows stand under each tab."""
    found = dict(reviews.order_by().values_list("tab").annotate(rows=Count("pk")))
    return {tab: found.get(tab, 0) for tab in TABS}


@dataclass(frozen=True)
class Group:
    """Rows that wait for the same thing. ``money`` is ``None`` where no price is known."""

    key: str
    rows: int
    money: Decimal | None
    unpriced: int


def groups(reviews: Rows) -> list[Group]:
    """The groups of a tab, most money first; the groups of Ready stand in the order of work."""
    found = (
        reviews.order_by()
        .values("waits_for")
        .annotate(
            rows=Count("pk"), money=Sum("expected"), unpriced=Count("pk", filter=Q(expected=None, has_lines=True))
        )
    )
    made = [Group(row["waits_for"], row["rows"], row["money"], row["unpriced"]) for row in found]
    fixed = {"failed": 0, "corrected": 0, "ready": 1, "nothing": 2, "approved": 3}
    return sorted(made, key=lambda g: (fixed.get(g.key, 1), -(g.money or 0), -g.rows, g.key))


def in_group_order(reviews: Rows, order: Iterable[Group]) -> Rows:
    """Rows by group, oldest visit first inside each; what was sent stands newest first."""
    places = [When(waits_for=group.key, then=Value(place)) for place, group in enumerate(order)]
    place = Case(*places, default=Value(len(places)), output_field=IntegerField())
    days = "-encounter__date" if [w for w in order if w.key == "sent"] else "encounter__date"
    return reviews.annotate(place=place).order_by("place", days, "pk")
