"""Drafts: what has been typed so far, saved at every change, and never part of the record."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from injections.actions.errors import NotYours, Refused, StaleDraft
from injections.actions.rights import need
from injections.chart.given import next_number
from injections.entries.values import Unreadable, read_moment
from injections.models import Administration, AdministrationDraft, Encounter, Order, Staff
from injections.policy import may

MOST_FIELDS = 120
LONGEST = 5000
#: what the second person beside a high-alert drug looked at: when one of these changes, they look again
LOOKED_AT = ("product", "package_ndc", "ndc", "lot", "lot_id", "dose", "route")
#: what names a vial: without its drug nobody knows whether it is the ordered one
OF_A_VIAL = {"scan", "lot", "lot_id", "ndc", "package_ndc"}
#: why a record has a further version that only adds to it
ADDENDUM = "Addendum"
NOT_THEIRS = "Only who gave this dose, a nurse or a physician may correct its record"


@transaction.atomic
def start(*, encounter: Encounter, order: Order | None, by: Staff) -> AdministrationDraft:
    """The draft of this order at this visit, whoever has it; a new one when nobody does.

    A new draft shows what was ordered: drug, dose and route stand on the page, and signing attests them.
    """
    need(by, "chart.write", encounter, order)
    if order is not None and order.patient_id != encounter.patient_id:
        raise Refused("This order is for another patient")
    Encounter.objects.select_for_update(of=("self",)).get(pk=encounter.pk)
    drafts = AdministrationDraft.objects.filter(encounter=encounter, corrects=None)
    found = drafts.filter(order=order).first() or _taken_under(order, drafts.filter(order=None, author=by), encounter)
    return found or AdministrationDraft.objects.create(
        practice_id=encounter.practice_id,
        encounter=encounter,
        order=order,
        author=by,
        started_by=by,
        entries=as_ordered(order, encounter.date),
    )


def _taken_under(
    order: Order | None, bare: QuerySet[AdministrationDraft], encounter: Encounter
) -> AdministrationDraft | None:
    """What was begun without an order, now under this one: the same drug, or no vial yet. What was typed stays."""
    if order is None:
        return None
    for draft in bare.select_for_update(of=("self",)):
        said = {name: text for name, text in draft.entries.items() if text}
        unnamed = "product" not in said and OF_A_VIAL & set(said)
        if unnamed or said.get("product", order.product.key) != order.product.key:
            continue
        draft.order = order
        draft.entries = as_ordered(order, encounter.date) | said
        draft.entries.pop("second_check_by", None)
        draft.version += 1
        draft.save(update_fields=["order", "entries", "version", "saved_at"])
        return draft
    return None


def as_ordered(order: Order | None, day: date) -> dict[str, str]:
    """What stands in a new chart; the dose of a series that loads is the one of its next dose."""
    entries = {"source": "stock"}
    if order is not None:
        entries |= {"product": order.product.key, "route": order.route}
        dose = order.dose_of(next_number(order, day) if order.loading else None)
        if dose is not None:
            entries["dose"] = dose.written
    return entries


@transaction.atomic
def start_correction(*, administration: Administration, by: Staff, addendum: str = "") -> AdministrationDraft:
    """A draft that will replace a signed dose, holding what was typed then.

    ``addendum`` goes behind the note of a new draft: it adds to what was signed and replaces nothing of it.
    """
    need(by, "chart.sign", administration)
    if administration.given_by_id not in (None, by.pk) and not may(by, "chart.correct"):
        raise Refused(NOT_THEIRS)
    Encounter.objects.select_for_update(of=("self",)).get(pk=administration.encounter_id)
    if Administration.objects.filter(supersedes=administration).exists():
        raise Refused("This record has been replaced already: open its latest version")
    found = AdministrationDraft.objects.filter(corrects=administration).first()
    return found or AdministrationDraft.objects.create(
        practice_id=administration.practice_id,
        encounter=administration.encounter,
        order=administration.order,
        corrects=administration,
        author=by,
        started_by=by,
        entries=_with_addendum(as_typed(administration), addendum),
    )


def _with_addendum(entries: dict[str, str], addendum: str) -> dict[str, str]:
    if not addendum:
        return entries
    note = "; ".join(filter(None, (entries.get("note", ""), " ".join(addendum.split()))))
    return entries | {"note": note[:LONGEST], "correction_reason": ADDENDUM}


@transaction.atomic
def start_again(*, administration: Administration, by: Staff) -> AdministrationDraft:
    """What was typed for a dose that is entered in error, as a draft once more: undoing loses nothing."""
    draft = start(encounter=administration.encounter, order=administration.order, by=by)
    if draft.author_id != by.pk or draft.version > 1:
        return draft
    draft.entries = dict(administration.entries)
    draft.save(update_fields=["entries", "saved_at"])
    return draft


def as_typed(administration: Administration) -> dict[str, str]:
    """The entries of a signed dose, with the moments that were *now* spelt out."""
    entries = dict(administration.entries)
    if administration.given_at is not None:
        entries["given_at"] = _on_clock(administration.given_at, administration)
    if administration.given_by_id is not None:
        entries["given_by"] = str(administration.given_by_id)
    if administration.presence_id is not None:
        entries["supervisor"] = str(administration.presence_id)
    return entries


def _on_clock(moment: datetime, administration: Administration) -> str:
    """When it was given as a person types it, 9:21:40; in full where the clock alone does not say which moment."""
    zone, day = administration.practice.zone, administration.encounter.date
    given = moment.astimezone(zone).replace(microsecond=0)
    with suppress(Unreadable):
        if read_moment(f"{given:%-H:%M:%S}", day, zone) == given:
            return f"{given:%-H:%M:%S}"
    return given.isoformat(timespec="seconds")


def hold(draft: AdministrationDraft) -> None:
    """Lock it until the transaction ends, and read it as it stands now. One that is gone stays as it was read.

    For whoever works out entries from those that stand: nobody saves others meanwhile.
    """
    rows = AdministrationDraft.objects.select_for_update()
    with suppress(AdministrationDraft.DoesNotExist):
        draft.refresh_from_db(fields=["entries", "version", "sent", "author"], from_queryset=rows)


@transaction.atomic
def save(
    *, draft: AdministrationDraft, entries: Mapping[str, str], version: int, by: Staff, sent: str = ""
) -> AdministrationDraft:
    """Merge what was typed; an empty text clears the field. ``sent`` is the mark of the page that says so.

    Raises :class:`StaleDraft` when the draft was saved since ``version``, :class:`NotYours` under another author, and
    :class:`Refused` when it was signed or discarded meanwhile.
    """
    held = _held(draft, by)
    if sent and sent == held.sent:
        return held
    merged = {key: text for key, text in {**held.entries, **_clean(entries)}.items() if text != ""}
    if "second_check_by" not in entries and _to_check_again(held.entries, merged):
        merged.pop("second_check_by", None)
    if merged == held.entries:
        return held  # said already, perhaps by this very page
    if held.version != version:
        raise StaleDraft(held)
    held.entries = merged
    held.version += 1
    held.sent = sent
    held.save(update_fields=["entries", "version", "sent", "saved_at"])
    return held


def _to_check_again(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether something changed that a second person had looked at."""
    return any(before.get(name, "") != after.get(name, "") for name in LOOKED_AT)


