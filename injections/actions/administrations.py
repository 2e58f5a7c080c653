"""The signed row of a dose: its columns from what was charted. Only signing calls this."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from injections import facts
from injections.chart import Drafted
from injections.chart.ordered import number_for
from injections.codec import encode
from injections.facts import Unobtainable, known
from injections.models import Administration, Staff
from injections.owners import word_of
from injections.quantity import Quantity

#: columns that hold a fact as it stands
PLAIN = {
    "lot_number": "lot",
    "ndc": "ndc",
    "manufacturer": "manufacturer",
    "route": "route",
    "site": "site",
    "side": "side",
    "reason": "reason",
    "response": "response",
    "dose_change_reason": "dose_change_reason",
    "discard_reason": "discard_reason",
    "not_given_reason": "not_given_reason",
    "adverse_effects": "adverse_effects",
    "note": "note",
    "held_because": "held",
}
NULLABLE = {
    "expires_on": "expires",
    "beyond_use_on": "beyond_use",
    "given_at": "given_at",
    "stopped_at": "stopped_at",
    "identity_checked": "identity_checked",
    "allergies_checked": "allergies_checked",
}

#: facts without room for a reason of their own, whose column is still required
ANSWERED = {"completeness.dose_not_charted": "dose"}


def insert(drafted: Drafted, *, by: Staff, now: datetime, reason: str = "") -> Administration:
    """The dose as a row: complete or refused by the table itself. ``reason`` is that of a correction."""
    draft = drafted.draft
    assert drafted.product is not None, "signing refuses a dose without a drug"
    return Administration.objects.create(
        practice_id=draft.practice_id,
        encounter=draft.encounter,
        order=drafted.order,
        dose_number=number_for(draft),
        supersedes=draft.corrects,
        correction_reason=reason,
        submission_key=draft.submission_key,
        entries=draft.entries,
        charted_at=now,
        charted_by=draft.started_by,
        product=drafted.product,
        package=drafted.package,
        lot=drafted.lot,
        **_facts(drafted.fact),
        **_people(drafted, by),
        **_supervision(drafted),
    )


def copy_in_error(dose: Administration, *, by: Staff, now: datetime, reason: str, key: UUID) -> Administration:
    """The same row again, as entered in error: the version that replaces it."""
    kept = {field.attname: getattr(dose, field.attname) for field in dose._meta.concrete_fields}
    kept |= {
        "id": None,
        "supersedes_id": dose.pk,
        "status": facts.Status.ENTERED_IN_ERROR.value,
        "correction_reason": reason,
        "submission_key": key,
        "charted_at": now,
        "charted_by_id": by.pk,
    }
    return Administration.objects.create(**kept)


def _facts(fact: facts.Administration) -> dict[str, Any]:
    columns: dict[str, Any] = {column: known(getattr(fact, name)) or "" for column, name in PLAIN.items()}
    columns |= {column: known(getattr(fact, name)) for column, name in NULLABLE.items()}
    return {
        **columns,
        **_amount("dose", fact.dose),
        **_amount("discarded", known(fact.discarded)),
        "volume_ml": fact.volume.to("mL").amount if fact.volume else None,
        "source": word_of(known(fact.source), fact.acquired_340b),
        "status": fact.status.value,
        "purpose": fact.purpose,
        "opened": fact.opened,
        "self_given": fact.self_given,
        "diagnoses": list(fact.diagnoses),
        "labs": encode(fact.labs),
        "screening": dict(fact.screening),
        "waivers": encode(fact.waivers),
        "consent": encode(consent) if (consent := known(fact.consent)) is not None else {},
        "information_statement": encode(sheet) if (sheet := known(fact.information_statement)) is not None else {},
        "containers": encode(fact.containers),
        "split": encode(fact.split) if fact.split is not None else {},
        "unobtainable": _unobtainable(fact),
    }


def _amount(name: str, amount: Quantity | None) -> dict[str, Any]:
    return {f"{name}_amount": amount.amount if amount else None, f"{name}_unit": amount.unit if amount else ""}


def _unobtainable(fact: facts.Administration) -> dict[str, str]:
    reasons = {
        name: value.reason
        for name in fact.__dataclass_fields__
        if isinstance(value := getattr(fact, name), Unobtainable)
    }
    return reasons | {ANSWERED[w.rule]: w.reason for w in fact.waivers if w.rule in ANSWERED}


def _people(drafted: Drafted, by: Staff) -> dict[str, Any]:
    giver = drafted.people.get("given_by")
    return {
        "given_by": giver,
        "given_by_name": giver.full_name if giver else "",
        "given_by_credential": giver.credential if giver else "",
        "given_by_npi": giver.npi if giver else "",
        "prepared_by": drafted.people.get("prepared_by"),
        "second_check_by": drafted.people.get("second_check_by"),
        "discard_witness": drafted.people.get("discard_witness"),
    }


def _supervision(drafted: Drafted) -> dict[str, Any]:
    stated = known(drafted.fact.supervision)
    if stated is None:
        return {}
    presence = drafted.supervising.presence
    return {
        "supervision_mode": stated.mode.value,
        "supervision": encode(stated),
        "presence": presence,
        "supervisor": presence.clinician if presence else None,
    }
