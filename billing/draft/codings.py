"""How a drug would be coded: a code and what one unit of it stands for, changed, ended or added."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from billing.draft.days import without
from billing.draft.reading import Cells
from billing.draft.refusal import DraftError
from billing.reference import Reference
from billing.reference.products import ProductIndex
from injections.facts import Coding, Product
from injections.formulary import words
from injections.quantity import Quantity

CODE = re.compile(r"[A-Z0-9]\d{3}[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class CodingChange:
    """One coding of one drug in place of what it had under that code on those days; ``ended`` leaves nothing there."""

    drug: str
    coding: Coding
    ended: bool = False
    place: str = ""

    @staticmethod
    def all_over(changes: Sequence[CodingChange], reference: Reference) -> Reference:
        """The reference with all of them; the formulary is indexed once."""
        touched = {change.drug for change in changes}
        if not any(product.key in touched for product in reference.products.products):
            return reference
        products = [reduce(lambda p, row: row.on(p), changes, product) for product in reference.products.products]
        return replace(reference, products=ProductIndex.of(products))

    def on(self, product: Product) -> Product:
        """The drug with this coding; any other drug as it is."""
        if product.key != self.drug:
            return product
        kept = tuple(part for own in product.codings for part in self._left_of(own))
        return replace(product, codings=kept if self.ended else (*kept, self.coding))

    def _left_of(self, own: Coding) -> tuple[Coding, ...]:
        mine = self.coding
        same = own.code == mine.code and _share(own.routes, mine.routes) and _share(own.payer_kinds, mine.payer_kinds)
        return without(own, mine) if same else (own,)


def _share(some: frozenset[str], others: frozenset[str]) -> bool:
    """Empty means all."""
    return not some or not others or bool(some & others)


def coding_change(cells: Cells) -> CodingChange:
    """One row under ``[[coding]]``, in the words of a drug file."""
    drug, since, until = cells.text("drug", required=True), *cells.days()
    if since is None:
        raise DraftError(cells.at("since"), "is missing")
    ended = cells.flag("ended")
    amount = _amount(cells, ended=ended)
    coding = Coding(
        code=hcpcs(cells, "code"),
        amount=amount,
        since=since,
        until=until,
        up_to=cells.flag("up_to"),
        routes=_words(cells, "routes", words.ROUTES),
        payer_kinds=_words(cells, "payer_kinds", words.PAYER_KINDS),
        source=cells.text("source", required=True),
    )
    cells.finish("known of a coding: drug, code, amount, since, until, ended, up_to, routes, payer_kinds, source")
    return CodingChange(drug, coding, ended, cells.place)


def _amount(cells: Cells, *, ended: bool) -> Quantity | None:
    """What one unit stands for; a code for a whole dose says so, and one that ends says nothing."""
    per_dose, amount = cells.flag("per_dose"), cells.amount("amount")
    if ended and (amount or per_dose):
        raise DraftError(cells.at("amount"), "is nothing that an ended coding has")
    if not ended and (amount is None) is not per_dose:
        raise DraftError(cells.at("amount"), "is either given, or the code is per_dose = true")
    return amount


def _words(cells: Cells, name: str, known: Collection[str]) -> frozenset[str]:
    found = frozenset(cells.texts(name))
    if strange := sorted(found - set(known)):
        raise DraftError(cells.at(name), f"does not know {strange[0]!r}")
    return found


def hcpcs(cells: Cells, name: str) -> str:
    """A HCPCS or CPT code."""
    code = cells.text(name, required=True).upper()
    if CODE.fullmatch(code) is None:
        raise DraftError(cells.at(name), f'"{code}" is not a HCPCS code')
    return code
