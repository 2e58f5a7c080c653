"""Which product of several is meant: by package size, route, diagnosis and age, and plainly how that was decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from billing.codes import undotted
from billing.reference.products import ProductIndex
from billing.reference.vaccines import VACCINES, code_for_age
from injections.days import months_on
from injections.facts import Product
from injections.formulary.index import containers, spelling
from injections.quantity import Quantity
from injections.routes import allowed

#: no whole number of containers holds the dose
_NO_FIT = 1_000_000
#: four times the adult dose of Recombivax HB, twice that of Engerix-B
_DIALYSIS_DOSE = Quantity.parse("40 mcg")
#: vaccines against one disease that come under several codes
_SEVERAL_CODES = ("influenza", "pneumococcal", "hepatitis-b", "covid-19")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dose tells about the product that is meant."""

    name: str
    day: date
    dose: Quantity | None = None
    route: str | None = None
    diagnoses: tuple[str, ...] = ()
    born: date | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The product, all that could have been meant, and by what it was told; ``by`` is empty where nothing told."""

    product: Product | None
    among: tuple[Product, ...] = field(default=())
    by: str = "name"


def choose(products: ProductIndex, asked: Asked) -> Choice:
    """The product for a name and the facts beside it."""
    if compounded := _compounded(products, asked):
        return Choice(compounded, (compounded,))
    if together := products.told_together(asked.name):
        return Choice(None, tuple(product for drug in together for product in drug))
    named = products.by_name(asked.name, asked.dose)
    coded = products.by_code(asked.code, asked.day, asked.dose) if asked.code else ()
    both = [p for p in named if p in coded] or [p for p in coded if named and is_kind_of(p, asked.name)]
    pool, by = (tuple(both), "code") if both and len(named) > len(both) else (tuple(both) or named, "name")
    if not pool:
        return Choice(None)
    chosen = _drawn_up(products, asked, pool) or _for_disease(products, asked, pool) or _narrowed(asked, pool, by)
    if chosen.product is None and products.is_exact(asked.name):
        chosen = Choice(pool[0], pool, "")
    if chosen.product is not None and len({_codes(p, asked.day) for p in chosen.among}) < 2:
        chosen = _bare(products, asked, chosen.product)
    return _for_age(products, asked, chosen)


def _compounded(products: ProductIndex, asked: Asked) -> Product | None:
    """A pharmacy's own mixture is no maker's product, whatever drug it is named after."""
    return products.by_key("compounded-drug") if "compounded" in asked.name.casefold() else None


def _bare(products: ProductIndex, asked: Asked, product: Product) -> Choice:
    """A substance's bare name, where brands, salts or biosimilars with longer names have codes of their own."""
    branded = any(spelling(b) in spelling(asked.name) for b in product.brands)
    if branded or asked.code or "vaccine" in product.classes:
        return Choice(product, (product,))
    own = _codes(product, asked.day)
    others = [p for p in products.around(asked.name) if p is not product and _codes(p, asked.day) not in ((), own)]
    fitting = [p for p in others if _takes(p, asked, product) and not _is_dissolved_in(asked.name, p)]
    if fitting and not _is_given(product, asked.route):
        return _given_so(asked, product, fitting)
    if (emptied := _emptied(asked, product, fitting)) is not None:
        return Choice(emptied, (product, *fitting), "dose")
    return Choice(product, (product, *fitting), "bare" if fitting else "name")


def _given_so(asked: Asked, product: Product, fitting: list[Product]) -> Choice:
    """Of the products that are given by the route, the only one or the one that the dose empties; else nobody knows."""
    left = fitting if len(fitting) == 1 else _best_filled(fitting, asked.dose)
    by = "route" if len(fitting) == 1 else "dose"
    return Choice(left[0], (product, *fitting), by) if len(left) == 1 else Choice(None, (product, *fitting), "")


def _emptied(asked: Asked, product: Product, others: list[Product]) -> Product | None:
    """The product whose one single-dose package the dose is, where the usual one has none of that size.

    24 mg of buprenorphine ER is a Brixadi syringe and no part of a Sublocade one. Of two codes for one package the
    one of the usual product's kind is meant: J2788 rather than 90385.
    """
    if asked.dose is None or not _only_single(product) or containers(product, asked.dose) == 1:
        return None
    own = _codes(product, asked.day)
    like = [p for p in others if _codes(p, asked.day)[0].isdecimal() == (bool(own) and own[0].isdecimal())]
    whole = [p for p in like if _only_single(p) and containers(p, asked.dose) == 1]
    return whole[0] if len({_codes(p, asked.day) for p in whole}) == 1 else None


def _is_dissolved_in(name: str, product: Product) -> bool:
    """Whether the name is only that of the fluid in which this product comes: "epinephrine in sodium chloride"."""
    drug, comes_in, _ = product.display.casefold().partition(" in ")
    return bool(comes_in) and not any(word in drug for word in re.findall(r"[a-z]{3,}", name.casefold()))


def _takes(product: Product, asked: Asked, instead_of: Product) -> bool:
    """Whether route and dose leave this product open; single-dose packages tell where the dose empties them."""
    told = asked.dose is not None and containers(instead_of, asked.dose) < _NO_FIT
    empty = containers(product, asked.dose) < _NO_FIT
    return _is_given(product, asked.route) and not (told and _only_single(product) and not empty)


