"""Cold chain: what was there in the span is held, the chart stops it, and each lot waits for its own decision."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from injections.actions import arriving, holds, signing, vials
from injections.actions.errors import NotAllowed, Refused
from injections.models import Excursion, HeldLot, HoldEnd, StockMove
from injections.reading.holds import given, held, written_later
from tests import clock
from tests.factories import (
    EncounterFactory,
    LocationFactory,
    LotFactory,
    OrderFactory,
    PackageFactory,
    ProductFactory,
    StaffFactory,
    charted_draft,
    proof_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return EncounterFactory(patient=OrderFactory().patient, date=clock.today())


@pytest.fixture
def nurse(visit):
    return StaffFactory(practice=visit.practice)


def shelved(visit, nurse, number="A123", count=3, **where):
    package = PackageFactory()
    return arriving.receive(location=where.get("at", visit.location), product=package.product, package=package,
                         number=number, expires_on=clock.today() + timedelta(300), containers=count,
                         by=nurse)  # fmt: skip


def warm(visit, nurse, **span):
    now = timezone.now()
    told = {
        "began_at": now - timedelta(hours=3),
        "ended_at": now,
        "reason": "fridge door open",
        "celsius": Decimal("14.44"),
    } | span
    return holds.report(location=visit.location, by=nurse, **told)


def chart(visit, nurse, **entries):
    order = OrderFactory(patient=visit.patient)
    return charted_draft(encounter=visit, order=order, nurse=nurse, expires=f"{visit.date + timedelta(300)}", **entries)


def sign(draft):
    return signing.sign(draft=draft, by=draft.author, proof=proof_of(draft.author))


def decided(excursion, nurse, outcome, **more):
    told = {"decided_by": "the maker's line", "reason": "stable for 48 hours", "by": nurse} | more
    return [holds.decide(held=held, outcome=outcome, **told) for held in excursion.held.all()]


def test_only_what_was_there_in_the_span_is_held(visit, nurse):
    here, other = shelved(visit, nurse), LocationFactory(practice=visit.practice, name="Riverside")
    shelved(visit, nurse, at=other)
    moved = arriving.transfer(lot=here, to=other, containers=1, by=nurse)
    LotFactory(location=visit.location, number="EMPTY")
    key = uuid4()
    made = warm(visit, nurse, submission_key=key)
    assert warm(visit, nurse, submission_key=key) == made
    assert {held.lot for held in made.held.all()} == {here, moved}
    earlier = {"began_at": timezone.now() - timedelta(days=3), "ended_at": timezone.now() - timedelta(days=2)}
    assert not warm(visit, nurse, **earlier).held.exists()


def test_the_chart_stops_it_until_somebody_has_decided(visit, nurse):
    lot = shelved(visit, nurse)
    draft = chart(visit, nurse)
    excursion = warm(visit, nurse)
    with pytest.raises(Refused) as refused:
        sign(draft)
    (stop,) = [finding for finding in refused.value.findings if finding.rule == "vial.lot_held"]
    assert "lot A123: fridge door open, 58 °F (14.4 °C), Main Street" in stop.because
    lot.package.single_dose = False
    lot.package.save()
    with pytest.raises(Refused, match="On hold"):
        vials.open_by_hand(lot=lot, by=nurse)
    decided(excursion, nurse, HoldEnd.Outcome.RELEASED)
    lot.package.single_dose = True
    lot.package.save()
    assert sign(draft).held_because == ""


def test_what_was_given_all_the_same_is_signed_kept_and_listed(visit, nurse):
    shelved(visit, nurse)
    warm(visit, nurse)
    dose = sign(chart(visit, nurse, **{"waive.vial.lot_held": "drawn up before the call came"}))
    assert dose.held_because.startswith("lot A123: fridge door open")
    assert dose.incidents.get().rule == "vial.lot_held"


def test_a_dose_before_it_began_is_no_matter(visit, nurse):
    shelved(visit, nurse)
    before = timezone.now() - timedelta(minutes=5)
    warm(visit, nurse, began_at=timezone.now() - timedelta(minutes=2))
    sign(chart(visit, nurse, given_at=before.isoformat(timespec="minutes")))


def test_thrown_away_takes_all_that_is_left_off_the_shelf(visit, nurse):
    lot = shelved(visit, nurse)
    excursion = warm(visit, nurse)
    for _ in range(2):
        decided(excursion, nurse, HoldEnd.Outcome.DISCARDED)
    lot.refresh_from_db()
    assert lot.on_hand == 0
    assert lot.moves.get(kind=StockMove.Kind.WASTED).note == "stable for 48 hours"
    with pytest.raises(Refused):
        decided(warm(visit, nurse), nurse, HoldEnd.Outcome.RELEASED, reason=" ")
    with pytest.raises(NotAllowed):
        warm(visit, StaffFactory(practice=visit.practice, role="biller"))


def test_what_is_on_hold_stays_so_where_it_is_brought(visit, nurse):
    lot, other = shelved(visit, nurse), LocationFactory(practice=visit.practice, name="Riverside")
    warm(visit, nurse)
    there = arriving.transfer(lot=lot, to=other, containers=2, by=nurse)
    assert HeldLot.objects.filter(lot=there, end=None).exists()


@pytest.mark.parametrize("span", [{"ended_at": timezone.now() - timedelta(days=9)},
                                  {"began_at": timezone.now() + timedelta(days=1)}])  # fmt: skip
def test_a_span_that_cannot_be_is_refused(visit, nurse, span):
    with pytest.raises(Refused):
        warm(visit, nurse, **span)
    assert not Excursion.objects.exists()


def test_a_dose_counts_for_each_of_its_containers(visit, nurse):
    lot, other = shelved(visit, nurse), LocationFactory(practice=visit.practice, name="Riverside")
    for number in ("B7", "C9"):
        shelved(visit, nurse, number)
    excursion = warm(visit, nurse)
    further = {"vial2.lot": "b7", "vial2.expires": f"{visit.date + timedelta(300)}", "vial2.used": "1000 mcg",
               "dose": "2000 mcg", "dose_change_reason": "as asked", "discarded": "",
               "waive.vial.lot_held": "seen only afterwards"}  # fmt: skip
    shelf_alone = chart(visit, nurse, lot="Z1", **further)
    elsewhere = charted_draft(encounter=EncounterFactory(patient=visit.patient, location=other, date=visit.date),
                              order=OrderFactory(patient=visit.patient), nurse=nurse, lot="Z1",
                              **further)  # fmt: skip
    dose = sign(shelf_alone)
    sign(elsewhere)
    holds.decide(held=excursion.held.get(lot=lot), outcome="released", decided_by="x", reason="y", by=nurse)
    assert [one.dose for one in given(excursion, nurse)] == [dose]
    undo = {"reason": "wrong patient", "by": nurse, "proof": proof_of(nurse)}
    signing.enter_in_error(administration=dose, **undo)
    assert not given(excursion, nurse)


def test_what_was_written_down_only_afterwards_is_held_when_somebody_says_it_was_there(visit, nurse, client):
    other, ended = LocationFactory(practice=visit.practice, name="Riverside"), timezone.now()
    excursion = warm(visit, nurse, ended_at=ended)
    late, fresh = shelved(visit, nurse, "LATE"), shelved(visit, nurse, "FRESH")
    moved = arriving.transfer(lot=late, to=other, containers=1, by=nurse)
    client.force_login(nurse)
    own, url = (reverse(f"injections:{name}", args=[excursion.pk]) for name in ("excursion", "excursion_too"))
    assert "Nothing lay there at that time" in client.get(own).content.decode()
    assert client.post(url, {}).status_code == 422
    for _ in range(2):
        client.post(url, {"later": late.pk})
    assert set(excursion.held.values_list("lot", flat=True)) == {late.pk, moved.pk}
    assert list(written_later(excursion)) == [fresh]
    with pytest.raises(Refused):
        holds.hold_too(excursion=excursion, lots=[shelved(visit, nurse, "FAR", at=other)], by=nurse)
    with pytest.raises(NotAllowed):
        holds.hold_too(excursion=excursion, lots=[fresh], by=StaffFactory(practice=visit.practice, role="biller"))


def test_on_screen_from_the_report_to_the_decision(visit, nurse, client):
    lot = shelved(visit, nurse)
    dose = sign(chart(visit, nurse))
    client.force_login(nurse)
    now = timezone.localtime(timezone.now(), visit.practice.zone)
    typed = {"location": visit.location_id, "began_at": f"{now - timedelta(hours=2):%Y-%m-%dT%H:%M}",
             "ended_at": f"{now + timedelta(minutes=1):%Y-%m-%dT%H:%M}", "reading": "58", "scale": "F",
             "reason": "door open",
             "submission_key": str(uuid4())}  # fmt: skip
    refused = client.post(reverse("injections:excursion_new"), typed | {"reason": "", "reading": "hot"})
    assert refused.status_code == 422
    assert 'value="hot"' in refused.content.decode()
    unsaid = client.post(reverse("injections:excursion_new"), typed | {"scale": ""})
    assert "Choose °F or °C" in unsaid.content.decode()
    page = client.post(reverse("injections:excursion_new"), typed, follow=True)
    shown = page.content.decode()
    assert "58 °F (14.4 °C)" in shown
    assert "1 lot on hold" in shown
    assert dose.encounter.patient.listed_name in shown
    assert "On hold: do not give" in client.get(reverse("injections:stock")).content.decode()
    assert "On hold" in client.get(reverse("injections:lot", args=[lot.pk])).content.decode()
    held, url = HeldLot.objects.get(), page.redirect_chain[-1][0]
    assert client.post(url, {"lots": held.pk, "outcome": "released"}).status_code == 422
    told = {"lots": held.pk, "outcome": "released", "decided_by": "Dr Adams", "reason": "stable for 48 hours"}
    assert "Dr Adams: stable for 48 hours" in client.post(url, told, follow=True).content.decode()
    assert "On hold: do not give" not in client.get(reverse("injections:stock")).content.decode()
    assert "Decided" in client.get(reverse("injections:excursions")).content.decode()


def test_lots_that_wait_for_a_decision_come_first(visit, nurse):
    for number in ("A1", "B2", "C3"):
        shelved(visit, nurse, number)
    excursion = warm(visit, nurse)
    first = excursion.held.get(lot__number="A1")
    holds.decide(held=first, outcome=HoldEnd.Outcome.RELEASED, decided_by="the maker", reason="stable", by=nurse)
    assert [one.lot.number for one in held(excursion)] == ["B2", "C3", "A1"]


def test_all_lots_are_decided_with_one_tick_and_stand_folded_together(client, visit, nurse):
    for number in ("A1", "B2", "C3", "D4"):
        shelved(visit, nurse, number)
    excursion = warm(visit, nurse)
    url = reverse("injections:excursion", args=[excursion.pk])
    client.force_login(nurse)
    assert f"lot A1, {visit.location.name}" in client.get(url).content.decode()
    told = {"outcome": "released", "decided_by": "Dr Adams", "reason": "stable for 48 hours"}
    assert "Choose the lots" in client.post(url, told).content.decode()
    page = client.post(url, told | {"every": "on"}, follow=True).content.decode()
    assert "4 released" in page
    assert page.count("Dr Adams: stable for 48 hours") == 1
    assert "<details><summary>4 lots</summary>" in page


def test_a_decision_that_is_refused_for_one_lot_is_written_for_none(client, visit, nurse):
    plain, other = (
        shelved(visit, nurse, "A1"),
        PackageFactory(ndc="99999-0009-01", product=ProductFactory(key="third", details={"schedule": "CIII"})),
    )
    controlled = arriving.receive(location=visit.location, product=other.product, package=other, number="C3", by=nurse,
                                  expires_on=clock.today() + timedelta(300), containers=2)  # fmt: skip
    excursion = warm(visit, nurse)
    url = reverse("injections:excursion", args=[excursion.pk])
    client.force_login(nurse)
    told = {"outcome": "discarded", "decided_by": "Dr Adams", "reason": "too warm", "every": "on"}
    refused = client.post(url, told)
    assert refused.status_code == 422
    assert "Choose the colleague who saw it" in refused.content.decode()
    plain.refresh_from_db()
    assert (plain.on_hand, HoldEnd.objects.count()) == (3, 0)
    colleague = StaffFactory(practice=visit.practice)
    assert client.post(url, told | {"witness": colleague.pk}).status_code == 302
    assert controlled.moves.get(kind=StockMove.Kind.WASTED).witness == colleague
    plain.refresh_from_db()
    assert plain.on_hand == 0
