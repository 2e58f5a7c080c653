"""A dose from more than one container, over more than one site, and who agreed to it.

``vial2.lot`` to ``vial4.discarded`` say what the further containers were, ``site2`` to ``site4`` where the further
sticks went. Where nobody typed how much came from which container, they were emptied in the order of the page: that is
what the label says and what the signature attests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from injections.entries import values
from injections.entries.values import Unreadable
from injections.facts import Consent, Container, InformationStatement, Product, Split, SplitSite
from injections.imports import cells
from injections.imports.cells import CellError
from injections.quantity import DimensionError, Quantity
from injections.sites import parse_side, parse_site

FURTHER = (2, 3, 4)
#: who may agree, as typed -> as charted
AGREED = {
    "patient": "the patient",
    "guardian": "parent or guardian",
    "representative": "legal representative",
    "minor": "the minor, who may agree alone",
    "court": "a court or agency",
}
#: who may agree for an adult, and for somebody under age
ADULTS = ("patient", "guardian", "representative")
MINORS = ("guardian", "representative", "minor", "court")
REFUSED = "refused"


def read_consent(entries: Mapping[str, str]) -> Consent | None:
    """Who agreed, by name where it was not the patient, and through which interpreter. Raises :class:`Unreadable`."""
    said = entries.get("consent", "")
    interpreter = entries.get("interpreter") or None
    if not said:
        return None
    if said == REFUSED:
        return Consent(given=False, by=AGREED["patient"], interpreter=interpreter)
    if said not in AGREED:
        raise Unreadable("Choose who agreed")
    name = entries.get("consent_by", "")
    return Consent(given=True, by=f"{AGREED[said]}: {name}" if name else AGREED[said], interpreter=interpreter)


def read_statement(entries: Mapping[str, str], day: date) -> InformationStatement | None:
    """The edition of the sheet, and when it was handed over: on the day of the visit where nobody typed another.

    Raises :class:`Unreadable`.
    """
    edition = entries.get("statement_typed") or entries.get("statement", "")
    if not edition:
        return None
    given = entries.get("statement_given", "")
    try:
        statement = InformationStatement(cells.day(edition), cells.day(given) if given else day)
    except CellError as problem:
        raise Unreadable(str(problem)) from None
    if not statement.possible or statement.given_on > day:
        raise Unreadable("The sheet is printed first, and handed over before the dose. Check the days")
    return statement


def read_split(entries: Mapping[str, str]) -> Split | None:
    """Over which sites the dose was divided; ``None`` for one stick. Raises :class:`Unreadable`."""
    typed = [text for text in (entries.get(name, "") for name in ("site", "site2", "site3", "site4")) if text]
    if not any(entries.get(f"site{place}") for place in FURTHER):
        return None
    return Split(
        parts=len(typed), reason=entries.get("split_reason") or None, sites=tuple(_place(text) for text in typed)
    )


def _place(text: str) -> SplitSite:
    place, _, side = text.partition(":")
    site = parse_site(place)
    if site is None:
        raise Unreadable("Choose the site from the list")
    return SplitSite(site=site.key, side=parse_side(side or place) if site.paired else None)


def read_containers(
    entries: Mapping[str, str], product: Product | None, charted: Mapping[str, Any]
) -> tuple[tuple[Container, ...], dict[str, str]]:
    """The containers of the dose where there were several, and an error for each field that cannot be read."""
    errors: dict[str, str] = {}
    further = [_further(entries, place, product, errors) for place in FURTHER if _named(entries, place)]
    if not further:
        return (), errors
    names = ("ndc", "package", "lot", "expires")
    first = Container(**{name: charted.get(name) for name in names})
    return tuple(_emptied([first, *further], charted.get("dose"))), errors


def _named(entries: Mapping[str, str], place: int) -> bool:
    return any(entries.get(f"vial{place}.{name}") for name in ("lot", "expires", "ndc"))


def _further(entries: Mapping[str, str], place: int, product: Product | None, errors: dict[str, str]) -> Container:
    """One more container, of the same package as the first unless its NDC says otherwise."""
    at = f"vial{place}."
    written = entries.get(f"{at}ndc", "") or entries.get("package_ndc", "") or entries.get("ndc", "")
    package = product.package(written) if product and written else None

    def read(name: str, how: Callable[..., Any], *more: Any) -> Any:
        text = entries.get(at + name, "")
        if not text:
            return None
        try:
            return how(text, *more)
        except Unreadable as problem:
            errors[at + name] = str(problem)
            return None

    expires: date | None = read("expires", values.read_expiry)
    return Container(
        ndc=package.ndc if package else (written or None),
        package=package,
        lot=entries.get(f"{at}lot", "")[:40] or None,
        expires=expires,
        used=read("used", values.read_drug_amount, package, None),
        discarded=read("discarded", values.read_drug_amount, package, None),
    )


def liquid_of(containers: Iterable[Container]) -> Quantity | None:
    """The liquid that held what came from each, to 4 decimals; ``None`` where one of them cannot say."""
    parts = []
    for container in containers:
        strength = container.package.concentration if container.package else None
        if strength is None or container.used is None or container.used.dimension is not strength.drug.dimension:
            return None
        parts.append(strength.volume_of(container.used))
    total = sum(parts[1:], start=parts[0])
    return Quantity(round(total.amount, 4), total.unit)


def _emptied(containers: Iterable[Container], dose: Quantity | None) -> Iterable[Container]:
    """What came from each, and what of a single-dose container was left to be thrown away."""
    left = dose
    for container in containers:
        holds = container.package.holds if container.package else None
        used, rest = container.used, container.discarded
        try:
            if used is None and left is not None and holds is not None:
                used = left if left <= holds else holds
            if used is not None and left is not None:
                left = left - used if used <= left else Quantity(Decimal(0), left.unit)
            if rest is None and used is not None and holds is not None and _single(container):
                rest = holds - used if used <= holds else Quantity(Decimal(0), holds.unit)
        except DimensionError:
            pass
        yield replace(container, used=used, discarded=rest)


def _single(container: Container) -> bool:
    return bool(container.package and container.package.single_dose)
