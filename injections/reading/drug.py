"""What a drug's file says, fact by fact, in sentences: each with its source, and whether anybody has confirmed it.

What nobody has confirmed is shown as such wherever it is read, and never stops anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from injections import facts
from injections.facts import DoseLimit, LoadingSeries
from injections.facts.schedule import Schedule, every
from injections.quantity import format_dose
from injections.routes import ROUTES, route_words
from injections.sites import site_words

#: facts that a file may mark as unconfirmed, and what people call them
NAMES = {
    "limit": "the limit",
    "minimum_interval_days": "the days between two doses",
    "loading": "the series of the label",
    "routes": "the ways to give it",
    "sites": "the usual sites",
    "supports": "the diagnoses it is given for",
    "observation_minutes": "the wait after the dose",
    "screening": "the question before the dose",
    "allergy_groups": "the allergies it belongs to",
    "coding.since": "the first day of its code",
    "coding.until": "the last day of its code",
    "coding.amount": "what one unit of its code stands for",
    "package.ndc": "its package numbers",
    "package.holds": "what its containers hold",
    "package.container": "the kind of its containers",
    "package.single_dose": "whether a container is for one dose or several",
}
#: of these, what somebody who orders goes by
ORDERED_BY = ("limit", "minimum_interval_days", "loading", "routes", "sites", "supports")
NAMED_MUSCLES = "named-muscles"


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact of the file in sentences; none where the file does not say. ``source`` is who says so."""

    name: str
    says: tuple[str, ...]
    unconfirmed: bool = False
    source: str = ""


def unconfirmed(product: facts.Product) -> list[str]:
    """Everything that nobody has confirmed yet, in words."""
    return [words for fact, words in NAMES.items() if fact in product.unconfirmed and _stands(product, fact)]


def unconfirmed_for_ordering(product: facts.Product) -> list[str]:
    """Of that, what an order goes by."""
    wanted = [fact for fact in ORDERED_BY if fact in product.unconfirmed and _stands(product, fact)]
    return [NAMES[fact] for fact in wanted]


def _stands(product: facts.Product, fact: str) -> bool:
    """Whether the file says anything that could be confirmed."""
    held: dict[str, Collection[object]] = {
        "limit": product.limits,
        "minimum_interval_days": _between(product),
        "loading": product.loading,
        "routes": product.routes,
        "sites": product.sites,
        "supports": product.supports,
    }
    return bool(held.get(fact, (fact,)))


def cells(product: facts.Product) -> Iterator[Cell]:
    """How the drug is given, in the order in which somebody asks. What few drugs have stands only where it is."""

    def cell(name: str, says: tuple[str, ...], fact: str, source: str = "") -> Cell:
        return Cell(name, says, bool(says) and fact in product.unconfirmed, source or (product.source if says else ""))

    yield cell("Ways to give it", routes(product), "routes")
    yield cell("Usual sites", sites(product), "sites")
    yield cell("Largest dose", limits(product), "limit", _sources(limit.source for limit in product.limits))
    yield cell("Between two doses", _between(product), "minimum_interval_days")
    if product.loading:
        series, source = tuple(map(series_words, product.loading)), _sources(s.source for s in product.loading)
        yield cell("How a series begins", series, "loading", source)
    yield cell("Wait after the dose", waits(product), "observation_minutes")
    asked = tuple(question.ask for question in product.screening)
    yield cell("Asked before the dose", asked, "screening", _sources(q.source for q in product.screening))
    yield cell("Allergies that matter", _in_one(sorted(map(_group, product.allergy_groups))), "allergy_groups")
    yield cell("Diagnoses it is given for", _in_one(product.supports), "supports")
    yield from _few_have(product)


def _few_have(product: facts.Product) -> Iterator[Cell]:
    if product.beyond_use_days:
        yield Cell("An opened vial", (f"May be used for {product.beyond_use_days} days.",), source=product.source)
    if product.equals:
        one, other = format_dose(product.equals.one), format_dose(product.equals.other)
        yield Cell("Two measures", (f"{one} are {other}.",), source=product.source)
    if product.never_separately_billed:
        yield Cell("On the bill", (f"{product.never_separately_billed}.",), source=product.source)


def routes(product: facts.Product) -> tuple[str, ...]:
    return _in_one(route.words for route in ROUTES if route.key in product.routes)


def sites(product: facts.Product) -> tuple[str, ...]:
    return _in_one("the muscles that the order names" if s == NAMED_MUSCLES else site_words(s) for s in product.sites)


def limits(product: facts.Product) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_limit(limit, product.routes) for limit in product.limits))


def _limit(limit: DoseLimit, ways: frozenset[str]) -> str:
    """One limit in a sentence. Its routes are named where the drug may be given in other ways too."""
    bounds = [
        f"from {limit.from_age} years" if limit.from_age is not None else "",
        f"under {limit.below_age} years" if limit.below_age is not None else "",
        f"under {limit.below_weight_kg} kg" if limit.below_weight_kg is not None else "",
        "with impaired kidneys" if limit.impaired_kidneys else "",
        " or ".join(route_words(route) for route in sorted(limit.routes)) if limit.routes != ways else "",
    ]
    whom = ", ".join(bound for bound in bounds if bound)
    per_kg = " for each kg" if limit.per_kg else " for each square meter" if limit.per_m2 else ""
    daily = f", {format_dose(limit.max_daily)} a day" if limit.max_daily else ""
    return f"At most {format_dose(limit.max_single)}{per_kg} in one dose{daily}{f' ({whom})' if whom else ''}."


def _between(product: facts.Product) -> tuple[str, ...]:
    said = []
    if product.minimum_interval_days:
        said.append(f"At least {product.minimum_interval_days} days between two doses.")
    if product.early_doses and product.early_interval_days:
        first = "The second dose" if product.early_doses == 1 else f"Doses 2 to {product.early_doses + 1}"
        said.append(f"{first} of a new series may follow after {product.early_interval_days} days.")
    said += [f"After {format_dose(i.after)} or more: at least {i.days} days." for i in product.intervals]
    return tuple(said)


def waits(product: facts.Product) -> tuple[str, ...]:
    said = []
    if product.observation_minutes:
        said.append(f"The patient waits {product.observation_minutes} minutes after the dose.")
    if product.first_doses:
        said.append(f"After the first {product.first_doses} doses {product.first_observation_minutes} minutes.")
    return tuple(said)


def series_words(series: LoadingSeries) -> str:
    """ "Severe asthma: loading doses of 30 mg at weeks 0, 4 and 8, then 30 mg every 8 weeks"."""
    planned = None if series.every_days else len(series.doses)
    words = Schedule(every_days=series.every_days or 0, planned=planned, loading=series.doses).words
    if series.then is not None and series.every_days:
        often = every(series.every_days)
        words = words.removesuffix(f"then {often}") + f"then {format_dose(series.then)} {often}"
    said = f"{series.use}: {words}" if series.use else words
    return f"{said[:1].upper()}{said[1:]}."


def hints(product: facts.Product) -> list[str]:
    """The drug's own limits in sentences, for somebody who orders it."""
    return list(dict.fromkeys((*limits(product), *_between(product), *waits(product))))


def _in_one(words: Iterable[str]) -> tuple[str, ...]:
    """All of them in one line; nothing where there are none."""
    line = ", ".join(words)
    return (line,) if line else ()


def _group(group: str) -> str:
    return group.replace("anaesthetic", "anesthetic").replace("-", " ")


def _sources(sources: Iterator[str]) -> str:
    return "; ".join(dict.fromkeys(source for source in sources if source))
