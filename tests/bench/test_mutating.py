"""The faults that the mutation run puts in are faults, one at a time, and nowhere but in reasoning."""

import pytest

from tests.bench.mutating import count, fault


def body(expression):
    return f'LIMIT = 7\n\n\ndef speaks(a, b):\n    """Why not 3 of them."""\n    return {expression}\n'


@pytest.mark.parametrize(
    ("expression", "spoilt"),
    [
        ("a < b", ["a <= b"]),
        ("a is None", ["a is not None"]),
        ("a in b", ["a not in b"]),
        ("not a", ["a"]),
        ("a and b", ["a or b"]),
        ("a + 1", ["a + 2"]),
        ("a > 0 or not b", ["a >= 0 or not b", "a > 1 or not b", "a > 0 or b", "a > 0 and (not b)"]),
        ("f'{a != b} of 3'", []),
        ("a", []),
    ],
)
def test_every_place_is_spoilt_once(expression, spoilt):
    source = body(expression)
    texts = [fault(source, place).text for place in range(count(source))]
    told = [text.split("return ")[1] for text in texts]
    assert sorted(told) == sorted(spoilt)
    assert all("LIMIT = 7" in text for text in texts)


def test_a_fault_says_where_it_is():
    found = fault(body("a < b"), 0)
    assert (found.line, found.what) == (6, "a < b  ->  a <= b")
