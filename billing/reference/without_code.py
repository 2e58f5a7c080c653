"""Drugs that have no code of their own, known by name, with the unclassified code that stands for them, as data.

Looked for in CMS's code file of October 2025 and not found there. Each is to be confirmed with the payer: a new drug
gets a code within a year or two, and an unclassified one is denied from that day on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: the codes for what has none: they name no drug
UNCLASSIFIED = frozenset({"J3490", "J3590", "J9999", "J7999"})
SOURCE = "CMS HCPCS October 2025: no code names this drug (confirm with the payer)"


@dataclass(frozen=True, slots=True)
class CodelessDrug:
    """A substance with its brands: a biologic under J3590, any other drug under J3490.

    ``routes``: given otherwise it has a code; empty where no route has one.
    """

    name: str
    brands: tuple[str, ...] = ()
    biologic: bool = False
    routes: frozenset[str] = frozenset()
    source: str = SOURCE

    @property
    def code(self) -> str:
        return "J3590" if self.biologic else "J3490"


_BIOLOGICS = {
    "galcanezumab": "emgality",
    "erenumab": "aimovig",
    "dupilumab": "dupixent",
    "evolocumab": "repatha",
    "alirocumab": "praluent",
    "ixekizumab": "taltz",
    "sarilumab": "kevzara",
    "tralokinumab": "adbry",
    "lebrikizumab": "ebglyss",
    "nemolizumab": "nemluvio",
    "brodalumab": "siliq",
    "bimekizumab": "bimzelx",
    "dulaglutide": "trulicity",
    "anakinra": "kineret",
    "pegvisomant": "somavert",
    "peginterferon beta": "plegridy",
    "ropeginterferon": "besremi",
    "choriogonadotropin alfa": "ovidrel",
    "lonapegsomatropin": "skytrofa",
    "somapacitan": "sogroya",
    "somatrogon": "ngenla",
}
_DRUGS = {
    "semaglutide": "ozempic wegovy",
    "tirzepatide": "mounjaro zepbound",
    "liraglutide": "victoza saxenda",
    "exenatide": "byetta bydureon",
    "abaloparatide": "tymlos",
    "ascorbic acid": "ascor",
    "vitamin c": "",
    "vitamin d": "ergocalciferol",
    "vitamin d3": "cholecalciferol",
    "vitamin b complex": "",
    "b complex": "",
    "methylcobalamin": "",
    "nicotinamide adenine dinucleotide": "nad",
    "sodium tetradecyl": "sotradecol",
    "polidocanol": "asclera",
    "tesamorelin": "egrifta",
    "cetrorelix": "cetrotide",
    "glutathione": "",
    "biotin": "",
    "ketamine": "ketalar",
}
#: biologics whose only code is for the vein
_UNDER_THE_SKIN = {"risankizumab": "skyrizi", "secukinumab": "cosentyx"}
DRUGS = tuple(
    CodelessDrug(name, tuple(brands.split()), biologic, frozenset(routes))
    for table, biologic, routes in ((_BIOLOGICS, True, ()), (_DRUGS, False, ()), (_UNDER_THE_SKIN, True, ("SC",)))
    for name, brands in table.items()
)


def named_without_code(name: str, route: str | None = None) -> CodelessDrug | None:
    """The row for a drug as somebody wrote it, given that way; a mixture of several is no drug of this table."""
    written = f" {' '.join(re.findall(r'[a-z0-9]+', name.casefold()))} "
    found = [row for row in DRUGS if any(f" {word} " in written for word in (row.name, *row.brands))]
    return found[0] if len(found) == 1 and (not found[0].routes or route in found[0].routes) else None
