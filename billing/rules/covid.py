"""COVID-19 vaccines: one code for every act since the autumn of 2023, one for each vaccine and dose before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from billing.case import Case
from billing.families import Family
from billing.outcomes import Finding, Outcome, Withheld, claim_gap
from billing.rules.acts import act
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from billing.vaccines import kinds_of
from injections.days import written_day

ONE_CODE = "CPT 90480, whoever pays (CMS, MLN Connects of 14 Sep 2023: from 11 Sep 2023)"
CODES_BY_DOSE = "CPT Appendix Q: 0001A to 0174A, one for each COVID-19 vaccine and dose, until 90480"
FIRST_DAY = date(2023, 9, 11)
_BEFORE = FIRST_DAY - timedelta(days=1)


def _given(case: Case) -> tuple[Stick, ...]:
    return tuple(s for s in sticks_of(case.encounter, Family.VACCINE) if "covid-19" in kinds_of(s.doses))


@rule(stage=Stage.DERIVE, applies=("vaccine",), cites=ONE_CODE, since=FIRST_DAY)
def covid_vaccine(case: Case) -> Iterator[Outcome]:
    """A COVID-19 vaccine is given under 90480.

    Age, payer and counseling do not matter. The code stands apart: another vaccine of the day begins with 90471.
    """
    for stick in _given(case):
        yield act(case, stick, "90480", f"{stick.called} is a COVID-19 vaccine")


@rule(stage=Stage.DERIVE, applies=("vaccine",), cites=CODES_BY_DOSE, until=_BEFORE)
def covid_vaccine_until_2023(case: Case) -> Iterator[Outcome]:
    """Before 90480 began, giving a COVID-19 vaccine had codes by vaccine and dose.

    Claims are judged by the codes of their day. No general vaccine code stands in for them.
    """
    for stick in _given(case):
        yield Withheld("90480", f"{stick.called}: 90480 began on {written_day(FIRST_DAY)}", stick.ids)


@rule(stage=Stage.CHECK, applies=("vaccine",), cites=CODES_BY_DOSE, until=_BEFORE)
def act_by_dose(case: Case) -> Iterator[Finding]:
    """The code for giving an early COVID-19 vaccine goes by product and dose.

    Which dose of the series it was decides the code, and we do not hold those codes, which ended in 2023.
    """
    for stick in _given(case):
        yield claim_gap(
            "Giving this COVID-19 vaccine had a code by product and dose",
            about=stick.ids,
            because=f"90480 began on {written_day(FIRST_DAY)}; before it vaccine and dose had one of 0001A to 0174A",
            fix="Choose the code of the product and of the first, second or further dose",
            fields=("drug",),
        )
