"""From the file of a publisher to the answer about a visit: what is imported is what the engine sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.actions.imports import Order, import_file
from billing.imports.periods import Asked
from billing.loading import rows, shipped_reference
from billing.loading.loaded import loaded_reference
from billing.models import EditionRow
from billing.visit_json import derive
from tests.billing.asking import asked
from tests.billing.imports import samples, samples_more

pytestmark = pytest.mark.django_db

B12 = {
    "drug": "cyanocobalamin", "dose": "1000 mcg", "route": "IM", "diagnoses": ["E53.8"],
    "package": {"holds": "1000 mcg", "single_dose": True, "opened": 1}, "discarded": "0 mcg",
}  # fmt: skip
WINTER, SPRING, SUMMER = "2026-02-03", "2026-05-05", "2026-08-04"


@pytest.fixture
def give(tmp_path):
    """Import a sample, its text changed or not, and answer with the edition that it made."""

    def imported(sample, *changes, name="", **said):
        path = tmp_path / (name or sample.name)
        text = sample.text
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_bytes(text.encode(sample.encoding))
        import_file(Order(sample.kind, path, Asked(**said), complete=True))
        return EditionRow.objects.first()

    return imported


def answer(day, payer="medicare", reference=None, **changes):
    document = asked(date=day, payer=payer, administrations=[B12], place_of_service="11", **changes)
    return derive(document, reference or loaded_reference())


def line(said, code):
    return next(one for one in said["lines"] if one["code"] == code)


def unchecked(said):
    return {row["check"]: row["because"] for row in said["not_checked"]}


def row_of(charge, table):
    return next(row for row in charge["reference"] if row["table"] == table)


# --- prices ---


def test_an_imported_price_is_expected_with_its_own_coinsurance_and_says_its_quarter(give):
    edition = give(samples.ASP, ("J3420,Vitamin b12 injection,1000 MCG,0.638,20.000", "J3420,x,1000 MCG,10.00,17.585"))
    said = answer(WINTER)
    drug = line(said, "J3420")
    assert (drug["expected_payment"], drug["patient_share"]) == ("10.00", "1.76")
    assert drug["payer_share"] == "8.08"  # 8.24 less 2 percent
    used = row_of(drug, "asp")
    assert used["period"] == "ASP limits Jan-Mar 2026"
    assert (used["source"], used["edition"], used["because"]) == (samples.ASP.name, edition.digest, None)
    assert used["row"] == "J3420: $10.00 a unit, the patient's part 17.585 percent"
    assert "drug prices" not in unchecked(said)


def test_a_drug_without_coinsurance_costs_the_patient_nothing(give):
    give(samples.ASP, ("0.638,20.000", "10.00,0.000"))
    drug = line(answer(WINTER), "J3420")
    assert (drug["patient_share"], drug["payer_share"]) == ("0.00", "9.80")


def test_a_code_that_a_whole_file_leaves_out_has_no_price(give):
    give(samples.ASP, ("J3420,Vitamin", "J0000,Vitamin"))
    drug = line(answer(WINTER), "J3420")
    assert drug["expected_payment"] is drug["payer_share"] is drug["patient_share"] is None
    used = row_of(drug, "asp")
    assert (used["row"], used["because"]) == (None, "no price of J3420 is published")


def test_a_code_that_an_excerpt_leaves_out_keeps_the_price_that_ships(give):
    before = line(answer(WINTER), "J3420")["expected_payment"]
    give(samples.ASP, ("J3420,Vitamin", "J0000,Vitamin"), excerpt=True)
    assert line(answer(WINTER), "J3420")["expected_payment"] == before


def test_a_price_ends_with_its_quarter(give):
    give(samples.ASP)
    said = answer(SPRING)
    assert line(said, "J3420")["expected_payment"] is None
    assert unchecked(said)["drug prices"] == "newest table ends 31 Mar 2026"


def test_an_amount_of_nothing_is_unknown(give):
    give(samples.ASP, ("0.638,20.000", "0.000,20.000"))
    assert line(answer(WINTER), "J3420")["expected_payment"] is None


# --- the fee schedule by place ---


def test_relative_values_and_factors_come_to_the_amount_of_the_locality(give):
    give(samples_more.RVU_CSV)
    give(samples_more.GPCI)
    # (0.17 x 1.000 + 0.28 x 0.875 + 0.01 x 0.566) x 33.4009 = 0.42066 x 33.4009 = 14.0504...
    alabama = answer(SUMMER, locality="10112-00")
    act = line(alabama, "96372")
    assert (act["expected_payment"], act["patient_share"]) == ("14.05", "2.81")
    assert "locality" not in unchecked(alabama)
    used = row_of(act, "fee-schedule")
    assert used["row"].endswith("= (0.170 x 1.000 + 0.280 x 0.875 + 0.010 x 0.566) x 33.4009, ALABAMA")
    # Alaska: 0.17 x 1.5 + 0.28 x 1.065 + 0.01 x 0.551 = 0.55871; x 33.4009 = 18.6614...
    assert line(answer(SUMMER, locality="AK"), "96372")["expected_payment"] == "18.66"


def test_without_a_locality_amounts_are_national_and_an_unknown_one_is_said(give):
    give(samples_more.RVU_CSV)
    give(samples_more.GPCI)
    assert line(answer(SUMMER), "96372")["expected_payment"] == "15.36"
    said = answer(SUMMER, locality="Atlantis")
    assert line(said, "96372")["expected_payment"] == "15.36"
    assert unchecked(said)["locality"] == "Atlantis is not one locality of the geographic factors: amounts are national"


def test_an_act_without_a_price_in_a_facility_is_unknown_there(give):
    give(samples_more.RVU_CSV)
    said = derive(
        asked(date=SUMMER, payer="medicare", place_of_service="22", administrations=[], diagnoses=["E53.8"],
              services=[{"code": "96372", "diagnoses": ["E53.8"]}]),
        loaded_reference(),
    )  # fmt: skip
    assert [one["expected_payment"] for one in said["lines"]] in ([], [None])
    assert loaded_reference().on(date(2026, 8, 4)).fee("96372", facility=True) is None


def test_a_published_amount_of_the_locality_goes_before_the_sum(give):
    give(samples_more.RVU_CSV)
    give(samples_more.GPCI)
    give(samples_more.LOCALITY, ('"01112","05","21610"', '"10112","00","96372"'), ("0001337.33", "0000014.99"))
    price = loaded_reference().on(date(2026, 8, 4)).fee("96372", locality="10112-00")
    assert (price.amount, price.table, price.how) == (Decimal("14.99"), "locality-amounts", "published for 10112-00")


# --- pairs ---


def pair(day, one="96365", other="96372"):
    found = loaded_reference().on(date.fromisoformat(day)).pair(one, other)
    return found.modifier_allowed if found else None


def test_an_imported_pair_is_found_on_its_own_days(give):
    give(samples.NCCI_TEXT, ("20191231", "20260731"), ("20200101", "20260801"))
    assert (pair("2026-07-31"), pair("2026-08-01")) == (False, True)


def test_pairs_are_read_under_the_cursor_of_debug_too(give):
    """Django hands out another cursor where it watches queries: its COPY takes no values."""
    give(samples.NCCI_TEXT)
    with CaptureQueriesContext(connection):
        assert pair(SUMMER) is not None


def test_one_part_of_four_proves_nothing(give):
    give(samples.NCCI_TEXT)
    assert unchecked(answer(SUMMER))["NCCI pairs"] == "1 of 4 parts of the table are loaded for this date"
    for part in "234":
        give(samples.NCCI_TEXT, ("only copyright", f"part {part}"), name=f"ccipra-v322r0-f{part}.TXT")
    said = answer(SUMMER)
    assert "NCCI pairs" not in unchecked(said)
    assert unchecked(answer("2026-10-06"))["NCCI pairs"] == "newest table ends 30 Sep 2026"


def test_a_pair_that_a_complete_quarter_does_not_name_is_gone(give):
    assert pair(SUMMER, "10060", "96372") is True
    for part in "1234":
        give(samples.NCCI_TEXT, ("only copyright", f"part {part}"), name=f"ccipra-v322r0-f{part}.TXT")
    assert pair(SUMMER, "10060", "96372") is None
    assert pair("2024-08-01", "10060", "96372") is True  # the starter speaks for that quarter


def test_a_pair_that_was_taken_back_on_its_first_day_bars_nothing(give):
    give(samples.NCCI_TEXT)
    assert pair("2022-01-01", "0001A", "G0008") is None


# --- limits, add-ons, codes, diagnoses, places ---


def test_an_imported_limit_goes_before_the_one_that_ships(give):
    give(samples.MUE, ("96372,4,", "96372,1,"))
    view = loaded_reference().on(date(2026, 8, 4))
    assert (view.limit("96372").units, view.limit("J1885")) == (1, None)
    assert unchecked(answer(SUMMER)).get("MUE unit limits") is None
    assert row_of(line(answer(SUMMER), "96372"), "mue")["period"] == "MUE unit limits Jul-Sep 2026"


def test_add_on_codes_know_their_primaries(give):
    assert loaded_reference().on(date(2026, 8, 4)).add_on("90472") is None
    give(samples.AOC)
    view = loaded_reference().on(date(2026, 8, 4))
    assert view.add_on("90472").primaries == {"90460"}
    assert view.add_on("96366") is None  # ended with 2024
    assert (view.add_on("99100").primaries, view.add_on("99100").open) == (frozenset(), True)


def test_a_code_that_ended_is_replaced_from_the_imported_list(give):
    give(samples.HCPCS_TEXT, ("20240331", "20260630"))
    view = loaded_reference().on(date(2026, 8, 4))
    ended = view.replacement("J1030")
    assert (ended.until, ended.successor, ended.source) == (date(2026, 6, 30), "J1010", samples.HCPCS_TEXT.name)
    assert (view.in_force("J1030"), view.in_force("J3420"), view.in_force("J9999")) == (False, True, None)


def test_a_code_in_force_is_not_replaced_whatever_ships(give):
    give(samples.HCPCS_TEXT, ("20240331", "20281231"))
    assert loaded_reference().on(date(2026, 8, 4)).replacement("J1030") is None


def test_a_bare_list_of_codes_proves_nothing(give):
    give(samples.BARE)
    assert loaded_reference().imported.files == ()


def test_diagnoses_are_those_of_the_fiscal_year(give):
    give(samples.ICD_ORDER, ("A000 ", "E538 "))
    next_year, this_year = (loaded_reference().on(day) for day in (date(2026, 10, 6), date(2026, 8, 4)))
    assert (next_year.diagnosis("E538"), next_year.diagnosis("A00"), next_year.diagnosis("A001")) == (True, False, None)
    assert next_year.longer_diagnoses("E5") == ["E538"]
    assert this_year.diagnosis("A001") is True
    said = answer("2026-10-06")
    assert "diagnosis codes" not in unchecked(said)
    assert row_of(line(said, "J3420"), "icd-10-cm")["period"] == "Diagnosis codes Oct 2026-Sep 2027"


def test_places_are_the_imported_ones(give):
    give(samples_more.PLACES, ("10,Non-Facility", "11,Facility"), since=date(2026, 1, 1))
    view = loaded_reference().on(date(2026, 8, 4))
    assert (view.place("11").facility, view.place("28"), view.place("12")) == (True, None, None)


def test_packages_of_the_crosswalk_are_known(give):
    give(samples.CROSSWALK)
    give(samples_more.PACKAGES, since=date(2026, 1, 1))
    view = loaded_reference().on(date(2026, 2, 3))
    assert view.crosswalk(frozenset({"00009028052"})) == ("J1010",)
    assert view.knows_package(frozenset({"0009-0280-52"}))
    assert not view.knows_package(frozenset({"00009-0280-99"}))
    assert loaded_reference().on(date(2026, 8, 4)).crosswalk(frozenset({"00009028052"})) == ()


# --- editions ---


def test_an_old_edition_is_as_it_was(give):
    first = give(samples.ASP)
    second = give(samples.ASP, ("0.638", "0.999"))
    old, new = (rows.reference(as_of=row.pk).on(date(2026, 2, 3)).price("J3420") for row in (first, second))
    assert (old.amount, new.amount) == (Decimal("0.638"), Decimal("0.999"))
    assert (old.edition, new.edition) == (first.digest, second.digest)
    assert rows.reference(as_of=first.pk).edition != rows.reference(as_of=second.pk).edition == rows.reference().edition


def test_great_tables_are_as_they_were_too(give):
    before = EditionRow.objects.create(digest="0123456789abcdef")
    give(samples.NCCI_TEXT)
    assert len(rows.reference().imported.pairs.keys) == 3
    assert len(rows.reference(as_of=before.pk).imported.pairs.keys) == 0
    assert rows.reference(as_of=before.pk).imported.files == ()


def test_the_door_answers_as_the_stored_reviews_do(give):
    give(samples.ASP, ("0.638", "0.999"))
    door, stored = (answer(WINTER, reference=each) for each in (loaded_reference(), rows.reference()))
    assert door == stored


def test_with_nothing_imported_the_shipped_reference_answers():
    assert loaded_reference() is shipped_reference()


def test_a_view_is_not_kept_for_another_reference(give):
    shipped = shipped_reference()
    assert shipped.on(date(2026, 2, 3)).whole is shipped
    other = replace(shipped, edition="other")
    assert other.on(date(2026, 2, 3)).whole is other
