"""What the digits of a product number say of a package."""

import pytest

from injections.gtin import Says, says_of
from injections.scan import ndc_in


@pytest.mark.parametrize(
    ("gtin", "ndc", "says"),
    [
        ("00399999001013", "99999-0001-01", Says.SAME),  # 5-3-2
        ("30399999001014", "99999-0001-01", Says.SAME),  # a case of many has its own first digit
        ("00300021434805", "00002-1434-80", Says.SAME),  # 4-4-2
        ("00357894001013", "57894-0002-13", Says.OTHER),
        ("00399999000153", "99999-0001-01", Says.DRUG),  # the carton's own package number
        ("00399999000207", "99999-0002-01", Says.DRUG),  # ten digits are 99999-0002-0 or 99999-000-20
        ("00399999012301", "99999-0001-01", Says.OTHER),
        ("00312345000107", "99999-0001-01", Says.OTHER),
        ("05012345678900", "99999-0001-01", Says.NOTHING),
    ],
)
def test_the_digits_speak_for_a_package_or_against_it_or_not_at_all(gtin, ndc, says):
    assert says_of(ndc_in(gtin), ndc) is says


@pytest.mark.parametrize(
    ("gtin", "says"),
    [
        ("00399999012301", Says.KIT),  # the same maker, another product
        ("00399999000153", Says.DRUG),
        ("00312345000107", Says.OTHER),  # another maker
        ("05012345678900", Says.NOTHING),
    ],
)
def test_the_box_of_a_kit_may_have_a_product_number_of_its_own(gtin, says):
    assert says_of(ndc_in(gtin), "99999-0001-01", "kit") is says
