"""Which lots somebody means who scans a carton, types a lot number or names a drug."""

from __future__ import annotations

from django.db.models import Q

from injections.models.lot_number import written
from injections.reading.known_codes import read
from injections.reading.ordering import named
from injections.reading.unreceived import Unreceived
from injections.scan import Scan, ScanError, read_scan


def meant(text: str, practice_id: int | None) -> Q:
    """The lots of what was scanned; else those whose number holds the text, and those of the drugs that it names."""
    try:
        return _scanned(read_scan(text), practice_id)
    except ScanError:
        return Q(number__icontains=written(text)) | Q(product__in=named(text))


def _scanned(scan: Scan, practice_id: int | None) -> Q:
    """Of a code that says no lot, or says it unclearly, all lots of its package; of one that nobody knows, its lot."""
    known = read(scan, practice_id)
    lot = Q(number__iexact=written(scan.lot)) if scan.lot else Q()
    if known is None and not scan.lot:
        return Q(pk=None)
    return lot & Q(package=known.package) if known else lot


def meant_of(text: str, lots: list[Unreceived], practice_id: int | None) -> list[Unreceived]:
    """Of lots that no shelf knows, those that are meant: by drug and number, for their package is only charted."""
    try:
        scan = read_scan(text)
    except ScanError:
        drugs = {product.pk for product in named(text)}
        return [one for one in lots if written(text) in one.number or one.product.pk in drugs]
    known = read(scan, practice_id)
    if known is None and not scan.lot:
        return []
    return [
        one
        for one in lots
        if (not scan.lot or one.number == written(scan.lot)) and (known is None or one.product == known.package.product)
    ]
