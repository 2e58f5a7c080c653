"""What was typed on the charting page, read as facts. Pure: an entry is text, a fact is a value, nothing is defaulted.

An entry that cannot be read is *not charted* and leaves a sentence at its field. The names of the fields are the
contract with the page; ``screening.<key>``, ``waive.<rule>`` and ``unobtainable.<fact>`` carry the rest in their name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from injections.entries import several, values
from injections.entries.container_kind import as_labelled
from injections.entries.reasons import read_unobtainable, read_waivers
from injections.entries.values import Unreadable
from injections.facts import Container, Product, Status
from injections.formulary.ndc import billing_forms
from injections.owners import facts_of
from injections.quantity import Dimension, DimensionError, Quantity
from injections.routes import parse_route
from injections.sites import parse_side, parse_site

#: fields that name a row by its number
ROW_FIELDS = ("lot_id", "given_by", "prepared_by", "discard_witness", "second_check_by")

#: fields whose text is the fact
TEXTS = {
    "lot": 40,
    "manufacturer": 120,
    "dose_change_reason": 200,
    "discard_reason": 200,
    "response": 200,
    "adverse_effects": 2000,
    "not_given_reason": 200,
    "reason": 200,
    "note": 5000,
    "purpose": 20,
}


@dataclass(slots=True)
class Charted:
    """What the entries state.

    ``facts`` are fields of :class:`injections.facts.Administration`, ``rows`` the numbers of rows that were named,
    ``supervisor`` the text of that field, ``errors`` a sentence for each field that could not be read.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    supervisor: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def parse_entries(
    entries: Mapping[str, str], *, product: Product | None, day: date, zone: ZoneInfo, signer: str = ""
) -> Charted:
    """Read the entries of one dose of ``product`` at a visit on ``day``; ``signer`` answers for stated reasons."""
    reading = _Reading({key: str(text).strip() for key, text in entries.items()}, product, day, zone)
    for step in (_texts, _rows, _package, _amounts, _place, _times, _choices, _support, _several, _volume):
        step(reading)
    unobtainable, errors = read_unobtainable(reading.entries)
    for fact, reason in unobtainable.items():
        if reading.charted.facts.get(fact) is None:
            reading.charted.facts[fact] = reason
    reading.charted.facts["waivers"] = read_waivers(reading.entries, signer)
    reading.charted.errors.update(errors)
    return reading.charted


@dataclass(slots=True)
class _Reading:
    """The entries on their way to facts."""

    entries: dict[str, str]
    product: Product | None
    day: date
    zone: ZoneInfo
    charted: Charted = field(default_factory=Charted)

    def text(self, name: str) -> str:
        return self.entries.get(name, "")

    def read(self, name: str, how: Callable[..., Any], *arguments: Any, fact: str = "") -> Any:
        """The entry read by ``how``, kept as the fact of that name; ``None`` and an error where it cannot be read."""
        text = self.text(name)
        if not text:
            return None
        try:
            value = how(text, *arguments)
        except Unreadable as problem:
            self.charted.errors[name] = str(problem)
            return None
        self.charted.facts[fact or name] = value
        return value


def _texts(reading: _Reading) -> None:
    for name, longest in TEXTS.items():
        text = reading.text(name)
        if len(text) > longest:
            reading.charted.errors[name] = f"Enter at most {longest} characters"
        elif text:
            reading.charted.facts[name] = text


def _rows(reading: _Reading) -> None:
    for name in ROW_FIELDS:
        text = reading.text(name)
        if text and not (text.isascii() and text.isdigit() and len(text) < 19):
            reading.charted.errors[name] = "Choose from the list"
        elif text:
            reading.charted.rows[name] = int(text)
    reading.charted.supervisor = reading.text("supervisor")


def _package(reading: _Reading) -> None:
    """The package in hand, and the NDC as typed where the formulary does not know it."""
    written = reading.text("package_ndc") or reading.text("ndc")
    if not written:
        return
    package = reading.product.package(written) if reading.product else None
    if package is None and not billing_forms(written):
        reading.charted.errors["ndc"] = "Enter the NDC as on the label, such as 00517-0031-25"
        return
    reading.charted.facts["ndc"] = package.ndc if package else written
    if package is not None:
        reading.charted.facts["package"] = as_labelled(package, reading.text("container_kind"))
        if package.labeler:
            reading.charted.facts.setdefault("manufacturer", package.labeler)