def _clean(entries: Mapping[str, str]) -> dict[str, str]:
    """Bounded text only. What characters a field takes is the form's to say."""
    if len(entries) > MOST_FIELDS or any(len(key) > 120 or len(str(text)) > LONGEST for key, text in entries.items()):
        raise Refused("This is more than a chart can hold")
    return {str(key): str(text).strip() for key, text in entries.items()}


@transaction.atomic
def discard(*, draft: AdministrationDraft, by: Staff) -> None:
    """Throw one's own draft away: wrong patient, wrong order. Gone already is fine. Others take it over first."""
    need(by, "chart.write", draft)
    for one in AdministrationDraft.objects.select_for_update().filter(pk=draft.pk):
        if one.author_id != by.pk:
            raise NotYours(one.author)
        one.delete()


@transaction.atomic
def take_over(*, draft: AdministrationDraft, by: Staff) -> AdministrationDraft:
    """Go on with a colleague's draft. Who started it stays on the record.

    Name, birth date, allergies and order are checked by whoever gives the dose: that is asked anew.
    """
    held = _held(draft, by, anybody=True)
    if held.author_id != by.pk:
        held.author = by
        held.version += 1
        if held.corrects_id is None:
            held.entries = {name: said for name, said in held.entries.items() if name != "checks"}
        held.save(update_fields=["author", "version", "entries", "saved_at"])
    return held


def _held(draft: AdministrationDraft, by: Staff, *, anybody: bool = False) -> AdministrationDraft:
    """The draft's row, locked, as it stands now.

    Its author is read after that: joined, a draft that a colleague took over meanwhile would seem to be gone.
    """
    need(by, "chart.write", draft)
    held = AdministrationDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Refused("This chart was signed or discarded meanwhile")
    if not anybody and held.author_id != by.pk:
        raise NotYours(held.author)
    return held
