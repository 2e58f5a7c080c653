"""From a scan or a lot on the shelf to the entries of the chart: product, package, lot and expiry."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from injections.days import written_day
from injections.models import Location, Lot, OpenedVial, Package
from injections.models.lot_number import numbered
from injections.reading.known_codes import read
from injections.scan import NoCode, Scan, ScanError, UnsettledScan, choose, read_scan, settle

#: the entries that say which vial it is
OF_THE_VIAL = ("scan", "lot_id", "lot", "expires", "package_ndc", "ndc", "manufacturer")


class UnsettledOwner(ScanError):
    """Vials of this very lot lie here for several owners, such as the clinic and the state: only a look says whose."""

    def __init__(self, scan: Scan, lots: Sequence[Lot]) -> None:
        super().__init__("This lot lies here for more than one owner. Choose whose vial it is")
        self.scan, self.lots = scan, tuple(lots)


def from_scan(
    text: str, location: Location, ordered: str | None, *, lot: str = "", owner: str = "", ask: bool = True
) -> dict[str, str]:
    """The entries that the code states. Raises :class:`ScanError` with what to do.

    ``text`` may be the number of a lot that lies here, typed. ``ordered`` is the drug of the order: a code without a
    product can only mean that one. ``lot`` is what somebody read on the label where the code alone does not say it.
    ``owner`` is whose vial it is, where the lot lies here for several; who needs no answer to that does not ``ask``.
    """
    try:
        scan = read_scan(text)
    except NoCode:
        return _by_number(text, location, ordered, owner, ask=ask)
    known = read(scan, location.practice_id)
    package = known.package if known else None
    if package is None and (scan.gtin or scan.ndc_candidates):
        raise ScanError(_asking(scan))
    key = package.product.key if package else ordered
    scan = _chosen(settle(scan, _numbers(location, key)), lot)
    entries = {"scan": scan.raw.strip()[:200], "lot": scan.lot or "", "lot_id": ""}
    entries["expires"] = scan.expires.isoformat() if scan.expires else ""
    if package is not None:
        entries |= _of_package(package) | {"product": package.product.key}
    shelved = _whose(scan, same_number(location, key, scan.lot, package), owner, ask=ask)
    if shelved is not None:
        entries |= {"lot_id": str(shelved.pk), "source": shelved.source}
        entries["expires"] = entries["expires"] or shelved.expires_on.isoformat()
    return entries


def _by_number(text: str, location: Location, ordered: str | None, owner: str, *, ask: bool) -> dict[str, str]:
    """Somebody typed the number of a lot that lies here, which picks it as its tile does; the ordered drug's first."""
    here = {lot.product.key for lot in numbered(Lot.objects.filter(location=location).select_related("product"), text)}
    keys = here & {ordered or ""} or here
    if not keys:
        raise ScanError("This is neither the code of a drug nor a lot that lies here. Scan the vial, or type its label")
    if len(keys) > 1:
        raise ScanError("Lots of several drugs here have this number. Scan the vial, or type its label")
    lots = same_number(location, keys.pop(), text)
    found = _whose(Scan(raw=text, lot=lots[0].number), lots, owner, ask=ask)
    return from_shelf(found) if found is not None else {}


def _chosen(scan: Scan, lot: str) -> Scan:
    """The scan with the lot that somebody read on the label. Raises :class:`UnsettledScan` while nobody has."""
    if not scan.ambiguous_lot:
        return scan
    fitting = [reading for reading in scan.readings if reading.lot == lot]
    if not fitting:
        raise UnsettledScan(scan)
    return choose(scan, fitting[0])


def from_shelf(lot: Lot) -> dict[str, str]:
    """The entries of a lot that was picked from the tiles."""
    entries = {"lot_id": str(lot.pk), "lot": lot.number, "expires": lot.expires_on.isoformat(), "source": lot.source}
    entries |= {"scan": "", "product": lot.product.key, "manufacturer": lot.manufacturer}
    return entries | (_of_package(lot.package) if lot.package else {"package_ndc": "", "ndc": ""})


def _of_package(package: Package) -> dict[str, str]:
    return {"package_ndc": package.ndc, "ndc": package.ndc, "manufacturer": package.labeler}


def _asking(scan: Scan) -> str:
    """What is read and what is not: the drug is never guessed, and nobody waits for whoever receives stock."""
    read_off = [f"lot {scan.lot}"] if scan.lot else []
    read_off += [f"expires {written_day(scan.expires)}"] if scan.expires else []
    beside = f" It also says {', '.join(read_off)}." if read_off else ""
    return (
        f"Nobody here has said which drug this code is.{beside} Read the label: pick its lot, or type it with the NDC"
    )


def _numbers(location: Location, key: str | None) -> list[str]:
    same = Lot.objects.filter(practice_id=location.practice_id, product__key=key or "")
    return list(same.values_list("number", flat=True))


def _whose(scan: Scan, lots: Sequence[Lot], owner: str, *, ask: bool) -> Lot | None:
    """The lot of that owner; without one, the only one of which something is left. Raises :class:`UnsettledOwner`."""
    said = [lot for lot in lots if lot.source == owner]
    left = [lot for lot in lots if lot.on_hand > 0 or lot.in_use]  # type: ignore[attr-defined]  # asked with the lots
    found = said or (left if len(left) == 1 else lots)
    if len(found) > 1 and ask:
        raise UnsettledOwner(scan, found)
    return found[0] if found else None


def on_shelf(location: Location, key: str | None, number: str | None) -> Lot | None:
    """The lot of that number on this shelf, whoever owns it."""
    return next(iter(same_number(location, key, number)), None)


def same_number(location: Location, key: str | None, number: str | None, package: Package | None = None) -> list[Lot]:
    """Every row of that lot on this shelf, one for each owner; those of the package, where one of them is."""
    in_use = Exists(OpenedVial.objects.filter(lot=OuterRef("pk"), ended_at=None))
    shelf = Lot.objects.filter(location=location, product__key=key or "").select_related("package", "product")
    found: list[Lot] = list(numbered(shelf.annotate(in_use=in_use), number).order_by("pk")) if number else []
    return [lot for lot in found if package is not None and lot.package_id == package.pk] or found
