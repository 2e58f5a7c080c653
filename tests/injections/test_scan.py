"""What scanners send, as it arrives: with separators, with typed ones, without any, and things that are no drug."""

import contextlib
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from injections.facts import Package
from injections.ndc import candidates, hyphenated, same_ndc, to_11
from injections.scan import Reading, ScanError, choose, matches, read_scan, settle

GS = "\x1d"
#: ten digits, their shape, eleven digits, GTIN, as computed for real packages of the FDA's directory
SAMPLES = [
    ("0074-3797-01", "00074379701", "00300743797015"),
    ("0002-0485-04", "00002048504", "00300020485048"),
    ("10237-590-10", "10237059010", "00310237590107"),
    ("10239-080-10", "10239008010", "00310239080101"),
    ("10022-3366-1", "10022336601", "00310022336613"),
    ("10106-2448-1", "10106244801", "00310106244810"),
]
GTIN = "00300743797015"
LOTS = st.text("ABCDEFGHJKLMNPRSTVWXYZ034568", min_size=1, max_size=10)
DAYS = st.dates(date(2025, 1, 1), date(2045, 12, 31))


def gs1(lot="A1000", expires="281231", serial="SN1", gtin=GTIN, prefix="]d2"):
    return f"{prefix}01{gtin}17{expires}10{lot}{GS}21{serial}"


def check_digit(digits):
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


@pytest.mark.parametrize(("label", "ndc11", "gtin"), SAMPLES)
def test_the_code_on_the_vial(label, ndc11, gtin):
    scan = read_scan(gs1(gtin=gtin))
    assert (scan.gtin, scan.lot, scan.expires, scan.serial) == (gtin, "A1000", date(2028, 12, 31), "SN1")
    assert scan.ndc10 == label.replace("-", "")
    assert ndc11 in scan.ndc_candidates
    assert matches(scan, Package(ndc=hyphenated(ndc11)))
    assert matches(scan, Package(ndc=label))
    assert not scan.ambiguous_lot


@pytest.mark.parametrize("prefix", ["]d2", "]C1", "]Q3", "]e0", "", GS, "]d2" + GS, "\t"])
def test_however_the_scanner_begins(prefix):
    assert read_scan(gs1(prefix=prefix)).lot == "A1000"


@pytest.mark.parametrize("typed", [GS, "^]", "<GS>", "{GS}", "Ctrl+]", "ctrl+]", "\u241d", r"\x1d"])
@pytest.mark.parametrize("end", ["", "\r", "\n", "\r\n", " "])
def test_however_the_separator_arrives(typed, end):
    scan = read_scan(gs1().replace(GS, typed) + end)
    assert (scan.lot, scan.serial) == ("A1000", "SN1")
    assert not scan.ambiguous_lot


@pytest.mark.parametrize(
    "text",
    [
        f"]d210A1000{GS}01{GTIN}17281231",
        f"]d221SN1{GS}10A1000{GS}17281231{GS}01{GTIN}",
        f"]d21728123101{GTIN}10A1000",
        f"(01){GTIN}(17)281231(10)A1000",
        f"(10)A1000(17)281231(01){GTIN}",
    ],
)
def test_in_any_order_and_in_brackets(text):
    scan = read_scan(text)
    assert (scan.gtin, scan.lot, scan.expires) == (GTIN, "A1000", date(2028, 12, 31))


@pytest.mark.parametrize(
    ("code", "day"), [("281200", date(2028, 12, 31)), ("280200", date(2028, 2, 29)), ("270200", date(2027, 2, 28))]
)
def test_day_00_is_the_end_of_the_month(code, day):
    assert read_scan(gs1(expires=code)).expires == day


@given(LOTS, DAYS, st.sampled_from(SAMPLES))
def test_every_lot_and_day_comes_through(lot, day, sample):
    scan = read_scan(gs1(lot=lot, expires=f"{day:%y%m%d}", gtin=sample[2]))
    assert (scan.lot, scan.expires, scan.gtin) == (lot, day, sample[2])


# --- the separator is lost -------------------------------------------------------------------------------------------


def test_a_lot_that_may_have_swallowed_the_serial_number_is_asked_about():
    scan = read_scan(gs1().replace(GS, ""))
    assert scan.ambiguous_lot
    assert scan.lot is None
    assert scan.readings == (Reading(lot="A100021SN1"), Reading(lot="A1000", serial="SN1"))
    assert scan.expires == date(2028, 12, 31)


def test_a_lot_that_may_have_swallowed_the_expiry_is_asked_about():
    scan = read_scan(f"01{GTIN}10A100017281231")
    assert Reading(lot="A1000", expires=date(2028, 12, 31)) in scan.readings
    assert scan.expires is None


def test_a_date_may_stand_before_the_product():
    scan = read_scan(f"1728123101{GTIN}10A1000")
    assert (scan.gtin, scan.lot, scan.expires) == (GTIN, "A1000", date(2028, 12, 31))


