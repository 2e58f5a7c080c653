"""What a scanner sent, as product, lot, expiry and serial number, or a refusal in plain words.

biip reads the GS1 element strings. Here stands what scanners and hurried fingers do to them: separators that arrive as
typed characters or not at all, old linear codes, and labels that are no drug at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import biip
from biip.gs1_messages import GS1Message

from injections import ndc
from injections.facts import Package

SEPARATOR = "\x1d"
#: the sign that we show and keep in place of the separator inside a GS1 code
SHOWN = "␝"
LONGEST = 200
_TYPED_SEPARATORS = re.compile(r"\^\]|<GS>|\{GS\}|\[GS\]|Ctrl\+\]|\u241d|\\x1d|\\u001d", re.IGNORECASE)
_GS1_SYMBOLOGIES = ("]d2", "]C1", "]Q3", "]e0", "]J1")
#: a product number, or dates of a fixed length before one
_PRODUCT_FIRST = re.compile(r"(?:1[1-7][0-9]{6}){0,3}01[0-9]{14}")
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
#: application identifiers: product, expiry, lot, serial number
GTIN, EXPIRY, LOT, SERIAL = "01", "17", "10", "21"


class ScanError(ValueError):
    """The code cannot be used; the message says why and what to do, for the person with the scanner."""


class NoCode(ScanError):
    """What came is no code of a drug at all: it may be something that a person typed."""


class UnsettledScan(ScanError):
    """The separator was lost, and only a look at the label says which lot it is. ``scan`` holds the readings."""

    def __init__(self, scan: Scan) -> None:
        super().__init__("The scanner ran two parts of this code together. Choose the lot that stands on the label")
        self.scan = scan


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the end of a code whose separator was lost."""

    lot: str | None = None
    serial: str | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What a code says.

    ``gtin`` has 14 digits. ``ndc10`` is the NDC inside it without hyphens; ``ndc`` the eleven digits where they are
    certain, ``ndc_candidates`` all that they may be. Where the separator after the lot was lost, ``lot`` is ``None``
    and ``readings`` holds what it may be: somebody has to say which.
    """

    raw: str
    gtin: str | None = None
    ndc10: str | None = None
    ndc: str | None = None
    ndc_candidates: tuple[str, ...] = ()
    lot: str | None = None
    expires: date | None = None
    serial: str | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def ambiguous_lot(self) -> bool:
        return bool(self.readings)


def read_scan(text: str) -> Scan:
    """What the scanner sent or somebody typed. Raises :class:`ScanError` in words for the person who scanned."""
    if len(text) > LONGEST:
        raise ScanError("This code is too long for a drug. Scan the code on the vial or its carton")
    code = _cleaned(text)
    if not code:
        raise ScanError("Nothing was scanned")
    digits = _SYMBOLOGY.sub("", code)
    if _looks_like_gs1(code):
        return _read_gs1(text, code)
    if re.fullmatch(r"[0-9]{12,14}", digits):
        return _read_linear(text, digits)
    forms = ndc.candidates(digits)
    if forms:
        return _with_ndc(Scan(raw=text), digits, forms)
    raise NoCode("This is not the code of a drug. Scan the square code on the vial, or type the NDC")


def ndc_in(gtin: str) -> str | None:
    """The ten digits of the NDC: ``03`` after the packaging digit marks a US drug. ``None`` for any other number."""
    return gtin[3:13] if gtin[1:3] == "03" else None


def matches(scan: Scan, package: Package) -> bool:
    """Whether the code can be that package's: its ten digits agree with one of the three shapes of the NDC."""
    return not set(scan.ndc_candidates).isdisjoint(ndc.candidates(package.ndc))


def settle(scan: Scan, known_lots: Iterable[str]) -> Scan:
    """The scan with the one reading whose lot is in stock; unchanged while none or several are."""
    lots = set(known_lots)
    fitting = [reading for reading in scan.readings if reading.lot in lots]
    if len(fitting) != 1:
        return scan
    return choose(scan, fitting[0])


def choose(scan: Scan, reading: Reading) -> Scan:
    """The scan with the reading that somebody picked."""
    expires = scan.expires or reading.expires
    return replace(scan, lot=reading.lot, serial=reading.serial or scan.serial, expires=expires, readings=())


# --- cleaning --------------------------------------------------------------------------------------------------------


def _cleaned(text: str) -> str:
    """Typed separators as the real one, and no white space around."""
    code = _TYPED_SEPARATORS.sub(SEPARATOR, text.strip(" \t\r\n\0"))
    symbology = _SYMBOLOGY.match(code)
    start = symbology.end() if symbology else 0
    return code[:start] + code[start:].lstrip(SEPARATOR)


def _looks_like_gs1(code: str) -> bool:
    """A code that says so by its prefix, its separators or brackets, or that begins with a product number, or with a
    date and then one.

    Anything else that begins with digits may be a wristband: ``10`` and a number is not a lot.
    """
    body = _SYMBOLOGY.sub("", code)
    return code.startswith((*_GS1_SYMBOLOGIES, "(")) or SEPARATOR in code or _PRODUCT_FIRST.match(body) is not None


