"""Typed text read as facts, without a database: read exactly, or not charted with a sentence that helps."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injections.checks import CHECKS, address
from injections.checks.consent import AT_SIGNING
from injections.entries import ROW_FIELDS, TEXTS, parse_entries
from injections.entries.reasons import ANSWERED_BY_WAIVER, MISSED_BY
from injections.facts import InformationStatement, Lab, Package, Product, Source, Status, Unobtainable, Waiver
from injections.quantity import Quantity

CHICAGO = ZoneInfo("America/Chicago")
DAY = date(2026, 10, 6)
VIAL = Package(
    ndc="99999-0001-01",
    labeler="Fictional Labs",
    holds=Quantity(Decimal(40), "mg"),
    volume=Quantity(Decimal(2), "mL"),
    single_dose=True,
)
POWDER = Package(ndc="99999-0003-01", form="powder", holds=Quantity(Decimal(500), "mg"))
PRODUCT = Product(key="fictamine", name="fictamine", display="fictamine", packages=(VIAL, POWDER))


def parse(day=DAY, product=PRODUCT, **entries):
    return parse_entries(entries, product=product, day=day, zone=CHICAGO, signer="Jordan Example, RN")


def facts(**entries):
    charted = parse(**entries)
    assert charted.errors == {}
    return charted.facts


def error(field, **entries):
    charted = parse(**entries)
    assert charted.errors.keys() == {field}
    assert charted.facts.get(field) is None
    return charted.errors[field]


def test_nothing_typed_is_nothing_charted():
    charted = parse()
    assert (charted.errors, charted.rows, charted.supervisor) == ({}, {}, "")
    assert charted.facts == {"waivers": (), "screening": {}}


# --- amounts ---


def test_a_volume_becomes_an_amount_of_drug_by_the_package():
    read = facts(package_ndc=VIAL.ndc, dose="1.5 mL", discarded="0.5 mL")
    assert (read["dose"], read["volume"], read["discarded"]) == tuple(map(Quantity.parse, ("30 mg", "1.5 mL", "10 mg")))


def test_a_dose_says_how_much_liquid_it_was():
    assert facts(package_ndc=VIAL.ndc, dose="30 mg")["volume"] == Quantity.parse("1.5 mL")


def test_nothing_discarded_is_nothing_in_every_unit():
    assert facts(package_ndc=POWDER.ndc, dose="500 mg", discarded="0 mL")["discarded"] == Quantity.parse("0 mg")


def test_a_volume_of_a_powder_says_nothing_about_the_drug():
    assert "in mg" in error("discarded", package_ndc=POWDER.ndc, dose="400 mg", discarded="1 mL")


def test_used_and_dose_say_the_same():
    assert facts(package_ndc=VIAL.ndc, dose="30 mg", used="1.5 mL")["dose"] == Quantity.parse("30 mg")
    assert "Used" in parse(package_ndc=VIAL.ndc, dose="30 mg", used="1 mL").errors["used"]
    assert facts(package_ndc=VIAL.ndc, used="1 mL")["dose"] == Quantity.parse("20 mg")


@pytest.mark.parametrize(
    "text", ["a few drops", "1e3 mcg", "1_000 mcg", "１０ mg", "-1 mg", "10 mgg", "10", "0.5.5 mg"]
)
def test_a_dose_that_is_no_amount_is_not_charted(text):
    assert error("dose", dose=text)


# --- the vial ---


@pytest.mark.parametrize("ndc", ["99999-0001-01", "99999000101"])
def test_a_known_package_says_who_made_it(ndc):
    read = facts(package_ndc=ndc)
    assert (read["ndc"], read["package"], read["manufacturer"]) == (VIAL.ndc, VIAL, "Fictional Labs")


def test_what_was_typed_prevails_over_the_label():
    assert facts(package_ndc=VIAL.ndc, manufacturer="Another")["manufacturer"] == "Another"


def test_an_ndc_that_the_formulary_does_not_know_is_kept():
    assert facts(ndc="11111-2222-33") == {**facts(), "ndc": "11111-2222-33"}


def test_what_is_no_ndc_is_not_charted():
    assert error("ndc", ndc="12-34")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("3/31/2027", date(2027, 3, 31)),
        ("2/2028", date(2028, 2, 29)),
        ("12/2026", date(2026, 12, 31)),
        ("2027-02", date(2027, 2, 28)),
        ("2 / 2027", date(2027, 2, 28)),
    ],
)
def test_an_expiry_is_a_day_or_the_end_of_a_month(text, day):
    assert facts(expires=text)["expires"] == day


@pytest.mark.parametrize("text", "13/2027 0/2027 03/27 2027-02-30 2/30/2027 31/3/2027 9999-12-31 03/1999 soon".split())
def test_an_expiry_that_is_none_is_not_charted(text):
    assert error("expires", expires=text)


# --- where ---


@pytest.mark.parametrize(
    ("text", "site", "side"),
    [
        ("deltoid:left", "deltoid", "left"),
        ("left deltoid", "deltoid", "left"),
        ("deltoid", "deltoid", None),
        ("abdomen", "abdomen", None),
        ("abdomen:left", "abdomen", None),
    ],
)
def test_a_site_and_its_side(text, site, side):
    read = facts(site=text)
    assert (read["site"], read.get("side")) == (site, side)


def test_places_and_routes_that_nobody_knows_are_not_charted():
    assert error("site", site="third arm:left")
    assert error("route", route="sideways")
    assert facts(route="subq")["route"] == "SC"


def test_a_time_of_day_is_on_the_day_of_the_visit_at_the_clinic():
    assert facts(given_at="09:21")["given_at"] == datetime(2026, 10, 6, 14, 21, tzinfo=UTC)


def test_a_whole_moment_keeps_its_offset():
    assert facts(given_at="2026-10-06T09:21:30-05:00")["given_at"] == datetime(2026, 10, 6, 14, 21, 30, tzinfo=UTC)
    assert facts(given_at="2026-10-06T09:21")["given_at"] == datetime(2026, 10, 6, 14, 21, tzinfo=UTC)


def test_an_hour_that_was_skipped_never_was():
    assert "no 02:30" in error("given_at", day=date(2026, 3, 8), given_at="02:30")


def test_an_hour_that_came_twice_is_asked_about_and_can_be_answered():
    night = date(2026, 11, 1)
    asked = error("given_at", day=night, given_at="01:30")
    assert "1:30 first or 1:30 second" in asked
    assert parse(day=night, given_at="1:30 first").facts["given_at"] == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert parse(day=night, given_at="01:30 Second").facts["given_at"] == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    first = parse(day=night, given_at="2026-11-01T01:30-05:00").facts["given_at"]
    second = parse(day=night, given_at="2026-11-01T01:30-06:00").facts["given_at"]
    assert (second - first).total_seconds() == 3600


@pytest.mark.parametrize("text", ["9", "25:00", "09:60", "now", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_time_that_is_none_is_not_charted(text):
    assert error("given_at", given_at=text)


# --- what else ---


def test_one_tap_checks_identity_and_allergies():
    read = facts(checks="yes")
    assert (read["identity_checked"], read["allergies_checked"]) == (True, True)
    assert "identity_checked" not in facts(checks="no")


@pytest.mark.parametrize(
    ("field", "text"),
    [("status", "given-ish"), ("status", "entered-in-error"), ("source", "the street"), ("checks", "perhaps")],
)
def test_a_choice_that_is_none_is_not_charted(field, text):
    assert error(field, **{field: text})


def test_choices():
    read = facts(status="partly", source="sample", self_given="yes", opened="2")
    assert (read["status"], read["source"], read["self_given"], read["opened"]) == (
        Status.PARTLY,
        Source.SAMPLE,
        True,
        2,
    )


def test_the_sheet_of_a_vaccine_has_an_edition_and_a_day():
    """The day of the visit where nobody typed another; a sheet from after the dose is a slip."""
    assert facts(statement="2025-01-31")["information_statement"] == InformationStatement(date(2025, 1, 31), DAY)
    typed = facts(statement="2025-01-31", statement_typed="8/6/2021", statement_given="10/1/2026")
    assert typed["information_statement"] == InformationStatement(date(2021, 8, 6), date(2026, 10, 1))
    assert "information_statement" not in facts(statement_given="10/1/2026")
    assert error("statement", statement="soon")
    assert error("statement", statement="2026-10-07")
    assert error("statement", statement="2025-01-31", statement_given="10/7/2026")


def test_results_one_per_line():
    assert facts(labs="hemoglobin 9.4 g/dL 10/1/2026; vitamin B12 180 pg/mL\nINR 2")["labs"] == (
        Lab("hemoglobin", Decimal("9.4"), "g/dL", date(2026, 10, 1)),
        Lab("vitamin B12", Decimal("180"), "pg/mL"),
        Lab("INR", Decimal("2")),
    )
    assert error("labs", labs="low")


def test_diagnoses_each_once_in_order():
    assert facts(diagnoses="e53.8, D51.0 E53.8")["diagnoses"] == ("E53.8", "D51.0")
    assert "PAIN" in error("diagnoses", diagnoses="pain")


def test_answers_to_the_drugs_own_questions():
    assert facts(**{"screening.pregnancy": "negative", "screening.opioids": ""})["screening"] == {
        "pregnancy": "negative"
    }


def test_text_is_kept_and_bounded():
    assert facts(note=" as typed ")["note"] == "as typed"
    for field, longest in TEXTS.items():
        assert str(longest) in error(field, **{field: "x" * (longest + 1)})


@pytest.mark.parametrize("field", ROW_FIELDS)
@pytest.mark.parametrize("text", ["x", "-1", "１", "1" * 19])
def test_a_row_is_named_by_its_number(field, text):
    assert parse(**{field: "12"}).rows == {field: 12}
    assert parse(**{field: text}).errors.keys() == {field}


# --- reasons ---


def test_a_fact_that_cannot_be_had_says_why():
    assert facts(**{"unobtainable.lot": "label torn"})["lot"] == Unobtainable("label torn")


def test_a_charted_fact_needs_no_reason():
    assert facts(lot="A1", **{"unobtainable.lot": "label torn"})["lot"] == "A1"


def test_overruling_what_is_missing_is_saying_why():
    read = facts(**{"waive.completeness.lot_not_charted": "label torn"})
    assert (read["lot"], read["waivers"]) == (Unobtainable("label torn"), ())


def test_a_stop_is_answered_with_a_reason_under_a_name():
    read = facts(**{"waive.vial.lot_expired": "found out afterwards"})
    assert read["waivers"] == (Waiver("vial.lot_expired", "found out afterwards", "Jordan Example, RN"),)


def test_a_dose_that_cannot_be_had_answers_its_check():
    assert facts(**{"unobtainable.dose": "syringe lost"})["waivers"][0].rule == "completeness.dose_not_charted"


def test_what_is_no_fact_cannot_be_left_out():
    assert parse(**{"unobtainable.status": "x"}).errors.keys() == {"unobtainable.status"}
    assert parse(**{"unobtainable.lot": "x" * 201}).errors.keys() == {"unobtainable.lot"}


def test_the_checks_named_here_are_checks():
    known = {address(check) for check in (*CHECKS, *AT_SIGNING)}
    assert (MISSED_BY.keys() | set(ANSWERED_BY_WAIVER.values())) - known == set()


FIELDS = [
    *TEXTS,
    *ROW_FIELDS,
    *("package_ndc", "ndc", "dose", "used", "discarded", "opened", "route", "site", "expires", "given_at"),
    *("stopped_at", "status", "source", "self_given", "checks", "diagnoses", "labs", "supervisor"),
]


@given(
    st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30) | st.sampled_from(["1 mL", "0 mg", "01:30", "yes"]))
)
def test_no_text_breaks_the_reading(entries):
    charted = parse(**entries)
    assert charted.errors.keys() <= entries.keys() | {"ndc"}
