"""What the digits of a product number (GTIN) say of a package, and never more than they do.

A GTIN of a US drug holds the ten digits of an NDC (``ndc10``, without its hyphens). A carton often has an NDC of its
own: labeler and product are those of the vial in it, the package is another. The GTIN of an imported drug holds none.
"""

from __future__ import annotations

from enum import StrEnum

from injections import ndc

#: labeler and product of eleven digits; what follows is the package
_DRUG = 9
_LABELER = 5


class Says(StrEnum):
    """How far the digits speak for one package."""

    SAME = "the digits of the code are this NDC"
    DRUG = "same maker and drug as in the code, another package"
    KIT = "same maker, and the box of a kit may have a product number of its own: a colleague reads the label too"
    NOTHING = "the code holds no NDC"
    OTHER = "by its digits the code is another drug"


def says_of(ndc10: str | None, package_ndc: str, container: str = "") -> Says:
    """What the NDC in a code says of such a package with that NDC. Each of the three printed shapes may be meant."""
    if ndc10 is None:
        return Says.NOTHING
    read, known = ndc.candidates(ndc10), ndc.candidates(package_ndc)
    if not set(read).isdisjoint(known):
        return Says.SAME
    drugs = {form[:_DRUG] for form in read}
    if any(form[:_DRUG] in drugs for form in known):
        return Says.DRUG
    same_maker = bool({form[:_LABELER] for form in read} & {form[:_LABELER] for form in known})
    return Says.KIT if same_maker and container == "kit" else Says.OTHER
