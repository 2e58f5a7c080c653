"""What the charge review shows: the rows of a tab in their groups, and where the reader stands among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from billing.models import Review, worklist
from billing.models.worklist import NEEDS_WORK, TABS, Group
from billing.words import heading

ROWS = 50


@dataclass(frozen=True)
class Place:
    """Where the reader stands: everything that the address carries, so that a reload changes nothing."""

    tab: str = NEEDS_WORK
    q: str = ""
    payer: str = ""
    page: int = 1
    at: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Place:
        page, at = (number(query.get(name, "")) for name in ("page", "at"))
        tab = query.get("tab", "")
        return cls(
            tab if tab in TABS else NEEDS_WORK,
            query.get("q", "").strip()[:100],
            query.get("payer", "")[:60],
            page or 1,
            at,
        )

    @property
    def url(self) -> str:
        said = {
            "tab": self.tab,
            "q": self.q,
            "payer": self.payer,
            "page": self.page if self.page > 1 else "",
            "at": self.at,
        }
        return f"{reverse('billing:reviews')}?{urlencode({k: v for k, v in said.items() if v})}"

    def moved(self, **to: Any) -> Place:
        return replace(self, **to)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@dataclass(frozen=True)
class Row:
    review: Review
    url: str
    days: int
    current: bool
    codes: str
    gaps: int


@dataclass
class Shown:
    """One page of a tab."""

    place: Place
    counts: dict[str, int]
    groups: list[Group]
    page: Page[Review]
    selected: Review | None = None
    payers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        fresh = Place(q=self.place.q, payer=self.place.payer)
        return [
            {
                "key": key,
                "name": name,
                "count": self.counts[key],
                "url": fresh.moved(tab=key).url,
                "current": key == self.place.tab,
            }
            for key, name in TABS.items()
        ]

    def grouped(self) -> Iterator[dict[str, Any]]:
        """Each group with its heading and the rows of it that stand on this page."""
        for group in self.groups:
            rows = [self.row(review) for review in self.page if review.waits_for == group.key]  # type: ignore[attr-defined]
            if rows:
                yield {"group": group, "heading": heading(group), "rows": rows}

    def row(self, review: Review) -> Row:
        today = timezone.localdate()
        current = self.selected is not None and review.pk == self.selected.pk
        gaps = sum(gap.blocks for gap in review.gaps.all())
        url = self.place.moved(at=review.pk).url
        return Row(review, url, (today - review.encounter.date).days, current, codes(review), gaps)

    def after(self, pk: int) -> int | None:
        """The row below, else the one above."""
        order = [review.pk for review in self.page]
        if pk not in order:
            return order[0] if order else None
        at = order.index(pk)
        return next(iter(order[at + 1 :] + order[:at][::-1]), None)


def codes(review: Review) -> str:
    """ "J0897 × 60, 96372": the units only where there are several."""
    return ", ".join(f"{l.code} × {l.units}" if l.units > 1 else l.code for l in review.lines.all())


def show(user: Any, place: Place) -> Shown:
    today = timezone.localdate()
    everything = worklist.visible(user, today)
    found = search(everything, place)
    under_tab = found.filter(tab=place.tab)
    groups = worklist.groups(under_tab)
    rows = worklist.in_group_order(under_tab, groups).select_related("encounter__patient", "encounter__location")
    page = Paginator(rows.prefetch_related("lines", "gaps"), ROWS).get_page(place.page)
    selected = at(user, place, page)
    payers = everything.order_by("payer_name").values_list("payer_key", "payer_name").distinct()
    return Shown(place, worklist.counts(found), groups, page, selected, [p for p in payers if p[0]])


def at(user: Any, place: Place, page: Page[Review]) -> Review | None:
    """The review that the address names, wherever it stands by now; else the first row."""
    if place.at is not None:
        mine = Review.objects.for_user(user).select_related("encounter__patient", "encounter__location")
        named = mine.filter(pk=place.at).first()
        if named is not None:
            return named
    return next(iter(page), None)


def search(reviews: QuerySet[Review], place: Place) -> QuerySet[Review]:
    """Rows whose patient, record number, payer or code match every word."""
    if place.payer:
        reviews = reviews.filter(payer_key=place.payer)
    for word in place.q.split()[:6]:
        named = Q(encounter__patient__sort_name__icontains=folded(word)) | Q(encounter__patient__mrn__istartswith=word)
        reviews = reviews.filter(named | Q(payer_name__icontains=word) | Q(pk__in=with_code(word)))
    return reviews


def folded(word: str) -> str:
    import unicodedata

    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip(",")


def with_code(word: str) -> QuerySet[Any]:
    from billing.models import ClaimLine

    return ClaimLine.objects.filter(code__istartswith=word).values("review")


__all__ = ["Place", "Shown", "date", "show"]
