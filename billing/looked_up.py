"""The rows of the reference behind one line, and how old the tables are that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from billing.case import Case
from billing.codes import undotted
from billing.families import route_of
from billing.outcomes import Charge, Kind
from billing.payment import CENT, unit_price
from billing.reference.standing import Standing
from billing.reference.tables import PairEdit, Price
from injections.days import MONTHS, written_day
from injections.formulary.ndc import billing_forms
from injections.quantity import format_dose, plain

#: what a table is called
NAMES = {
    "add-on-codes": "Add-on codes",
    "asp": "ASP limits",
    "asp-crosswalk": "NDC crosswalk",
    "fee-schedule": "Fee schedule",
    "formulary": "Drug file",
    "gpci": "Geographic factors",
    "hcpcs": "HCPCS codes",
    "icd-10-cm": "Diagnosis codes",
    "locality-amounts": "Fee schedule by locality",
    "mue": "MUE unit limits",
    "ncci-pairs": "NCCI pairs",
    "place-of-service": "Places of service",
    "self-administered": "Self-administered drugs",
}
_DRUGS = (Kind.DRUG, Kind.WASTE)


@dataclass(frozen=True, slots=True)
class Used:
    """A row that an answer about a line rests on, or that was looked for and is not there (``row`` is empty).

    ``since`` and ``until`` are the days that it holds for, ``because`` why it proves nothing about the day.
    """

    table: str
    row: str
    source: str
    edition: str
    since: date | None = None
    until: date | None = None
    because: str | None = None

    @property
    def period(self) -> str:
        """ "ASP limits Jul-Sep 2026"."""
        return f"{NAMES.get(self.table, self.table)} {span_told(self.since, self.until)}".strip()


def looked_up(case: Case, charge: Charge) -> tuple[Used, ...]:
    """Everything that the line was worked out with or checked against, the code first."""
    questions = (_code, _package, _price, _limit, _pairs, _diagnoses, _place, _self_given)
    return tuple(chain.from_iterable(question(case, charge) for question in questions))


def span_told(since: date | None, until: date | None) -> str:
    """ "Jul-Sep 2026" for months of one year, "2026" for a whole one, else the days themselves."""
    until = None if until == date.max else until
    if since is None and until is None:
        return ""
    if since is None or until is None:
        return f"since {written_day(since)}" if since else f"until {written_day(until)}" if until else ""
    months = f"{MONTHS[since.month - 1]}-{MONTHS[until.month - 1]} {until.year}"
    if since.year == until.year:
        return str(until.year) if (since.month, until.month) == (1, 12) else months
    return f"{MONTHS[since.month - 1]} {since.year}-{MONTHS[until.month - 1]} {until.year}"


# --- one question each ---


def _code(case: Case, charge: Charge) -> Iterator[Used]:
    """The drug's own file, and CMS's list of codes where it is loaded."""
    if charge.kind not in _DRUGS:
        return
    for product in {d.product.key: d.product for d in case.doses_of(charge) if d.product}.values():
        for coding in (c for c in product.codings_on(case.day) if c.code == charge.code):
            unit = format_dose(coding.amount) if coding.amount else "one dose"
            told = f"{coding.code}: one unit is {unit}".replace("\u00a0", " ")
            yield Used("formulary", told, coding.source, _edition(case), coding.since, coding.until)
    in_force = case.reference.in_force(charge.code)
    if in_force is not None:
        yield _from(case, "hcpcs", f"{charge.code}: {'in force' if in_force else 'not in force'}")


def _package(case: Case, charge: Charge) -> Iterator[Used]:
    if charge.ndc is not None and case.reference.standing("asp-crosswalk").imported:
        codes = case.reference.crosswalk(billing_forms(charge.ndc.code))
        yield _from(case, "asp-crosswalk", f"{charge.ndc.code}: {', '.join(codes)}" if codes else "")


def _price(case: Case, charge: Charge) -> Iterator[Used]:
    if case.wants("fee-schedule") != "medicare":
        return
    table = "asp" if charge.kind in _DRUGS else "fee-schedule"
    price = unit_price(case, charge)
    if price is None:
        stands = case.reference.standing(table)
        yield _standing(case, table, "", stands, stands.unspoken or f"no price of {charge.code} is published")
    else:
        yield Used(
            price.table or table,
            _priced(price),
            price.source,
            price.edition or _edition(case),
            price.since,
            price.until,
        )


def _priced(price: Price) -> str:
    share = "" if price.coinsurance is None else f", the patient's part {plain(price.coinsurance)} percent"
    return f"{price.code}: ${_dollars(price.amount)} a unit{share}" + (f" = {price.how}" if price.how else "")


def _dollars(amount: Decimal) -> str:
    """Cents at least, and no more places than the price has."""
    return f"{amount.quantize(CENT) if amount == amount.quantize(CENT) else amount.normalize():f}"


def _limit(case: Case, charge: Charge) -> Iterator[Used]:
    if case.wants("mue"):
        limit = case.reference.limit(charge.code)
        yield _from(case, "mue", f"{charge.code}: {limit.units} units a day" if limit else "")


def _pairs(case: Case, charge: Charge) -> Iterator[Used]:
    """The pairs that the line forms with the other codes of the day."""
    if charge.kind in _DRUGS or not case.wants("ncci"):
        return
    others = [c.code for c in case.of(Kind.SERVICE, Kind.ADMINISTRATION) if c.key != charge.key]
    others += [line.code for line in case.context.same_day]
    if others:
        found = (case.reference.pair(*pair) for o in dict.fromkeys(others) for pair in _both(charge.code, o))
        yield _from(case, "ncci-pairs", "; ".join(_told(edit) for edit in found if edit))


def _both(one: str, other: str) -> Iterable[tuple[str, str]]:
    return {(one, other): None, (other, one): None}


def _told(edit: PairEdit) -> str:
    parted = "a modifier may part them" if edit.modifier_allowed else "no modifier parts them"
    return f"{edit.column1} holds {edit.column2}; {parted}"


def _diagnoses(case: Case, charge: Charge) -> Iterator[Used]:
    words = {True: "complete", False: "a heading", None: "not in the list"}
    said = [f"{code}: {words[case.reference.diagnosis(undotted(code))]}" for code in charge.diagnoses]
    if said:
        yield _from(case, "icd-10-cm", "; ".join(said))


def _place(case: Case, charge: Charge) -> Iterator[Used]:
    code = case.encounter.place_of_service
    if code and charge.kind not in _DRUGS:
        place = case.reference.place(code)
        yield _from(
            case, "place-of-service", f"{code}: {'facility' if place.facility else 'office'} rates" if place else ""
        )


def _self_given(case: Case, charge: Charge) -> Iterator[Used]:
    if charge.kind not in _DRUGS or not case.wants("self-administered-list"):
        return
    routes = {route_of(dose) or "" for dose in case.doses_of(charge)}
    rows = [case.reference.usually_self_given(charge.code, route, case.context.contractor) for route in sorted(routes)]
    yield _from(case, "self-administered", "; ".join(dict.fromkeys(f"{r.code}: {r.source}" for r in rows if r)))


# --- how a table stands ---


def _from(case: Case, table: str, row: str) -> Used:
    stands = case.reference.standing(table)
    return _standing(case, table, row, stands, stands.unspoken)


def _standing(case: Case, table: str, row: str, stands: Standing, because: str | None) -> Used:
    period = stands.period
    if period is None:
        return Used(table, row, "", "", because=because)
    return Used(table, row, period.source, stands.edition or _edition(case), period.since, period.until, because)


def _edition(case: Case) -> str:
    return case.reference.whole.edition
