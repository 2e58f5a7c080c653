"""Doses that are alike: the same drug, amount, route and vial, whoever got it, gave it and charted it, and when.

A clinic gives few such doses and gives them often. What follows from these facts alone (strengths, measures, billing
units) is worked out once for all of them and kept with the drug. Such a question is put to a dose that has no other
facts, so that it cannot look at one.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields
from operator import attrgetter

from injections.facts.dose import Administration
from injections.facts.drug import Package, Product
from injections.facts.once import once
from injections.quantity import Concentration, Quantity

_WORDS = ("drug", "drug_class", "ndc", "claimed_hcpcs", "route", "opened", "vial_assumed", "vial_shared")
_AMOUNTS = ("dose", "volume", "discarded")
_IN_ITSELF = (*_WORDS, *_AMOUNTS, "product", "package", "containers")
_words, _amounts = attrgetter(*_WORDS), attrgetter(*_AMOUNTS)
_on_label = attrgetter(*(field.name for field in fields(Package)))

#: kinds of doses that are kept of one drug: more than a clinic gives of it
KEPT = 64


@once
def in_itself(dose: Administration) -> Administration:
    """The dose without who, when, where and why: one for all doses that are alike, and its answers serve them all."""
    if dose.product is None or dose.containers:
        return _bare(dose)
    kept, key = _kept(dose.product), _key(dose)
    found = kept.get(key)
    if found is None:
        if len(kept) >= KEPT:
            kept.clear()
        found = kept[key] = _bare(dose)
    return found


def _bare(dose: Administration) -> Administration:
    return Administration("", **{name: getattr(dose, name) for name in _IN_ITSELF})


@once
def _kept(product: Product) -> dict[Hashable, Administration]:
    """The kinds of doses of a drug that were asked about so far."""
    return {}


def _key(dose: Administration) -> Hashable:
    """All that a bare dose holds beside the drug."""
    words, package = _words(dose), dose.package
    return words, tuple(map(type, words)), package and _label(package), tuple(map(_written, _amounts(dose)))


@once
def _label(package: Package) -> Hashable:
    """What stands on a package. Read from a stored visit it is another object, and means the same."""
    return tuple([_written(value) for value in _on_label(package)])


def _written(amount: object) -> object:
    """An amount by its digits: 1000 mcg and 1 mg are equal, and are not written alike."""
    if isinstance(amount, Quantity):
        return str(amount.amount), amount.unit
    return repr(amount) if isinstance(amount, Concentration) else (type(amount), amount)
