"""Codes for giving COVID-19 vaccines before September 2023."""

from __future__ import annotations

from datetime import date

import pytest

from billing.covid_acts import COVID_ACTS, covid_acts
from injections.formulary import formulary


def test_each_code_stands_for_one_vaccine():
    codes = [code for row in COVID_ACTS for code in row.codes]
    assert len(codes) == len(set(codes))
    assert len({row.vaccine for row in COVID_ACTS}) == len(COVID_ACTS)


def test_each_row_is_of_a_drug_that_we_know():
    assert {row.drug for row in COVID_ACTS} <= {product.key for product in formulary().products}


@pytest.mark.parametrize(
    ("before", "codes"),
    [(0, ("0041A",)), (1, ("0042A",)), (2, ("0044A",)), (5, ("0044A",)), (None, ("0041A", "0042A", "0044A"))],
)
def test_the_dose_of_the_series_decides(before, codes):
    (row,) = covid_acts("covid-19-vaccine-novavax", None, date(2023, 9, 10))
    assert row.for_dose(before) == codes


def test_a_vaccine_is_not_there_before_its_first_day_and_a_claimed_code_settles_which_it_was():
    in_2021 = {row.vaccine for row in covid_acts("covid-19-vaccine", None, date(2021, 3, 1))}
    assert in_2021 == {"91300"}
    assert {row.vaccine for row in covid_acts("covid-19-vaccine", None, date(2022, 9, 1))} == {
        "91300",
        "91305",
        "91312",
    }
    assert {row.vaccine for row in covid_acts("covid-19-vaccine", "91312", date(2022, 9, 1))} == {"91312"}
