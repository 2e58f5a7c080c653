"""A recall stops a lot everywhere at once: on every shelf, in charts that are open, and when more of it arrives."""

from datetime import date, timedelta

import pytest

from injections.actions import arriving, drafts, recalls, signing
from injections.actions.errors import NotAllowed, Refused
from injections.chart import find_recall, signed_fact
from injections.models import RecallContact
from injections.models.staff import Role
from injections.reading import recalled
from tests.factories import (
    NOW,
    EncounterFactory,
    LocationFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    PatientFactory,
    StaffFactory,
    charted_draft,
    proof_of,
    signed_dose,
)
from tests.standing import for_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def dose():
    return signed_dose()


@pytest.fixture
def nurse(dose):
    return dose.given_by


def stop(dose, nurse, number="a123 "):
    return recalls.stop(product=dose.product, number=number, reason="particles", by=nurse, now=NOW)


def test_it_reaches_every_shelf_of_the_practice_only(dose, nurse):
    here = LotFactory(location=dose.encounter.location)
    there = LotFactory(location=LocationFactory(practice=dose.practice), number="a123")
    stranger = LotFactory()
    first = stop(dose, nurse)
    assert stop(dose, nurse) == first
    for lot in (here, there):
        lot.refresh_from_db()
        assert lot.recalled_at == NOW
    with for_practice(stranger.practice_id):
        stranger.refresh_from_db()
        assert stranger.recalled_at is None


def test_a_chart_that_is_open_now_is_stopped_at_signing(dose, nurse):
    """The lot was typed from the label: it lies on no shelf of ours."""
    draft = charted_draft(encounter=dose.encounter, order=dose.order, nurse=nurse)
    assert not signing.preview(dose.encounter, draft, nurse).dose.recalled
    recall = stop(dose, nurse)
    assert [open_.pk for open_ in recalled.open_charts(recall, nurse)] == [draft.pk]
    with pytest.raises(Refused) as refused:
        signing.sign(draft=draft, by=nurse, proof=proof_of(nurse))
    assert "vial.lot_recalled" in {finding.rule for finding in refused.value.findings}
    draft = drafts.save(draft=draft, entries={**draft.entries, "lot": "B456"}, version=draft.version, by=nurse)
    assert not signing.preview(dose.encounter, draft, nurse).dose.recalled


def test_a_further_vial_of_a_dose_is_reached_too(dose, nurse):
    """Two vials of 500 mcg make one dose: the recalled lot is the second one."""
    PackageFactory(product=dose.product, ndc="99999-0003-01", holds_amount=500, volume_ml="0.5")
    order = OrderFactory(patient=PatientFactory(practice=dose.practice), product=dose.product)
    visit = EncounterFactory(patient=order.patient, location=dose.encounter.location)
    two = {
        "package_ndc": "99999-0003-01",
        "lot": "C7",
        "discarded": None,
        "vial2.lot": " z9",
        "vial2.expires": "2027-03-31",
    }
    both = signed_dose(order=order, encounter=visit, nurse=nurse, **two)
    assert [one.product for one in recalled.found("Z9 ", nurse)] == [dose.product]
    again = OrderFactory(patient=order.patient, product=dose.product)
    open_now = charted_draft(encounter=visit, order=again, nurse=nurse, **two)
    recall = stop(dose, nurse, number="z9")
    assert [one.doses for one in recalled.reached(recall, recalled.given(recall, nurse))] == [[both]]
    assert list(recalled.open_charts(recall, nurse)) == [open_now]
    assert find_recall(recall.pk, nurse).doses == {visit.pk: [both.pk]}
    told = {**open_now.entries, "waive.vial.lot_recalled": "given before the call came"}
    draft = drafts.save(draft=open_now, entries=told, version=open_now.version, by=nurse)
    signed = signing.sign(draft=draft, by=nurse, proof=proof_of(nurse), now=NOW + timedelta(minutes=1))
    assert signed_fact(signed).recalled, "also where no lot of our shelf says so"


def test_what_was_given_before_was_no_mistake(dose, nurse):
    stop(dose, nurse)
    assert signing.preview(
        dose.encounter, charted_draft(encounter=dose.encounter, nurse=nurse, order=dose.order), nurse
    )
    assert not signed_fact(dose).recalled


def test_more_of_it_is_stopped_as_it_arrives(dose, nurse):
    stop(dose, nurse)
    package = PackageFactory(product=dose.product)
    told = {"location": dose.encounter.location, "product": dose.product, "package": package, "by": nurse}
    lot = arriving.receive(number="A123", expires_on=date(2027, 3, 31), containers=1, **told)
    assert lot.recalled_at == NOW


def test_whoever_was_not_reached_stands_first(dose, nurse):
    other = OrderFactory(patient=PatientFactory(practice=dose.practice))
    called = signed_dose(order=other, encounter=EncounterFactory(patient=other.patient), nurse=nurse)
    recall = stop(dose, nurse)
    patient = called.encounter.patient
    recalls.contact(recall=recall, patient=patient, reached="message", by=nurse)
    recalls.contact(recall=recall, patient=patient, reached="spoke", by=nurse, note="well")
    people = recalled.reached(recall, recalled.given(recall, nurse))
    assert [one.patient for one in people] == [dose.encounter.patient, patient]
    assert [str(one.last) for one in people] == ["None", "Spoke with the patient"]
    assert RecallContact.objects.count() == 2


def test_a_dose_that_was_never_given_reaches_nobody(dose, nurse):
    signing.enter_in_error(
        administration=dose, by=nurse, proof=proof_of(nurse), reason="wrong chart", now=NOW + timedelta(hours=1)
    )
    recall = stop(dose, nurse)
    assert recalled.reached(recall, recalled.given(recall, nurse)) == []


def test_who_may_stop_a_lot(dose):
    biller = StaffFactory(practice=dose.practice, role=Role.BILLER)
    with pytest.raises(NotAllowed):
        stop(dose, biller)


def test_another_makers_lot_of_the_same_number_goes_on(dose, nurse):
    """A vial that does not say whose it is stays stopped: nobody can tell that it is not theirs."""
    other = PackageFactory(product=dose.product, ndc="88888-0002-02", labeler="Other Labs")
    recalls.stop(product=dose.product, number="A123", labeler="99999", reason="particles", by=nurse)
    draft = charted_draft(encounter=dose.encounter, order=dose.order, nurse=nurse)
    assert signing.preview(dose.encounter, draft, nurse).dose.recalled
    typed = {**draft.entries, "package_ndc": other.ndc}
    draft = drafts.save(draft=draft, entries=typed, version=draft.version, by=nurse)
    assert not signing.preview(dose.encounter, draft, nurse).dose.recalled
    draft = drafts.save(draft=draft, entries={**typed, "package_ndc": ""}, version=draft.version, by=nurse)
    assert signing.preview(dose.encounter, draft, nurse).dose.recalled
    told = {
        "location": dose.encounter.location,
        "product": dose.product,
        "number": "A123",
        "containers": 1,
        "by": nurse,
    }
    assert arriving.receive(package=other, expires_on=date(2027, 3, 31), **told).recalled_at is None
    assert arriving.receive(package=dose.package, expires_on=date(2027, 3, 31), **told).recalled_at is not None
