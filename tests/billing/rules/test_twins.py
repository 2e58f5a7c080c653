"""Every rule has a case in which it speaks and a twin in which it stays silent."""

from __future__ import annotations

import pytest

from billing.rules import RULEBOOK
from tests.billing.rules import (
    twins_acts,
    twins_claim,
    twins_contradictions,
    twins_drug,
    twins_procedures,
    twins_validity,
)
from tests.builders import Ask

CHAPTERS = (twins_acts, twins_procedures, twins_drug, twins_claim, twins_contradictions, twins_validity)
TWINS = {name: twins for chapter in CHAPTERS for name, twins in chapter.TWINS.items()}


@pytest.mark.parametrize("name", sorted(TWINS))
def test_speaks(name: str) -> None:
    speaking: Ask = TWINS[name][0]
    assert speaking.hear(name), f"{name} says nothing"


@pytest.mark.parametrize("name", sorted(TWINS))
def test_stays_silent(name: str) -> None:
    silent: Ask = TWINS[name][1]
    assert silent.hear(name) == [], f"{name} should say nothing"


def test_every_rule_has_its_twins() -> None:
    assert sorted(TWINS) == sorted(rule.name for rule in RULEBOOK)
