"""The containers that a dose came from, in one shape whether there was one or several."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from injections.facts import Administration, Package, Stated, known
from injections.facts.once import once
from injections.facts.stated import T
from injections.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Vial:
    """One container of a dose. ``at`` is where its facts stand in the dose: empty, or ``containers[1].``."""

    at: str
    ndc: Stated[str]
    lot: Stated[str]
    expires: Stated[date]
    package: Package | None
    holds: Quantity | None
    single_dose: bool | None
    used: Quantity | None
    discarded: Stated[Quantity]
    opened: int = 1

    def field(self, name: str) -> str:
        return self.at + name


@once
def vials_of(dose: Administration) -> tuple[Vial, ...]:
    """Every container of the dose; the dose's own facts where no containers are listed."""
    return tuple(_listed(dose)) if dose.containers else (_only_vial(dose),)


def _listed(dose: Administration) -> Iterator[Vial]:
    for place, container in enumerate(dose.containers):
        package = container.package or dose.package
        yield Vial(
            at=f"containers[{place}].",
            ndc=_or_why_not(container.ndc or (package.ndc if package else None) or None, dose.ndc),
            lot=_or_why_not(container.lot, dose.lot),
            expires=_or_why_not(container.expires, dose.expires),
            package=package,
            holds=container.holds or (package.holds if package else None),
            single_dose=container.single_dose if container.single_dose is not None else _single(package),
            used=container.used,
            discarded=_or_why_not(container.discarded, dose.discarded),
        )


def _only_vial(dose: Administration) -> Vial:
    package = dose.package
    return Vial(
        at="",
        ndc=dose.ndc if dose.ndc is not None else (package.ndc if package else None) or None,
        lot=dose.lot,
        expires=dose.expires,
        package=package,
        holds=package.holds if package else None,
        single_dose=_single(package),
        used=dose.dose,
        discarded=dose.discarded,
        opened=dose.opened,
    )


def _or_why_not(stated: Stated[T], of_dose: Stated[T]) -> Stated[T]:
    """The container's own fact; else the reason, charted for the whole dose, why there is none."""
    return stated if stated is not None or known(of_dose) is not None else of_dose


def _single(package: Package | None) -> bool | None:
    return package.single_dose if package else None


def discarded_any(dose: Administration) -> bool:
    """Whether some of the drug is charted as thrown away."""
    amounts = (known(vial.discarded) for vial in vials_of(dose))
    return any(amount is not None and amount.amount > 0 for amount in amounts)
