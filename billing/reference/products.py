"""Finding the drug that somebody meant, where a question from outside does not use the formulary's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import combinations

from billing.reference.shorthand import DRUG_WORDS, short_for
from injections.facts import Product
from injections.facts.once import Remembering, once_for
from injections.formulary.index import Index, best_fit, spelling
from injections.quantity import Quantity

_STRENGTH = re.compile(
    r"(?<![a-z0-9-])[\d.,]+\s*(mcg|mg|gm|g|ml|units?|iu|million|%)?(/\s*[\d.]*\s*(ml|mg|dose))?(?![a-z0-9-])"
)
_NOISE = frozenset(
    "injection injectable inj vial vials syringe prefilled shot im sc iv sq subq generic dose usp".split()
    + "hcl hydrochloride sodium for solution suspension ampule intramuscular subcutaneous of a the given".split()
)
#: the fluid that carries a drug, or numbs beside it: not what was given
_CARRIED_IN = re.compile(
    r"\s+(?:in|with|w/|\+|/)\s+[\d.,%/ ]*(?:m?l |of )*"
    r"(?:normal saline|saline|sodium chloride|nacl|ns|dextrose|d5w?|lactated|lr|lidocaine|xylocaine"
    r"|bupivacaine|marcaine|sensorcaine|ropivacaine|naropin)\b.*",
    re.IGNORECASE,
)
#: what numbs, named first: "lidocaine/Kenalog". Epinephrine behind it belongs to the numbing
_NUMBED_FIRST = re.compile(
    r"^[\d.,%/ ]*(?:m?l |cc )?(?:of )?(?:lidocaine|xylocaine|bupivacaine|marcaine|sensorcaine)\b"
    r"[\d.,%\s]*(?:m?l|mg|cc)?\s*(?:/|\+|&|,|\band\b|\bwith\b|\bw/)\s*(?!epi|bicarb|sodium)",
    re.IGNORECASE,
)
#: epinephrine that makes the numbing last: no drug of its own
_LASTING = re.compile(
    r"(?<=caine)\b[\d.,%\s]*(?:/|\+|&|\band\b|\bwith\b|\bw/)\s*(?:1:\d00,?000 )?epi(?:nephrine)?\b.*", re.IGNORECASE
)
#: classes of what only numbs or dilutes
_SERVING = frozenset({"local-anaesthetic", "diluent"})
_JOINED = re.compile(r"[/;&+,]|\band\b|\bor\b|\bplus\b|\bwith\b|\bw/", re.IGNORECASE)
_EITHER = re.compile(r"\s*/\s*|\s+or\s+")
#: words that many drugs share and that name none
_KINDS = frozenset({"vitamin", "vitamins", "vitamin shot"})
#: what is said of a copy of a biologic, and how such a copy is named: with four letters behind the substance
_COPY, _COPY_NAME = re.compile(r"\bbio-?similar\b", re.IGNORECASE), re.compile(r"-[a-z]{4}\b")


@dataclass(frozen=True, slots=True)
class ProductIndex(Remembering):
    """The formulary, ready to be asked. Where several products could be meant, all of them are the answer."""

    index: Index
    classes: frozenset[str] = field(default=frozenset(), compare=False)
    _words: dict[str, tuple[Product, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, products: Iterable[Product]) -> ProductIndex:
        index = Index(products)
        found = cls(index, frozenset(word for product in index.products for word in product.classes))
        for product in found.products:
            for name in {_worded(n) for n in _written_names(product)} - {""}:
                found._words[name] = (*found._words.get(name, ()), product)
        return found

    @property
    def products(self) -> tuple[Product, ...]:
        return self.index.products

    def by_key(self, key: str) -> Product | None:
        return self.index.by_key(key)

    @once_for
    def by_ndc(self, ndc: str) -> Product | None:
        """The product of that package, else of the same maker, drug and strength in another size."""
        found = self.index.by_ndc(ndc)
        return found.product if found else self.index.by_labeler_and_product(ndc)

    def by_code(self, code: str, day: date | None = None, dose: Quantity | None = None) -> tuple[Product, ...]:
        """Products billed under that code, best fit for the dose first; those of the day, where there are any."""
        return (self.index.by_code(code, day, dose) if day else ()) or self.index.by_code(code, None, dose)

    def by_name(self, name: str, dose: Quantity | None = None) -> tuple[Product, ...]:
        """Products of that name, brand or synonym: the whole name first, then each part, then the words in it.

        A text that leaves two of them open means none.
        """
        if _worded(name) in _KINDS or self.names_either(name):
            return ()
        if _COPY.search(name):
            return best_fit(self._copies(_COPY.sub(" ", name)), dose)
        if (drug := self._uncarried(name)) != name:
            return best_fit(self.around(name), dose) or self.by_name(drug, dose)
        exact = self._exact(name, dose)
        if exact:
            return exact
        short = [n for n in self._words if short_for(n, _worded(name))]
        meant = short or self._inside(name)
        found = _each_once(p for n in sorted(meant) for p in self._words[n])
        return best_fit(found or self.around(name), dose)

    def _inside(self, name: str) -> list[str]:
        """The longest names whose words all stand in this one; none where they are of different drugs."""
        wanted = set(_worded(name).split())
        inside = [n for n in self._words if set(n.split()) <= wanted]
        longest = max((len(n.split()) for n in inside), default=0)
        inside = [n for n in inside if len(n.split()) == longest]
        return [] if _of_several([{p.key for p in self._words[n]} for n in inside]) else inside

    def names_either(self, name: str) -> bool:
        """Whether a text leaves open which of two products it was: "Solu-Medrol or Depo-Medrol"."""
        drug = self._uncarried(name).casefold()
        parts = _EITHER.split(drug)
        if len(parts) != 2 or self._whole(drug):
            return False
        return _of_several([found for part in parts if (found := self._whole(part))])

    def _whole(self, text: str) -> set[str]:
        """The keys of the products that are called just so, strength and form aside."""
        return {p.key for p in self.index.named(text) or self.index.named(_worded(text))}

    def _copies(self, name: str) -> tuple[Product, ...]:
        """The biosimilars of what is named; the original is none of them."""
        originals = {p.name.casefold() for p in self.by_name(name)}
        return tuple(
            p for p in self.products if _COPY_NAME.search(p.name) and _COPY_NAME.sub("", p.name.casefold()) in originals
        )

    def like(self, name: str) -> tuple[str, ...]:
        """Names that are written almost so, to be asked about: never to be taken."""
        return tuple(get_close_matches(_worded(name), self._words, n=2, cutoff=0.8))

    def around(self, name: str) -> tuple[Product, ...]:
        """Products with a name that holds every word of this one.

        What a drug is dissolved in is not its name, nor what a numbing drug is mixed with.
        """
        wanted = set(_worded(name).split())
        holding = (n for n in self._words if wanted and wanted <= set(n.split()))
        names = [n for n in holding if wanted & set(n.partition(" in ")[0].split()) and not self._numbs(n, wanted)]
        return _each_once(p for n in sorted(names) for p in self._words[n])

    def _numbs(self, name: str, wanted: set[str]) -> bool:
        """Whether the name is of a numbing drug with another beside it ("lidocaine with epinephrine")."""
        first = name.partition(" ")[0]
        return first not in wanted and any(_SERVING & product.classes for product in self._words.get(first, ()))

    def is_exact(self, name: str) -> bool:
        """Whether the name, or a part of it, is written so in a product's file."""
        if _COPY.search(name) or self.names_either(name):
            return False
        return bool(self._exact(self._uncarried(name), None))

    def _uncarried(self, name: str) -> str:
        """The name without the fluid that carries the drug or numbs beside it, unless a product is called just so."""
        return name if self.index.named(name) else _CARRIED_IN.sub("", self._unnumbed(name)) or name

    def _unnumbed(self, name: str) -> str:
        return _NUMBED_FIRST.sub("", _LASTING.sub("", name))

    def told_together(self, name: str) -> tuple[tuple[Product, ...], ...]:
        """The several drugs that one name joins ("Toradol/Decadron"), each as what it could be; mostly none.

        What numbs or dilutes is not counted, and two names of one drug are one.
        """
        if not joins(name) or self.index.named(name):
            return ()
        parts = (self._exact(part, None) for part in _JOINED.split(_STRENGTH.sub(" ", name.casefold())))
        drugs = [p for p in parts if p and not any(_SERVING & product.classes for product in p)]
        if any(all(_holds(product, drug) for drug in drugs) for several in drugs for product in several):
            return ()
        return tuple(dict.fromkeys(drugs)) if len(drugs) > 1 else ()

    def _exact(self, name: str, dose: Quantity | None) -> tuple[Product, ...]:
        found = (self.index.named(reading, dose) for reading in _readings(name))
        return next((products for products in found if products), ())


