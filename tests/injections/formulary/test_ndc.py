"""The written shapes of an NDC."""

from __future__ import annotations

import pytest

from injections.formulary.ndc import billing_forms, is_billing_form


@pytest.mark.parametrize(
    "written",
    [
        "00517-0031-25",
        "0517-0031-25",
        "00517-031-25",
        "00517003125",
        " 0517-0031-25 ",
        "000517-0031-25",
        "000517003125",
        "N400517003125",
        "N4 00517-0031-25",
        "NDC 0517-0031-25",
        "ndc: 00517-0031-25",
        "00517 0031 25",
        "0517\u20110031\u201325",
    ],
)
def test_every_shape_of_one_number_becomes_the_same_eleven_digits(written):
    assert billing_forms(written) == {"00517003125"}


@pytest.mark.parametrize(
    ("written", "billed"),
    [("0009-0280-03", "00009028003"), ("50242-040-62", "50242004062"), ("12345-6789-1", "12345678901")],
)
def test_the_short_segment_is_padded(written, billed):
    assert billing_forms(written) == {billed}


def test_ten_bare_digits_may_mean_three_numbers():
    assert billing_forms("0517003125") == {"00517003125", "05170003125", "05170031205"}


@pytest.mark.parametrize(
    "written", ["", "517-31-25", "0517-0031-2x", "12345", "1234567890123", "J3420", "123456-0031-25", "0517-0031-25-1"]
)
def test_what_has_no_shape_of_an_ndc_means_nothing(written):
    assert billing_forms(written) == frozenset()


def test_the_formulary_keeps_five_four_two_with_hyphens():
    assert is_billing_form("00517-0031-25")
    assert not is_billing_form("0517-0031-25")
    assert not is_billing_form("00517003125")
