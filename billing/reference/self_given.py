"""Drugs that patients usually give themselves and that have no code of their own: known by name, as data.

Drugs with a code stand in the table of self-administered drugs, by contractor and day. All of this is to be confirmed
on the contractor's own list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

SOURCE = "MAC self-administered drug lists (confirm by contractor)"


@dataclass(frozen=True, slots=True)
class SelfGivenName:
    """A substance with its brands, given under the skin."""

    name: str
    brands: tuple[str, ...] = ()
    since: date = date(2003, 1, 1)
    source: str = SOURCE


NAMES = (
    SelfGivenName("semaglutide", ("ozempic", "wegovy")),
    SelfGivenName("tirzepatide", ("mounjaro", "zepbound")),
    SelfGivenName("liraglutide", ("victoza", "saxenda")),
    SelfGivenName("dulaglutide", ("trulicity",)),
    SelfGivenName("exenatide", ("byetta", "bydureon")),
    SelfGivenName("dupilumab", ("dupixent",)),
    SelfGivenName("secukinumab", ("cosentyx",)),
    SelfGivenName("ixekizumab", ("taltz",)),
    SelfGivenName("guselkumab", ("tremfya",)),
    SelfGivenName("golimumab", ("simponi",)),
    SelfGivenName("sarilumab", ("kevzara",)),
    SelfGivenName("anakinra", ("kineret",)),
    SelfGivenName("erenumab", ("aimovig",)),
    SelfGivenName("fremanezumab", ("ajovy",)),
    SelfGivenName("galcanezumab", ("emgality",)),
    SelfGivenName("evolocumab", ("repatha",)),
    SelfGivenName("alirocumab", ("praluent",)),
    SelfGivenName("ofatumumab", ("kesimpta",)),
    SelfGivenName("interferon beta", ("avonex", "rebif", "plegridy", "betaseron", "extavia")),
    SelfGivenName("somatropin", ("genotropin", "humatrope", "norditropin", "omnitrope")),
    SelfGivenName("lonapegsomatropin", ("skytrofa",)),
    SelfGivenName("abaloparatide", ("tymlos",)),
    SelfGivenName("adalimumab", ("humira",)),
    SelfGivenName("etanercept", ("enbrel",)),
    SelfGivenName("teriparatide", ("forteo",)),
)


def named_self_given(name: str, day: date) -> SelfGivenName | None:
    """The row for a drug as somebody wrote it."""
    written = f" {' '.join(re.findall(r'[a-z0-9]+', name.casefold()))} "
    return next((r for r in NAMES if r.since <= day and any(f" {w} " in written for w in (r.name, *r.brands))), None)
