"""Places and routes: what people write, what is offered, and what the screen says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injections.formulary import words
from injections.quantity import Quantity
from injections.routes import ROUTES, allowed, is_intravenous, needs_site, parse_route, route_words, same_route
from injections.site_table import SITES
from injections.sites import (
    fits_route,
    is_paired,
    over_usual_volume,
    parse_side,
    parse_site,
    same_site,
    site_of,
    site_words,
    sites_for,
)
from tests.injections.strategies import TEXTS

#: words of the formulary that name no one place
GENERAL = {"named-muscles", "wound", "lesion"}


def ml(text):
    return Quantity.parse(f"{text} mL")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("deltoid", "deltoid"),
        ("Left Deltoid", "deltoid"),
        ("L deltoid muscle", "deltoid"),
        ("RT DELT", "deltoid"),
        ("gluteal", "gluteus"),
        ("right buttock", "gluteus"),
        ("VG", "ventrogluteal"),
        ("upper outer quadrant", "dorsogluteal"),
        ("vastus lateralis", "vastus-lateralis"),
        ("anterolateral thigh", "vastus-lateralis"),
        ("thigh", "thigh"),
        ("back of the arm", "upper-arm"),
        ("RLQ", "abdomen"),
        ("left lower quadrant of abdomen", "abdomen"),
        ("right knee joint", "knee"),
        ("SI joint", "sacroiliac"),
        ("volar forearm", "forearm"),
        ("abdomen LLQ", "abdomen"),
        ("lower abd", "abdomen"),
        ("posterior upper arm", "upper-arm"),
        ("RUOQ gluteal", "dorsogluteal"),
        ("ventro-gluteal", "ventrogluteal"),
        ("left vastus", "vastus-lateralis"),
        ("L ant thigh", "anterior-thigh"),
        ("both knees", "knee"),
        ("bilat knees", "knee"),
    ],
)
def test_usual_words_are_understood(text, key):
    site = parse_site(text)
    assert site is not None
    assert site.key == key


@pytest.mark.parametrize("text", [None, "", "left", "somewhere", "the of in", "AC joint"])
def test_other_words_are_not_guessed(text):
    assert parse_site(text) is None


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)
def test_every_place_understands_its_own_words(site):
    assert parse_site(site.key) is site
    assert parse_site(site.words) is site
    for word in site.synonyms:
        assert parse_site(word) is site
    assert site_of(site.key) is site


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.key)
def test_every_place_is_on_the_body_map(site):
    for side in ("left", "right", None):
        anchor = site.anchor.on(side)
        assert anchor.view in ("front", "back")
        assert 0 <= anchor.x <= 100
        assert 0 <= anchor.y <= 100
    assert all(parse_route(route) == route for route in (*site.routes, *site.tolerated))
    assert not site.part_of or site_of(site.part_of).general


def test_the_patients_left_is_on_the_right_of_the_front_and_on_the_left_of_the_back():
    for site in SITES:
        if site.paired:
            assert (site.anchor.x > 50) == (site.anchor.view == "front"), site.key


def test_codes_are_snomed_numbers():
    for site in SITES:
        for code in (site.snomed, *site.snomed_sides):
            assert not code or (code.isdigit() and len(code) >= 6)
    assert site_of("deltoid").code("left") == "16217701000119102"
    assert site_of("deltoid").code(None) == "35259002"
    assert site_of("toe").code("left") == ""


@pytest.mark.parametrize(
    ("text", "side"),
    [("left deltoid", "left"), ("R knee", "right"), ("both buttocks", "both"), ("deltoid", None), (None, None),
     ("left and right", "both"), ("RLQ", "right"), ("bilateral", "both"), ("knees", "both"), ("bilat knee", "both")],
)  # fmt: skip
def test_sides(text, side):
    assert parse_side(text) == side


def test_words_on_screen():
    assert site_words("L deltoid") == "left deltoid"
    assert site_words("deltoid", "right") == "right deltoid"
    assert site_words("back of arm", "left") == "back of the left upper arm"
    assert site_words("dorsal hand") == "back of the hand"
    assert site_words("trapezius") == "trapezius"
    assert site_words(None) == "Not recorded"


def test_paired_places():
    assert is_paired("knee")
    assert not is_paired("abdomen")
    assert not is_paired("trapezius")


def test_what_is_offered():
    assert [site.key for site in sites_for("IM")][:2] == ["deltoid", "ventrogluteal"]
    assert "deltoid" not in [site.key for site in sites_for("IM", ml("2.5"))]
    assert {site.key for site in sites_for("subq")} >= {"abdomen", "upper-arm", "anterior-thigh"}
    assert not any(site.general for site in sites_for("IM"))
    assert "gluteus" not in [site.key for site in sites_for("IM")]
    assert [site.key for site in sites_for("intradermal")][-1] == "axilla"
    assert sites_for("no such route") == ()


def test_which_place_suits_which_route():
    assert fits_route(site_of("gluteus"), "intramuscular")
    assert not fits_route(site_of("abdomen"), "IM")
    assert not fits_route(site_of("ventrogluteal"), "SC")
    assert fits_route(site_of("vastus-lateralis"), "SC")
    assert fits_route(site_of("deltoid"), "SC"), "the skin over the deltoid"
    assert fits_route(site_of("upper-arm"), "IM"), "not exact, but how people write it"
    assert fits_route(site_of("hand"), "IV-push")
    assert fits_route(site_of("deltoid"), "trigger-point")
    assert fits_route(site_of("deltoid"), "a route of the future")


def test_a_general_word_agrees_with_its_places():
    assert same_site("gluteal", "left ventrogluteal")
    assert same_site("deltoid", "arm")
    assert not same_site("dorsogluteal", "ventrogluteal")
    assert same_site("the trapezius", "Trapezius")
    assert not same_site("trapezius", None)


def test_usual_volumes():
    assert over_usual_volume(site_of("deltoid"), ml("1.1"))
    assert not over_usual_volume(site_of("deltoid"), ml("1"))
    assert not over_usual_volume(site_of("deltoid"), Quantity.parse("5 mg"))
    assert not over_usual_volume(site_of("knee"), ml("50"))


# --- routes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("IM", "IM"), ("im", "IM"), ("I.M.", "IM"), ("Intramuscular", "IM"), ("SQ", "SC"), ("sub-q", "SC"),
        ("subcut", "SC"), ("subcutaneous", "SC"), ("ID", "ID"), ("intradermal", "ID"), ("IV push", "IV-push"),
        ("IVP", "IV-push"), ("IV", "IV"), ("IVPB", "IV-infusion"), ("intraarticular", "intra-articular"),
        ("PO", "oral"), ("intranasal", "nasal"), ("nerve block", "perineural"), ("on body injector", "on-body"),
        ("SI joint", "sacroiliac"), ("flush", "flush"), ("IT", "intrathecal"), ("IA", "IA"),
    ],
)  # fmt: skip
def test_usual_routes_are_understood(text, key):
    assert parse_route(text) == key


@pytest.mark.parametrize("text", [None, "", "sideways", "IMIV", "-"])
def test_other_routes_are_not_guessed(text):
    assert parse_route(text) is None


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_every_route_understands_its_own_words(route):
    for word in (route.key, route.words, *route.synonyms):
        assert parse_route(word) == route.key


def test_no_dangerous_abbreviation_reaches_the_screen():
    for route in ROUTES:
        shown = set(route_words(route.key).lower().replace("-", " ").split())
        assert shown.isdisjoint({"sc", "sq", "subq", "im", "iv", "id", "it", "po"})
    assert route_words("SQ") == "subcutaneous"
    assert route_words("") == "Not recorded"
    assert route_words("sideways") == "sideways"


def test_the_general_route_agrees_with_its_cases():
    assert same_route("IV", "IV push")
    assert same_route("IV infusion", "IV")
    assert not same_route("IV push", "IV infusion")
    assert not same_route("IM", "SC")
    assert same_route("sideways", "Sideways")
    assert not same_route("sideways", None)
    assert allowed("IVP", frozenset({"IM", "IV"}))
    assert not allowed("IVP", frozenset({"IM"}))


def test_which_routes_have_a_place():
    assert needs_site("IM")
    assert needs_site(None)
    assert not needs_site("PO")
    assert is_intravenous("IVPB")
    assert not is_intravenous("IM")


@given(TEXTS)
def test_any_text_is_understood_or_not(text):
    parse_route(text)
    parse_site(text)
    parse_side(text)
    route_words(text)
    site_words(text)


@given(st.sampled_from(SITES), st.sampled_from(["left", "right"]))
def test_what_the_screen_says_is_understood(site, side):
    assert parse_site(site_words(site.key, side)) is site
    assert parse_side(site_words(site.key, side)) == side


def test_the_formulary_speaks_the_same_words():
    assert all(parse_route(route) for route in words.ROUTES)
    assert all(parse_site(site) for site in words.SITES - GENERAL)
