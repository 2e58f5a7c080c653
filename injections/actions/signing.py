"""Signing: one transaction in which the chart is read again, checked, kept for ever, and told to the rest.

Physicians' and billers' gaps never hold up the nurse; what she can say herself, or say why she cannot, does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from injections import records
from injections.actions import administrations, drafts, incidents, observations, proving, second_checks, taking, telling
from injections.actions.errors import NotYours, Refused, StaleDraft
from injections.actions.proving import Proof
from injections.actions.rights import need
from injections.chart import Drafted, read_chart, read_draft, signed_fact
from injections.checks import examine
from injections.checks.consent import asked_at_signing
from injections.facts import Administration as Dose
from injections.facts import Encounter as Visit
from injections.facts import Status, known
from injections.findings import Finding, Gate, Owner
from injections.models import Administration, AdministrationDraft, Encounter, Order, Signature, Staff
from injections.models.signature import Meaning
from injections.policy import may

UNDO_WITHIN = timedelta(seconds=60)
UNDONE = "Undone within 60 seconds"
REPLACED = "This record has been replaced already: open its latest version"
NOT_GIVEN = (Status.NOT_GIVEN, Status.REFUSED)


@dataclass(frozen=True, slots=True)
class Preview:
    """What signing would find. ``dose`` is the draft's id in the findings, ``blocking`` what stands in its way."""

    facts: Visit
    findings: tuple[Finding, ...]
    drafted: Drafted
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def dose(self) -> Dose:
        return self.drafted.fact

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if _holds_up(finding, self.dose.id))


def _holds_up(finding: Finding, dose: str) -> bool:
    """An unsafe act stops whoever is about to do it; a gap holds up only the one who can fill it."""
    if dose not in finding.administrations:
        return False
    return finding.gate is Gate.GIVING or (finding.gate is Gate.SIGNING and finding.owner is Owner.NURSE)


def preview(encounter_row: Encounter, draft: AdministrationDraft, by: Staff, *, now: datetime | None = None) -> Preview:
    """The visit with this draft as one more dose, and what the chart and the bill say to it. Changes nothing."""
    drafted = read_draft(draft, by=by, now=now)
    encounter = read_chart(encounter_row, drafted)
    findings = (*examine(encounter), *asked_at_signing(encounter), *telling.objections(encounter, encounter_row))
    return Preview(facts=encounter, findings=findings, drafted=drafted, errors=drafted.errors)


def signed_as(submission_key: UUID) -> Administration | None:
    """The record that this draft became, for the second tap and the reloaded page."""
    return Administration.objects.filter(submission_key=submission_key).first()


@transaction.atomic
def sign(
    *,
    draft: AdministrationDraft,
    by: Staff,
    proof: Proof | None,
    meaning: str | None = None,
    now: datetime | None = None,
    reason: str = "",
) -> Administration:
    """Make the draft a record, once: signing it again answers the same row.

    Raises :class:`Refused` with the findings, unreadable entries and missing proof that stand in the way,
    :class:`StaleDraft` when the page was not the latest, :class:`NotYours` under another author.
    """
    need(by, "chart.sign", draft)
    encounter = _lock(draft.encounter_id)
    already = signed_as(draft.submission_key)
    if already is not None:
        return already
    held = _held(draft, encounter, by)
    now = now or timezone.now()
    reason = reason or held.entries.get("correction_reason", "")
    _refuse_correction(held, reason)
    seen = preview(encounter, held, by, now=now)
    _refuse(seen, by, meaning, now, proving.missing(by, proof))
    dose = administrations.insert(seen.drafted, by=by, now=now, reason=reason.strip()[:200])
    proving.used(proof)
    return _conclude(dose, seen.dose, held, by, now)


def _lock(encounter_id: int) -> Encounter:
    rows = Encounter.objects.select_for_update(of=("self",))
    return rows.select_related("patient", "location", "practice").get(pk=encounter_id)


def _held(draft: AdministrationDraft, encounter: Encounter, by: Staff) -> AdministrationDraft:
    rows = AdministrationDraft.objects.select_for_update(of=("self",))
    held = rows.select_related("author", "started_by", "order__product", "corrects").filter(pk=draft.pk).first()
    if held is None:
        raise Refused("This chart was discarded meanwhile")
    if held.author_id != by.pk:
        raise NotYours(held.author)
    if held.version != draft.version:
        raise StaleDraft(held)
    if held.order_id is not None:  # who stops it, or gives its last dose elsewhere, comes before or after this
        Order.objects.select_for_update(of=("self",), no_key=True).get(pk=held.order_id)
    held.encounter = encounter
    return held


def _refuse_correction(held: AdministrationDraft, reason: str) -> None:
    """A correction says why, and replaces the version that stands."""
    if held.corrects is None:
        return
    if Administration.objects.filter(supersedes=held.corrects).exists():
        raise Refused(REPLACED)
    if not reason.strip():
        raise Refused("Say why this record is corrected", errors={"correction_reason": "Enter a reason"})


def _refuse(seen: Preview, by: Staff, meaning: str | None, now: datetime, unproved: Mapping[str, str]) -> None:
    """Raises :class:`Refused` for everything that keeps this from being a true, complete and proved record."""
    errors = {**seen.errors, **unproved}
    dose = seen.dose
    given_at = known(dose.given_at)
    if given_at is not None and given_at > now + timedelta(minutes=1):
        errors["given_at"] = "This time is still to come"
    if seen.drafted.product is None:
        errors.setdefault("product", "Scan the vial or choose the drug")
    giver = seen.drafted.people.get("given_by")
    if giver is not None and giver.pk != by.pk and not (seen.drafted.draft.corrects_id and may(by, "chart.correct")):
        errors["given_by"] = f"{giver.short_name} gave this dose: only the person who gave it signs for it"
    if second_check_left(dose):
        errors["second_check_by"] = second_checks.ASK
    if meaning is not None and meaning != meaning_of(dose.status):
        errors["status"] = "The signature does not say what the record says"
    if errors or seen.blocking:
        raise Refused("Not signed yet: see what is left", seen.blocking, errors)


