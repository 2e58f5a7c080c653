"""Contested: where payers do not agree and we had to choose; each choice stands in the payer's file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing.case import DISTINCT, Case
from billing.codes import ADMINISTRATION, INJECTIONS, PREVENTIVE_VISITS, VACCINE_ADMINISTRATION
from billing.families import for_cancer
from billing.outcomes import Finding, Kind, Severity, notice
from billing.reference.not_complex import LISTED, PAUSED, PAUSED_FROM, NotComplex, list_of
from billing.rules.rule import Stage, rule
from injections.facts import Administration

REPEATS = "AAPC; NCCI Policy Manual ch. I; CMS modifier 59 article (contested)"
PREVENTIVE = "NCCI has no pair of 96372 with a preventive visit (2024 Q3); BCBSNC wants 25 (contested)"
RSV_UNITS = "CMS MUE 2024-07: 90381 has one unit; the label's second season takes two syringes (contested)"
RHO_D = "HCPro 2012, two ways to code Rho(D): J2790 at Medicare, 90384 at some private plans (contested)"
TUNNEL = "MAC articles on tendon and tunnel injections: 28899 for the tarsal tunnel; some plans take 64450 (contested)"
BEFORE_ITS_CODE = "Palmetto, unlisted drugs: J3590 for a biological, J9999 against cancer, never the other (contested)"
MAC_LISTS = "MAC articles on complex drug administration: A58620, A58532, A58544, A58527; CMS CR 13468"
INFUSED = "MAC articles on complex drug administration; plans' infusion policies differ (contested; confirm)"
SHARED_CODE = "CMS HCPCS: J0402 began on 1 Jan 2024; NC Medicaid bulletin of 17 Jul 2023: J3490 before it (contested)"
PROGESTIN = "No public contractor's list of hormonal drugs against cancer names it (contested; confirm)"
_INFUSED = ("tocilizumab", "abatacept")
#: ways of telling repeated acts apart that payers are known to want
_WAYS = DISTINCT | {"76", "77"}


@rule(
    stage=Stage.CHECK,
    wants="repeat-injections",
    applies=("several doses", "split", "needle_sticks", "two-injections"),
    cites=REPEATS,
)
def sign_of_a_repeat(case: Case) -> Iterator[Finding]:
    """Plans want different signs on a second injection.

    Some want 59, some one of the X family, some 76, and some one line that counts. The wrong sign reads as a duplicate.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        signs = [m for m in charge.modifiers if m in _WAYS]
        same = [c for c in case.of(Kind.ADMINISTRATION) if c.code == charge.code]
        if charge.code not in INJECTIONS or not (charge.units > 1 or (signs and charge is same[-1] and len(same) > 1)):
            continue
        counted = sum(c.units for c in same)
        how = f"with {signs[0]}" if signs else f"on one line with {counted} units"
        yield notice(
            f"The second {charge.code} is told apart {how}",
            about=charge.administrations,
            because=f"{counted} injections with one code; plans want 59, an X modifier, 76 or units",
            fix="Confirm this payer's sign; it stands in the payer's file",
            severity=Severity.INFO,
        )


@rule(stage=Stage.CHECK, applies=("services",), cites=PREVENTIVE)
def preventive_visit_without_25(case: Case) -> Iterator[Finding]:
    """Some plans want 25 on a preventive visit beside an injection.

    No pair of codes asks for it. We add it only where the payer's file says so: 25 is a statement, and nobody may
    make it by habit.
    """
    acts = [
        c for c in case.of(Kind.ADMINISTRATION) if c.code in ADMINISTRATION and c.code not in VACCINE_ADMINISTRATION
    ]
    for charge in case.of(Kind.SERVICE):
        if acts and charge.code in PREVENTIVE_VISITS and "25" not in charge.modifiers:
            if case.wants("preventive-25") or case.wants("vaccine-administration") == "medicare":
                continue
            yield notice(
                f"{charge.code} stands without 25 beside {acts[0].code}",
                about=acts[0].administrations,
                because=f"no pair edit joins {acts[0].code} and {charge.code}; some plans want 25 all the same",
                fix="Look up this plan's rule and enter it for the payer",
                severity=Severity.INFO,
            )


