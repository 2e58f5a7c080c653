"""The questions with facts of other visits in them, or without some: answered or refused, and no dose is silent."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from billing.loading import shipped_reference
from billing.visit_json import VisitError, derive
from tests.scenarios.test_asked import document_of, questions

#: a few hundred thousand where `LONG=1` is set
VISITS = 200_000 if os.environ.get("LONG") else 120
#: values that no question has: the absurd beside the merely wrong
MORE: dict[str, list[Any]] = {
    "dose": [
        "0 mg",
        "5 mL",
        "3 vials",
        "1 dose",
        "0.001 mcg",
        "10 meq",
        "-5 mg",
        "200000 mg",
        "60 units",
        "",
        None,
        [],
    ],
    "route": ["IV", "oral", "nasal", "on-body", "flush", "sideways", "intravitreal", None, 7],
    "date": ["2012-06-01", "2024-03-31", "2030-01-01", "1970-01-01", "2026-02-30"],
    "ndc": ["99999-9999-99", "0517003125", "abc", {"unobtainable": "vial already binned"}],
    "hcpcs": ["J9999", "J3490", "ZZZZZ", "J2505", "9"],
    "discarded": ["0 mg", "60 mg", "1 mL", "999 mg"],
    "expires": ["2020-01", "2026-10", "soon"],
    "drug": ["water", "unheard-of", "", None],
    "package": [{"holds": "10 mg"}, {"volume": "1 mL"}, {"concentration": "5 mg/mL"}, {"holds": "0 mg"}],
    "source": ["state", "facility", "already-billed"],
}

Path = tuple[str | int, ...]


def paths(value: Any, way: Path = ()) -> Iterator[Path]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield (*way, key)
        yield from paths(item, (*way, key))


def at(document: Any, way: Path) -> Any:
    for step in way:
        document = document[step]
    return document


def mutate(document: Any, pool: dict[str, list[Any]], chance: Random) -> None:
    """One fact of another visit put in, one of our own put in beside a dose, or one taken away."""
    way = chance.choice(list(paths(document)))
    *above, last = way
    owner = at(document, tuple(above))
    if chance.random() < 0.3:
        owner.pop(last)
    elif str(last) in pool:
        owner[last] = deepcopy(chance.choice(pool[str(last)]))
    elif document.get("administrations"):
        name = chance.choice(sorted(MORE))
        chance.choice(document["administrations"])[name] = deepcopy(chance.choice(MORE[name]))


def silent(document: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """Doses that were given, of which the answer has neither the drug's line, nor why there is none, nor a stop."""
    spoken = {i for line in answer["lines"] if line["kind"] in ("drug", "waste") for i in line["administrations"]}
    spoken |= {i for line in answer["lines"] if line["code"] in HOLDING for i in line["administrations"]}
    spoken |= {i for row in answer["not_billed"] if row["what"] != "96372" for i in row["administrations"]}
    spoken |= {i for found in answer["findings"] if found["severity"] == "critical" for i in found["administrations"]}
    doses = enumerate(document.get("administrations") or [])
    given = [dose.get("id") or str(n + 1) for n, dose in doses if dose.get("status") in (None, "given", "partly")]
    return [id for id in given if id not in spoken]


#: codes that hold what was given
HOLDING = ("86580", "95115", "95117", "0232T")


def test_no_mutated_visit_raises_and_no_dose_goes_without_a_word() -> None:
    chance, reference = Random(11), shipped_reference()
    whole = [document_of(row) for row in questions()]
    pool = defaultdict(list, {name: list(values) * 20 for name, values in MORE.items()})
    for document in whole:
        for way in paths(document):
            pool[str(way[-1])].append(at(document, way))
    answered = unnamed = 0
    for _ in range(VISITS):
        document = deepcopy(chance.choice(whole))
        for _ in range(chance.randint(1, 4)):
            mutate(document, pool, chance)
        try:
            answer = json.loads(json.dumps(derive(document, reference)))
        except VisitError as problem:
            unnamed += not problem.path
            continue
        answered += 1
        assert silent(document, answer) == [], document
    assert (answered > VISITS / 3, unnamed) == (True, 0)
