"""What a payer does not cover, by its list or by law, and what the patient was told about it beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.codes import undotted
from billing.families import route_of
from billing.outcomes import Charge, Kind
from billing.reference.diagnoses import FIRST_DAY
from billing.reference.self_given import named_self_given
from billing.reference.without_code import UNCLASSIFIED
from billing.vaccines import covered_by_part_b
from injections.days import written_day
from injections.facts import Administration, Product
from injections.facts.once import once, once_for

#: days that one notice serves a course of treatment, at most: a year, with a leap day
NOTICE_SERVES = 366


def why_excluded(case: Case, charge: Charge) -> str | None:
    """Why the payer does not cover the drug of a line, by its list or by law."""
    return next(filter(None, (_why_not(case, id) for id in charge.administrations)), None)


@once_for
def _why_not(case: Case, id: str) -> str | None:
    dose = case.dose(id)
    if case.wants("self-administered-list") and (row := on_list(case, dose)):
        return row
    if case.wants("no-contraception") and _for_contraception(case, dose):
        return "Medicare has no benefit for contraception"
    if case.wants("vaccine-administration") == "medicare" and not covered_by_part_b(dose, case.encounter):
        return "Part B does not cover this vaccine, Part D does"
    return None


def on_list(case: Case, dose: Administration) -> str | None:
    codes = [c.code for c in dose.product.codings_on(case.day)] if dose.product else []
    named = named_self_given(dose.drug, case.day) if dose.drug and UNCLASSIFIED.issuperset(codes) else None
    if named is not None and route_of(dose) in ("SC", None):
        return f"{named.name} is held to be usually given by patients themselves"
    for code in codes:
        row = case.reference.usually_self_given(code, route_of(dose) or "", case.context.contractor)
        if row is not None and not case.encounter.patient.snf_part_a_stay:
            return f"{code} is held to be usually given by patients themselves since {written_day(row.since)}"
    return None


def _for_contraception(case: Case, dose: Administration) -> bool:
    diagnoses = [d.upper() for d in case.encounter.diagnoses_of(dose)]
    return bool(diagnoses) and all(d.startswith(("Z30", "Z32")) for d in diagnoses)


def billed_for_denial(case: Case, charge: Charge) -> bool:
    """Whether the patient was told that the drug is excluded, and the line goes out to be denied.

    A drug without a code of its own has no line that could.
    """
    abn = case.context.abn
    told = abn is not None and (abn.kind == "excluded" or (abn.kind == "voluntary" and signed_in_time(case)))
    return bool(told and case.wants("abn")) and all(dose.product is not None for dose in case.doses_of(charge))


def signed_in_time(case: Case) -> bool:
    """Whether the patient signed before the dose, and no longer before it than one notice serves."""
    abn = case.context.abn
    if abn is None or not abn.signed:
        return False
    return abn.date is None or 0 <= (case.day - abn.date).days <= NOTICE_SERVES


def likely_denied(case: Case) -> Iterator[tuple[Charge, str]]:
    """Drug lines without a diagnosis that the payer insists on."""
    wanted = case.wants("supporting-diagnosis")
    strict = wanted if isinstance(wanted, tuple) and case.day >= FIRST_DAY else ()
    for charge in case.of(Kind.DRUG) if strict else ():
        product = next((d.product for d in case.doses_of(charge) if d.product), None)
        supported = product is None or any(undotted(d).startswith(known_for(product)) for d in charge.diagnoses)
        if charge.code in strict and charge.diagnoses and not supported:
            yield charge, f"{charge.code} for {', '.join(charge.diagnoses)}"


@once
def known_for(product: Product) -> tuple[str, ...]:
    """The beginnings of the diagnoses that the drug is known for, without their points."""
    return tuple(undotted(code) for code in product.supports)
