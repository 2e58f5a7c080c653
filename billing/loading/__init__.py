"""Files to a Reference: the shipped content, read strictly and once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from billing.loading.edition import edition_of
from billing.loading.payers import load_payers
from billing.loading.tables import Tables, load_tables
from billing.reference import Reference
from billing.reference.products import ProductIndex
from injections.formulary import HERE as FORMULARY
from injections.formulary import load_products

__all__ = ["HERE", "load_reference", "shipped_reference"]

HERE = Path(__file__).parent


def load_reference(folder: Path = HERE, formulary: Path = FORMULARY) -> Reference:
    """The reference of a folder with ``payers`` and ``codes``, over a folder of drugs (the chart's own)."""
    products = ProductIndex.of(load_products(formulary))
    tables: Tables = load_tables(folder / "codes")
    return Reference(
        edition=edition_of(folder),
        products=products,
        payers=load_payers(folder / "payers"),
        places=tables.places,
        pairs=tables.pairs,
        limits=tables.limits,
        prices=tables.prices,
        replacements=tables.replacements,
        self_given=tables.self_given,
        diagnoses=tables.diagnoses,
        periods=tables.periods,
    )


@cache
def shipped_reference() -> Reference:
    """What ships with Deltoid, read once for the life of the process."""
    return load_reference()
