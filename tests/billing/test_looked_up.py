"""The rows behind a line, in words that a biller can read aloud."""

from tests.billing.asking import answered, shot


def rows(**dose):
    return [used["row"] for line in answered(shot(**dose))["lines"] for used in line["reference"]]


def test_a_unit_of_a_code_reads_as_an_amount():
    dose = {"drug": "penicillin g benzathine", "dose": "2400000 units", "diagnoses": ["A53.9"]}
    assert "J0561: one unit is 100,000 units" in rows(**dose)
    assert "J1885: one unit is 15 mg" in rows(drug="ketorolac", dose="30 mg")
