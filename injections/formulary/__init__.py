"""The formulary: one TOML file for each thing that has its own HCPCS coding. See README.md beside this file.

from injections.formulary import formulary
formulary().by_name("Toradol")
"""

from __future__ import annotations

from functools import cache

from injections.formulary.index import Found, Index, spelling
from injections.formulary.loader import HERE, load_product, load_products
from injections.formulary.table import FormularyError

__all__ = [
    "HERE",
    "FormularyError",
    "Found",
    "Index",
    "formulary",
    "load_product",
    "load_products",
    "spelling",
]


@cache
def formulary() -> Index:
    """The index over the products that ship with Deltoid, read once."""
    return Index(load_products())
