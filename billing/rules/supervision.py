"""Supervision: who was on hand while staff gave the dose, and what the payer makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from billing.case import Case
from billing.codes import MEDICARE_VACCINE_ADMINISTRATION, NURSE_VISIT, VACCINE_ADMINISTRATION, WITH_AFTERCARE
from billing.outcomes import Charge, Finding, Kind, Modifier, Outcome, Owner, Until, Withheld, claim_gap, notice
from billing.practitioners import credentials, may_bill
from billing.rules.rule import Stage, rule
from injections.facts import Administration, Order, Supervision, SupervisionMode, Unobtainable, known

DIRECT = "42 CFR 410.26(b)(5), 410.32(b)(3)(ii): direct supervision"
VIRTUAL = "CY2026 Physician Fee Schedule: direct supervision by real-time audio and video; audio alone does not count"
INCIDENT_TO = "42 CFR 410.26(b): services incident to a practitioner's plan"
WHO_MAY = "42 CFR 410.26(a)(7): physician, NP, PA, CNS, CNM"
PROTOCOL = "NY Education Law; 42 CFR 410.26: a plan that the practitioner began"

#: without one of these traits what is charted satisfies every payer
IN_DOUBT = ("supervision:none", "supervision:audio-only", "supervision:audio-video", "supervisor cannot bill")

#: acts that staff may do without supervision, or that answer for it in another way
_NEEDS_NOBODY = VACCINE_ADMINISTRATION | MEDICARE_VACCINE_ADMINISTRATION | {NURSE_VISIT}


def gave_in_person(dose: Administration) -> bool:
    """Whether a practitioner gave the dose: being the giver is more than supervising."""
    return may_bill(known(dose.given_by))


def why_not(case: Case, dose: Administration) -> str | None:
    """Why the stated supervision does not satisfy the payer; ``None`` where it does or nothing is stated."""
    stated = known(case.encounter.supervision_of(dose))
    if stated is None or gave_in_person(dose) or case.wants("supervision") != "direct":
        return None
    if stated.mode is SupervisionMode.NONE:
        return "no practitioner was in the suite, and none was reachable by audio and video"
    if stated.mode is SupervisionMode.AUDIO_ONLY:
        return "the practitioner was reachable by telephone only"
    if stated.mode is SupervisionMode.AUDIO_VIDEO and case.wants("virtual-supervision") is None:
        return "this payer wants the practitioner in the suite, not on a screen"
    return _cannot_supervise(stated)


def _cannot_supervise(stated: Supervision) -> str | None:
    if credentials(stated.clinician) and not may_bill(stated.clinician):
        who = f"{stated.clinician.name}, {stated.clinician.credential}" if stated.clinician else "the supervisor"
        return f"{who}, cannot bill, and so cannot supervise"
    return None


@rule(stage=Stage.CHECK, wants="supervision", applies=IN_DOUBT, cites=DIRECT)
def does_not_count(case: Case) -> Iterator[Finding]:
    """The supervision as charted does not count for this payer.

    As long as the record stays so, the act is not billed. If somebody else was on hand, the record can still say it.
    """
    reasons: dict[str, list[str]] = {}
    for dose in case.doses:
        reason = None if _is_vaccine(dose) else why_not(case, dose)
        if reason is not None:
            reasons.setdefault(reason, []).append(dose.id)
    for reason, doses in reasons.items():
        yield notice(
            "The supervision as charted does not count for this payer",
            about=tuple(doses),
            because=reason,
            fix="If another practitioner was on hand, chart who and how; else the act is not billed",
            owner=Owner.NURSE,
            until=Until.SIGN_OFF,
            fields=("supervision",),
        )


def _supervised(charge: Charge) -> bool:
    """Whether the act is one that staff give under supervision."""
    return charge.kind is Kind.ADMINISTRATION and charge.code not in _NEEDS_NOBODY


@rule(stage=Stage.ADJUST, wants="supervision", applies=IN_DOUBT, cites=DIRECT)
def not_supervised(case: Case) -> Iterator[Outcome]:
    """Staff gave the dose without the supervision that the payer wants.

    The record is true and can be signed; the act is not billed.
    """
    for charge in case.charges:
        reasons = [r for d in case.doses_of(charge) if (r := why_not(case, d) or _needs_presence(case, charge, d))]
        if reasons and _supervised(charge):
            yield Withheld(charge.code, reasons[0], charge.administrations, charge)


def _needs_presence(case: Case, charge: Charge, dose: Administration) -> str | None:
    """Procedures with days of after-care are left out of supervision by video."""
    stated = known(case.encounter.supervision_of(dose))
    video = stated is not None and stated.mode is SupervisionMode.AUDIO_VIDEO and not gave_in_person(dose)
    if video and charge.code in WITH_AFTERCARE:
        return f"{charge.code} has days of after-care: the practitioner has to be in the suite"
    return None


@rule(stage=Stage.ADJUST, wants="incident-to", applies=IN_DOUBT, cites=INCIDENT_TO)
def drug_not_incident(case: Case) -> Iterator[Outcome]:
    """Where the act is not incident to a service, neither is the drug.

    Medicare pays for a drug in the office as a part of the practitioner's service. Where there was no such service,
    there is nothing for it to be part of.
    """
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        reasons = [r for d in case.doses_of(charge) if (r := why_not(case, d)) and not _is_vaccine(d)]
        if reasons:
            yield Withheld(charge.code, f"{reasons[0]}: the drug goes with the act", charge.administrations, charge)


def _is_vaccine(dose: Administration) -> bool:
    return "vaccine" in (dose.product.classes if dose.product else {dose.drug_class})


@rule(stage=Stage.ADJUST, wants="incident-to", applies=("services",), cites=INCIDENT_TO)
def nurse_visit_not_supervised(case: Case) -> Iterator[Outcome]:
    """A nurse visit without supervision is not incident to anything either.

    The lowest visit code stands on the same supervision as the injection does.
    """
    stated = known(case.encounter.supervision)
    missing = stated is not None and stated.mode in (SupervisionMode.NONE, SupervisionMode.AUDIO_ONLY)
    for charge in case.of(Kind.SERVICE):
        if charge.code == NURSE_VISIT and missing:
            yield Withheld(NURSE_VISIT, "no practitioner was in the suite", charge=charge)


@rule(stage=Stage.ADJUST, wants="virtual-modifier", applies=("supervision:audio-video",), cites="HCPCS modifier FR")
def supervised_by_video(case: Case) -> Iterator[Outcome]:
    """Supervision by video is told with FR where the payer wants it.

    Video supervision is allowed, and some payers want to see on the claim that it was used.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        stated = [known(case.encounter.supervision_of(d)) for d in case.doses_of(charge)]
        if any(s is not None and s.mode is SupervisionMode.AUDIO_VIDEO for s in stated):
            yield Modifier(charge, "FR", because="supervised by audio and video")