# --- GS1 -------------------------------------------------------------------------------------------------------------


def _read_gs1(raw: str, code: str) -> Scan:
    message = _message(code)
    values = _values(message)
    scan = _with_gtin(Scan(raw=raw), _gtin(message))
    scan = replace(scan, lot=values.get(LOT), serial=values.get(SERIAL), expires=_expiry(message))
    if scan.gtin is None and not values:
        raise ScanError("This code names neither a product nor a lot. Scan another code on the vial, or type the lot")
    readings = () if SEPARATOR in code or code.startswith("(") else tuple(_readings(scan))
    if not readings:
        return scan
    whole = Reading(scan.lot, scan.serial)
    return replace(scan, lot=None, serial=None, readings=(whole, *readings))


def _message(code: str) -> GS1Message:
    """The element strings of the code, from biip."""
    body = _SYMBOLOGY.sub("", code)
    try:
        return GS1Message.parse_hri(body) if body.startswith("(") else GS1Message.parse(body)
    except biip.ParseError as problem:
        raise ScanError("Part of this code cannot be read. Scan it again, or type lot and expiry") from problem


def _values(message: GS1Message) -> dict[str, str]:
    """Lot, expiry and serial number as they stand. Raises :class:`ScanError` where one stands twice and differs."""
    values: dict[str, str] = {}
    for element in message.element_strings:
        key = element.ai.ai
        if key not in (EXPIRY, LOT, SERIAL):
            continue
        if values.setdefault(key, element.value) != element.value:
            raise ScanError("This code names two lots or two dates. Type what the label says")
    return values


def _gtin(message: GS1Message) -> str | None:
    found = {element.value for element in message.element_strings if element.ai.ai == GTIN}
    wrong = any(element.gtin_error for element in message.element_strings if element.ai.ai == GTIN)
    if wrong or len(found) > 1:
        raise ScanError("The product number in this code does not add up. Scan it again, or type the NDC")
    return found.pop() if found else None


def _expiry(message: GS1Message) -> date | None:
    """The last good day; day 00 is the end of the month."""
    for element in message.element_strings:
        if element.ai.ai == EXPIRY:
            if element.date is None:
                raise ScanError("The expiry date in this code is not a date. Type what the label says")
            return element.date
    return None


def _readings(scan: Scan) -> Iterator[Reading]:
    """Other ways to read a lot or serial number that may have swallowed what came after it."""
    missing = {LOT: scan.lot, SERIAL: scan.serial, EXPIRY: scan.expires}
    keys = tuple(key for key, value in missing.items() if value is None)
    for own, value in ((LOT, scan.lot), (SERIAL, scan.serial)):
        for at in range(1, len(value or "")):
            rest = (value or "")[at:]
            if rest.startswith(keys) and (found := _tail(rest, keys)) is not None:
                head = (value or "")[:at]
                yield Reading(
                    lot=head if own == LOT else found.lot or scan.lot,
                    serial=head if own == SERIAL else found.serial or scan.serial,
                    expires=found.expires,
                )


def _tail(text: str, keys: tuple[str, ...]) -> Reading | None:
    """What the rest says when it is read as element strings of its own; ``None`` when it makes no sense."""
    try:
        message = GS1Message.parse(text)
    except biip.ParseError:
        return None
    values = {element.ai.ai: element.value for element in message.element_strings}
    if not values.keys() <= set(keys):
        return None
    expires = next((element.date for element in message.element_strings if element.ai.ai == EXPIRY), None)
    if EXPIRY in values and expires is None:
        return None
    return Reading(lot=values.get(LOT), serial=values.get(SERIAL), expires=expires)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _read_linear(raw: str, digits: str) -> Scan:
    """An old linear code: the product number and nothing else."""
    gtin = digits.zfill(14)
    if not _adds_up(gtin):
        raise ScanError("The product number in this code does not add up. Scan it again, or type the NDC")
    scan = _with_gtin(Scan(raw=raw), gtin)
    if scan.ndc10 is None:
        raise ScanError("This number is not that of a drug. Scan the code on the vial, or type the NDC")
    return scan


def _adds_up(gtin: str) -> bool:
    """The check digit of a GTIN: weights 3 and 1 from the left, the sum ends in zero."""
    return sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(gtin)) % 10 == 0


def _with_gtin(scan: Scan, gtin: str | None) -> Scan:
    """The scan with its product number, and with the NDC inside it."""
    ndc10 = ndc_in(gtin) if gtin is not None else None
    if ndc10 is None:
        return replace(scan, gtin=gtin)
    return _with_ndc(replace(scan, gtin=gtin, ndc10=ndc10), ndc10, ndc.candidates(ndc10))


def _with_ndc(scan: Scan, text: str, forms: tuple[str, ...]) -> Scan:
    return replace(scan, ndc=ndc.to_11(text), ndc_candidates=forms)
