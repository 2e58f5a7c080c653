"""Whether two texts name the same drug: spelling may differ, salts and ingredients may not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from injections.facts import Administration, Product
from injections.facts.once import once

#: words beside a drug's name that say how it comes, not what it is
_FORMS = frozenset(
    "injection injectable inj injections solution suspension powder vial vials syringe prefilled pen ampule ampoule "
    "kit single multi dose doses im iv sc intramuscular subcutaneous intravenous mg mcg g gm ml l unit units u iu meq "
    "vitamin per in of for the usp preservative free sterile generic brand long acting monthly weekly shot".split()
)
#: salts and esters that people leave out; two different ones are never the same drug
_SALTS = frozenset(
    "acetate acetonide acetonate citrate cypionate decanoate disodium enanthate gluconate hcl hexacetonide "
    "hydrochloride maleate mesylate palmitate pamoate phosphate sodium succinate sulfate tartrate tromethamine "
    "undecanoate valerate caproate bitartrate lactate chloride bromide monohydrate potassium".split()
)
_BIOSIMILAR_SUFFIX = re.compile(r"^[a-z]{4}$")
_BIOSIMILAR_OF = re.compile(r"^(\w+(?:mab|stim|cept|alfa))-[a-z]{4}\b.*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words and numbers without punctuation; "B-12" is one word."""
    plain = re.sub(r"\b([a-z])-([0-9])", r"\1\2", text.lower().replace("\u00b5", "u"))
    return tuple(re.findall(r"[a-z0-9]+", plain))


def contains(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether the shorter run of words stands somewhere in the longer one, whole words only."""
    if not shorter or shorter[0] not in longer:
        return False
    return any(longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1))


@once
def product_names(product: Product) -> tuple[str, ...]:
    """Every name that a product goes by, its substance alone too where a maker or brand follows in brackets."""
    substance = _IN_BRACKETS.sub("", product.name)
    return (product.name, substance, product.display, *product.brands, *product.synonyms, product.key)


def without_suffix(drug: str) -> str:
    """The substance that a biosimilar is like: "denosumab" for "denosumab-bbdz" and for "denosumab-bbdz-wyost"."""
    return _BIOSIMILAR_OF.sub(r"\1", drug)


def drug_names(dose: Administration) -> tuple[str, ...]:
    """Every name of the drug in hand: its product's, else what was written."""
    if dose.product is not None:
        return product_names(dose.product)
    return (dose.drug,) if dose.drug else ()


def names_product(text: str, product: Product) -> bool:
    """Whether the text names that product: one of its names, give or take strength, form and an unsaid salt."""
    return names_any_of(text, product_names(product))


def names_any_of(text: str, names: Iterable[str]) -> bool:
    """Whether the text is one of the names, give or take strength, form, an unsaid salt and another of the names."""
    return _names_any_of(text, tuple(names))


@lru_cache(maxsize=8192)
def _names_any_of(text: str, names: tuple[str, ...]) -> bool:
    asked, known_names = words(text), [words(name) for name in names]
    own = frozenset(word for name in known_names for word in name)
    # where no name of the drug says a salt, any salt may be its own
    own = own if own & _SALTS else own | _SALTS
    return any(_same(asked, name, own) for name in known_names)


def _same(asked: tuple[str, ...], name: tuple[str, ...], own: frozenset[str]) -> bool:
    if not asked or not name:
        return False
    if sorted(asked) == sorted(name) or "".join(asked) == "".join(name):
        return True
    return _says_more(asked, name, own) or _says_less(asked, name)


def _says_more(asked: tuple[str, ...], name: tuple[str, ...], own: frozenset[str]) -> bool:
    """Beside the name the text says only strength, form ("Depo-Provera 150 mg/mL") or others of the drug's words."""
    rest = _rest(asked, name)
    return rest is not None and all(_is_form(word) or word in own for word in rest)


def _says_less(asked: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """The text leaves out only a salt, a form or a biosimilar's suffix."""
    rest = _rest(name, asked)
    if rest is None or all(word in _SALTS or _is_form(word) for word in asked):
        return False
    suffix = len(name) == 2 and asked == name[:1] and _BIOSIMILAR_SUFFIX.match(name[1]) is not None
    return suffix or all(word in _SALTS or _is_form(word) for word in rest)


def _is_form(word: str) -> bool:
    return word in _FORMS or word[0].isdigit()


def _rest(longer: tuple[str, ...], shorter: tuple[str, ...]) -> tuple[str, ...] | None:
    """What the longer text says beside the shorter one; ``None`` when it does not contain it."""
    size = len(shorter)
    for at in range(len(longer) - size + 1):
        if longer[at : at + size] == shorter:
            return longer[:at] + longer[at + size :]
    return None
