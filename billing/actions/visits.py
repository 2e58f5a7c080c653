"""One visit at a time: whoever writes about a visit holds its row, so that two answers never stand side by side."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def hold(encounter_id: int) -> Any:
    """The encounter, locked until the transaction ends. Reviews themselves are sealed and cannot be locked."""
    encounters = apps.get_model("injections", "Encounter").objects
    return encounters.select_for_update(of=("self",)).get(pk=encounter_id)