def _amounts(reading: _Reading) -> None:
    package = reading.charted.facts.get("package")
    dose = reading.read("dose", values.read_drug_amount, package, None)
    used = reading.read("used", values.read_drug_amount, package, dose)
    reading.charted.facts.pop("used", None)
    if used is not None and dose is None and not reading.text("dose"):
        dose = reading.charted.facts["dose"] = used
    elif used is not None and dose is not None and not _same(used, dose):
        reading.charted.errors["used"] = f"Used {used}, but the dose is {dose}"
    reading.read("discarded", values.read_drug_amount, package, dose)
    reading.read("opened", values.read_count)


def _same(one: Quantity, other: Quantity) -> bool:
    try:
        return one == other
    except DimensionError:
        return False


def _volume(reading: _Reading) -> None:
    """How much liquid went in: as typed in millilitres, else worked out from each vial and what came from it."""
    facts = reading.charted.facts
    for name in ("volume", "used", "dose"):
        try:
            typed = Quantity.parse(reading.text(name))
        except ValueError:
            continue
        if typed.dimension is Dimension.VOLUME:
            facts["volume"] = typed
            return
    one = Container(package=facts.get("package"), used=facts.get("dose"))
    volume = several.liquid_of(facts.get("containers") or (one,))
    if volume is not None:
        facts["volume"] = volume


def _place(reading: _Reading) -> None:
    route = reading.text("route")
    if route and parse_route(route) is None:
        reading.charted.errors["route"] = "Choose the route"
    elif route:
        reading.charted.facts["route"] = parse_route(route)
    place, _, side = reading.text("site").partition(":")
    site = parse_site(place)
    if place and site is None:
        reading.charted.errors["site"] = "Choose the injection site"
    elif site is not None:
        reading.charted.facts["site"] = site.key
        which = parse_side(side or place)
        if which is not None and site.paired:
            reading.charted.facts["side"] = which


def _times(reading: _Reading) -> None:
    reading.read("expires", values.read_expiry)
    reading.read("given_at", values.read_moment, reading.day, reading.zone)
    reading.read("stopped_at", values.read_moment, reading.day, reading.zone)


def _choices(reading: _Reading) -> None:
    reading.read("status", _status)
    reading.charted.facts |= reading.read("source", _owner) or {}
    reading.read("self_given", values.read_yes)
    checked = reading.read("checks", values.read_yes)
    reading.charted.facts.pop("checks", None)
    if checked:
        reading.charted.facts |= {"identity_checked": True, "allergies_checked": True}


def _status(text: str) -> Status:
    if text not in (Status.GIVEN, Status.PARTLY, Status.NOT_GIVEN, Status.REFUSED):
        raise Unreadable("Choose what became of the dose")
    return Status(text)


def _owner(text: str) -> dict[str, Any]:
    try:
        return facts_of(text)
    except ValueError:
        raise Unreadable("Choose where the drug came from") from None


def _support(reading: _Reading) -> None:
    reading.read("diagnoses", values.read_codes)
    reading.read("labs", values.read_labs)
    prefix = "screening."
    answers = {key.removeprefix(prefix): text for key, text in reading.entries.items() if key.startswith(prefix)}
    reading.charted.facts["screening"] = {key: text for key, text in answers.items() if text}


def _several(reading: _Reading) -> None:
    """More than one container, more than one site, and who agreed."""
    facts, errors = reading.charted.facts, reading.charted.errors
    readers: tuple[tuple[str, str, Callable[[Mapping[str, str]], Any]], ...] = (
        ("consent", "consent", several.read_consent),
        ("site2", "split", several.read_split),
        ("statement", "information_statement", lambda typed: several.read_statement(typed, reading.day)),
    )
    for field_name, name, how in readers:
        try:
            found = how(reading.entries)
        except Unreadable as problem:
            errors[field_name] = str(problem)
            continue
        if found is not None:
            facts[name] = found
    containers, unread = several.read_containers(reading.entries, reading.product, facts)
    errors.update(unread)
    if containers:
        facts["containers"] = containers
        facts["opened"] = len(containers)
