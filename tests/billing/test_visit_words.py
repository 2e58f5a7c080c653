"""What people write for payers, places, credentials, supervision and expiry dates is read as they mean it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from billing.loading import shipped_reference
from billing.visit_json import VisitError, read_visit
from billing.visit_json.days import expiry
from billing.visit_json.payer_names import payer_key
from injections.facts import Supervision, known


def visit(**facts: Any) -> dict[str, Any]:
    dose = {"drug": "ketorolac", "dose": "30 mg", "route": "IM", "diagnoses": ["M54.50"]}
    return {"date": "2026-10-06", "administrations": [dose]} | facts


def read(**facts: Any):
    return read_visit(visit(**facts), shipped_reference())


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Medicare Part B", "medicare"),
        ("Original Medicare", "medicare"),
        ("MA plan", "medicare-advantage"),
        ("workers' comp", "workers-compensation"),
        ("Cash", "self-pay"),
        ("UHC", "unitedhealthcare"),
        ("NY Medicaid", "medicaid-new-york"),
    ],
)
def test_a_payer_is_known_by_what_people_call_it(written, key):
    assert read(payer=written).context.payer.key == key


def test_a_payer_that_nobody_knows_is_refused():
    with pytest.raises(VisitError, match='payer: "Zebra Health" is not a payer we know'):
        read(payer="Zebra Health")


@pytest.mark.parametrize(("written", "code"), [("office", "11"), ("Urgent Care", "20"), ("snf", "31"), ("5", "05")])
def test_a_place_is_known_by_its_word(written, code):
    assert read(place_of_service=written).encounter.place_of_service == code


@pytest.mark.parametrize(
    ("written", "letters"),
    [("Nurse Practitioner", "NP"), ("CRNP", "NP"), ("medical assistant", "MA"), ("MD, FACP", "MD, FACP")],
)
def test_a_credential_in_words_becomes_letters(written, letters):
    stated = known(
        read(supervision={"mode": "direct", "clinician": {"name": "A", "credential": written}}).encounter.supervision
    )
    assert isinstance(stated, Supervision)
    assert stated.clinician is not None
    assert stated.clinician.credential == letters


@pytest.mark.parametrize(("written", "mode"), [("direct", "in-suite"), ("general", "none"), ("FaceTime", None)])
def test_supervision_is_read_or_refused(written, mode):
    if mode is None:
        with pytest.raises(VisitError, match=r"supervision\.mode"):
            read(supervision={"mode": written})
    else:
        stated = known(read(supervision={"mode": written}).encounter.supervision)
        assert isinstance(stated, Supervision)
        assert stated.mode == mode


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-03-15", date(2027, 3, 15)),
        ("2027-02", date(2027, 2, 28)),
        ("02/2028", date(2028, 2, 29)),
    ],
)
def test_a_label_that_names_a_month_is_good_through_its_last_day(written, day):
    assert expiry(written, "expires") == day


@pytest.mark.parametrize("written", ["2027-13", "00/2027", "0000-05", "soon"])
def test_what_is_no_month_is_refused(written):
    with pytest.raises(VisitError, match="is not a date"):
        expiry(written, "expires")


@pytest.mark.parametrize("written", ["9999-12-31", "0001-01-01"])
def test_a_day_on_which_nobody_could_bill_is_refused(written):
    with pytest.raises(VisitError, match="is not a date of service"):
        read(date=written)


def test_a_day_without_a_clock_time_is_no_time():
    document = visit()
    document["administrations"][0]["given_at"] = "2026-10-06"
    with pytest.raises(VisitError, match="has no clock time"):
        read_visit(document, shipped_reference())


def test_whether_the_notice_was_signed_can_be_said_in_one_word():
    abn = read(abn=True).context.abn
    assert abn is not None
    assert abn.signed
    assert read(abn=None).context.abn is None


@pytest.mark.parametrize(
    ("called", "key"),
    [
        ("Railroad Medicare", "medicare"),
        ("Medicare (Texas)", "medicare"),
        ("FFS Medicare", "medicare"),
        ("Traditional fee-for-service Medicare", "medicare"),
        ("Novitas Medicare", "medicare"),
        ("Palmetto GBA Medicare Part B", "medicare"),
        ("Medicare HMO", "medicare-advantage"),
        ("Blue Cross Medicare Advantage", "medicare-advantage"),
        ("Aetna Medicare", "medicare-advantage"),
        ("Molina Medicaid", "medicaid"),
        ("Medicaid of Ohio", "medicaid"),
        ("BCBS of Texas", "commercial"),
        ("Blue Shield of California", "commercial"),
        ("TRICARE East", "tricare"),
        ("Worker's Compensation", "workers-compensation"),
        ("Workman\N{RIGHT SINGLE QUOTATION MARK}s Comp", "workers-compensation"),
        ("BCBSIL", "commercial"),
        ("Anthem BCBS", "anthem"),
        ("Kaiser Permanente", "commercial"),
        ("Kaiser Senior Advantage", "medicare-advantage"),
        ("Humana Gold Plus", "humana-medicare-advantage"),
        ("Aetna Better Health of Ohio", "medicaid"),
        ("UnitedHealthcare Community Plan", "medicaid"),
        ("Medi-Cal", "medicaid"),
        ("Molina", None),
        ("Medicare Supplement Plan G", None),
        ("Bluebird Health", None),
    ],
)
def test_a_payer_is_known_by_the_words_in_its_name(called: str, key: str | None) -> None:
    written = "-".join(called.casefold().replace("(", " ").replace(")", " ").split())
    assert payer_key(written) == key
