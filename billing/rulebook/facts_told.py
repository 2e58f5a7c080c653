"""Every fact of a visit under a label of its own, so that two visits can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billing.context import BillingContext
from billing.reference.payers import Payer
from billing.rulebook.demanded import value_words
from billing.rulebook.reading import meaning
from billing.rulebook.records_told import RECORDS
from injections.days import written_day, written_moment
from injections.facts import (
    Administration,
    Assumed,
    Clinician,
    Encounter,
    Order,
    Package,
    Product,
    Supervision,
    Unobtainable,
)
from injections.quantity import Quantity, format_dose, plain
from injections.routes import route_words
from injections.sites import parse_side, site_words

NOT_CHARTED = "not charted"
#: of more doses than this, only the first is told
MOST = 3
MODES = {"in-suite": "in the suite", "audio-video": "by video", "audio-only": "by telephone", "none": "nobody"}
LABELS = {
    "self_given": "Given by the patient alone",
    "status": "Given or not",
    "vial_shared": "Vial used for others",
    "authorization_required": "Approval needed for",
    "authorizations": "Approvals",
    "lesions": "Number of lesions",
    "global_period": "After an operation",
    "filing": "Filed",
    "opened": "Vials opened",
    "history": "Earlier doses",
    "screening": "Questions answered",
    "labs": "Results",
    "claimed_hcpcs": "Code claimed",
    "ndc": "NDC",
    "acquired_340b": "Bought under 340B",
    "discarded": "Thrown away",
    "source": "Whose drug",
    "syringe": "Syringe",
    "restricted_disclosure": "Patient forbids the claim",
    "abn": "Notice to the patient (ABN)",
    "snf_part_a_stay": "In a Part A nursing stay",
    "same_day": "Billed that day already",
    "counselled_by_physician": "Counseled by the physician",
    "administrations": "Doses",
    "place_of_service": "Place of service",
    "weight_kg": "Weight in kg",
    "height_cm": "Height in cm",
    "unconfirmed": "Not confirmed in the drug's file",
}
#: told in a fact of their own, or of no interest to a reader
APART = frozenset(
    "id drug product dose volume route site side ordered_dose diagnoses administrations patient payer date".split()
)
#: said only where it is so: its contrary is what anybody would think
ONLY_IF_SO = frozenset({"per_kg", "per_m2"})
#: of no interest inside a record
UNSAID = frozenset({"source", "present", "stops"})
#: what the drug's file can say that a check listens to, and how it is called
OF_PRODUCT = {
    "limits": "Largest dose",
    "minimum_interval_days": "Days between doses",
    "screening": "Asked before it",
    "observation_minutes": "Minutes to watch",
    "first_doses": "First doses",
    "first_observation_minutes": "Minutes to watch, first doses",
    "sites": "Sites of the label",
    "routes": "Routes of the label",
    "allergy_groups": "Allergies that matter",
    "unconfirmed": "Not confirmed in its file",
    "schedule": "Days of the series",
}
#: the field that names a thing needs no label
NAMES = frozenset("code hcpcs name substance drug key called ask max_single mode clinician rule given".split())


def told(encounter: Encounter, context: BillingContext | None) -> dict[str, str]:
    """Label to text. With a context it is a visit as the bill sees it, without one as the chart does."""
    facts = {"Payer": payer_words(context.payer)} if context is not None else {}
    facts["Date"] = words(encounter.date)
    doses = encounter.administrations
    for number, dose in enumerate(doses[: MOST if len(doses) <= MOST else 1], start=1):
        facts |= {f"Dose {number}: {label}": text for label, text in _dose(encounter, dose, context is None).items()}
    facts |= {"Doses": f"{len(doses)} like this one"} if len(doses) > MOST else {}
    facts |= _fields(encounter)
    facts |= {f"Patient, {label[0].lower()}{label[1:]}": text for label, text in _fields(encounter.patient).items()}
    return facts | (_fields(context) if context is not None else {})


def payer_words(payer: Payer) -> str:
    """The payer by name, with what an example adds to its file."""
    if not payer.key:
        return "none on file"
    if payer.follows is None or payer.follows.key != payer.key:
        return payer.name
    more = (f"“{meaning(d.key)}”, {value_words(d.key, d.value)}" for d in payer.demands)
    return f"{payer.name} whose file says {'; '.join(more)}"


def _dose(encounter: Encounter, dose: Administration, chart: bool) -> dict[str, str]:
    amount = words(dose.dose) if dose.dose else "dose not charted"
    volume = f" = {words(dose.volume)}" if dose.volume else ""
    facts = {"Drug": f"{dose.called or 'drug not charted'}, {amount}{volume}"}
    if dose.product is not None and dose.drug and dose.drug.casefold() not in _plain_names(dose.product):
        facts["Name in the chart"] = dose.drug
    facts["Route"] = route_words(dose.route) if isinstance(dose.route, str) else words(dose.route)
    facts["For"] = ", ".join(encounter.diagnoses_of(dose)) or "no diagnosis"
    facts["Site"] = _site(dose)
    facts |= {("Supervision of this dose" if k == "Supervision" else k): v for k, v in _fields(dose).items()}
    if isinstance(dose.order, Order):
        facts |= {"Order": "charted", **{f"Order, {k[:1].lower()}{k[1:]}": v for k, v in _fields(dose.order).items()}}
        facts |= {"Order, dated": words(dose.order.date), "Order, for": words(dose.order.drug)}
        facts |= {"Order, dose": words(dose.order.dose), "Order, route": words(dose.order.route)}
    return facts | (_of_product(dose.product) if chart and dose.product else {})


def _plain_names(product: Product) -> set[str]:
    return {name.casefold() for name in (product.key, product.name, product.display)}


def _site(dose: Administration) -> str:
    if not isinstance(dose.site, str) or not dose.site:
        return words(dose.site)
    if isinstance(dose.side, str):
        if parse_side(dose.site) not in (None, dose.side):
            return f"{dose.site}, side {dose.side}"
        return site_words(dose.site, dose.side)
    return f"{site_words(dose.site)}, side {words(dose.side)}"


def _of_product(product: Product) -> dict[str, str]:
    said = {label: getattr(product, name) for name, label in OF_PRODUCT.items()}
    return {label: words(value) for label, value in said.items() if value}


def _fields(record: Any) -> dict[str, str]:
    named = ((f.name, getattr(record, f.name)) for f in fields(record) if f.name not in APART)
    return {label(name): words(value) for name, value in named}


def label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def words(value: Any) -> str:
    """A value as a person would say it."""
    if value is None or value == "":
        return NOT_CHARTED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Unobtainable | Assumed):
        return f"could not be recorded: {value.reason}" if isinstance(value, Unobtainable) else "taken for granted"
    if isinstance(value, Quantity):
        return format_dose(value).replace("\u00a0", " ") if value.amount else "nothing"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return written_moment(value)
    if isinstance(value, date):
        return written_day(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {words(item)}" for key, item in value.items()) or "none"
    if isinstance(value, tuple | frozenset):
        ordered = sorted(value) if isinstance(value, frozenset) else value
        return "; ".join(map(words, ordered)) or "none"
    return _record(value) if is_dataclass(value) else str(value)


def _record(value: Any) -> str:
    if type(value) in RECORDS:
        return RECORDS[type(value)](value)
    if isinstance(value, Clinician):
        return ", ".join(filter(None, [value.name, value.credential, value.npi and f"NPI {value.npi}"]))
    if isinstance(value, Product):
        return value.display
    if isinstance(value, Supervision):
        return ", ".join(_supervision(value))
    return ", ".join(_package(value) if isinstance(value, Package) else _parts(value))


def _supervision(value: Supervision) -> Iterator[str]:
    yield MODES[value.mode.value]
    if value.clinician is not None:
        yield words(value.clinician)
        if value.since is not None and value.until is not None:
            yield f"{value.since.hour}:{value.since.minute:02} to {value.until.hour}:{value.until.minute:02}"


def _package(value: Package) -> Iterator[str]:
    holds = f" of {words(value.holds)}" if value.holds else ""
    yield f"{value.container}{holds}" + (f" in {words(value.volume)}" if value.volume else "")
    yield {True: "single-dose", False: "multi-dose", None: "single-dose or not is not said"}[value.single_dose]
    if value.ndc:
        yield f"NDC {value.ndc}"


def _parts(value: Any) -> Iterator[str]:
    for field in fields(value):
        item = getattr(value, field.name)
        if item in (None, "", (), frozenset()) or field.name in UNSAID or (field.name, item) == ("units", 1):
            continue
        name = label(field.name)
        said = name[:1].lower() + name[1:] if name[1:2].islower() else name
        if isinstance(item, bool):
            if item or field.name not in ONLY_IF_SO:
                yield said if item else f"not {said}"
        else:
            yield words(item) if field.name in NAMES else f"{said} {words(item)}"
