"""The vial on the charting page: from a scan, a photo, a lot on the shelf, or what was typed from the label."""

from __future__ import annotations

from typing import Protocol

from django.http import HttpRequest

from injections.chart.ordered import number_for
from injections.entries.several import FURTHER
from injections.models import AdministrationDraft, Lot
from injections.reading.scanned import OF_THE_VIAL, UnsettledOwner, from_scan, from_shelf, on_shelf
from injections.reading.shelf import package_of
from injections.scan import Scan, ScanError, UnsettledScan

#: what a page may say of the vial beside its entries
READ_OFF = ("again", "scan", "reading", "owner", "unsettled")
#: what was scanned is shown again with the refusal, in so many characters
SHOWN = 40


class NotTaken(Protocol):
    """Where it is said what could not be taken, and what a code may mean."""

    errors: dict[str, str]
    unsettled: Scan | None
    owners: tuple[Lot, ...]
    read_lot: str


def take(
    request: HttpRequest, draft: AdministrationDraft, entries: dict[str, str], saved: NotTaken, *, again: bool = False
) -> bool:
    """Put the vial into the entries; whether the vial on the page is another one by it.

    ``again`` says that this very page was saved before: the lot that stands on the draft is the one that it picks.
    """
    if request.POST.get("again"):
        entries |= dict.fromkeys(OF_THE_VIAL, "") | _as_ordered(draft)
        return True
    code = request.POST.get("scan", "").strip()
    if code:
        return take_code(code, draft, entries, saved)
    lot, owner = request.POST.get("reading", ""), request.POST.get("owner", "")
    if lot or owner:
        return take_code(request.POST.get("unsettled", ""), draft, entries, saved, lot=lot, owner=owner)
    return _picked(request, draft, entries, again=again)


def _picked(request: HttpRequest, draft: AdministrationDraft, entries: dict[str, str], *, again: bool) -> bool:
    """A lot that was tapped on the shelf, or a label that was typed."""
    picked = entries.get("lot_id", "")
    if not picked or (picked == draft.entries.get("lot_id") and not again):
        _typed(draft, entries)
        return False
    lots = Lot.objects.for_user(request.user).filter(location=draft.encounter.location)
    lot = lots.select_related("product", "package").filter(pk=picked).first() if picked.isdecimal() else None
    if lot is not None:
        entries |= from_shelf(lot)
    return lot is not None


def take_further(draft: AdministrationDraft, entries: dict[str, str], saved: NotTaken) -> bool:
    """The second to fourth container of one dose, where one of them was scanned."""
    scanned = False
    for place in FURTHER:
        code = entries.pop(f"vial{place}.scan", "")
        if not code:
            continue
        try:
            found = from_scan(code, draft.encounter.location, ordered(draft), ask=False)
        except ScanError as problem:
            saved.errors[f"vial{place}.scan"] = f"{problem} (scanned: {code[:SHOWN]})"
            continue
        entries |= {f"vial{place}.{name}": found.get(name, "") for name in ("lot", "expires", "ndc")}
        scanned = True
    return scanned


def take_code(
    code: str, draft: AdministrationDraft, entries: dict[str, str], saved: NotTaken, *, lot: str = "", owner: str = ""
) -> bool:
    """What a scanner or a camera read; ``lot`` and ``owner`` are what somebody said where the code leaves them open."""
    try:
        entries |= from_scan(code, draft.encounter.location, ordered(draft), lot=lot, owner=owner)
    except (UnsettledScan, UnsettledOwner) as problem:
        saved.errors["scan"] = str(problem)
        saved.unsettled, saved.read_lot = problem.scan, lot
        saved.owners = problem.lots if isinstance(problem, UnsettledOwner) else ()
        return False
    except ScanError as problem:
        saved.errors["scan"] = f"{problem} (scanned: {code[:SHOWN]})"
        return False
    return True


def _typed(draft: AdministrationDraft, entries: dict[str, str]) -> None:
    """A label typed by hand: its NDC says which package it is; without one, the shelf may know the lot."""
    before = draft.entries
    if "package_ndc" in entries:  # the page knows it already
        return
    if all(entries.get(name, before.get(name, "")) == before.get(name, "") for name in ("lot", "ndc")):
        return
    written = entries.get("ndc", before.get("ndc", ""))
    package = package_of(written) if written else None
    if not written:
        lot = on_shelf(draft.encounter.location, ordered(draft), entries.get("lot", before.get("lot", "")))
        package = lot.package if lot is not None else None
    entries["package_ndc"] = package.ndc if package is not None else ""
    entries["product"] = package.product.key if package is not None else (ordered(draft) or entries.get("product", ""))


def dose_with_drug(draft: AdministrationDraft, entries: dict[str, str]) -> bool:
    """The ordered dose stands for the ordered drug alone; whether the dose on the page is another one by it.

    How much of another drug was given is for whoever gave it to say. The ordered dose comes back with its drug.
    """
    order, was = draft.order, draft.entries.get("product", "")
    now = entries.get("product", was)
    as_ordered = order.dose_of(number_for(draft)) if order is not None else None
    if order is None or as_ordered is None or now == was:
        return False
    stated = entries.get("dose", draft.entries.get("dose", ""))
    if now == order.product.key and not stated:
        entries["dose"] = as_ordered.written
    elif was == order.product.key and as_ordered.is_said_by(stated):
        entries["dose"] = ""
    return entries.get("dose", stated) != stated


def ordered(draft: AdministrationDraft) -> str | None:
    return draft.order.product.key if draft.order else None


def _as_ordered(draft: AdministrationDraft) -> dict[str, str]:
    return {"product": ordered(draft) or "", "source": "stock", "discarded": "", "opened": ""}