@rule(stage=Stage.CHECK, applies=("rsv-antibody",), cites=RSV_UNITS)
def two_syringes_of_rsv_antibody(case: Case) -> Iterator[Finding]:
    """Two syringes of nirsevimab are paid as one unit or as two.

    The label's 200 mg are two syringes, so two units are what was given. Medicare's limit of a day is one.
    """
    for charge in case.of(Kind.DRUG):
        if charge.code in ("90380", "90381") and charge.units > 1:
            yield notice(
                f"{charge.units} units of {charge.code} may be paid as one",
                about=charge.administrations,
                because=f"{charge.because}; the published limit of a day is one unit",
                fix="Ask the plan, and keep the record of both syringes for an appeal",
            )


@rule(stage=Stage.CHECK, applies=("J2790", "J2788"), cites=RHO_D)
def code_of_rho_d(case: Case) -> Iterator[Finding]:
    """Rho(D) immune globulin has two codes, and plans differ.

    Medicare takes the J code only. Some private plans want the CPT number of the same product.
    """
    other = {"J2790": "90384", "J2788": "90385"}
    private = case.context.payer.kind in ("commercial", "commercial-bundling", "workers-compensation")
    for charge in case.of(Kind.DRUG):
        if private and charge.code in other:
            yield notice(
                f"Some plans want {other[charge.code]} in place of {charge.code}",
                about=charge.administrations,
                because=f"one product with two codes; {charge.code} is what Medicare and most plans take",
                fix="Look up this plan's code",
                severity=Severity.INFO,
            )


@rule(stage=Stage.CHECK, applies=("route:perineural",), cites=TUNNEL)
def tunnel_at_the_ankle(case: Case) -> Iterator[Finding]:
    """An injection into the tarsal tunnel has no code of its own.

    Contractors name the unlisted code of the foot, with a description; some plans take the code for other nerves.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        if charge.code == "28899":
            yield notice(
                "The tarsal tunnel has no code of its own",
                about=charge.administrations,
                because="28899 is unlisted: it is priced by its description; some plans take 64450 instead",
                fix="Describe the injection on the claim, or use the code this plan names",
            )


@rule(stage=Stage.CHECK, applies=("J9999",), cites=BEFORE_ITS_CODE)
def cancer_drug_before_its_code(case: Case) -> Iterator[Finding]:
    """An antibody against cancer that has no code yet can be J9999 or J3590.

    It is both a biological and a drug against cancer. We took what it is for; some payers' files go by what it is.
    """
    for charge in case.of(Kind.DRUG):
        antibody = any(d.product and "monoclonal" in d.product.classes for d in case.doses_of(charge))
        if charge.code == "J9999" and antibody:
            yield notice(
                "J9999 stands for an antibody that had no code yet",
                about=charge.administrations,
                because="it is given against cancer; some payers want J3590 for every biological",
                fix="Confirm which of the two this payer prices",
                severity=Severity.INFO,
            )


@rule(stage=Stage.CHECK, applies=(LISTED, "contested-administration"), cites=MAC_LISTS)
def listed_as_not_complex(case: Case) -> Iterator[Finding]:
    """The contractor says whether this drug is complex to give.

    Contractors list drugs for which 96401 is paid back, and the lists differ and are retired. A drug that a list names
    with a star is looked at by hand. Since 12 August 2022 CMS has its contractors judge what was done, not the drug's
    name alone; 96372 stays right for a drug that is not complex to give.
    """
    if case.context.payer.kind != "medicare" or case.context.contractor is None:
        return
    row = list_of(case.context.contractor, case.day)
    for charge in case.of(Kind.ADMINISTRATION):
        named = [dose for dose in case.doses_of(charge) if _names(row, dose)]
        if charge.code != "96372" or not named:
            continue
        starred = row is not None and any(_is_starred(row, d) for d in named)
        yield notice(
            _said(case.context.contractor, named[0].called, row, starred),
            about=charge.administrations,
            because=_because(charge.code, row, case.day),
            fix="Read the article before the claim goes out" if starred or not row else "Keep 96372",
            severity=Severity.WARNING if starred else Severity.INFO,
            fields=("contractor",),
            source=row.source if row else "",
        )


def _names(row: NotComplex | None, dose: Administration) -> bool:
    """Whether the drug is on the list that the contractors share, or on this one with a star."""
    if dose.product is None or (row is not None and dose.product.key in row.left_out):
        return False
    return LISTED in dose.product.classes or _is_starred(row, dose)


def _because(code: str, row: NotComplex | None, day: date) -> str:
    told = row.source if row else "other contractors list it as not complex"
    return f"{code} is billed; {told}" + (f"; {PAUSED}" if day >= PAUSED_FROM else "")


def _is_starred(row: NotComplex | None, dose: Administration) -> bool:
    return row is not None and dose.product is not None and dose.product.key in row.starred


def _said(contractor: str, drug: str, row: NotComplex | None, starred: bool) -> str:
    if row is None:
        return f"No list of {contractor} is known that names {drug}"
    return f"{contractor} names {drug} with a caveat" if starred else f"{contractor} lists {drug} as not complex"


@rule(stage=Stage.CHECK, applies=("J3262", "Q5133", "Q5135", "Q5156", "J0129"), cites=INFUSED)
def infusion_of_a_biologic(case: Case) -> Iterator[Finding]:
    """Plans differ on the code for the infusion of this biologic.

    Some take it for a complex infusion, 96413, others for a plain one, 96365. The wrong code is paid back later.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        doses = [d for d in case.doses_of(charge) if d.product and d.product.key.startswith(_INFUSED)]
        if doses and charge.code in ("96365", "96413"):
            yield notice(
                f"{charge.code} is billed for the infusion of {doses[0].called}; plans differ",
                about=charge.administrations,
                because="some plans take 96413, a complex infusion, others 96365",
                fix="Ask this plan which of the two it takes before the claim goes out",
                severity=Severity.INFO,
                fields=("route",),
            )