def _by_staff(case: Case) -> Iterator[tuple[Administration, Supervision | Unobtainable]]:
    """Doses with a billed line that staff gave, with what is stated about their supervision."""
    billed = {i for c in case.charges if _supervised(c) for i in c.administrations}
    for dose in case.doses:
        stated = case.encounter.supervision_of(dose)
        if dose.id in billed and not gave_in_person(dose) and isinstance(stated, Supervision | Unobtainable):
            yield dose, stated


@rule(stage=Stage.CHECK, wants="supervision", applies=("supervision unobtainable",), cites=DIRECT)
def supervision_not_provable(case: Case) -> Iterator[Finding]:
    """Who supervised can no longer be found out.

    The record can be signed. The claim waits, because nobody could show the payer who was there.
    """
    for dose, stated in _by_staff(case):
        if isinstance(stated, Unobtainable):
            yield claim_gap(
                "Who supervised cannot be shown",
                about=(dose.id,),
                because=stated.reason,
                fix="Look for the day's schedule; without it the act is not billed",
                fields=("supervision",),
            )


@rule(stage=Stage.CHECK, wants="supervision", applies=("supervisor unnamed",), cites=WHO_MAY)
def supervisor_not_named(case: Case) -> Iterator[Finding]:
    """The supervising practitioner is not named with a credential.

    The claim goes under that person's NPI.
    """
    for dose, stated in _by_staff(case):
        clinician = stated.clinician if isinstance(stated, Supervision) else None
        if isinstance(stated, Supervision) and (clinician is None or not clinician.credential):
            yield claim_gap(
                "The supervising practitioner is not named with a credential",
                about=(dose.id,),
                because="without a name nobody can be billed for",
                fix="Choose the practitioner who was on hand",
                owner=Owner.NURSE,
                until=Until.SIGN_OFF,
                fields=("supervision.clinician",),
            )


