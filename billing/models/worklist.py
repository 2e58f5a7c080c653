"""The work-list: which tab a review stands under, which reason it waits for, and how much money waits with it.

The database is asked once for what decides that; where a row stands is then worked out here, row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from billing.models.decision import Decision
from billing.models.export import ExportedLine
from billing.models.review import ClaimLine, Gap, Review

NEEDS_WORK, READY, HELD, SNOOZED, SENT = "work", "ready", "held", "snoozed", "sent"
TABS = {NEEDS_WORK: "Needs work", READY: "Ready", HELD: "Held", SNOOZED: "Snoozed", SENT: "Sent"}
#: groups that stand in the order of work, whatever money they hold
FIRST_TO_LAST = {"failed": 0, "corrected": 0, "nothing": 2, "approved": 3}
DECIDING = ("pk", "state", "blocked", "expected", "already_sent_id", "encounter__date")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one review stands. ``waits_for`` is the key of its group: a rule, a reason, or one of our own words."""

    pk: int
    tab: str
    waits_for: str
    day: date
    expected: Decimal | None
    has_lines: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that wait for the same thing. ``money`` is ``None`` where no price is known."""

    key: str
    rows: int
    money: Decimal | None
    unpriced: int


def visible(user: Any) -> QuerySet[Review]:
    """The current review of every visit of this person's practice."""
    return Review.objects.for_user(user).filter(superseded_by__isnull=True)


def standings(reviews: QuerySet[Review], today: date) -> list[Standing]:
    """Where each of these reviews stands today."""
    latest = Decision.objects.filter(review=OuterRef("pk"), undone_by__isnull=True, undoes__isnull=True).order_by("-pk")
    first_gap = Gap.objects.filter(review=OuterRef("pk")).exclude(gate="nothing").order_by("position")
    asked = reviews.order_by().annotate(
        decided=Subquery(latest.values("what")[:1]),
        reason=Subquery(latest.values("reason")[:1]),
        until=Subquery(latest.values("until")[:1]),
        has_lines=Exists(ClaimLine.objects.filter(review=OuterRef("pk"))),
        gone=Exists(ExportedLine.objects.filter(line__review=OuterRef("pk"))),
        changed=Exists(ExportedLine.objects.filter(line__review__encounter=OuterRef("encounter"))),
        gap=Subquery(first_gap.values("rule")[:1]),
    )
    names = ("decided", "reason", "until", "has_lines", "gone", "changed", "gap")
    return [_standing(row, today) for row in asked.values(*DECIDING, *names)]


def _standing(row: dict[str, Any], today: date) -> Standing:
    tab = _tab(row, today)
    group = _group(row, tab)
    return Standing(row["pk"], tab, group, row["encounter__date"], row["expected"], row["has_lines"])


def _tab(row: dict[str, Any], today: date) -> str:
    if row["gone"] or row["already_sent_id"] or (row["decided"] == "approved" and not row["has_lines"]):
        return SENT
    if row["decided"] == "held":
        return HELD
    if row["decided"] == "snoozed" and row["until"] > today:
        return SNOOZED
    return NEEDS_WORK if row["blocked"] else READY


def _group(row: dict[str, Any], tab: str) -> str:
    if tab in (SENT, SNOOZED):
        return tab
    if tab == HELD:
        return str(row["reason"])
    if row["state"] == Review.State.FAILED:
        return "failed"
    if tab == NEEDS_WORK:
        return row["gap"] or ""
    if row["decided"] == "approved":
        return "approved"
    if row["changed"]:
        return "corrected"
    return "ready" if row["has_lines"] else "nothing"


def counts(rows: Iterable[Standing]) -> dict[str, int]:
    """How many rows stand under each tab."""
    found = Counter(row.tab for row in rows)
    return {tab: found[tab] for tab in TABS}


def groups(rows: Iterable[Standing]) -> list[Group]:
    """The groups of a tab, most money first; the groups of Ready stand in the order of work."""
    gathered: dict[str, list[Standing]] = {}
    for row in rows:
        gathered.setdefault(row.waits_for, []).append(row)
    made = [_summed(key, held) for key, held in gathered.items()]
    return sorted(made, key=lambda g: (FIRST_TO_LAST.get(g.key, 1), -(g.money or 0), -g.rows, g.key))


def _summed(key: str, rows: list[Standing]) -> Group:
    known = [row.expected for row in rows if row.expected is not None]
    unpriced = sum(row.expected is None and row.has_lines for row in rows)
    return Group(key, len(rows), sum(known, Decimal(0)) if known else None, unpriced)


def in_order(rows: Iterable[Standing], order: Iterable[Group]) -> list[Standing]:
    """Rows by group, oldest visit first inside each; what was sent stands newest first."""
    places = {group.key: place for place, group in enumerate(order)}
    return sorted(rows, key=lambda row: (places[row.waits_for], _age(row), row.pk))


def _age(row: Standing) -> int:
    return -row.day.toordinal() if row.tab == SENT else row.day.toordinal()
