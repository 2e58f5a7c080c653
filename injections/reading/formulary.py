"""Looking a drug up: by its names, by the code that it is billed under, by the number of a package."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from injections.formulary import spelling
from injections.models import Coding, Product
from injections.ndc import candidates, hyphenated

LONGEST_SEARCH = 100
_CODE = re.compile(r"[A-Z][0-9]{4}|[0-9]{5}", re.IGNORECASE)


class Row(NamedTuple):
    """A drug of the list: its codes in force and how many of its facts nobody has confirmed."""

    product: Product
    codes: tuple[str, ...]
    unconfirmed: int

    @property
    def letter(self) -> str:
        return self.product.name[:1].upper()


def looked_up(words: str, today: date) -> list[Row]:
    """The drugs meant, by name; all of them without words."""
    codings = Prefetch("codings", Coding.objects.order_by("pk"))
    meant = _meant(words.strip()[:LONGEST_SEARCH]).prefetch_related(codings)
    return [_row(product, today) for product in meant]


def _meant(words: str) -> QuerySet[Product]:
    here = Product.objects.filter(withdrawn_on__isnull=True).order_by(Lower("name"), Lower("display"), "pk")
    if not words:
        return here
    if _CODE.fullmatch(words):
        return here.filter(codings__code__iexact=words).distinct()
    numbers = candidates(words)
    if numbers:
        return _packaged(here, numbers)
    wanted = [spelling(word) for word in words.split() if spelling(word)]
    keys = [product.pk for product in here if wanted and _named(product, wanted)]
    return here.filter(pk__in=keys)


def _packaged(here: QuerySet[Product], numbers: tuple[str, ...]) -> QuerySet[Product]:
    """The drug of that package; where nobody knows it, of the same maker's other sizes."""
    written = [hyphenated(number) for number in numbers]
    exact = here.filter(packages__ndc__in=written).distinct()
    if exact.exists():
        return exact
    sizes = Q()
    for number in written:
        sizes |= Q(packages__ndc__startswith=number[:11])
    return here.filter(sizes).distinct()


def _named(product: Product, wanted: list[str]) -> bool:
    """Whether every word stands somewhere in its names or in the kinds of drug it belongs to."""
    names = (product.name, product.display, *product.brands, *product.synonyms, *product.classes)
    spelled = " ".join(map(spelling, names))
    return all(word in spelled for word in wanted)


def _row(product: Product, today: date) -> Row:
    codes = [row.code for row in product.codings.all() if row.since <= today and (not row.until or today <= row.until)]
    return Row(product, tuple(dict.fromkeys(codes)), len(product.details.get("unconfirmed") or ()))
