"""What the label of the vial in hand says, in the words of the charting page, and what of it nobody has read yet."""

from __future__ import annotations

from injections.actions.signing import Preview
from injections.entries.container_kind import KINDS
from injections.facts import Administration, Container, known
from injections.quantity import format_dose
from injections.reading.controls import is_stop
from injections.templatetags.words import full_day


def vial_lot(seen: Preview) -> str:
    """The lot where it is charted."""
    return known(seen.dose.lot) or ""


def vial_expires(seen: Preview) -> str:
    """The expiry as labels of this house write it, "31 Mar 2027", where it is charted."""
    expires = known(seen.dose.expires)
    return full_day(expires) if expires is not None else ""


def vial_stopped(seen: Preview) -> bool:
    """Whether this vial must not be given: expired, recalled, or of another drug."""
    of_it = {"drug", "lot", "expires", "recalled", "ndc"}
    return any(is_stop(finding) and of_it.intersection(finding.fields) for finding in seen.blocking)


def containers_words(seen: Preview) -> list[str]:
    """What came from each container, where there were several: "Vial 2: lot B7, 0.5 mL used, 0.5 mL left"."""
    return [_container_words(place, one) for place, one in enumerate(seen.dose.containers, start=1)]


def _container_words(place: int, one: Container) -> str:
    parts = [f"lot {lot}" if (lot := known(one.lot)) else "lot not typed yet"]
    if (expires := known(one.expires)) is not None:
        parts.append(f"expires {full_day(expires)}")
    if one.used is not None:
        parts.append(f"{format_dose(one.used)} used")
    if (left := known(one.discarded)) is not None:
        parts.append("0 left" if left.amount == 0 else f"{format_dose(left)} thrown away")
    return f"Vial {place}: {', '.join(parts)}"


def vial_asks(seen: Preview) -> str:
    """What of the label nobody has read yet."""
    dose = seen.dose
    missing = [word for word, fact in (("the lot", dose.lot), ("the expiry", dose.expires)) if known(fact) is None]
    return f"Now type {' and '.join(missing)}" if missing else ""


def kinds_asked(dose: Administration, said: str) -> list[tuple[str, str]]:
    """The answers about the vial in hand where only its own label can tell if it is for one dose or for several."""
    if dose.package is None or (dose.package.single_dose is not None and not said):
        return []
    return [(kind, f"{kind.capitalize()} {dose.package.container}") for kind in KINDS]