def is_kind_of(product: Product, name: str) -> bool:
    """Whether a name leaves open which product of one substance is meant, and this may be it."""
    wanted = set(re.findall(r"[a-z0-9]+", name.casefold()))
    own = set(re.findall(r"[a-z0-9]+", f"{product.name} {product.display}".casefold()))
    return bool(wanted) and wanted <= own


def _narrowed(asked: Asked, pool: tuple[Product, ...], by: str) -> Choice:
    """One test after the other, until one product or one code is left."""
    tests: tuple[tuple[str, Callable[[Iterable[Product]], list[Product]]], ...] = (
        ("dose", lambda left: _best_filled(left, asked.dose)),
        ("route", lambda left: [p for p in left if asked.route and p.routes and allowed(asked.route, p.routes)]),
        ("diagnosis", lambda left: [p for p in left if supported(p, asked.diagnoses)]),
    )
    left = list(pool)
    for word, test in tests:
        if len(left) > 1:
            passed = test(left)
            left, by = (passed, word) if passed and len(passed) < len(left) else (left, by)
    if len(left) > 1 and len({_codes(p, asked.day) for p in left}) > 1:
        return Choice(None, pool, "")
    return Choice(left[0], pool, by)


def _best_filled(products: Iterable[Product], dose: Quantity | None) -> list[Product]:
    """Those whose containers the dose empties, by the fewest of them."""
    counts = {p.key: containers(p, dose) for p in products}
    fewest = min(counts.values(), default=_NO_FIT)
    return [p for p in products if counts[p.key] == fewest < _NO_FIT and dose is not None]


def supported(product: Product, diagnoses: Iterable[str]) -> bool:
    known_for = tuple(undotted(code) for code in product.supports)
    return bool(known_for) and any(undotted(d).startswith(known_for) for d in diagnoses)


def _drawn_up(products: ProductIndex, asked: Asked, pool: tuple[Product, ...]) -> Choice | None:
    """A dose that no single-dose package of that name holds came out of a multi-dose one: daily leuprolide."""
    if asked.code or asked.dose is None or not all(_only_single(p) for p in pool):
        return None
    others = [p for p in products.around(asked.name) if p not in pool and p.containers and not _only_single(p)]
    fitting = [p for p in others if _is_given(p, asked.route)]
    if len(fitting) != 1 or any(containers(p, asked.dose) < _NO_FIT for p in pool):
        return None
    return Choice(fitting[0], (*pool, *fitting), "dose")


def _only_single(product: Product) -> bool:
    return bool(product.containers) and all(p.single_dose for p in product.containers)


def _is_given(product: Product, route: str | None) -> bool:
    return not route or not product.routes or allowed(route, product.routes)


def _for_disease(products: ProductIndex, asked: Asked, pool: tuple[Product, ...]) -> Choice | None:
    """Where no product of that very name is for the disease, but one whose name goes on is: Lupron Depot, -Ped."""
    if asked.code or not asked.diagnoses or any(supported(p, asked.diagnoses) or not p.supports for p in pool):
        return None
    around = [p for p in products.around(asked.name) if p not in pool and supported(p, asked.diagnoses)]
    fitting = [p for p in around if asked.dose is None or containers(p, asked.dose) < _NO_FIT]
    return Choice(fitting[0], (*pool, *around), "diagnosis") if len(fitting) == 1 else None


def _for_age(products: ProductIndex, asked: Asked, chosen: Choice) -> Choice:
    """A vaccine under another code for the patient's age; where the bare name means several, they are named."""
    product = chosen.product
    if product is None or "vaccine" not in product.classes:
        return chosen
    if "hepatitis-b" in product.classes and asked.dose == _DIALYSIS_DOSE and not asked.code:
        return _for_dialysis(products, asked, product)
    months = months_on(asked.born, asked.day) if asked.born else None
    own = next(iter(_codes(product, asked.day)), "")
    if months is not None and (better := code_for_age(own, months)) != own:
        younger = products.by_code(better, asked.day)
        return Choice(younger[0], (product, *younger), "age") if younger else chosen
    others = _same_disease(products, asked, product, months)
    return Choice(product, (product, *others), "usual") if others else chosen


def _for_dialysis(products: ProductIndex, asked: Asked, product: Product) -> Choice:
    """Hepatitis B vaccine at the dose for dialysis: four doses of Engerix-B or three of Recombivax HB."""
    four, three = (products.by_code(code, asked.day)[0] for code in ("90747", "90740"))
    named = asked.name.casefold()
    if "recombivax" in named:
        return Choice(three, (product, three), "dose")
    return Choice(four, (product, four), "dose") if "engerix" in named else Choice(four, (four, three), "")


def _same_disease(products: ProductIndex, asked: Asked, product: Product, months: int | None) -> tuple[Product, ...]:
    """What a bare name such as "flu shot" could also mean; a brand or a code says enough."""
    branded = any(spelling(b) in spelling(asked.name) for b in product.brands)
    if branded or asked.code or not products.is_exact(asked.name):
        return ()
    family = product.classes & set(_SEVERAL_CODES)
    return tuple(
        p
        for p in products.products
        if p is not product and family & p.classes and p.codings_on(asked.day) and _is_for(p, asked, months)
    )


def _is_for(product: Product, asked: Asked, months: int | None) -> bool:
    rows = [VACCINES[c] for c in _codes(product, asked.day) if c in VACCINES]
    by_age = months is None or all(row.is_for(months) for row in rows)
    return by_age and _is_given(product, asked.route)


def _codes(product: Product, day: date) -> tuple[str, ...]:
    return tuple(sorted({c.code for c in product.codings_on(day)}))