def joins(name: str) -> bool:
    """Whether the words of a name could join two drugs."""
    return _JOINED.search(name) is not None


def _of_several(named: list[set[str]]) -> bool:
    return any(first.isdisjoint(second) for first, second in combinations(named, 2))


def _written_names(product: Product) -> Iterable[str]:
    return (product.key, product.name, product.display, *product.brands, *product.synonyms)


@cache
def _worded(name: str) -> str:
    """The telling words of a name, in lower case."""
    bare = _STRENGTH.sub(" ", name.casefold())
    words = [w for word in re.findall(r"[a-z0-9]+", bare) for w in DRUG_WORDS.get(word, word).split()]
    return " ".join(w for w in words if w not in _NOISE) or " ".join(words)


def _readings(name: str) -> list[str]:
    """The ways to read one written name, the most literal first."""
    bare = _STRENGTH.sub(" ", name.casefold())
    parts = re.split(r"[()\[\],;/]| - | aka | or ", bare)
    readings = [name, bare, _worded(name), *parts, *(_worded(p) for p in parts)]
    return [r for r in dict.fromkeys(readings) if spelling(r)]


def _holds(product: Product, drug: Iterable[Product]) -> bool:
    """Whether the drug can be this product, another salt or brand of it, or one that a combination holds."""
    own = f"{product.key} {product.display}".casefold()
    firsts = {f for other in drug for f in (other.key.partition("-")[0], re.split(r"[ ,-]", other.name.casefold())[0])}
    return any("tetanus" in product.classes & other.classes for other in drug) or any(f in own for f in firsts)


def _each_once(products: Iterable[Product]) -> tuple[Product, ...]:
    return tuple({p.key: p for p in products}.values())
