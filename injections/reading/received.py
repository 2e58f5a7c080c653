"""What the code on a carton says of the lot that arrives, beside what was typed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from injections.reading.known_codes import Unknown, read, unknown
from injections.scan import SEPARATOR, SHOWN, Reading, Scan, ScanError, choose, read_scan

#: what a scan fills in
FILLED = ("ndc", "number", "expires_on")


class Received:
    """One page about a lot that arrives. ``refused`` says why its code could not be read, ``unread`` why its photo.

    ``unknown`` is the question about a code that nobody knows; ``units`` how many are in what was scanned, where
    somebody said so before. ``readings`` are the lots that a code may mean whose separator was lost.
    """

    def __init__(self, data: Mapping[str, str], practice_id: int | None, unread: str = "") -> None:
        self.refused, self.units = unread, 1
        self._unread = bool(unread)
        self.unknown: Unknown | None = None
        self.readings: tuple[Reading, ...] = ()
        self._code, self._before = _text(data, "scan"), _text(data, "read_from")
        self._practice_id = practice_id
        self._said = self._read(data) if self._code else {}
        #: the code came just now, and something is still to be answered that it does not say
        self.waits = bool(
            self._fresh and not self.refused and (self.unknown or self.readings or not _text(data, "containers"))
        )

    @property
    def refused_now(self) -> bool:
        """Nothing else was to be answered yet: the code came just now, and could not be read."""
        return self._unread or bool(self.refused and self._fresh)

    @property
    def _fresh(self) -> bool:
        return self._code != self._before

    @property
    def next(self) -> str:
        """The field that is answered next."""
        if self.unknown is not None:
            return "which" if self.unknown.choices else "find"
        if self.readings:
            return "reading"
        return "containers" if self.waits else "scan"

    def _read(self, data: Mapping[str, str]) -> dict[str, str]:
        try:
            scan = read_scan(self._code)
        except ScanError as refused:
            self.refused = str(refused)
            return {}
        if scan.ambiguous_lot and _text(data, "number") in ("", self._earlier().get("number")):
            scan = self._chosen(scan, _text(data, "reading"))
        known = read(scan, self._practice_id)
        if known is not None:
            self.units = known.units or 1
        elif scan.gtin is not None:
            self.unknown = unknown(scan, _text(data, "find") or _text(data, "ndc"))
        return _words(scan, known.package.ndc if known else scan.ndc or "")

    def _chosen(self, scan: Scan, lot: str) -> Scan:
        """The scan with the lot that somebody read on the label; else that is asked."""
        fitting = [reading for reading in scan.readings if reading.lot == lot]
        if fitting:
            return choose(scan, fitting[0])
        self.readings = tuple(reading for reading in scan.readings if reading.lot)
        return scan

    def filled(self, data: QueryDict) -> QueryDict:
        """What was typed stands; the scan gives the rest. What an earlier scan gave goes with that scan."""
        if not self._said:
            return data
        copied, earlier = data.copy(), self._earlier()
        for name in FILLED:
            typed = _text(data, name)
            copied[name] = self._said[name] if typed in ("", earlier.get(name)) else typed
        copied["scan"] = copied["read_from"] = self._code
        if self.unknown and not _text(data, "find"):
            copied["find"] = _text(data, "ndc")
        if self.waits and self.units > 1:
            copied["containers"] = str(self.units)
        return copied

    def _earlier(self) -> dict[str, str]:
        if not self._before or not self._fresh:
            return {}
        try:
            scan = read_scan(self._before)
        except ScanError:
            return {}
        known = read(scan, self._practice_id)
        return _words(scan, known.package.ndc if known else scan.ndc or "")


def _text(data: Mapping[str, str], name: str) -> str:
    return str(data.get(name, "")).strip().replace(SEPARATOR, SHOWN)


def _words(scan: Scan, ndc: str) -> dict[str, str]:
    expires = f"{scan.expires:%m/%d/%Y}" if scan.expires else ""
    return {"ndc": ndc, "number": scan.lot or "", "expires_on": expires}
