"""Which code a place leads to, in the words that charts use."""

from __future__ import annotations

import pytest

from billing.anatomy import body_part, is_carpal_tunnel, joint_codes, limb_codes, nerve_code, side_mark, toxin_region

#: bursae of the shoulder, the hip and the knee, which go with their joint
LARGE_BURSAE = ("anserine", "pes anserinus", "prepatellar", "infrapatellar", "subacromial", "subdeltoid")
LARGE_BURSAE += ("trochanteric", "ischial", "ischiogluteal", "iliopsoas", "iliopectineal", "semimembranosus")


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("right knee", ("20610", "20611")),
        ("greater trochanteric bursa", ("20610", "20611")),
        ("AC joint", ("20605", "20606")),
        ("olecranon bursa", ("20605", "20606")),
        ("retrocalcaneal bursa", ("20605", "20606")),
        ("sinus tarsi", ("20605", "20606")),
        *((f"{bursa} bursa", ("20610", "20611")) for bursa in LARGE_BURSAE),
        ("thumb CMC", ("20600", "20604")),
        ("2nd PIP joint", ("20600", "20604")),
        ("the chip", None),
        ("", None),
    ],
)
def test_a_joint_is_known_by_its_size(place, codes):
    assert joint_codes(place) == codes


def test_a_part_of_the_body_is_one_part_on_either_side():
    assert body_part("right knee") == body_part("Left pes anserine bursa") == body_part("anserine bursa") == "knee"
    assert body_part("right knee") != body_part("left shoulder")
    assert body_part("Lt. sural nerve") == body_part("right sural nerve") != body_part("tibial nerve, right")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("greater occipital nerve", "64405"),
        ("sciatic nerve", "64445"),
        ("lateral femoral cutaneous nerve", "64450"),
        ("median nerve", "64450"),
        ("L4-5 facet", None),
        ("stellate ganglion", None),
        ("", None),
    ],
)
def test_a_block_is_known_by_its_nerve_and_never_guessed(place, code):
    assert nerve_code(place) == code


@pytest.mark.parametrize(
    ("code", "place", "side", "mark"),
    [
        ("20610", "knee", "right", "RT"),
        ("20610", "knee", "both", "50"),
        ("20610", "knee", None, None),
        ("20550", "left thumb flexor tendon", "left", "FA"),
        ("20550", "right ring finger", "right", "F8"),
        ("20600", "little finger PIP", "left", "F4"),
        ("20600", "great toe MTP", "right", "T5"),
        ("20600", "great toe MTP", "left", "TA"),
        ("20600", "thumb CMC", "right", "RT"),
        ("20550", "flexor digitorum longus", "right", "RT"),
        ("20552", "trapezius", "right", None),
    ],
)
def test_a_side_is_told_by_the_finger_where_there_is_one(code, place, side, mark):
    assert side_mark(code, place, side) == mark


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("chronic migraine, G43.709", "64615"),
        ("right splenius capitis, G24.3", "64616"),
        ("vocal cord, J38.3", "64617"),
        ("left forearm, G81.14", "64642"),
        ("both axillae, L74.510", "64650"),
        ("somewhere", None),
    ],
)
def test_a_toxin_is_known_by_its_region(told, code):
    assert toxin_region(told) == code


def test_the_limb_with_most_muscles_comes_first():
    assert limb_codes((3, 6)) == ("64644", "64643")
    assert limb_codes((2,)) == ("64642",)
    assert limb_codes((5, 5, 1)) == ("64644", "64645", "64643")


def test_a_metacarpal_is_no_carpal_tunnel():
    assert is_carpal_tunnel("Carpal tunnel, right")
    assert not is_carpal_tunnel("carpometacarpal joint")
