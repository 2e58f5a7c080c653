"""Administration: which code stands for the act of giving a drug, and plainly why it is not 96372."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.families import Family, classes_of, family_of, for_cancer, route_of
from billing.outcomes import Finding, Kind, Outcome, Owner, Severity, Until, Withheld, chart_gap, notice
from billing.rules.acts import act, overridden
from billing.rules.rule import Stage, rule
from billing.sticks import Stick, sticks_of
from injections.facts import ASSUMED, Status, known
from injections.routes import route_words

CPT_INJECTIONS = "CPT, injections and infusions 96360-96379; NCCI Policy Manual ch. XI"
CPT_CHEMOTHERAPY = "CPT, 96401-96549: antineoplastic and other highly complex drugs"
NCD_PREP = "NCD 210.15, HIV pre-exposure prophylaxis"
DIVIDED = "CPT Assistant 9/2007 and 5/2010; First Coast 2008 (contested)"
NCCI_CH1 = "NCCI Policy Manual ch. I: local anesthesia by the clinician who performs the service is included"

#: what is billed instead, in our own words, where somebody might look for 96372
_INSTEAD = {
    Family.ANTINEOPLASTIC: "billed with 96401",
    Family.COMPLEX: "billed with 96401",
    Family.HORMONAL: "billed with 96402",
    Family.PREP: "billed with G0012 where the payer asks for it",
    Family.ON_BODY: "billed with 96377",
    Family.IV_PUSH: "billed with the codes for pushes",
    Family.SC_INFUSION: "billed by its minutes with 96369 and 96370",
    Family.IV_INFUSION: "billed by its minutes with the codes for infusions",
    Family.IV_UNSAID: "a push or an infusion: the chart has to say which",
    Family.INTRA_ARTERIAL: "billed with 96373",
    Family.VACCINE: "billed with the immunization codes",
    Family.RSV_ANTIBODY: "billed with 96380 or 96381",
    Family.ALLERGEN: "billed with 95115 or 95117",
    Family.SKIN_TEST: "billed with 86580, which holds the antigen and the stick",
    Family.PLATELETS: "billed with 0232T, which holds drawing, spinning, imaging and the stick",
    Family.JOINT: "billed with 20600-20611, at the spine with 64490-64495",
    Family.TENDON: "billed by the place",
    Family.TRIGGER_POINT: "billed with 20552 or 20553",
    Family.SACROILIAC: "billed with 27096, or 20552 without imaging",
    Family.PERINEURAL: "billed by the nerve",
    Family.LESION: "billed by the lesion",
    Family.CHEMODENERVATION: "billed by the body region",
    Family.IMPLANT: "billed with 11980-11983",
    Family.EYE: "billed with 67028",
    Family.SPINE: "billed with 62320-62323, 64479-64484 or 96450",
    Family.PENILE: "billed with 54235",
    Family.EAR: "billed with 69801",
}


@rule(stage=Stage.DERIVE, applies=("THERAPEUTIC",), cites=CPT_INJECTIONS)
def therapeutic_injection(case: Case) -> Iterator[Outcome]:
    """An injection into muscle or under the skin is billed with 96372.

    Once for every ordered dose, whatever the minutes. A dose that was divided only for its volume counts once, or once
    for every stick, as the payer has it.
    """
    for stick in sticks_of(case.encounter, Family.THERAPEUTIC):
        code = overridden(case, stick, "96372")
        said = f"{stick.called} was given {stick.where}{stick.how_often}"
        for part in _parts(case, stick):
            yield act(case, stick, code, said, part)


def _parts(case: Case, stick: Stick) -> range:
    """The lines for one ordered dose: one for each drug, or for each stick where the payer counts those."""
    return range(max(stick.drugs_apart, stick.parts if case.wants("split-dose") == "per-injection" else 1))


@rule(stage=Stage.DERIVE, applies=("ANTINEOPLASTIC", "COMPLEX"), cites=CPT_CHEMOTHERAPY)
def anticancer_injection(case: Case) -> Iterator[Outcome]:
    """An injected anticancer drug is billed with 96401.

    What the drug is decides, not its price and not the letters -mab. For another disease than cancer some payers want
    96372 for the same drug.
    """
    for stick in sticks_of(case.encounter, Family.ANTINEOPLASTIC, Family.COMPLEX):
        other_disease = all(for_cancer(d, case.encounter) is False for d in stick.doses)
        wanted = case.wants("anticancer-drug-for-other-disease")
        code = str(wanted) if other_disease and wanted else "96401"
        kind = "is an anticancer drug" if stick.family is Family.ANTINEOPLASTIC else "is a highly complex drug"
        reason = ", given for another disease than cancer" if other_disease else ""
        for part in _parts(case, stick):
            yield act(case, stick, overridden(case, stick, code), f"{stick.called} {kind}{reason}", part)


@rule(stage=Stage.DERIVE, applies=("HORMONAL",), cites=CPT_CHEMOTHERAPY)
def hormonal_injection(case: Case) -> Iterator[Outcome]:
    """A hormone injected against cancer is billed with 96402.

    For another disease, such as endometriosis, the same drug is a plain injection: 96372.
    """
    for stick in sticks_of(case.encounter, Family.HORMONAL):
        said = f"{stick.called} is a hormone given against cancer"
        for part in _parts(case, stick):
            yield act(case, stick, overridden(case, stick, "96402"), said, part)


@rule(stage=Stage.DERIVE, applies=("PREP",), cites=NCD_PREP)
def prep_injection(case: Case) -> Iterator[Outcome]:
    """An injection that prevents HIV has a code of its own at Medicare.

    Medicare covers these drugs as prevention and has a code of its own for giving them. Other payers see a plain
    injection.
    """
    code = case.wants("prep-administration")
    for stick in sticks_of(case.encounter, Family.PREP):
        said = f"{stick.called}: given to prevent HIV"
        for part in _parts(case, stick):
            yield act(case, stick, overridden(case, stick, str(code) if code else "96372"), said, part)


@rule(stage=Stage.DERIVE, applies=("route:on-body",), cites=CPT_INJECTIONS)
def on_body_injector(case: Case) -> Iterator[Outcome]:
    """Putting on an on-body injector is billed with 96377.

    What staff do is fix the device to the skin. The drug goes in hours later, with nobody there.
    """
    for stick in sticks_of(case.encounter, Family.ON_BODY):
        yield act(case, stick, "96377", f"the device for {stick.called} was put on")


@rule(stage=Stage.DERIVE, applies=("route:IA",), cites=f"{CPT_INJECTIONS} (confirm)")
def arterial_injection(case: Case) -> Iterator[Outcome]:
    """An injection into an artery is billed with 96373.

    An artery is a vessel, but giving a drug into it is neither a push nor an infusion.
    """
    for stick in sticks_of(case.encounter, Family.INTRA_ARTERIAL):
        yield act(case, stick, "96373", f"{stick.called} was given into an artery")


@rule(stage=Stage.EXPLAIN, applies=[family.name for family in _INSTEAD], cites=CPT_INJECTIONS)
def why_not_96372(case: Case) -> Iterator[Outcome]:
    """A dose that is not billed with 96372 says plainly why not.

    The biller should never have to wonder whether a line was forgotten. Some payers, and some years, want 96372.
    """
    lines = (*case.charges, *(w.charge for w in case.withheld if w.charge))
    said = {i for charge in lines if charge.code == "96372" for i in charge.administrations}
    for stick in sticks_of(case.encounter):
        instead = None if said.intersection(stick.ids) else _INSTEAD.get(stick.family)
        if instead and not (stick.family is Family.PREP and not case.wants("prep-administration")):
            yield Withheld("96372", f"{stick.called}: {stick.family.value}, {instead}", stick.ids)


@rule(stage=Stage.DERIVE, applies=("self_given",), cites=CPT_INJECTIONS)
def not_given_by_staff(case: Case) -> Iterator[Outcome]:
    """A dose that patients give themselves has no administration code.

    The code pays staff for giving the dose. Watching and teaching is not giving.
    """
    for dose in case.doses:
        if dose.self_given:
            yield Withheld("96372", f"{dose.called} was given by the patient, not by staff", (dose.id,))


@rule(stage=Stage.DERIVE, applies=("status",), cites=CPT_INJECTIONS)
def dose_not_given(case: Case) -> Iterator[Outcome]:
    """A dose that did not go in is not billed.

    Neither the act nor the drug; what a plan pays for a drug that was drawn up in vain is the biller's question.
    """
    words = {
        Status.NOT_GIVEN: "was not given",
        Status.REFUSED: "was refused by the patient",
        Status.ENTERED_IN_ERROR: "was entered in error",
    }
    for dose in case.encounter.administrations:
        if dose.status in words:
            yield Withheld(dose.called, f"{dose.called} {words[dose.status]}", (dose.id,))


@rule(stage=Stage.DERIVE, applies=("NUMBING", "FLUSH", "NO_NEEDLE"), cites=NCCI_CH1)
def part_of_another_service(case: Case) -> Iterator[Outcome]:
    """Numbing, mixing and flushing are part of the service that they serve.

    The code of the main service already pays for the numbing, the mixing and the flush. A line for them would be
    paid twice.
    """
    words = {
        Family.NUMBING: "only numbs or dilutes: it is part of the service it belongs to",
        Family.FLUSH: "only flushes the line: it is part of the service it belongs to",
        Family.NO_NEEDLE: "was not injected: giving it is part of the visit",
    }
    for dose in case.doses:
        family = family_of(dose, case.encounter)
        if family in words and not dose.self_given:
            yield Withheld(dose.called, f"{dose.called} {words[family]}", (dose.id,))


@rule(stage=Stage.CHECK, applies=("route:None", "UNKNOWN", "IV_UNSAID"), cites=CPT_INJECTIONS)
def route_not_understood(case: Case) -> Iterator[Finding]:
    """The route is written in words we do not know.

    Every code depends on the route, so it is asked for and never guessed.
    """
    for dose in case.doses:
        route = known(dose.route)
        if route is not None and route_of(dose) is None:
            yield _unclear_route(dose.id, f'The route "{route}" is not one we know', f'the chart says "{route}"')
        elif dose.route is ASSUMED and family_of(dose, case.encounter) is Family.UNKNOWN:
            ways = ", ".join(sorted(map(route_words, dose.product.routes))) if dose.product else "several ways"
            yield _unclear_route(dose.id, "The route is not stated", f"{dose.called} can be given by: {ways}")
        elif family_of(dose, case.encounter) is Family.IV_UNSAID and not _billed(case, dose.id):
            open_ = "The chart does not say whether it was a push or an infusion"
            yield _unclear_route(dose.id, open_, "charted as intravenous only")


def _billed(case: Case, id: str) -> bool:
    return any(id in c.administrations for c in case.of(Kind.ADMINISTRATION))


def _unclear_route(id: str, summary: str, because: str) -> Finding:
    fix = "Choose the route from the list"
    return chart_gap(summary, about=(id,), because=because, fix=fix, fields=("route",))


@rule(stage=Stage.CHECK, applies=("several doses",), cites="CPT, 96372: for each injection (confirm)")
def several_drugs_one_stick(case: Case) -> Iterator[Finding]:
    """Drugs in one syringe are one injection, each with its own line.

    The code counts needle sticks. Whoever gave them confirms that there was one.
    """
    for stick in sticks_of(case.encounter, *_BY_THE_DOSE):
        if len(stick.doses) > 1:
            yield notice(
                f"{stick.called}: one injection, because one syringe is charted",
                about=stick.ids,
                because=f"{len(stick.doses)} drugs, 1 needle stick",
                fix="If there were two sticks, chart two syringes",
                owner=Owner.NURSE,
                until=Until.SIGN_OFF,
                fields=("syringe",),
            )


@rule(stage=Stage.CHECK, applies=("antineoplastic",), cites=CPT_CHEMOTHERAPY)
def anticancer_code_for_other_disease(case: Case) -> Iterator[Finding]:
    """An anticancer drug was given for another disease.

    Payers differ: most accept 96401 for what the drug is, some want 96372.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        doses = case.doses_of(charge)
        anticancer = [d for d in doses if "antineoplastic" in classes_of(d)]
        other = anticancer and all(for_cancer(d, case.encounter) is False for d in doses)
        if charge.code == "96401" and other and not case.wants("anticancer-drug-for-other-disease"):
            yield notice(
                "Some plans want 96372 for this drug when it is not given against cancer",
                about=charge.administrations,
                because=f"{doses[0].called} with {', '.join(charge.diagnoses) or 'no diagnosis'}",
                fix="Look up this plan's rule and enter it for the payer",
            )


