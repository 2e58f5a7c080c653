"""Where a dose may go: the tiles, their words and the suggestion."""

from datetime import date
from decimal import Decimal

import pytest

from injections.facts import Administration, PastDose, SparedSide
from injections.quantity import Quantity
from injections.reading.body import APART, body_map
from injections.routes import ROUTES
from tests.builders import product


def tiles(*history, **dose):
    return body_map(Administration(id="1", **{"route": "IM", **dose}), history).tiles


def words(*history, **dose):
    return [tile.words for tile in tiles(*history, **dose)]


def test_the_drug_s_own_places_come_first():
    assert words(product=product("cyanocobalamin")) == [
        "Right deltoid",
        "Left deltoid",
        "Right ventrogluteal",
        "Left ventrogluteal",
        "Right outer thigh",
        "Left outer thigh",
    ]


def test_a_place_in_several_words_reads_as_one_says_it():
    assert "Front of the right thigh" in words(route="SC")


def test_the_other_side_is_suggested_with_its_reason():
    last = PastDose("cyanocobalamin", date(2026, 9, 8), site="deltoid", side="left")
    found = {tile.value: tile for tile in tiles(last)}
    assert found["deltoid:right"].suggested == "suggested: its turn"
    assert found["deltoid:left"].under.startswith("last time, 8 Sep")
    assert not found["ventrogluteal:left"].suggested


def test_a_side_to_avoid_is_marked_and_never_suggested():
    last = PastDose("cyanocobalamin", date(2026, 9, 8), site="deltoid", side="right")
    arm = SparedSide("left", "arm", "mastectomy")
    found = body_map(Administration(id="1", route="IM", product=product("cyanocobalamin")), [last], [arm]).tiles
    assert {tile.value: tile.under for tile in found if tile.avoid} == {"deltoid:left": "avoid: mastectomy"}
    assert {tile.value: tile.suggested for tile in found if tile.suggested} == {
        "ventrogluteal:right": "suggested: a new place"
    }


def test_without_history_nothing_is_suggested():
    assert not any(tile.suggested for tile in tiles())


def test_more_than_a_place_takes_is_said_and_not_suggested():
    last = PastDose("x", date(2026, 9, 8), site="deltoid", side="left")
    found = {tile.value: tile for tile in tiles(last, volume=Quantity(Decimal("2.5"), "mL"))}
    assert not found["deltoid:right"].suggested


@pytest.mark.parametrize("route", [route.key for route in ROUTES])
def test_no_zone_covers_another(route):
    zones = [tile.zone for tile in tiles(route=route)]
    for place, (x, y) in enumerate(zones):
        for other_x, other_y in zones[place + 1 :]:
            assert abs(x - other_x) >= APART or abs(y - other_y) >= APART


def test_the_patient_s_left_is_on_the_right_of_the_picture():
    found = {tile.value: tile.zone for tile in tiles()}
    assert found["deltoid:left"][0] > found["deltoid:right"][0]
