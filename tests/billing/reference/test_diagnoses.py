from datetime import date, timedelta

import pytest

from billing.loading import shipped_reference
from billing.reference.diagnoses import FIRST_DAY, LAST_DAYS


@pytest.mark.parametrize(("code", "last"), LAST_DAYS.items())
def test_a_code_is_complete_until_it_was_divided(code: str, last: date) -> None:
    reference = shipped_reference()
    assert reference.on(last).diagnosis(code) is True
    assert reference.on(last + timedelta(days=1)).diagnosis(code) is False
    assert reference.on(last + timedelta(days=1)).longer_diagnoses(code)


def test_before_icd_10_its_list_says_nothing() -> None:
    """V25.49 was a contraceptive visit in ICD-9-CM, and is a motorcycle accident in ICD-10-CM."""
    reference = shipped_reference()
    before = reference.on(FIRST_DAY - timedelta(days=1))
    assert (before.diagnosis("V2549"), before.knows_diagnoses) == (None, False)
    assert reference.on(FIRST_DAY).diagnosis("V2549") is False
