"""A code that nobody knows is asked about once, where stock comes in; from then on every scan reads it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from injections.actions import known_codes
from injections.actions.errors import NotAllowed, Refused
from injections.models import KnownCode, KnownCodeEnd, Lot
from injections.reading.scanned import from_scan
from injections.scan import ScanError, read_scan
from tests import standing
from tests.factories import NDC, LotFactory, OrderFactory, PackageFactory, ProductFactory, StaffFactory, charted_draft
from tests.injections.views.test_stock import check_digit

pytestmark = pytest.mark.django_db

RECEIVE, CODES = reverse("injections:stock_receive"), reverse("injections:known_codes")


def gtin(thirteen):
    return thirteen + check_digit(thirteen)


#: the carton of the drug with the NDC 99999-0001-01, under a package number of its own; another drug; no NDC at all
CARTON, OTHER, FOREIGN = gtin("0039999900015"), gtin("0031234500010"), gtin("0501234567890")


def code(number, lot="NEW1"):
    return f"01{number}1727033110{lot}\x1d21SER9"


@pytest.fixture
def scanned(clinic):
    """A scan as the page sends it, with nothing typed."""
    empty = dict.fromkeys(("ndc", "number", "expires_on", "containers", "read_from"), "")
    return empty | {"source": "stock", "location": clinic.location.pk, "submission_key": str(uuid4())}


def answered(page, **answers):
    """The page as it would be sent now: what it shows, and the answers."""
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (shown | answers).items()}


def test_an_unknown_carton_is_asked_about_once_and_keeps_what_was_read(clinic, nurse, scanned):
    asked = nurse.post(RECEIVE, scanned | {"scan": code(CARTON)})
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "There is a problem" not in page
    assert 'serial number <span class="mono">SER9</span>' in page
    (choice,) = asked.context["unknown"].choices
    assert (choice.package.ndc, choice.why) == (NDC, "Same maker and drug as in the code, another package")
    assert answered(asked)["number"] == "NEW1"
    assert answered(asked)["expires_on"] == "03/31/2027"

    refused = nurse.post(RECEIVE, answered(asked, units="10"))
    assert refused.status_code == 422
    assert {"which", "containers"} == refused.context["form"].errors.keys()
    assert not KnownCode.objects.exists()
    assert not Lot.objects.exists()
    done = answered(refused, which=NDC, containers="20")
    assert [nurse.post(RECEIVE, done).status_code for _ in range(2)] == [302, 302]
    lot, known = Lot.objects.get(), KnownCode.objects.get()
    assert (lot.number, lot.package.ndc, lot.on_hand) == ("NEW1", NDC, 20)
    assert (known.gtin, known.units, known.said_by, known.confirmed_by) == (CARTON, 10, clinic.nurse, None)

    again = nurse.post(RECEIVE, scanned | {"scan": code(CARTON, "NEW2"), "submission_key": str(uuid4())})
    assert again.status_code == 200
    assert "holds <b>10</b>" in again.content.decode()
    assert (answered(again)["ndc"], answered(again)["containers"]) == (NDC, "10")
    assert from_scan(code(CARTON), clinic.location, None)["package_ndc"] == NDC


def test_another_carton_takes_what_the_one_before_filled_in_with_it(nurse, scanned):
    first = nurse.post(RECEIVE, scanned | {"scan": code(gtin("0039999900010"), "ONE")})
    assert answered(first)["number"] == "ONE"
    second = nurse.post(RECEIVE, answered(first, scan=code(CARTON, "TWO")))
    assert answered(second)["number"] == "TWO"
    assert second.context["unknown"] is not None
    corrected = nurse.post(RECEIVE, answered(second, number="TYPED", scan=code(FOREIGN, "THREE")))
    assert answered(corrected)["number"] == "TYPED"


def test_a_code_without_an_ndc_needs_two_who_read_the_label(clinic, nurse, scanned):
    asked = nurse.post(RECEIVE, scanned | {"scan": code(FOREIGN)})
    assert asked.context["unknown"].choices == ()
    found = nurse.post(RECEIVE, answered(asked, find="fictavit", search="1"))
    assert found.status_code == 200
    assert not found.context["form"].errors
    assert [(one.package.ndc, one.why) for one in found.context["unknown"].choices] == [(NDC, "")]
    many = nurse.post(RECEIVE, answered(asked, find="vaccine", search="1"))
    assert "more fit “vaccine”" in many.content.decode()
    alone = nurse.post(RECEIVE, answered(found, which=NDC, units="1", containers="5"))
    assert alone.status_code == 422
    assert "confirmed_by" in alone.context["form"].errors
    assert not KnownCode.objects.exists()
    myself = nurse.post(RECEIVE, answered(found, which=NDC, units="1", containers="5", confirmed_by=clinic.nurse.pk))
    assert "confirmed_by" in myself.context["form"].errors
    colleague = clinic.medical_assistant
    nurse.post(RECEIVE, answered(found, which=NDC, units="1", containers="5", confirmed_by=colleague.pk))
    assert KnownCode.objects.get().confirmed_by == colleague
    assert Lot.objects.get().on_hand == 5


def test_a_code_of_another_drug_is_refused_with_the_reason(clinic, nurse, scanned):
    asked = nurse.post(RECEIVE, scanned | {"scan": code(OTHER), "ndc": NDC})
    assert asked.context["unknown"].choices == ()
    assert "another drug by the digits" in asked.content.decode()
    assert nurse.post(RECEIVE, answered(asked, which=NDC, units="1", containers="5")).status_code == 422
    with pytest.raises(Refused, match="another drug"):
        known_codes.say(gtin=OTHER, package=PackageFactory(), units=1, by=clinic.nurse)
    with pytest.raises(NotAllowed):
        known_codes.say(gtin=CARTON, package=PackageFactory(), units=1, by=clinic.front_desk)
    assert not KnownCode.objects.exists()


def test_the_box_of_a_kit_is_matched_once_by_two_who_read_the_label(clinic, nurse, scanned):
    kit = PackageFactory(ndc="99999-0007-01", container="kit")
    box = gtin("0039999901230")
    asked = nurse.post(RECEIVE, scanned | {"scan": code(box)})
    found = nurse.post(RECEIVE, answered(asked, find=kit.ndc, search="1"))
    (choice,) = found.context["unknown"].choices
    assert "box of a kit" in choice.why
    alone = nurse.post(RECEIVE, answered(found, which=kit.ndc, units="1", containers="3"))
    assert alone.status_code == 422
    assert "another product number than this kit" in str(alone.context["form"].errors["confirmed_by"])
    colleague = clinic.medical_assistant
    done = answered(alone, confirmed_by=colleague.pk)
    assert nurse.post(RECEIVE, done).status_code == 302
    assert (KnownCode.objects.get().confirmed_by, Lot.objects.get().on_hand) == (colleague, 3)
    assert from_scan(code(box), clinic.location, None)["package_ndc"] == kit.ndc
    vial = PackageFactory(ndc="99999-0008-01", container="vial")
    with pytest.raises(Refused, match="another drug"):
        known_codes.say(gtin=OTHER, package=vial, units=1, by=clinic.nurse, confirmed_by=colleague)


def test_where_the_lot_is_refused_the_code_stays_unknown(clinic, nurse, scanned):
    LotFactory(location=clinic.location, number="NEW1", expires_on="2027-05-31")
    asked = nurse.post(RECEIVE, scanned | {"scan": code(CARTON)})
    refused = nurse.post(RECEIVE, answered(asked, which=NDC, units="10", containers="10"))
    assert refused.status_code == 422
    assert "expires_on" in refused.context["form"].errors
    assert not KnownCode.objects.exists()


def test_what_was_said_wrongly_ends_with_a_reason_and_is_asked_again(clinic, nurse, as_):
    known = known_codes.say(gtin=CARTON, package=PackageFactory(), units=10, by=clinic.nurse)
    assert known_codes.say(gtin=CARTON, package=PackageFactory(), units=10, by=clinic.manager) == known
    with pytest.raises(Refused, match="just said"):
        known_codes.say(gtin=CARTON, package=PackageFactory(), units=5, by=clinic.manager)
    assert CARTON in nurse.get(CODES).content.decode()
    end = reverse("injections:known_code_end", args=[known.pk])
    assert nurse.post(end, {"reason": ""}).status_code == 422
    for _ in range(2):
        known_codes.end(known=known, reason="box of 5", by=clinic.nurse)
    with pytest.raises(Refused, match="already"):
        known_codes.end(known=known, reason="box of 6", by=clinic.nurse)
    assert (KnownCodeEnd.objects.get().reason, KnownCode.objects.count()) == ("box of 5", 1)
    assert CARTON not in nurse.get(CODES).content.decode()
    assert nurse.get(end).status_code == 404
    assert nurse.post(end, {"reason": "box of 5"}).status_code == 302, "the same said twice leads to the same page"
    assert nurse.post(end, {"reason": "box of 7"}).status_code == 422
    with pytest.raises(ScanError, match="which drug this code is"):
        from_scan(code(CARTON), clinic.location, None)
    assert known_codes.say(gtin=CARTON, package=PackageFactory(), units=5, by=clinic.nurse).units == 5


@pytest.mark.parametrize("number", [CARTON, OTHER, FOREIGN])
def test_in_the_chart_an_unknown_code_is_a_question_and_no_block(clinic, nurse, number):
    """Above all one without an NDC: it is never taken for the ordered drug."""
    order = OrderFactory(patient=clinic.patient, ordered_by=clinic.physician)
    draft = charted_draft({"lot": "", "expires": ""}, order=order, nurse=clinic.nurse)
    saved = nurse.post(
        reverse("injections:draft_save", args=[draft.pk]), {"scan": code(number), "version": draft.version}
    )
    page = saved.content.decode()
    assert saved.status_code == 422
    assert "lot NEW1, expires 31 Mar 2027" in page
    draft.refresh_from_db()
    assert not draft.entries.get("lot")
    assert not draft.entries.get("package_ndc")
    typed = {"lot": "NEW1", "expires": "03/2027", "ndc": NDC, "version": draft.version}
    assert nurse.post(reverse("injections:draft_save", args=[draft.pk]), typed).status_code == 302


def test_what_another_practice_said_is_not_known_here(clinic):
    stranger = StaffFactory()
    with standing.for_practice(stranger.practice_id):
        known_codes.say(gtin=CARTON, package=PackageFactory(), units=10, by=stranger)
    with pytest.raises(ScanError):
        from_scan(code(CARTON), clinic.location, None)
    assert read_scan(code(CARTON)).gtin == CARTON


def test_the_code_finds_the_lot_to_count_and_the_drug_of_a_recall(clinic, nurse):
    known_codes.say(gtin=CARTON, package=PackageFactory(), units=10, by=clinic.nurse)
    lot = LotFactory(location=clinic.location, number="NEW1", on_hand=3)
    other = PackageFactory(ndc="99998-0001-01", product=ProductFactory(key="otherine", name="otherine"))
    LotFactory(location=clinic.location, number="NEW1", package=other, on_hand=3)
    stock = reverse("injections:stock")
    found = nurse.get(stock, {"find": code(CARTON)})
    assert (found.status_code, found["Location"]) == (302, reverse("injections:lot", args=[lot.pk]))
    assert [len(one.lots) for one in nurse.get(stock, {"find": "new1"}).context["shelves"]] == [2]
    assert nurse.get(stock, {"find": "otherine"}).status_code == 302
    for nothing in (code(FOREIGN, "NONE"), f"01{FOREIGN}", "no such lot"):
        assert "No lot here fits" in nurse.get(stock, {"find": nothing}).content.decode()
    stop = nurse.post(reverse("injections:recall_new"), {"lot": code(CARTON)}).context["form"]
    assert stop["which"].value() == f"{lot.product_id}:"
    assert nurse.post(reverse("injections:recall_new"), {"lot": "NEW1"}).context["form"]["which"].value() is None