def test_a_serial_number_may_swallow_the_lot():
    scan = read_scan(f"01{GTIN}1728123121SN110A1000")
    assert Reading(lot="A1000", serial="SN1") in scan.readings


@given(LOTS, st.text("ABCDEFGH034568", min_size=1, max_size=7))
def test_a_lost_separator_is_never_guessed(lot, serial):
    scan = read_scan(f"01{GTIN}1728123110{lot}21{serial}")
    assert scan.lot is None
    assert Reading(lot, serial) in scan.readings


def test_a_known_lot_settles_it():
    scan = read_scan(gs1().replace(GS, ""))
    assert settle(scan, ["B7", "A1000"]).lot == "A1000"
    assert settle(scan, ["B7", "A1000"]).serial == "SN1"
    assert not settle(scan, ["A1000"]).ambiguous_lot
    assert settle(scan, ["B7"]).ambiguous_lot
    assert settle(scan, ["A1000", "A100021SN1"]).ambiguous_lot
    assert choose(scan, scan.readings[0]).lot == "A100021SN1"


@pytest.mark.parametrize("lot", ["B2104", "21A", "X1728"])
def test_with_separators_a_lot_may_hold_any_digits(lot):
    scan = read_scan(gs1(lot=lot))
    assert scan.lot == lot
    assert not scan.ambiguous_lot


# --- old codes and typed numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "ndc11", "gtin"), SAMPLES)
def test_old_linear_codes_name_the_product_only(label, ndc11, gtin):
    for text in (gtin[2:], gtin[1:], gtin, "]E0" + gtin[1:]):
        scan = read_scan(text)
        assert ndc11 in scan.ndc_candidates
        assert scan.lot is None


@pytest.mark.parametrize(("label", "ndc11", "gtin"), SAMPLES)
def test_a_typed_number_with_hyphens_is_certain(label, ndc11, gtin):
    assert read_scan(f" {label} ").ndc == ndc11
    assert to_11(label) == ndc11
    assert to_11(ndc11) == ndc11
    assert to_11(hyphenated(ndc11)) == ndc11


@pytest.mark.parametrize(("label", "ndc11", "gtin"), SAMPLES)
def test_ten_bare_digits_are_never_padded_by_a_guess(label, ndc11, gtin):
    digits = label.replace("-", "")
    assert to_11(digits) is None
    assert read_scan(digits).ndc is None
    assert ndc11 in read_scan(digits).ndc_candidates
    assert ndc11 in candidates(digits)
    assert same_ndc(digits, label)


def test_another_package_does_not_match():
    scan = read_scan(gs1())
    assert not matches(scan, Package(ndc="00517-0031-25"))
    assert not matches(scan, Package(ndc=""))


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_the_ten_digits_in_a_gtin_match_every_shape_they_may_have(digits):
    body = "003" + digits
    scan = read_scan(f"]d201{body}{check_digit(body)}10A")
    shapes = (
        f"{digits[:4]}-{digits[4:8]}-{digits[8:]}",
        f"{digits[:5]}-{digits[5:8]}-{digits[8:]}",
        f"{digits[:5]}-{digits[5:9]}-{digits[9:]}",
    )
    for shape in shapes:
        assert matches(scan, Package(ndc=shape))
        assert matches(scan, Package(ndc=hyphenated(to_11(shape) or "")))


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "   ", "garbage", "+H123ABC", "1012345", "MRN 1000234", "10ABC", "17281231", "012345678905", "300743797012",
     "(10)", "http://example.org", "01" + "0" * 13, "x" * 300, f"]d201{GTIN}17281331", f"]d201{GTIN}17280230",
     f"]d201{GTIN[:-1]}6", f"]d201{GTIN}10A{GS}10B", f"]d201{GTIN}{GS}0100310237590107", "]d2", "٠٠٣٠٠٧٤٣٧٩٧٠١٥"],
)  # fmt: skip
def test_what_is_no_drug_is_refused_in_plain_words(text):
    with pytest.raises(ScanError) as refused:
        read_scan(text)
    assert len(str(refused.value)) > 15


def test_a_digit_read_wrongly_is_told():
    with pytest.raises(ScanError, match="does not add up"):
        read_scan(gs1(gtin=GTIN[:-1] + "6"))
    with pytest.raises(ScanError, match="does not add up"):
        read_scan("300743797012")


@given(st.from_regex(r"[0-9]{14}", fullmatch=True))
def test_no_wrong_check_digit_passes(digits):
    assume(check_digit(digits[:13]) != digits[13])
    with pytest.raises(ScanError):
        read_scan(f"]d201{digits}10A")


def test_a_product_from_abroad_has_no_ndc():
    body = "0400123456789"
    scan = read_scan(f"]d201{body}{check_digit(body)}10A")
    assert scan.gtin
    assert scan.ndc_candidates == ()


@given(st.text(max_size=60) | st.from_regex(r"(\]d2|\]C1|)(01[0-9]{14}|17[0-9]{6}|10\w{1,8}|21\w{1,8}|\x1d){0,4}"))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(ScanError):
        assert read_scan(text).raw == text
