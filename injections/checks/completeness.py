"""Completeness: what a record of a dose must state before it can be signed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from injections.checks.rule import check, gap, treatments
from injections.checks.vials import vials_of
from injections.facts import Clinician, Encounter, Status, known
from injections.findings import Finding, Until
from injections.routes import needs_site, parse_route
from injections.sites import is_paired, parse_side

LEAVES = Until.PATIENT_LEAVES
#: credentials of those who may supervise, and so need no supervisor when they give the dose themselves
PRACTITIONERS = frozenset({"MD", "DO", "NP", "APRN", "ARNP", "FNP", "DNP", "PA", "CNS", "CNM", "DPM"})


# --- the drug --------------------------------------------------------------------------------------------------------


@check(applies=("no product",))
def drug_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The drug is not charted

    Nothing else in the record means anything without it.
    """
    for dose in encounter.doses_given:
        if dose.product is None and not dose.drug:
            yield gap(dose, "drug", fix="Scan the vial or choose the drug", until=LEAVES)


@check(applies=("no dose",))
def dose_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The dose is not charted

    The amount that entered the patient, with its unit: the order alone does not say what was given.
    """
    for dose in encounter.doses_given:
        if dose.dose is None and dose.purpose != "diluent":
            yield gap(dose, "dose", fix="Enter the dose that was given", until=LEAVES)


@check(applies=("no lot", "containers"))
def lot_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The lot number is not charted

    A recall can only reach the patients whose lot is known.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            if vial.lot is None or vial.lot == "":
                yield gap(dose, vial.field("lot"), fix="Scan the vial or type the lot", until=LEAVES)


@check(applies=("no expires", "containers"))
def expiry_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The expiry date is not charted

    Nobody can show afterwards that the drug was still good.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            if vial.expires is None:
                fix = "Scan the vial or type the expiry date"
                yield gap(dose, vial.field("expires"), fix=fix, until=LEAVES)


@check(applies=("no ndc", "containers"))
def ndc_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The NDC is not charted

    It names the product and package that was in hand; payers and recalls ask for it.
    """
    for dose in encounter.doses_given:
        for vial in vials_of(dose):
            if vial.ndc is None or vial.ndc == "":
                yield gap(dose, vial.field("ndc"), fix="Scan the vial or type the NDC", until=LEAVES)


@check(applies=("no manufacturer",))
def manufacturer_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The manufacturer is not charted

    Lot numbers are only unique for one manufacturer.
    """
    for dose in encounter.doses_given:
        on_label = any(vial.package is not None and vial.package.labeler for vial in vials_of(dose))
        if not dose.manufacturer and not on_label:
            yield gap(dose, "manufacturer", fix="Scan the vial, or type the manufacturer", until=LEAVES)


@check(applies=("no source",))
def source_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Whose drug it was is not charted

    Stock, the patient's own, a pharmacy's or a sample: stock counts and bills differ.
    """
    for dose in encounter.doses_given:
        if dose.source is None:
            yield gap(dose, "source", fix="Say where the drug came from")


# --- how, where and when ---------------------------------------------------------------------------------------------


@check(applies=("no route",))
def route_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The route is not charted

    Dose limits, sites and codes all depend on it.
    """
    for dose in treatments(encounter):
        if not dose.route:
            yield gap(dose, "route", fix="Choose the route", until=LEAVES)


@check(applies=("no site",))
def site_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The injection site is not charted

    A sore arm next week can only be judged by somebody who knows where the needle went.
    """
    for dose in treatments(encounter):
        places = [part.site for part in dose.split.sites] if dose.split else []
        charted = bool(places) and all(places)
        if needs_site(known(dose.route)) and not dose.site and not charted:
            yield gap(dose, "site", fix="Choose the injection site", until=LEAVES)


@check(applies=("no side", "split"))
def side_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Left or right is not charted

    The site has two sides, and the next dose goes into the other one.
    """
    for dose in treatments(encounter):
        parts = dose.split.sites if dose.split else ()
        said = dose.side or parse_side(known(dose.site)) or any(part.side for part in parts)
        if is_paired(known(dose.site)) and not said:
            yield gap(dose, "side", fix="Choose left or right", until=LEAVES)
        for place, part in enumerate(parts):
            if is_paired(part.site) and not part.side and not parse_side(part.site):
                yield gap(dose, f"split.sites[{place}].side", fix="Choose left or right", until=LEAVES)


@check(applies=("no given_at",))
def time_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The clock time is not charted

    The next dose, a reaction and the supervision of this one are all told by it.
    """
    for dose in treatments(encounter):
        if dose.given_at is None:
            yield gap(dose, "given_at", fix="Enter the time the dose was given", until=LEAVES)


