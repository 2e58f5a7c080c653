"""Co-signing: the practitioner who ordered or supervised a colleague's dose reads the record and agrees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from injections.actions import proving, questions
from injections.actions.errors import Refused
from injections.actions.proving import Proof
from injections.actions.rights import need
from injections.actions.signing import write_signature
from injections.chart.afterwards import reaction_of
from injections.facts import Status
from injections.models import Administration, Encounter, Question, Signature, Staff
from injections.models.columns import quantity_or_none
from injections.models.observation import Ended
from injections.models.signature import Meaning
from injections.policy import NURSING

LATE = timedelta(hours=4)
#: the tile of the response that says so
REACTION = "Reaction"
GIVEN = (Status.GIVEN.value, Status.PARTLY.value)


def waiting_for(by: Staff) -> QuerySet[Administration]:
    """Doses given by nurses that this practitioner ordered or supervised and has not co-signed, oldest first."""
    mine = Q(order__ordered_by=by) | Q(supervisor=by)
    rows = Administration.objects.for_user(by).filter(mine, status__in=GIVEN, superseded_by=None)
    rows = rows.filter(given_by__role__in=NURSING).exclude(signatures__meaning=Meaning.COSIGNED)
    related = ("encounter__patient", "encounter__location", "product", "order__ordered_by", "given_by", "supervisor")
    return rows.select_related(*related).distinct().order_by("given_at", "pk")


def exceptions(dose: Administration) -> list[str]:
    """What makes this record worth reading closely, in sentences; an empty list is a clean one."""
    ordered = dose.order.dose_of(dose.dose_number) if dose.order else None
    given = quantity_or_none(dose.dose_amount, dose.dose_unit)
    differs = ordered is not None and given is not None and (ordered.dimension, ordered) != (given.dimension, given)
    late = dose.given_at is not None and dose.charted_at - dose.given_at > LATE
    found = {
        "No order": dose.order is None,
        "Dose differs from the order": differs or bool(dose.dose_change_reason),
        "Part of the dose was given": dose.status == Status.PARTLY,
        "A warning was answered with a reason": bool(dose.waivers),
        "Something could not be recorded": bool(dose.unobtainable),
        "A reaction is charted": _reacted(dose),
        "The patient left before the end of the wait": any(
            watched.ended == Ended.LEFT_EARLY for watched in dose.observations.all()
        ),
        "Charted late": late,
        "Corrected": dose.supersedes_id is not None,
    }
    return [sentence for sentence, true in found.items() if true]


def _reacted(dose: Administration) -> bool:
    """Charted with the dose, or called afterwards: its log then says the rest."""
    return bool(dose.adverse_effects) or dose.response == REACTION or reaction_of(dose) is not None


@transaction.atomic
def cosign(*, administration: Administration, by: Staff, proof: Proof | None, now: datetime | None = None) -> Signature:
    """Agree with the record as it stands. Doing it again is harmless; a colleague's co-signature is told by name."""
    need(by, "chart.cosign", administration)
    Encounter.objects.select_for_update(of=("self",)).get(pk=administration.encounter_id)
    dose = Administration.objects.select_related("encounter__practice", "given_by").get(pk=administration.pk)
    already = dose.signatures.filter(meaning=Meaning.COSIGNED).first()
    if already is not None:
        if already.signer_id == by.pk:
            return already
        raise Refused(f"{already.printed_name} has co-signed this already")
    if Administration.objects.filter(supersedes=dose).exists() or dose.status == Status.ENTERED_IN_ERROR:
        raise Refused("This record has been replaced: read its latest version")
    if dose.given_by_id == by.pk:
        raise Refused("You gave this dose yourself: your signature stands under it already")
    proving.need_proof(by, proof)
    proving.used(proof)
    return write_signature(dose, Meaning.COSIGNED, by, now or timezone.now())


@transaction.atomic
def cosign_clean(
    *, administrations: Iterable[Administration], by: Staff, proof: Proof | None, now: datetime | None = None
) -> list[Signature]:
    """Several clean records at once, each signed separately, proved once.

    Raises :class:`Refused` if one of them is not clean.
    """
    proving.need_proof(by, proof)
    doses = sorted(administrations, key=lambda dose: dose.pk)
    unclean = [dose for dose in doses if exceptions(dose)]
    if unclean:
        raise Refused(f"{len(unclean)} of these need to be read one by one")
    return [cosign(administration=dose, by=by, proof=proof, now=now) for dose in doses]


def return_with_question(
    *, administration: Administration, text: str, by: Staff, submission_key: UUID | None = None
) -> Question:
    """Send it back to whoever gave the dose, with a question. It stays in the queue until it is co-signed."""
    need(by, "chart.cosign", administration)
    return questions.ask(
        encounter=administration.encounter,
        administration=administration,
        text=text,
        by=by,
        of=administration.given_by or administration.charted_by,
        submission_key=submission_key,
    )
