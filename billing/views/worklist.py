"""What the charge review shows: the rows of a tab in their groups, and where the reader stands among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from billing.models import ClaimLine, Review, worklist
from billing.models.worklist import NEEDS_WORK, TABS, Group, Standing
from billing.words import dollars, heading

ROWS = 50
RELATED = ("encounter__patient", "encounter__location", "encounter__practice")
MARKS = {"failed": "■", "approved": "✓", "ready": "○", "corrected": "▲"}
VERBS = {"ready": "", "sent": ""}


@dataclass(frozen=True)
class Place:
    """Where the reader stands, so that a reload changes nothing. The address carries all but ``q``, which may be the
    name of a patient: the session keeps it.
    """

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
        page = self.page if self.page > 1 else ""
        said = {"tab": self.tab, "payer": self.payer, "page": page, "at": self.at}
        return f"{reverse('billing:reviews')}?{urlencode({k: v for k, v in said.items() if v})}"

    @property
    def list_url(self) -> str:
        """The list without a row in hand, for narrow screens."""
        return self.moved(at=None).url

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
    amount: str


@dataclass
class Shown:
    """One page of a tab."""

    place: Place
    counts: dict[str, int]
    groups: list[Group]
    page: Page[Standing]
    reviews: list[tuple[Standing, Review]]
    selected: Review | None = None
    payers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def tabs(self) -> list[dict[str, Any]]:
        fresh = Place(q=self.place.q, payer=self.place.payer)
        return [
            {"name": name, "count": self.counts[tab], "url": fresh.moved(tab=tab).url, "current": tab == self.place.tab}
            for tab, name in TABS.items()
        ]

    @property
    def name(self) -> str:
        return TABS[self.place.tab]

    @property
    def approved(self) -> int:
        """How many rows leave with the next export."""
        return sum(group.rows for group in self.groups if group.key == "approved")

    @property
    def previous(self) -> str:
        return self.place.moved(page=self.page.previous_page_number(), at=None).url

    @property
    def next(self) -> str:
        return self.place.moved(page=self.page.next_page_number(), at=None).url

    def grouped(self) -> Iterator[dict[str, Any]]:
        """Each group with its heading and the rows of it that stand on this page."""
        for group in self.groups:
            rows = [self.row(review) for row, review in self.reviews if row.waits_for == group.key]
            if rows:
                mark = MARKS.get(group.key, "▲" if self.place.tab == NEEDS_WORK else "")
                yield {
                    "group": group,
                    "heading": heading(group),
                    "mark": mark,
                    "money": self.money(group),
                    "rows": rows,
                }

    def money(self, group: Group) -> str:
        """ "$1,932 waits"; whole dollars, because it is a sum to choose by."""
        if group.money is None:
            return ""
        more = "+" if group.unpriced else ""
        return f"${group.money:,.0f}{more} {VERBS.get(self.place.tab, 'waits')}".strip()

    def row(self, review: Review) -> Row:
        today = timezone.localdate()
        current = self.selected is not None and review.pk == self.selected.pk
        url = self.place.moved(at=review.pk).url
        return Row(review, url, (today - review.encounter.date).days, current, codes(review), amount(review))

    def after(self, pk: int) -> int | None:
        """The row below, else the one above."""
        order = [row.pk for row in self.page]
        if pk not in order:
            return order[0] if order else None
        at = order.index(pk)
        return next(iter(order[at + 1 :] + order[:at][::-1]), None)


def amount(review: Review) -> str:
    """What the lines are expected to bring; a plus where the price of some is unknown."""
    unpriced = any(line.expected is None for line in review.lines.all())
    if review.expected is None:
        return "no price" if unpriced else ""
    return dollars(review.expected) + ("+" if unpriced else "")


def codes(review: Review) -> str:
    """ "J0897 × 60, 96372": the units only where there are several."""
    lines = review.lines.all()
    return ", ".join(f"{line.code} × {line.units}" if line.units > 1 else line.code for line in lines)


def show(user: Any, place: Place) -> Shown:
    """The page of a tab that the address names."""
    everything = worklist.visible(user)
    rows = worklist.standings(search(everything, place), timezone.localdate())
    under_tab = [row for row in rows if row.tab == place.tab]
    groups = worklist.groups(under_tab)
    page = Paginator(worklist.in_order(under_tab, groups), ROWS).get_page(place.page)
    reviews = written_out(page)
    payers = everything.order_by("payer_name").values_list("payer_key", "payer_name").distinct()
    selected = at(user, place, reviews)
    return Shown(place, worklist.counts(rows), groups, page, reviews, selected, [p for p in payers if p[0]])


def tab_of(user: Any, review: Review, otherwise: str) -> str:
    """Where a review stands by now; ``otherwise`` for one that is no longer listed."""
    rows = worklist.standings(worklist.visible(user).filter(pk=review.pk), timezone.localdate())
    return next((row.tab for row in rows), otherwise)


def written_out(page: Page[Standing]) -> list[tuple[Standing, Review]]:
    """The rows of a page with all that they show."""
    wanted = Review.objects.select_related(*RELATED).prefetch_related("lines")
    found = wanted.in_bulk([row.pk for row in page])
    return [(row, found[row.pk]) for row in page]


def at(user: Any, place: Place, shown: list[tuple[Standing, Review]]) -> Review | None:
    """The review that the address names, wherever it stands by now; else the first row."""
    if place.at is not None:
        named = Review.objects.for_user(user).select_related(*RELATED).filter(pk=place.at).first()
        if named is not None:
            return named
    return next((review for _, review in shown), None)


def search(reviews: QuerySet[Review], place: Place) -> QuerySet[Review]:
    """Rows whose patient, record number, payer or code match every word."""
    if place.payer:
        reviews = reviews.filter(payer_key=place.payer)
    for word in place.q.split()[:6]:
        named = Q(encounter__patient__sort_name__icontains=folded(word)) | Q(encounter__patient__mrn__istartswith=word)
        reviews = reviews.filter(named | Q(payer_name__icontains=word) | Q(pk__in=with_code(word)))
    return reviews


def folded(word: str) -> str:
    """A name as it is kept for sorting: without case and accents."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip(",")


def with_code(word: str) -> QuerySet[ClaimLine, Any]:
    return ClaimLine.objects.filter(code__istartswith=word).values("review")
