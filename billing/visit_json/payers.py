"""The payer of a visit document: one we know, or one that follows another and differs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from billing.reference import Reference
from billing.reference.demands import DEMANDS
from billing.reference.payers import Demand, Payer, PayerValue
from billing.visit_json.document import Node
from billing.visit_json.payer_names import names_two, payer_key
from billing.visit_json.values import VisitError, boolean, is_nothing, shown, text, whole


def read_payer(node: Node, reference: Reference) -> Payer:
    """A payer by its key, or one that follows another and differs."""
    value = node.raw("payer")
    if not isinstance(value, Mapping):
        return _known_payer("commercial" if is_nothing(value) else text(value, "payer"), "payer", reference)
    inner = node.node(value, "payer")
    key, name = inner.get("key", text), inner.get("name", text)
    follows = inner.get("follows", text)
    stated = next((word for word in ("kind", "type") if inner.get(word, text)), None)
    if stated and not follows:
        follows = _known_payer(inner.get(stated, text) or "", f"payer.{stated}", reference).key
    called = next((k for k in (key, name) if k and _found(k, reference)), "commercial")
    base = _known_payer(follows or called, "payer.follows", reference)
    wants = inner.child("wants")
    demands = tuple(_demand(wants, key) for key in wants.values) if wants else ()
    return Payer(key or base.key, name or base.name, base.kind, demands, base)


def _known_payer(key: str, path: str, reference: Reference) -> Payer:
    payer = _found(key, reference)
    if payer is None:
        two = "two payers. Write the one that this claim goes to" if names_two(key) else "not a payer we know"
        raise VisitError(path, f'"{key}" is {two}: {", ".join(sorted(reference.payers))}')
    return payer


def _found(called: str, reference: Reference) -> Payer | None:
    written = "-".join(re.split(r"[\s()_/-]+", called.casefold().strip(" ()")))
    return reference.payers.get(written) or reference.payers.get(payer_key(written) or "")


def _demand(wants: Node, key: str) -> Demand:
    value = wants.raw(key)
    if key not in DEMANDS:
        raise VisitError(wants.at(key), f"is not a demand we know: {', '.join(sorted(DEMANDS))}")
    return Demand(key, _value(key, value, wants.at(key)), source="as told with the visit")


def _value(key: str, value: Any, path: str) -> PayerValue:
    """A value that the demand takes. ``false`` and ``none`` take any demand away."""
    page = DEMANDS[key].values
    if value is False or is_nothing(value) or value == "none":
        return False
    if page.startswith(("a table", "a list")):
        return _listed(value, path, table=page.startswith("a table"))
    words = re.findall(r'"([^"]+)"', page)
    written = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else value
    if page.startswith("a number") and written not in words:
        return _figure(value, path)
    if written in words or (value is True and "same as true" in page):
        return written
    if not words:
        return boolean(value, path)
    raise VisitError(path, f"{shown(value)} is not a value of this demand: {page}")


def _figure(value: Any, path: str) -> PayerValue:
    written = text(value, path)
    if not re.fullmatch(r"\d+(\.\d+)?", written):
        raise VisitError(path, f"{shown(value)} is not a number")
    return written if "." in written else whole(value, path)


def _listed(value: Any, path: str, *, table: bool) -> PayerValue:
    if table and isinstance(value, Mapping):
        return {text(k, path): text(v, path) for k, v in value.items()}
    if not table and isinstance(value, list):
        return tuple(text(v, path) for v in value)
    raise VisitError(path, f"{shown(value)} is not a {'table' if table else 'list'}")