def second_check_left(dose: Dose) -> bool:
    """Whether a high-alert drug still waits for its second person, or for the reason why there was none."""
    alert = dose.was_given and dose.product is not None and dose.product.high_alert
    return alert and dose.second_check_by is None and dose.waiver(second_checks.NOBODY) is None


def meaning_of(status: str, *, corrects: bool = False) -> Meaning:
    """What a signature under such a record says; ``corrects`` for a record of what somebody else did."""
    if corrects:
        return Meaning.CORRECTED
    return Meaning.NOT_GIVEN if status in NOT_GIVEN else Meaning.ADMINISTERED


def _conclude(dose: Administration, fact: Dose, held: AdministrationDraft, by: Staff, now: datetime) -> Administration:
    """Signature, the end of the draft, the news, and stock last: who waits for a lot waits for the commit alone."""
    others = dose.supersedes is not None and dose.given_by_id not in (None, by.pk)
    write_signature(dose, meaning_of(dose.status, corrects=others), by, now)
    if dose.supersedes is not None:
        observations.carry_over(earlier=dose.supersedes, dose=dose)
    incidents.open_from(dose=dose, by=by)
    held.delete()
    telling.signed(dose, by)
    taking.hold_shelf(dose)
    if dose.supersedes is not None:
        taking.put_back(dose=dose.supersedes, by=by, version=dose)
    taking.take(dose=dose, fact=fact, by=by)
    return dose


def write_signature(dose: Administration, meaning: Meaning, by: Staff, now: datetime) -> Signature:
    """A name under the exact content of the record as the chart reads it now."""
    fact = signed_fact(dose, signed_at=now if meaning != Meaning.COSIGNED else None)
    content = records.signed_text(
        replace(read_chart(dose.encounter), administrations=(fact,)),
        meaning=meaning.value,
        signer=by.full_name,
        signed_at=now,
        credential=by.credential,
        administration=fact.id,
    )
    return Signature.objects.create(
        practice_id=dose.practice_id,
        administration=dose,
        signer=by,
        printed_name=by.full_name,
        credential=by.credential,
        meaning=meaning,
        signed_at=now,
        time_zone=dose.encounter.practice.time_zone,
        content=content,
        content_hash=records.digest(content),
    )


@transaction.atomic
def enter_in_error(
    *,
    administration: Administration,
    by: Staff,
    proof: Proof | None,
    reason: str = "",
    now: datetime | None = None,
) -> Administration:
    """Say that this record should not exist. Both rows stay; its stock moves are reversed.

    Whoever signed it may do so within 60 seconds without typing: what was proved to sign it still holds. Later, or for
    anybody else, it needs a reason and a proof. Doing it again answers the same row.
    """
    need(by, "chart.sign", administration)
    now = now or timezone.now()
    dose = _latest(administration)
    if dose.pk != administration.pk and dose.status == Status.ENTERED_IN_ERROR:
        return dose
    _refuse_replaced(administration, dose)
    undoes = may_undo(dose, by, now)
    reason = reason.strip() or (UNDONE if undoes else "")
    if not reason:
        raise Refused("Say why this record is wrong", errors={"reason": "Enter a reason"})
    if not undoes:
        proving.need_proof(by, proof)
        proving.used(proof)
    version = administrations.copy_in_error(dose, by=by, now=now, reason=reason[:200], key=uuid4())
    write_signature(version, Meaning.ENTERED_IN_ERROR, by, now)
    telling.amended(version.encounter, by)
    taking.put_back(dose=dose, by=by, version=version)
    return version


def may_undo(dose: Administration, by: Staff, now: datetime) -> bool:
    """Whether this person signed it less than a minute ago.

    A correction is never undone: that would take the dose itself off the record. It is corrected once more.
    """
    if dose.supersedes_id is not None:
        return False
    signature = dose.signatures.filter(signer=by).order_by("signed_at").first()
    return signature is not None and timedelta(0) <= now - signature.signed_at <= UNDO_WITHIN


def _latest(administration: Administration) -> Administration:
    """The row that stands now, with its visit locked: a correction of a correction is followed to its end."""
    _lock(administration.encounter_id)
    dose = Administration.objects.select_related("encounter__practice").get(pk=administration.pk)
    while (later := Administration.objects.filter(supersedes=dose).first()) is not None:
        dose = later
    return dose


def _refuse_replaced(asked: Administration, latest: Administration) -> None:
    if latest.pk != asked.pk:
        raise Refused(REPLACED)


@transaction.atomic
def correct(
    *,
    administration: Administration,
    entries: Mapping[str, str],
    reason: str,
    by: Staff,
    proof: Proof | None,
    now: datetime | None = None,
) -> Administration:
    """Replace a signed dose by what it should have said. The first version stays readable, with the reason."""
    if not reason.strip():
        raise Refused("Say why this record is corrected", errors={"reason": "Enter a reason"})
    draft = drafts.start_correction(administration=administration, by=by)
    draft = drafts.save(draft=draft, entries=entries, version=draft.version, by=by)
    return sign(draft=draft, by=by, proof=proof, now=now, reason=reason)
