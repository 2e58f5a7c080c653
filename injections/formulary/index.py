"""Finding the product that somebody means: by name, by NDC, by HCPCS code.

A few names and codes mean several products, such as Sublocade in two strengths: there the dose decides, by the fewest
whole containers that hold it. Where two products share a name but their containers cannot be told apart by dose, the
files are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from injections.facts import Coding, Package, Product
from injections.formulary.ndc import billing_forms
from injections.formulary.table import FormularyError
from injections.quantity import Quantity


class Found(NamedTuple):
    """A package and the product that it belongs to."""

    product: Product
    package: Package


class Index:
    """Look-ups over the products of one formulary."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.products = tuple(products)
        self._by_name = self._names()
        self._by_ndc = self._ndcs()

    def by_key(self, key: str) -> Product | None:
        return self._by_key.get(key)

    def by_name(self, text: str, dose: Quantity | None = None) -> Product | None:
        """The product of that key, name, display, brand or synonym.

        Case, hyphens, spaces and punctuation do not matter. Of "denosumab (Xgeva)" the part in brackets is tried before
        the part outside, because the brand decides the code.
        """
        return next(iter(self.named(text, dose)), None)

    def named(self, text: str, dose: Quantity | None = None) -> tuple[Product, ...]:
        """Every product of that name, the likeliest first: mostly one."""
        for part in (text, *re.findall(r"\(([^)]*)\)", text), re.sub(r"\([^)]*\)", " ", text)):
            holders = self._by_name.get(spelling(part))
            if holders:
                return best_fit(holders, dose)
        return ()

    def by_ndc(self, text: str) -> Found | None:
        """The package with that NDC in any written shape; ``None`` when unknown, or when ten bare digits mean two."""
        found = [self._by_ndc[form] for form in sorted(billing_forms(text)) if form in self._by_ndc]
        return found[0] if len(found) == 1 else None

    def by_labeler_and_product(self, text: str) -> Product | None:
        """The product whose NDC differs in the package segment only: same maker, drug and strength, other size."""
        segments = {form[:9] for form in billing_forms(text)}
        found = {p.key: p for segment in segments for p in self._by_segments.get(segment, ())}
        return next(iter(found.values())) if len(found) == 1 else None

    def by_code(self, code: str, day: date | None = None, dose: Quantity | None = None) -> tuple[Product, ...]:
        """The products billed under that code, on that day if one is given; the likeliest first."""
        wanted = code.strip().upper()
        return best_fit([p for p in self.products if _coding(p, wanted, day) is not None], dose)

    def coding(self, code: str, day: date) -> Coding | None:
        """What one unit of the code stood for on that day, wherever it is listed."""
        wanted = code.strip().upper()
        return next((c for p in self.products if (c := _coding(p, wanted, day)) is not None), None)

    @cached_property
    def _by_segments(self) -> dict[str, tuple[Product, ...]]:
        """Maker and drug segments of an NDC to the products that have them."""
        held: dict[str, dict[str, Product]] = {}
        for form, (product, _) in self._by_ndc.items():
            held.setdefault(form[:9], {})[product.key] = product
        return {segment: tuple(products.values()) for segment, products in held.items()}

    @cached_property
    def _by_key(self) -> dict[str, Product]:
        return {product.key: product for product in self.products}

    def _names(self) -> dict[str, list[Product]]:
        names: dict[str, list[Product]] = {}
        for product in self.products:
            own = (product.key, product.name, product.display, *product.brands, *product.synonyms)
            for name in sorted({spelling(name) for name in own}):
                for holder in names.setdefault(name, []):
                    if not told_apart(holder, product):
                        raise FormularyError(f'{product.key}.toml: "{name}" already means {holder.key}')
                names[name].append(product)
        return names

    def _ndcs(self) -> dict[str, Found]:
        found: dict[str, Found] = {}
        for product in self.products:
            for package in product.packages:
                holder = found.setdefault(package.ndc.replace("-", ""), Found(product, package))
                if holder.product is not product:
                    raise FormularyError(f"{product.key}.toml: {package.ndc} already belongs to {holder.product.key}")
        return found


def spelling(text: str) -> str:
    """What is left of a name when it is compared: lower-case letters and digits."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def told_apart(one: Product, other: Product) -> bool:
    """Whether no container of the one holds as much as a container of the other."""
    first, second = contents(one), contents(other)
    return bool(first) and bool(second) and not first & second


def best_fit(products: Iterable[Product], dose: Quantity | None) -> tuple[Product, ...]:
    """The products, best first: fewest whole containers for the dose, then the shortest key."""
    return tuple(sorted(products, key=lambda product: (containers(product, dose), len(product.key), product.key)))


def containers(product: Product, dose: Quantity | None) -> int:
    """How many full containers of one size the dose is; a large number when it is none or no dose is given."""
    if dose is None or dose.amount == 0:
        return 0
    counts = [dose.over(held) for held in contents(product) if held.dimension is dose.dimension]
    return min((count.numerator for count in counts if count.denominator == 1), default=1_000_000)


def contents(product: Product) -> set[Quantity]:
    return {package.holds for package in product.containers if package.holds is not None}


def _coding(product: Product, code: str, day: date | None) -> Coding | None:
    return next((c for c in product.codings if c.code == code and (day is None or c.covers(day))), None)
