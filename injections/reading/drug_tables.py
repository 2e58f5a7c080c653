"""The codes of a drug by date and the containers that it comes in, as the tables of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from injections import facts
from injections.days import written_day
from injections.facts import Coding, Package
from injections.quantity import format_dose
from injections.routes import route_words

PAYERS = {
    "medicare": "Medicare",
    "medicare-advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "commercial": "commercial plans",
    "commercial-bundling": "commercial plans that bundle",
    "workers-compensation": "workers’ compensation",
    "self-pay": "patients who pay themselves",
}
#: whether a container is for one dose, in words
DOSES = {True: "for one dose", False: "for several doses", None: "one dose or several: not known"}


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code, what one unit of it stands for, and the days of service on which it holds."""

    code: str
    unit: str
    days: str
    only: str
    source: str
    past: bool
    unit_unconfirmed: bool
    days_unconfirmed: bool


@dataclass(frozen=True, slots=True)
class ContainerRow:
    """One container. ``ndc`` is empty where its number is not known here."""

    what: str
    doses: str
    ndc: str
    maker: str
    days: str
    source: str
    what_unconfirmed: bool
    doses_unconfirmed: bool
    ndc_unconfirmed: bool


def codes(product: facts.Product, today: date) -> list[CodeRow]:
    """Every code of the drug, those in force first, then the newest."""
    doubted = product.unconfirmed
    rows = sorted(product.codings, key=lambda c: (not c.covers(today), -c.since.toordinal(), c.code))
    return [
        CodeRow(
            code=coding.code,
            unit=_unit(coding),
            days=_days(coding.since, coding.until),
            only=_only(coding),
            source=coding.source,
            past=coding.until is not None and coding.until < today,
            unit_unconfirmed="coding.amount" in doubted,
            days_unconfirmed="coding.since" in doubted or (bool(coding.until) and "coding.until" in doubted),
        )
        for coding in rows
    ]


def _unit(coding: Coding) -> str:
    if coding.amount is None:
        return "one dose, whatever it holds"
    return f"{'any dose up to ' if coding.up_to else ''}{format_dose(coding.amount)}"


def _only(coding: Coding) -> str:
    """Where the code holds for some routes or payers only."""
    parts = [" or ".join(route_words(route) for route in sorted(coding.routes))]
    parts.append(" and ".join(PAYERS[kind] for kind in sorted(coding.payer_kinds)))
    return ", ".join(part for part in parts if part)


def _days(since: date | None, until: date | None) -> str:
    if since is None:
        return f"until {written_day(until)}" if until else ""
    return f"{written_day(since)} to {written_day(until)}" if until else f"since {written_day(since)}"


def containers(product: facts.Product) -> list[ContainerRow]:
    """Every container, as the file lists them."""
    doubted = product.unconfirmed
    return [
        ContainerRow(
            what=_what(package),
            doses=DOSES[package.single_dose],
            ndc=package.ndc,
            maker=", ".join(filter(None, [package.brand, package.labeler])),
            days=_days(package.since, package.until),
            source=package.source,
            what_unconfirmed=bool(doubted & {"package.holds", "package.container"}),
            doses_unconfirmed=package.single_dose is not None and "package.single_dose" in doubted,
            ndc_unconfirmed=bool(package.ndc) and "package.ndc" in doubted,
        )
        for package in product.containers
    ]


def _what(package: Package) -> str:
    """ "vial of 60 mg in 2 mL, solution"."""
    held = f" of {format_dose(package.holds)}" if package.holds else ""
    liquid = f" in {format_dose(package.volume)}" if package.volume and package.volume != package.holds else ""
    form = "" if package.form == package.container else f", {package.form}"
    return f"{package.container}{held}{liquid}{form}"
