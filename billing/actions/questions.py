"""What the rules are asked about a visit: the question as it was stored, or the chart as it stands today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from django.utils import timezone as clock

from billing.actions.context import context, named
from billing.context import BillingContext
from billing.models import Review
from billing.reference import Reference
from injections import chart, codec, facts

#: drugs by key, as they are loaded today
Drugs = Mapping[str, facts.Product]


class Question(NamedTuple):
    """The facts of a visit, and what the bill knows beside them."""

    visit: facts.Encounter
    about: BillingContext


def stored_question(stored: Review, reference: Reference, drugs: Drugs | None = None) -> Question:
    """The question that a review answered, its payer as the reference knows it.

    ``drugs`` stand in place of what the formulary said of them then; without them all is as it was.
    """
    asked = json.loads(stored.input)
    loaded = [_taken_out(dose, drugs or {}) for dose in asked["encounter"]["administrations"]]
    visit = codec.decode(facts.Encounter, asked["encounter"], "encounter")
    doses = (
        replace(dose, product=drug) if drug else dose for dose, drug in zip(visit.administrations, loaded, strict=True)
    )
    return Question(replace(visit, administrations=tuple(doses)), _context(asked["context"], reference))


def _taken_out(dose: dict[str, Any], drugs: Drugs) -> facts.Product | None:
    """The drug as it is loaded; what was stored of it is then not read."""
    drug = drugs.get(dose.get("drug", ""))
    if drug is None or dose.get("product") is None:
        return None
    del dose["product"]
    return drug


def _context(data: Mapping[str, Any], reference: Reference) -> BillingContext:
    said = {name: codec.decode(kind, data[name], name) for name, kind in _beside_payer() if name in data}
    return BillingContext(payer=named(data["payer"], reference), **said)


@cache
def _beside_payer() -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(BillingContext)
    return tuple((field.name, hints[field.name]) for field in fields(BillingContext) if field.name != "payer")


#: what is read of a visit's row to ask about its chart
RELATED = ("patient", "location", "practice", "coverage")


def charted_question(encounter: Any, stored: Review, reference: Reference) -> Question:
    """The chart of today, asked on the day of the stored answer: that time has passed moves nothing."""
    about = context(encounter, reference)
    then = clock.localdate(stored.created_at, timezone=encounter.practice.zone)
    filing = replace(about.filing, as_of=then) if about.filing else None
    return Question(chart.signed_encounter(encounter), replace(about, filing=filing))
