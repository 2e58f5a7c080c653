"""COVID-19 vaccines: one code for every act since the autumn of 2023, one for each vaccine and dose before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from billing.case import Case
from billing.covid_acts import CovidActs, covid_acts
from billing.families import Family
from billing.outcomes import Finding, Outcome, Withheld, claim_gap
from billing.rules.acts import act
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from billing.vaccines import kinds_of
from injections.days import written_day
from injections.facts import Order, known

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


def _could_be(case: Case, stick: Stick) -> tuple[CovidActs, ...]:
    """The vaccines of that day which the dose could have been."""
    dose = stick.doses[0]
    claimed = (dose.claimed_hcpcs or "").strip().upper() or None
    return covid_acts(dose.product.key, claimed, case.day) if dose.product else ()


def _before(stick: Stick) -> int | None:
    """How many doses of the series the patient had before this one, where the order counts them."""
    order = known(stick.doses[0].order)
    return order.doses_given if isinstance(order, Order) else None


def _code(case: Case, stick: Stick) -> tuple[str, str] | None:
    """The one code that vaccine and dose leave, and on whose word."""
    rows = _could_be(case, stick)
    codes = rows[0].for_dose(_before(stick)) if len(rows) == 1 else ()
    return (codes[0], rows[0].source) if len(codes) == 1 else None


@rule(stage=Stage.DERIVE, applies=("vaccine",), cites=CODES_BY_DOSE, until=_BEFORE)
def covid_vaccine_until_2023(case: Case) -> Iterator[Outcome]:
    """Before 90480 began, giving a COVID-19 vaccine had codes by vaccine and dose.

    Claims are judged by the codes of their day. Where vaccine and number of the dose leave one code, it is billed; no
    general vaccine code stands in for it.
    """
    for stick in _given(case):
        found = _code(case, stick)
        if found is None:
            yield Withheld("90480", f"{stick.called}: 90480 began on {written_day(FIRST_DAY)}", stick.ids)
        else:
            code, source = found
            before = _before(stick)
            said = f"{stick.called}, dose {before + 1} of the series" if before is not None else stick.called
            yield replace(act(case, stick, code, f"{said}, before 90480 began"), source=source)


@rule(stage=Stage.CHECK, applies=("vaccine",), cites=CODES_BY_DOSE, until=_BEFORE)
def act_by_dose(case: Case) -> Iterator[Finding]:
    """The code for giving an early COVID-19 vaccine goes by product and dose.

    One name stood for several vaccines, told apart by the color of the cap, and each dose of a series had a code of
    its own. Where the chart leaves several codes, a person chooses.
    """
    for stick in _given(case):
        if _code(case, stick) is not None:
            continue
        choices = [f"{r.vaccine} ({r.called}) {', '.join(r.for_dose(_before(stick)))}" for r in _could_be(case, stick)]
        yield claim_gap(
            "Giving this COVID-19 vaccine had a code by product and dose",
            about=stick.ids,
            because="; ".join(choices)
            or f"90480 began on {written_day(FIRST_DAY)}, and we hold no earlier code for it",
            fix="Choose the code of the product and of the first, second or further dose",
            fields=("drug", "order.doses_given"),
        )
