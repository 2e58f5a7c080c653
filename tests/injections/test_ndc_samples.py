"""Real package numbers and codes: each is eleven digits by its own shape, and is found again in the code on its carton.

The files are not part of the repository: they lie beside it where somebody has fetched them. What they show is tested
without them in test_scan.py.
"""

import csv
import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from injections.facts import Package
from injections.ndc import candidates, hyphenated, same_ndc, to_11
from injections.scan import matches, read_scan
from tests.injections.test_scan import DAYS, LOTS, check_digit

FILES = Path(__file__).resolve().parents[3] / "shared" / "data" / "ndc"
WIDTHS = (5, 4, 2)
SHAPES = {(4, 4, 2), (5, 3, 2), (5, 4, 1)}


def lines(name, delimiter=","):
    if not FILES.is_dir():
        pytest.skip("the folder of public files does not lie beside this repository")
    with (FILES / name).open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def packages():
    """Every package of the samples: the FDA's directory, one drug's own label, and the codes made from real numbers."""
    listed = {row["NDCPACKAGECODE"] for row in lines("package_trimmed.txt", "\t")}
    listed |= {row["ndc10"] for row in lines("gs1_ndc_samples.csv")}
    label = gzip.decompress((FILES / "spl_humira.xml.gz").read_bytes()).decode()
    return sorted(listed | set(re.findall(r'code="([0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2})"', label)))


def test_each_package_is_eleven_digits_by_its_own_shape_and_back():
    found = packages()
    assert len(found) > 25
    assert {tuple(map(len, ndc.split("-"))) for ndc in found} == SHAPES
    for ndc in found:
        parts = ndc.split("-")
        padded = "".join(part.zfill(width) for part, width in zip(parts, WIDTHS, strict=True))
        assert to_11(ndc) == padded
        assert to_11(hyphenated(padded)) == padded
        assert same_ndc(ndc, hyphenated(padded))
        assert padded in candidates(ndc.replace("-", "")), "ten bare digits may be it, and are not taken for it"
        (short,) = [place for place, part in enumerate(parts) if len(part) < WIDTHS[place]]
        back = [padded[:5], padded[5:9], padded[9:]]
        back[short] = back[short][1:]
        assert back == parts


def test_each_code_is_read_as_the_list_says():
    rows = lines("gs1_ndc_samples.csv")
    assert len(rows) == 18
    for row in rows:
        for text in (row["gs1_datamatrix_text"], row["gs1_hri"]):
            scan = read_scan(text)
            said = (scan.gtin, scan.lot, scan.serial, f"{scan.expires}")
            assert said == (row["gtin14"], row["lot"], row["serial"], row["expiry"]), text
            assert scan.ndc10 == row["ndc10"].replace("-", "")
            assert row["ndc11_plain"] in scan.ndc_candidates
        own = [other["ndc10"] for other in rows if matches(scan, Package(ndc=other["ndc10"]))]
        assert own == [row["ndc10"]], "of all these packages the code is that of one"


@given(LOTS, DAYS, st.data())
def test_what_is_put_into_a_code_comes_out_of_it(lot, day, data):
    ndc = data.draw(st.sampled_from(packages()))
    body = "003" + ndc.replace("-", "")
    parts = [f"01{body}{check_digit(body)}", f"17{day:%y%m%d}"]
    first = data.draw(st.permutations(parts))
    scan = read_scan(f"]d2{''.join(first)}10{lot}")
    assert (scan.lot, scan.expires) == (lot, day)
    assert matches(scan, Package(ndc=ndc))
    month = read_scan(f"]d201{body}{check_digit(body)}17{day:%y%m}0010{lot}").expires
    assert month is not None
    assert (month.year, month.month) == (day.year, day.month)
    assert date.fromordinal(month.toordinal() + 1).day == 1, "day 00 is the end of the month"
