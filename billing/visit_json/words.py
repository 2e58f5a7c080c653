"""Words that several parts of a visit document share."""

from __future__ import annotations

from typing import Any

from billing.visit_json.document import text
from injections.routes import find_route, parse_route


def parse_route_word(value: Any, path: str) -> str:
    """Our key for a route, else the words as they came: a rule then asks what is meant."""
    written = text(value, path)
    return parse_route(written) or find_route(written) or written
