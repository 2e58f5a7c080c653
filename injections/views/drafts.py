"""What the pages about a draft share: finding it, and merging what was posted into it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from injections.actions import drafts as actions
from injections.actions.errors import Refused
from injections.chart import read_draft
from injections.chart.ordered import number_for
from injections.facts import Administration, Status
from injections.forms.chart import DoseForm
from injections.models import AdministrationDraft, Encounter, Lot
from injections.reading.vial import left_in_drug, remainder
from injections.scan import Scan
from injections.views import quick, vials
from injections.views.posting import reader

NOT_GIVEN = (Status.NOT_GIVEN, Status.REFUSED)
REFUSED_BY_PATIENT = "The patient declined"


@dataclass(slots=True)
class Saved:
    """The draft as it stands now, the form that was posted, and what could not be taken."""

    draft: AdministrationDraft
    form: DoseForm
    errors: dict[str, str] = field(default_factory=dict)
    scanned: bool = False
    refused: Refused | None = None
    unsettled: Scan | None = None
    owners: tuple[Lot, ...] = ()
    read_lot: str = ""
    further: bool = False
    dose_too: bool = False
    time_too: bool = False

    @property
    def untaken(self) -> dict[str, str]:
        """What was typed and could not be kept, as it was typed."""
        return {name: str(self.form.data.get(name, "")) for name in self.form.errors if name in self.form.data}


def draft_of(request: HttpRequest, pk: int) -> AdministrationDraft:
    """The draft with what its page reads. Another practice's looks like one that does not exist."""
    rows = AdministrationDraft.objects.for_user(request.user).select_related(
        "author", "practice", "order__product", "order__ordered_by", "encounter__patient", "encounter__location"
    )
    return get_object_or_404(rows.select_related("encounter__practice"), pk=pk)


def encounter_of(request: HttpRequest, pk: int) -> Encounter:
    rows = Encounter.objects.for_user(request.user).select_related("patient", "location", "practice", "appointment")
    return get_object_or_404(rows, pk=pk)


@transaction.atomic
def merge(request: HttpRequest, draft: AdministrationDraft) -> Saved:
    """Save what was posted. What cannot be taken is told and stays on the page; the rest is saved all the same."""
    actions.hold(draft)  # the same page may be sent twice at once
    form = DoseForm(request.POST, entries=draft.entries)
    form.is_valid()
    saved = Saved(draft, form, {name: str(texts[0]) for name, texts in form.errors.items()})
    entries = form.entries()
    sent = _mark(request, entries)
    saved.scanned = vials.take(request, draft, entries, saved, again=sent == draft.sent)
    if saved.scanned:
        entries |= {"short_of": "", "container_kind": ""}  # they were said of another vial
    saved.dose_too = vials.dose_with_drug(draft, entries) | quick.stepped(request, draft, entries)
    saved.time_too = quick.earlier(request, draft, entries)
    saved.further = vials.take_further(draft, entries, saved)
    _not_given(entries)
    if {**draft.entries, **entries}.get("status") in NOT_GIVEN:
        _drawn_up(draft, entries)
    else:
        _remainder(request, draft, entries)
    try:
        saved.draft = actions.save(draft=draft, entries=entries, version=_version(form), by=reader(request), sent=sent)
    except Refused as refused:
        saved.refused = refused
    return saved


def _mark(request: HttpRequest, entries: dict[str, str]) -> str:
    """Tells this page from every other: what it says, and which save it saw."""
    said = entries | {name: request.POST.get(name, "") for name in ("version", *vials.READ_OFF, *quick.TAPS)}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _version(form: DoseForm) -> int:
    return int(form.cleaned_data.get("version") or 0)


def _not_given(entries: dict[str, str]) -> None:
    """A patient who declines is another outcome than a dose that was held back."""
    if entries.get("status") in NOT_GIVEN:
        declined = entries.get("not_given_reason") == REFUSED_BY_PATIENT
        entries["status"] = Status.REFUSED.value if declined else Status.NOT_GIVEN.value


def _typed(request: HttpRequest, stated: str, name: str) -> bool:
    """Whether somebody typed this amount, rather than the page having worked it out."""
    return bool(stated) and stated != request.POST.get(f"{name}_worked_out", "")


def _remainder(request: HttpRequest, draft: AdministrationDraft, entries: dict[str, str]) -> None:
    """Keep the rest of the package worked out from its label until somebody types another amount."""
    if _typed(request, entries.get("discarded", draft.entries.get("discarded", "")), "discarded"):
        return
    if _typed(request, entries.get("opened", ""), "opened"):
        return
    dose = _as_entered(draft, entries)
    rest, left = remainder(dose), left_in_drug(dose)
    known = rest is not None and left is not None and rest.discards
    entries["discarded"] = left.written if left is not None and known else ""
    entries["opened"] = str(rest.opened) if rest is not None and known else ""


def _drawn_up(draft: AdministrationDraft, entries: dict[str, str]) -> None:
    """What was drawn up and not given is thrown away: the whole of a single-dose vial, else the ordered dose."""
    if not entries.get("drawn_up"):
        entries |= {"discarded": "", "opened": ""}
        return
    package = _as_entered(draft, entries).package
    ordered = draft.order.dose_of(number_for(draft)) if draft.order is not None else None
    holds = package.holds if package is not None and package.single_dose is not False else None
    if holds is not None:
        entries |= {"discarded": holds.written, "opened": "1"}
    else:
        dose = {**draft.entries, **entries}.get("dose", "")
        entries |= {"discarded": ordered.written if ordered is not None else dose, "opened": ""}


def _as_entered(draft: AdministrationDraft, entries: dict[str, str]) -> Administration:
    """The dose as it would be read, without any amount that the page worked out before."""
    seen = AdministrationDraft(
        pk=draft.pk, encounter=draft.encounter, order=draft.order, author=draft.author, practice=draft.practice
    )
    seen.entries = {**draft.entries, **entries, "discarded": "", "opened": ""}
    return read_draft(seen, by=draft.author).fact
