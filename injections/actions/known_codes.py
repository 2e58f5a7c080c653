"""What the code on a carton stands for: said once, and ended where it was wrong."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from injections.actions import arriving
from injections.actions.errors import NotAllowed, Refused
from injections.actions.rights import need
from injections.gtin import Says, says_of
from injections.models import KnownCode, KnownCodeEnd, Lot, Package, Practice, Staff
from injections.policy import may
from injections.scan import ndc_in

#: why a second person reads the label
WHY_TWO = {
    Says.NOTHING: "The code does not say which drug it is",
    Says.KIT: "The box has another product number than this kit",
}


@transaction.atomic
def say(*, gtin: str, package: Package, units: int, by: Staff, confirmed_by: Staff | None = None) -> KnownCode:
    """From now on every scan here reads this code as so many units of the package. Said again, the row that stands.

    Raises :class:`Refused` where the digits of the code are another drug, where they say nothing or name another
    product of a kit's maker and nobody else read the label, and where the code stands for something else.
    """
    need(by, "stock.write")
    if by.practice is None:
        raise NotAllowed("You work for no practice")
    _consider(gtin, package, by, confirmed_by)
    Practice.objects.select_for_update(of=("self",), no_key=True).get(pk=by.practice.pk)
    standing = KnownCode.objects.standing().filter(practice=by.practice, gtin=gtin).first()
    if standing is not None and (standing.package_id, standing.units) != (package.pk, units):
        raise Refused("A colleague has just said what this code is", errors={"which": "Scan it again"})
    return standing or KnownCode.objects.create(
        practice=by.practice, gtin=gtin, package=package, units=units, said_by=by, confirmed_by=confirmed_by
    )


def _consider(gtin: str, package: Package, by: Staff, confirmed_by: Staff | None) -> None:
    """A wrong answer would later let the wrong vial pass as the right one: the digits of the code are asked first."""
    said = says_of(ndc_in(gtin), package.ndc, package.container)
    if said is Says.OTHER:
        what_to_do = (
            f"Choose the package on the label. If it is not listed, clear the scan and type the NDC {package.ndc}"
        )
        raise Refused(f"By its digits this code is another drug than {package.product}", errors={"which": what_to_do})
    if said not in (Says.NOTHING, Says.KIT):
        return
    if confirmed_by is None or not _another(confirmed_by, by):
        raise Refused(WHY_TWO[said], errors={"confirmed_by": "Choose who read the label too"})


def _another(colleague: Staff, by: Staff) -> bool:
    """Somebody else of this practice who may receive stock too."""
    return colleague.pk != by.pk and colleague.practice_id == by.practice_id and may(colleague, "stock.write")


@transaction.atomic
def say_and_receive(
    *, gtin: str, units: int, package: Package, by: Staff, confirmed_by: Staff | None = None, **lot: Any
) -> Lot:
    """What the code is, and the lot that came under it: both, or neither."""
    say(gtin=gtin, package=package, units=units, by=by, confirmed_by=confirmed_by)
    return arriving.receive(package=package, by=by, **lot)


@transaction.atomic
def end(*, known: KnownCode, reason: str, by: Staff) -> KnownCodeEnd:
    """The next scan asks again. What was received under the code stays as it was written down.

    Said again by the same person, the end that stands. Raises :class:`Refused` for one that has ended otherwise.
    """
    need(by, "stock.write", known)
    Practice.objects.select_for_update(of=("self",), no_key=True).get(pk=known.practice_id)
    before = KnownCodeEnd.objects.filter(known=known).first()
    if before is not None and (before.ended_by_id, before.reason) == (by.pk, reason):
        return before
    if before is not None:
        raise Refused("A colleague has ended this already")
    return KnownCodeEnd.objects.create(practice_id=known.practice_id, known=known, reason=reason, ended_by=by)
