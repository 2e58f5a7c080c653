"""The door from rows to facts: what goes in by drafts and columns comes out as the same facts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from injections.actions import encounters, patients, signing
from injections.chart import (
    product_details,
    product_fact,
    read_chart,
    read_draft,
    signed_encounter,
    signed_fact,
    signed_since,
)
from injections.facts import Lab, Status, known
from injections.formulary import load_products
from injections.models import Product
from injections.quantity import Quantity
from tests.factories import (
    NOW,
    TODAY,
    CodingFactory,
    EncounterFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    PresenceFactory,
    StaffFactory,
    charted_draft,
    proof_of,
    signed_dose,
)
from tests.standing import for_practice

pytestmark = pytest.mark.django_db


# --- drugs ---


def test_every_shipped_drug_comes_out_of_its_row_as_it_went_in():
    rows = Product.objects.prefetch_related("codings", "packages")
    read = {row.key: product_fact(row) for row in rows.filter(origin="shipped")}
    shipped = {product.key: product for product in load_products()}
    assert read.keys() == shipped.keys()
    assert [key for key in shipped if read[key] != shipped[key]] == []


def test_details_keep_what_no_column_holds():
    (product, *_) = [product for product in load_products() if product.limits and product.screening]
    row = Product(key="x", name="x", display="x", details=product_details(product))
    row.save()
    fact = product_fact(row)
    assert (fact.limits, fact.screening, fact.notes) == (product.limits, product.screening, product.notes)


# --- drafts ---


def read(entries=None, **changes):
    draft = charted_draft(entries, **changes)
    with for_practice(draft.practice_id):
        return read_draft(draft, now=NOW)


def test_a_draft_reads_as_the_dose_it_will_be():
    CodingFactory()
    drafted = read()
    fact = drafted.fact
    assert drafted.errors == {}
    assert fact.id == f"draft-{drafted.draft.pk}"
    assert (fact.dose, fact.volume, fact.discarded) == tuple(map(Quantity.parse, ("1000 mcg", "1 mL", "0 mcg")))
    assert (fact.route, fact.site, fact.side, fact.lot, fact.expires) == (
        "IM",
        "deltoid",
        "left",
        "A123",
        date(2027, 3, 31),
    )
    assert (fact.product.key, fact.package.ndc, fact.manufacturer) == ("fictamine", "99999-0001-01", "Fictional Labs")
    assert fact.diagnoses == ("E53.8",)
    assert fact.given_at == NOW


def test_signing_changes_nothing_about_the_facts():
    order = OrderFactory()
    encounter = EncounterFactory(patient=order.patient)
    LotFactory(location=encounter.location, on_hand=1)
    PresenceFactory(location=encounter.location)
    colleague = StaffFactory(practice=order.practice)
    draft = charted_draft(
        order=order,
        encounter=encounter,
        supervisor=None,
        labs="vitamin B12 180 pg/mL 2026-09-28",
        note="left arm sore from last time",
        prepared_by=str(colleague.pk),
        reason="fatigue",
        **{"unobtainable.side": "", "screening.pregnancy": "negative", "waive.site.site_not_on_label": "asked for it"},
    )
    before = read_draft(draft, now=NOW).fact
    dose = signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author), now=NOW)
    after = signed_fact(dose)
    assert replace(after, id=before.id, signed_at=None) == before
    assert after.signed_at == NOW


def test_a_signed_dose_reads_the_same_from_the_database():
    dose = signed_dose()
    (fact,) = signed_encounter(dose.encounter).administrations
    assert fact == signed_fact(dose)


def test_an_entry_that_cannot_be_read_is_not_charted():
    drafted = read(dose="a few drops", expires="soon")
    assert (drafted.fact.dose, drafted.fact.expires) == (None, None)
    assert drafted.errors.keys() == {"dose", "expires"}


def test_a_drug_that_nobody_knows_is_not_charted():
    drafted = read(product="moonshine")
    assert (drafted.fact.product, drafted.product) == (None, None)
    assert "product" in drafted.errors


def test_the_drug_in_hand_is_the_one_that_was_scanned():
    other = PackageFactory(product__key="placebine", ndc="99999-0009-01").product
    drafted = read(product=other.key, package_ndc="99999-0009-01")
    assert drafted.product == other
    assert drafted.fact.order.drug == "fictamine"


def test_whoever_signs_gave_it_unless_the_entries_say_otherwise():
    drafted = read()
    assert known(drafted.fact.given_by).name == drafted.draft.author.full_name
    assert read(self_given="yes").fact.given_by is None


def test_a_colleague_of_another_practice_is_no_colleague():
    assert "prepared_by" in read(prepared_by=str(StaffFactory().pk)).errors


def test_what_was_not_given_has_no_giver_and_no_time():
    fact = read({"status": "refused", "not_given_reason": "declined"}).fact
    assert (fact.status, fact.given_by, fact.given_at) == (Status.REFUSED, None, None)


# --- lots ---


def lots_draft(**changes):
    order = OrderFactory()
    encounter = EncounterFactory(patient=order.patient)
    lot = LotFactory(location=encounter.location, number="B777", expires_on=date(2027, 6, 30), **changes)
    return lot, {"order": order, "encounter": encounter}


def test_a_picked_lot_says_its_number_expiry_and_source():
    lot, where = lots_draft(source="sample")
    drafted = read(**where, lot=None, expires=None, source=None, lot_id=str(lot.pk))
    assert (drafted.lot, drafted.fact.lot, drafted.fact.expires) == (lot, "B777", date(2027, 6, 30))
    assert drafted.fact.source == "sample"


def test_what_was_typed_prevails_over_the_shelf():
    lot, where = lots_draft()
    assert read(**where, lot="B778", lot_id=str(lot.pk)).fact.lot == "B778"


@pytest.mark.parametrize("lot_id", ["999999", "x"])
def test_a_lot_that_is_not_on_the_list_is_refused(lot_id):
    assert "lot_id" in read(lot_id=lot_id).errors


def test_a_lot_recalled_after_the_dose_makes_it_no_worse():
    lot, where = lots_draft(recalled_at=NOW + timedelta(days=1))
    assert read(**where, lot_id=str(lot.pk)).fact.recalled is False


# --- the visit ---


def test_the_visit_brings_patient_place_services_and_diagnoses():
    dose = signed_dose()
    visit, nurse = dose.encounter, dose.given_by
    patients.add_allergy(patient=visit.patient, substance="latex", by=nurse)
    encounters.set_diagnoses(encounter=visit, diagnoses=["D51.0"], by=nurse, reason="fatigue")
    kept = encounters.add_service(encounter=visit, code="99213", by=nurse)
    encounters.withdraw_service(service=encounters.add_service(encounter=visit, code="99214", by=nurse), by=nurse)
    visit.refresh_from_db()
    fact = read_chart(visit)
    assert (fact.id, fact.date, fact.time_zone) == (str(visit.pk), TODAY, "America/Chicago")
    assert (fact.place_of_service, fact.state) == ("11", "TX")
    assert (fact.diagnoses, fact.reason) == (("D51.0",), "fatigue")
    assert [service.code for service in fact.services] == [kept.code]
    assert [allergy.substance for allergy in fact.patient.allergies] == ["latex"]
    assert [administration.id for administration in fact.administrations] == [str(dose.pk)]


def test_drafts_stand_beside_what_is_signed():
    dose = signed_dose()
    more = [charted_draft(encounter=dose.encounter, order=OrderFactory(patient=dose.encounter.patient)) for _ in "ab"]
    ids = [administration.id for administration in read_chart(dose.encounter, more, now=NOW).administrations]
    assert ids == [str(dose.pk), f"draft-{more[0].pk}", f"draft-{more[1].pk}"]
    assert len(signed_encounter(dose.encounter).administrations) == 1


def test_a_correction_in_hand_stands_in_place_of_what_it_corrects():
    from injections.actions import drafts

    dose = signed_dose()
    draft = drafts.start_correction(administration=dose, by=dose.given_by)
    assert [one.id for one in read_chart(dose.encounter, draft).administrations] == [f"draft-{draft.pk}"]


def test_history_is_what_was_given_at_other_visits_before():
    dose = signed_dose()
    patient = dose.encounter.patient
    earlier = signed_dose(
        encounter=EncounterFactory(patient=patient, date=date(2026, 9, 8)),
        order=OrderFactory(patient=patient, ordered_on=date(2026, 9, 1)),
        site="deltoid:right",
        given_at="09:00",
    )
    signed_dose(
        {"status": "refused", "not_given_reason": "declined"},
        encounter=EncounterFactory(patient=patient, date=date(2026, 9, 15)),
        order=OrderFactory(patient=patient),
    )
    later = EncounterFactory(patient=patient, date=date(2026, 11, 3))
    assert [(past.drug, past.given, past.side) for past in read_chart(dose.encounter).history] == [
        ("fictamine", date(2026, 9, 8), "right")
    ]
    assert len(read_chart(later).history) == 2
    signing.enter_in_error(
        administration=earlier, reason="Wrong patient", by=earlier.given_by, proof=proof_of(earlier.given_by)
    )
    assert len(read_chart(later).history) == 1


def another_dose(dose, site):
    return signed_dose(encounter=dose.encounter, order=OrderFactory(patient=dose.encounter.patient), site=site)


def test_signed_since_names_each_visit_once():
    dose = signed_dose()
    another_dose(dose, "deltoid:right")
    assert list(signed_since(NOW)) == [dose.encounter]
    assert not signed_since(NOW + timedelta(seconds=1))


def test_reading_costs_no_more_queries_for_more_doses(django_assert_max_num_queries):
    dose = signed_dose()
    for site in ("deltoid:right", "ventrogluteal:left", "ventrogluteal:right"):
        another_dose(dose, site)
    visit = type(dose.encounter).objects.select_related("patient", "location", "practice").get(pk=dose.encounter_id)
    with django_assert_max_num_queries(12):
        assert len(signed_encounter(visit).administrations) == 4


def test_labs_and_moments_survive_the_row():
    dose = signed_dose(labs="hemoglobin 9.4 g/dL 2026-10-01", given_at="09:05", stopped_at="09:20")
    dose.refresh_from_db()
    fact = signed_fact(dose)
    assert fact.labs == (Lab("hemoglobin", Decimal("9.4"), "g/dL", date(2026, 10, 1)),)
    assert fact.given_at == datetime(2026, 10, 6, 14, 5, tzinfo=UTC)
    assert fact.stopped_at - fact.given_at == timedelta(minutes=15)
