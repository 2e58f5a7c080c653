"""Which states leave only some drugs to an order for nobody in particular."""

import pytest

from injections.protocol_states import limit_of, not_covered


@pytest.mark.parametrize(
    ("state", "classes", "name", "refused"),
    [
        ("NY", {"nsaid"}, "ketorolac", True),
        (" ny ", {"nsaid"}, "ketorolac", True),
        ("NY", {"vaccine", "influenza"}, "influenza vaccine", False),
        ("NY", {"emergency"}, "Epinephrine", False),
        ("NY", (), "", True),
        ("TX", {"nsaid"}, "ketorolac", False),
        ("", {"nsaid"}, "ketorolac", False),
        (None, {"nsaid"}, "ketorolac", False),
    ],
)
def test_a_state_speaks_only_of_what_it_does_not_cover(state, classes, name, refused):
    said = not_covered(state, classes, name)
    assert said == (limit_of("NY").source if refused else "")
