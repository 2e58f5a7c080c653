"""Scope of practice: the state's own word before a general one, the drug's class before any drug, and not knowing."""

import pytest

from billing.reference.scopes import SCOPES, Verdict, scope_of

VACCINE = frozenset({"vaccine"})


@pytest.mark.parametrize(
    ("state", "credential", "route", "classes", "verdict"),
    [
        ("NY", "CMA", "IM", frozenset(), Verdict.FORBIDDEN),
        (" ny ", "MA", "SC", frozenset(), Verdict.FORBIDDEN),
        ("CT", "CMA", "IM", frozenset(), Verdict.FORBIDDEN),
        ("CT", "CMA", "IM", VACCINE, Verdict.TRAINED),
        ("TX", "CMA", "IM", VACCINE, Verdict.ALLOWED),
        ("TX", "CMA", "IV-push", frozenset(), Verdict.QUESTION),
        ("GA", "MA", "SC", frozenset(), Verdict.ALLOWED),
        ("NJ", "CCMA", "IM", frozenset(), Verdict.TRAINED),
        ("NJ", "CCMA", "IM", frozenset({"hormone", "controlled"}), Verdict.FORBIDDEN),
        ("NJ", "MA", "IM", frozenset(), Verdict.QUESTION),
        ("OH", "MA", "IM", frozenset({"controlled"}), Verdict.QUESTION),
        ("MA", "CMA", "IM", VACCINE, Verdict.TRAINED),
        ("MA", "CMA", "IM", frozenset({"vitamin"}), Verdict.QUESTION),
        ("VA", "CMA", "IM", frozenset(), Verdict.UNKNOWN),
        (None, "CMA", "IM", frozenset(), Verdict.UNKNOWN),
        (None, "RN", "IV-push", frozenset(), Verdict.ALLOWED),
        ("NY", "NP", "IM", frozenset(), Verdict.ALLOWED),
        ("CA", "EMT", "IM", frozenset(), Verdict.UNKNOWN),
        ("CA", "MD", "intra-articular", frozenset(), Verdict.ALLOWED),
        ("CA", "RN", "intra-articular", frozenset(), Verdict.UNKNOWN),
    ],
)
def test_what_is_known_of_a_state(state, credential, route, classes, verdict):
    found = scope_of(state, credential, route, classes)
    assert found is not None
    assert found.verdict is verdict


def test_without_a_route_nothing_is_asked():
    assert scope_of("NY", "CMA", None) is None


def test_every_row_says_who_says_so():
    assert all(len(row.source) > 20 and row.credentials and row.routes for row in SCOPES)