@rule(stage=Stage.CHECK, applies=("contested-administration",), cites="MAC articles A58620, A58532, A58544; ACR advice")
def code_differs_between_payers(case: Case) -> Iterator[Finding]:
    """Payers do not agree on the code for the act of giving this drug.

    For this drug some payers want the code for a plain injection and others the code for a complex drug. The
    payer's own article decides, so somebody has to look.
    """
    table = case.wants("administration-codes")
    for charge in case.of(Kind.ADMINISTRATION):
        contested = [d for d in case.doses_of(charge) if "contested-administration" in classes_of(d)]
        if contested and charge.code in ("96372", "96365") and not table:
            yield notice(
                f"Some payers want another code than {charge.code} for {contested[0].called}",
                about=charge.administrations,
                because="advice of societies and contractors differs",
                fix="Look up this payer's rule and enter it for the payer",
            )


#: families whose act is counted by the ordered dose or by the stick
_BY_THE_DOSE = (Family.THERAPEUTIC, Family.HORMONAL, Family.ANTINEOPLASTIC, Family.COMPLEX, Family.PREP)


@rule(stage=Stage.CHECK, applies=("split", "needle_sticks"), cites=DIVIDED)
def divided_dose_is_contested(case: Case) -> Iterator[Finding]:
    """One ordered dose over several sticks is counted in two ways.

    First Coast counts the ordered dose, CPT Assistant has been read as counting the sticks. The payer decides.
    """
    per_stick = case.wants("split-dose") == "per-injection"
    for stick in sticks_of(case.encounter, *_BY_THE_DOSE):
        lines = [c for c in case.of(Kind.ADMINISTRATION) if set(c.administrations) & set(stick.ids)]
        if stick.parts > 1 and stick.drugs_apart == 1 and lines:
            counted = f"{stick.parts} times, once for each stick" if per_stick else "once, as one ordered dose"
            yield notice(
                f"{lines[0].code} is counted {counted}",
                about=stick.ids,
                because=f"{stick.called} went in over {stick.parts} needle sticks; payers count this differently",
                fix="Confirm the payer's rule; the choice stands in the payer's file",
                severity=Severity.INFO,
            )
