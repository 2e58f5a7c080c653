"""A signed dose's row as facts. Who gave it and who supervised are read as they stood, never as they are today."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from injections import facts
from injections.chart.ordered import order_of
from injections.chart.products import package_fact, product_fact
from injections.codec import decode
from injections.entries.container_kind import as_labelled
from injections.facts import Clinician, Unobtainable
from injections.models import Administration
from injections.models.columns import quantity_or_none
from injections.models.signature import Meaning
from injections.owners import facts_of

#: the signatures that close a record, as opposed to those that comment on it
CLOSING = (Meaning.ADMINISTERED, Meaning.CORRECTED, Meaning.NOT_GIVEN, Meaning.ENTERED_IN_ERROR)

RECALLED = "vial.lot_recalled"

#: facts that are one column as it stands; an empty text is *not charted*
COLUMNS = {
    "ndc": "ndc",
    "route": "route",
    "site": "site",
    "side": "side",
    "lot": "lot_number",
    "expires": "expires_on",
    "manufacturer": "manufacturer",
    "given_at": "given_at",
    "stopped_at": "stopped_at",
    "reason": "reason",
    "response": "response",
    "identity_checked": "identity_checked",
    "allergies_checked": "allergies_checked",
    "dose_change_reason": "dose_change_reason",
    "discard_reason": "discard_reason",
    "not_given_reason": "not_given_reason",
    "adverse_effects": "adverse_effects",
    "beyond_use": "beyond_use_on",
    "held": "held_because",
}


def signed_fact(row: Administration, *, signed_at: datetime | None = None) -> facts.Administration:
    """The dose as signed. ``signed_at`` is passed while the signature itself is being written."""
    stated: dict[str, Any] = {fact: getattr(row, column) or None for fact, column in COLUMNS.items()}
    stated |= _amounts(row) | _drug(row) | _people(row) | _support(row)
    for fact, reason in row.unobtainable.items():
        if fact in stated and stated[fact] is None:
            stated[fact] = Unobtainable(reason)
    return facts.Administration(
        id=str(row.pk),
        status=facts.Status(row.status),
        opened=row.opened,
        purpose=row.purpose,
        self_given=row.self_given,
        charted_at=row.charted_at,
        signed_at=signed_at or _signed_at(row),
        note=row.note,
        **stated,
    )


def _signed_at(row: Administration) -> datetime | None:
    times = [signature.signed_at for signature in row.signatures.all() if signature.meaning in CLOSING]
    return min(times, default=None)


def _amounts(row: Administration) -> dict[str, Any]:
    return {
        "dose": quantity_or_none(row.dose_amount, row.dose_unit),
        "volume": quantity_or_none(row.volume_ml, "mL"),
        "discarded": quantity_or_none(row.discarded_amount, row.discarded_unit),
    }


def _drug(row: Administration) -> dict[str, Any]:
    return {
        "drug": row.product.key,
        "product": product_fact(row.product),
        "package": as_labelled(package_fact(row.package), row.entries.get("container_kind", ""))
        if row.package
        else None,
        **facts_of(row.source),
        "recalled": was_recalled(row.lot, row.given_at or row.charted_at) or _answered(row, RECALLED),
    }


def _answered(row: Administration, stop: str) -> bool:
    """Whether it was signed over this stop: the lot of a further vial leaves no other trace."""
    return any(waiver["rule"] == stop for waiver in row.waivers)


def was_recalled(lot: Any, moment: datetime) -> bool:
    """Whether the lot was already recalled when the dose was given: a later recall makes no earlier dose wrong."""
    return lot is not None and lot.recalled_at is not None and lot.recalled_at <= moment


def _people(row: Administration) -> dict[str, Any]:
    return {
        "given_by": _giver(row),
        "prepared_by": row.prepared_by.as_fact() if row.prepared_by else None,
        "second_check_by": row.second_check_by.as_fact() if row.second_check_by else None,
        "discard_witness": row.discard_witness.as_fact() if row.discard_witness else None,
        "supervision": _supervision(row) if row.supervision_mode else None,
        "order": order_of(row),
    }


def _supervision(row: Administration) -> facts.Supervision:
    """As signed; and where the practitioner turned out to have left before the dose, since when."""
    stated = decode(facts.Supervision, row.supervision)
    left = row.presence.until if row.presence else None
    uncovered = left is not None and row.given_at is not None and left < row.given_at
    return replace(stated, until=left) if uncovered else stated


def _giver(row: Administration) -> Clinician | None:
    if not row.given_by_name:
        return None
    return Clinician(row.given_by_name, row.given_by_credential or None, row.given_by_npi or None)


def _support(row: Administration) -> dict[str, Any]:
    observed = max(row.observations.all(), key=lambda observation: observation.pk, default=None)
    return {
        "diagnoses": tuple(row.diagnoses),
        "labs": tuple(decode(facts.Lab, lab) for lab in row.labs),
        "screening": dict(row.screening),
        "waivers": tuple(decode(facts.Waiver, waiver) for waiver in row.waivers),
        "observation": observed.as_fact() if observed else None,
        "consent": decode(facts.Consent, row.consent) if row.consent else None,
        "information_statement": _statement(row),
        "containers": tuple(decode(facts.Container, container) for container in row.containers),
        "split": decode(facts.Split, row.split) if row.split else None,
    }


def _statement(row: Administration) -> facts.InformationStatement | None:
    return decode(facts.InformationStatement, row.information_statement) if row.information_statement else None
