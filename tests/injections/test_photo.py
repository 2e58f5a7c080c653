"""A photo of a vial -> its code: turned, blurred, too large, broken, or with two vials on it."""

import io

import pytest
from PIL import Image

from config import sizes
from injections import photo
from injections.photo import best_code, codes_in
from injections.scan import ScanError, read_scan
from tests import pictures

VIAL = "(01)00300743797015(17)281231(10)A1000(21)SN1"
OTHER = "(01)00300020485048(17)281231(10)B2000"


def test_a_code_is_read_however_the_vial_was_held():
    scan = read_scan(best_code(codes_in(pictures.vial(VIAL, turned=37.0, blurred=2.0))))
    assert (scan.gtin, scan.lot, scan.serial) == ("00300743797015", "A1000", "SN1")
    assert not scan.ambiguous_lot, "the separator came through"


def test_two_vials_in_one_photo_are_not_guessed_between():
    with pytest.raises(ScanError, match="two vials"):
        best_code(codes_in(pictures.vial(VIAL, OTHER, turned=4.0, blurred=0.5)))


def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused():
    unfolding = io.BytesIO()
    Image.new("1", (9000, 9000)).save(unfolding, "PNG")
    assert len(unfolding.getvalue()) < 20_000
    with pytest.raises(ScanError, match="too large"):
        codes_in(unfolding.getvalue())


def test_a_file_over_the_limit_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(photo, "LARGEST", 10)
    monkeypatch.setattr(photo, "CHILD", None)
    with pytest.raises(ScanError, match="too large"):
        codes_in(b"x" * 11)


def test_whatever_the_server_lets_through_the_page_itself_can_refuse():
    assert photo.LARGEST < sizes.MOST


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(photo, "PATIENCE", 0.01)
    with pytest.raises(ScanError, match="No code could be read"):
        codes_in(pictures.vial(VIAL))


def test_codes_that_are_no_drug_s_are_passed_over():
    with pytest.raises(ScanError, match="No code could be read"):
        best_code(["]Q1hello", "]C1ABC"])
    assert best_code(["]Q1hello", "]E0" + "0300743797015"]).endswith("0300743797015")