@rule(stage=Stage.CHECK, applies=("J0401",), cites=SHARED_CODE)
def brand_before_its_code(case: Case) -> Iterator[Finding]:
    """Plans differ on the code of Abilify Asimtufii before it had its own.

    It came in 2023, its code in 2024. The code for extended-release aripiprazole named no brand then, so we count its
    milligrams. Some plans wanted an unclassified code with the package.
    """
    for charge in case.of(Kind.DRUG):
        doses = [d for d in case.doses_of(charge) if d.product and d.product.key == "aripiprazole-asimtufii"]
        if doses and charge.code == "J0401":
            yield notice(
                f"{charge.code} is billed for {doses[0].called}, and plans differ",
                about=charge.administrations,
                because="J0402, its own code, began on 1 Jan 2024; before that some plans wanted J3490",
                fix="Ask this plan which of the two it takes before the claim goes out",
                fields=("drug",),
            )


@rule(stage=Stage.CHECK, applies=("J1729", "J1725"), cites=PROGESTIN)
def progestin_against_cancer(case: Case) -> Iterator[Finding]:
    """Plans may differ on the injection of hydroxyprogesterone against cancer.

    For cancer of the womb it is a hormone against cancer, which speaks for 96402. The public lists of such hormones
    do not name it, so we bill 96372, the lower of the two.
    """
    for charge in case.of(Kind.ADMINISTRATION):
        doses = [d for d in case.doses_of(charge) if d.product and d.product.key == "hydroxyprogesterone"]
        if charge.code == "96372" and any(for_cancer(d, case.encounter) for d in doses):
            yield notice(
                f"96372 is billed for {doses[0].called} against cancer; some plans may take 96402",
                about=charge.administrations,
                because="no public list says whether it counts as a hormonal drug against cancer",
                fix="Ask this plan which of the two it takes before the claim goes out",
                fields=("diagnoses",),
            )
