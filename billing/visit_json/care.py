"""The care around a dose in a visit document: why it was given, what was checked, who agreed, how it was borne."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from billing.visit_json.days import day
from billing.visit_json.document import Node
from billing.visit_json.values import boolean, minutes, number, one_of, text
from billing.visit_json.words import diagnosis
from injections.facts import Administration, Consent, InformationStatement, Lab, Observation, Status, Waiver

_STATUS_WORDS = {"administered": "given", "completed": "given", "done": "given", "partial": "partly"}
_STATUS_WORDS |= {"partially-given": "partly", "not-done": "not-given", "held": "not-given", "omitted": "not-given"}
_STATUS_WORDS |= {"declined": "refused", "error": "entered-in-error", "entered-by-mistake": "entered-in-error"}
#: ways of agreeing
_AGREED = frozenset({"verbal", "written", "signed", "obtained", "oral", "given", "on file"})


def with_care(node: Node, dose: Administration) -> Administration:
    """The dose with its reasons, checks, agreement and what was seen afterwards."""
    return replace(
        dose,
        self_given=node.flag("self_given"),
        status=Status(node.get("status", one_of(*Status, synonyms=_STATUS_WORDS)) or Status.GIVEN),
        not_given_reason=node.get("not_given_reason", text),
        diagnoses=tuple(diagnosis(d) for d in node.texts("diagnoses")),
        note=node.get("note", text) or "",
        reason=node.stated("reason", text),
        labs=tuple(_lab(n) for n in node.nodes("labs")),
        identity_checked=node.stated("identity_checked", boolean),
        allergies_checked=node.stated("allergies_checked", boolean),
        consent=node.stated("consent", lambda v, p: _consent(node, v, p)),
        information_statement=node.stated("information_statement", lambda v, p: _statement(node, v, p)),
        screening=_answers(node.child("screening")),
        response=node.stated("response", text),
        adverse_effects=node.get("adverse_effects", text),
        observation=_observation(node),
        waivers=tuple(
            Waiver(w.need("rule", text), w.need("reason", text), w.get("by", text) or "") for w in node.nodes("waivers")
        ),
    )


def _answers(node: Node | None) -> dict[str, str]:
    """Screening questions with their answers, in the drug's own words; what is not answered is left out."""
    if node is None:
        return {}
    return {name: str(node.raw(name)) for name in node.values if node.raw(name) is not None}


def _lab(node: Node) -> Lab:
    """A result; "9.4 g/dL" is a value with its unit."""
    name, unit, value = node.need("name", text), node.get("unit", text) or "", node.raw("value")
    written = re.fullmatch(r"\s*([\d.]+)\s*([a-zA-Z%µ][\w/%^]*)\s*", value) if isinstance(value, str) else None
    if written is None or (unit and unit.casefold() != written[2].casefold()):
        return Lab(name, node.get("value", number), unit, node.get("date", day))
    return Lab(name, number(written[1], node.at("value")), unit or written[2], node.get("date", day))


def _consent(node: Node, value: Any, path: str) -> Consent:
    if isinstance(value, str):
        return Consent(value.strip().casefold() in _AGREED or boolean(value, path))
    if isinstance(value, bool):
        return Consent(value)
    inner = node.node(value, path)
    return Consent(inner.flag("given", True), inner.get("by", text), inner.get("interpreter", text))


def _statement(node: Node, value: Any, path: str) -> InformationStatement:
    inner = node.node(value, path)
    return InformationStatement(inner.need("edition", day), inner.need("given_on", day))


def _observation(node: Node) -> Any:
    short = node.get("observed_minutes", minutes)
    if node.raw("observation") is None and short is not None:
        return Observation(minutes=short)

    def full(value: Any, path: str) -> Observation:
        inner = node.node(value, path)
        seen = inner.get("minutes", minutes)
        return Observation(short if seen is None else seen, inner.get("ended", text), inner.get("response", text))

    return node.stated("observation", full)