@check(applies=("route:IV-push", "route:IV-infusion", "route:SC-infusion"))
def stop_time_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The stop time of the infusion or push is not charted

    Without start and stop nobody can tell a push from an infusion.
    """
    for dose in treatments(encounter):
        if parse_route(known(dose.route)) in ("IV-push", "IV-infusion", "SC-infusion") and dose.stopped_at is None:
            yield gap(dose, "stopped_at", fix="Enter the time it was finished", until=LEAVES)


@check(applies=("split",))
def split_reason_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Why one dose was given in several injections is not charted

    One ordered dose means one injection unless there is a reason, such as the volume.
    """
    for dose in treatments(encounter):
        if dose.split is not None and dose.split.parts > 1 and not dose.split.reason:
            yield gap(dose, "split.reason", fix="Say why the dose was divided")


# --- who -------------------------------------------------------------------------------------------------------------


@check(applies=("no given_by",))
def giver_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Who gave the dose is not charted

    The person who gave it answers for it with name and credential.
    """
    for dose in treatments(encounter):
        if dose.given_by is None and not dose.self_given:
            yield gap(dose, "given_by", fix="Say who gave the dose")


@check(applies=("no given_by.credential",))
def giver_credential_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """The credential of the person who gave the dose is not charted

    Who may give which drug depends on it.
    """
    for dose in treatments(encounter):
        giver = known(dose.given_by)
        if giver is not None and not giver.credential:
            yield gap(dose, "given_by.credential", fix="Add the credential, such as RN or CMA")


@check(applies=("no supervision",))
def supervision_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Who supervised the dose is not charted

    Say who was on hand and how, or that nobody was: both are answers.
    """
    for dose in treatments(encounter):
        in_person = is_practitioner(known(dose.given_by))
        if encounter.supervision_of(dose) is None and not in_person:
            yield gap(dose, "supervision", fix="Say who supervised, or that nobody did")


def is_practitioner(giver: Clinician | None) -> bool:
    """Whether the giver may treat without anybody's supervision: giving in person is more than supervising."""
    words = re.findall(r"[A-Z]+", ((giver.credential if giver else None) or "").upper().replace(".", ""))
    return not PRACTITIONERS.isdisjoint(words)


# --- what was not given ----------------------------------------------------------------------------------------------


@check(applies=("status",))
def reason_not_given_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Why the dose was not given is not charted

    The next person has to know whether to try again.
    """
    for dose in encounter.administrations:
        untouched = dose.status in (Status.NOT_GIVEN, Status.REFUSED)
        if untouched and not dose.not_given_reason:
            yield gap(dose, "not_given_reason", fix="Say why the dose was not given")


@check(applies=("status",))
def vial_drawn_up_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Which vial was drawn up and thrown away is not charted

    It has left the shelf all the same, and a count has to find it.
    """
    for dose in encounter.administrations:
        thrown_away = known(dose.discarded)
        if dose.status in (Status.NOT_GIVEN, Status.REFUSED) and thrown_away and thrown_away.amount:
            for vial in vials_of(dose):
                if vial.lot is None or vial.lot == "":
                    yield gap(dose, vial.field("lot"), fix="Scan the vial that was drawn up, or type its lot")


@check(applies=("status",))
def reason_partly_given_not_charted(encounter: Encounter) -> Iterator[Finding]:
    """Why only a part of the dose was given is not charted

    The rest may still be owed to the patient.
    """
    for dose in encounter.administrations:
        if dose.status is Status.PARTLY and not (dose.not_given_reason or dose.dose_change_reason):
            yield gap(dose, "dose_change_reason", fix="Say why only a part was given")


CHECKS = (
    drug_not_charted,
    dose_not_charted,
    lot_not_charted,
    expiry_not_charted,
    ndc_not_charted,
    manufacturer_not_charted,
    source_not_charted,
    route_not_charted,
    site_not_charted,
    side_not_charted,
    time_not_charted,
    stop_time_not_charted,
    split_reason_not_charted,
    giver_not_charted,
    giver_credential_not_charted,
    supervision_not_charted,
    reason_not_given_not_charted,
    vial_drawn_up_not_charted,
    reason_partly_given_not_charted,
)
