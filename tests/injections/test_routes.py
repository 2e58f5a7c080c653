"""Routes in the words of charts and of outside systems."""

from __future__ import annotations

import pytest

from injections.routes import find_route


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("IM injection", "IM"),
        ("IM left deltoid", "IM"),
        ("per IM route", "IM"),
        ("Intra-Muscular", "IM"),
        ("deep subQ", "SC"),
        ("SQ left arm", "SC"),
        ("slow i.v.p.", "IV-push"),
        ("IV push over 5 min", "IV-push"),
        ("IV drip over 1 hr", "IV-infusion"),
        ("given IM in the deltoid", "IM"),
        ("into the knee joint", "intra-articular"),
        ("IA joint", "intra-articular"),
        ("intraarticular (IA)", "intra-articular"),
        ("intramuscularly", "IM"),
        ("sub-cut", "SC"),
        ("push IV", "IV-push"),
        ("drip", "IV-infusion"),
        ("SubQ implant", "subdermal-implant"),
        ("on-body injector (Onpro)", "on-body"),
    ],
)
def test_a_route_is_found_among_other_words(text, route):
    assert find_route(text) == route


@pytest.mark.parametrize("text", ["IM/SC", "IM or IV push", "injection", "", "sideways", "given in the arm"])
def test_two_routes_or_none_are_not_guessed(text):
    assert find_route(text) is None
