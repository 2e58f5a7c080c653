"""The care around a dose in a visit document: why it was given, what was checked, who agreed, how it was borne."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from billing.visit_json.document import Node, boolean, day, number, one_of, text, whole
from injections.facts import Administration, Consent, InformationStatement, Lab, Observation, Status, Waiver


def with_care(node: Node, dose: Administration) -> Administration:
    """The dose with its reasons, checks, agreement and what was seen afterwards."""
    return replace(
        dose,
        self_given=node.flag("self_given"),
        status=Status(node.get("status", one_of(*Status)) or Status.GIVEN),
        not_given_reason=node.get("not_given_reason", text),
        diagnoses=tuple(d.upper() for d in node.texts("diagnoses")),
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
    return Lab(node.need("name", text), node.get("value", number), node.get("unit", text) or "", node.get("date", day))


def _consent(node: Node, value: Any, path: str) -> Consent:
    if isinstance(value, bool):
        return Consent(value)
    inner = node.node(value, path)
    return Consent(inner.flag("given", True), inner.get("by", text), inner.get("interpreter", text))


def _statement(node: Node, value: Any, path: str) -> InformationStatement:
    inner = node.node(value, path)
    return InformationStatement(inner.need("edition", day), inner.need("given_on", day))


def _observation(node: Node) -> Any:
    short = node.get("observed_minutes", whole)
    if node.raw("observation") is None and short is not None:
        return Observation(minutes=short)

    def full(value: Any, path: str) -> Observation:
        inner = node.node(value, path)
        minutes = inner.get("minutes", whole)
        return Observation(short if minutes is None else minutes, inner.get("ended", text), inner.get("response", text))

    return node.stated("observation", full)