@rule(stage=Stage.CHECK, wants="supervision", applies=("doses",), cites=DIRECT)
def given_outside_presence(case: Case) -> Iterator[Finding]:
    """The dose was given while the supervisor is not charted present.

    The record shows somebody on hand that day, but not at that minute. Either the times are mistyped or nobody was
    there.
    """
    for dose, stated in _by_staff(case):
        given = known(dose.given_at)
        if not isinstance(stated, Supervision) or given is None:
            continue
        early = stated.since is not None and _before(given, stated.since)
        late = stated.until is not None and _before(stated.until, given)
        if early or late:
            yield claim_gap(
                "The dose was given while the supervisor is not charted as present",
                about=(dose.id,),
                because=f"given {given:%H:%M}, supervision from {_clock(stated.since)} to {_clock(stated.until)}",
                fix="Correct the times, or name who was on hand then",
                owner=Owner.NURSE,
                fields=("supervision.from", "supervision.to", "given_at"),
            )


def _clock(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment else "an unknown time"


def _before(one: datetime, other: datetime) -> bool:
    """Whether one clock time comes first; a time without a zone is the practice's own."""
    if (one.tzinfo is None) != (other.tzinfo is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return one < other


@rule(stage=Stage.CHECK, wants="virtual-supervision", applies=("supervision:audio-video",), cites=VIRTUAL)
def video_to_be_confirmed(case: Case) -> Iterator[Finding]:
    """Whether this plan accepts supervision by audio and video is not known.

    Medicare accepts it. Other plans decide for themselves, so somebody has to ask once.
    """
    for dose, stated in _by_staff(case):
        video = isinstance(stated, Supervision) and stated.mode is SupervisionMode.AUDIO_VIDEO
        if video and case.wants("virtual-supervision") == "ask":
            yield notice(
                "Ask whether this plan accepts supervision by audio and video",
                about=(dose.id,),
                because="Medicare does; plans differ",
                fix="Look up the plan's rule and enter it for the payer",
                fields=("supervision.mode",),
            )


@rule(stage=Stage.CHECK, wants="incident-to", applies=("order by protocol",), cites=PROTOCOL)
def given_under_protocol_only(case: Case) -> Iterator[Finding]:
    """The dose was given under a protocol, without an order for this patient.

    Incident-to needs a plan that the practitioner began for this patient.
    """
    for dose, _ in _by_staff(case):
        order = known(dose.order)
        if isinstance(order, Order) and order.present and order.kind == "protocol" and not _is_vaccine(dose):
            yield claim_gap(
                "Given under a protocol: no practitioner began a plan for this patient",
                about=(dose.id,),
                because="incident-to needs a plan of the practitioner's own",
                fix="Point to the visit at which the plan was begun",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("order.kind",),
            )


@rule(stage=Stage.CHECK, wants="incident-to", applies=("doses",), cites=INCIDENT_TO)
def plan_has_grown_old(case: Case) -> Iterator[Finding]:
    """The practitioner's order is more than a year old.

    Incident-to asks that the practitioner stays involved in the course of treatment.
    """
    for dose, _ in _by_staff(case):
        order = known(dose.order)
        days = (case.day - order.date).days if isinstance(order, Order) and order.date else 0
        if days > 366:
            yield notice(
                "The order is more than a year old",
                about=(dose.id,),
                because=f"ordered {days} days before the dose",
                fix="Point to the visit at which the practitioner last reviewed the treatment",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("order.date",),
            )
