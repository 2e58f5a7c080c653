"""The kinds of places that a location can be."""

import csv
from pathlib import Path

from injections import place_codes

SHIPPED = Path(__file__).parents[2] / "billing" / "loading" / "codes" / "places.csv"
TELEHEALTH = {"02", "10"}


def test_the_chart_and_the_bill_mean_the_same_by_a_code():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: (row["name"], row["facility"] == "yes") for row in csv.DictReader(file)}
    ours = {code: (name, code in place_codes.FACILITIES) for code, name in place_codes.ALL.items()}
    assert ours == {code: row for code, row in rows.items() if code not in TELEHEALTH}
    assert not place_codes.OWN.keys() & place_codes.FACILITIES.keys()


def test_the_office_stands_first_and_a_code_that_is_kept_is_never_lost():
    offered = [code for code, _ in place_codes.choices("77")]
    assert (offered[0], "77" in offered, "" in offered) == ("11", True, False)
    assert (place_codes.words("22"), place_codes.words("77")) == ("22, on-campus hospital department", "77")
