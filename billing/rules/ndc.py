"""NDC: the package that the drug came from, as the payer wants to see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from billing.case import Case
from billing.outcomes import (
    Charge,
    Finding,
    Gate,
    Kind,
    Modifier,
    Outcome,
    Owner,
    Severity,
    Until,
    claim_gap,
    notice,
)
from billing.rules.rule import Stage, rule
from injections.facts import ASSUMED, Administration, Product, known
from injections.formulary.ndc import billing_forms

DRA = "Deficit Reduction Act of 2005 §6002: NDC on physician-administered drugs"
LOOP_2410 = "X12 837P loop 2410, LIN and CTP; CMS-1500 item 24 shaded"
CROSSWALK = "CMS ASP NDC-HCPCS crosswalk"


@rule(stage=Stage.CHECK, wants="ndc", applies=("doses",), cites=DRA)
def ndc_missing(case: Case) -> Iterator[Finding]:
    """This payer wants the NDC, and the line has none.

    The payer collects rebates from drug makers by NDC and denies a drug line without one.
    """
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        doses = case.doses_of(charge)
        if charge.ndc is None and not any(d.ndc is ASSUMED for d in doses):
            yield claim_gap(
                f"{charge.code} needs the NDC with unit and quantity",
                about=charge.administrations,
                because=_what_is_missing(case, charge),
                fix="Scan the vial; for a liquid chart the volume",
                owner=Owner.NURSE,
                until=Until.SIGN_OFF,
                fields=("ndc",),
            )


def _what_is_missing(case: Case, charge: Charge) -> str:
    supply = next((s for s in case.supplies if s.key in charge.key), None)
    charted = (supply.portions[0].ndc if supply else None, *(known(d.ndc) for d in case.doses_of(charge)))
    ndc = next(filter(None, charted), None)
    return f"{ndc} is charted, how much of it cannot be told" if ndc else "no package is charted"


@rule(stage=Stage.CHECK, applies=("doses",), cites=LOOP_2410)
def ndc_ambiguous(case: Case) -> Iterator[Finding]:
    """The NDC could mean several packages.

    Ten digits without hyphens can be filled up to eleven in three ways.
    """
    for dose in case.doses:
        written = known(dose.ndc)
        forms = billing_forms(written) if written else frozenset()
        if written and len(forms) != 1 and dose.package is None:
            several = f"it could be {', '.join(sorted(forms))}" if forms else "it has not the shape of an NDC"
            yield claim_gap(
                f"The NDC {written} is not certain",
                about=(dose.id,),
                because=several,
                fix="Scan the vial, or enter the NDC with its hyphens",
                owner=Owner.NURSE,
                fields=("ndc",),
            )


@rule(stage=Stage.CHECK, applies=("doses",), cites=CROSSWALK)
def ndc_of_another_product(case: Case) -> Iterator[Finding]:
    """The package is not one we know for this drug.

    Drug and package were charted apart and do not belong together. One of them is wrong.
    """
    for dose in case.doses:
        for field, written in _written(dose) if dose.product is not None else ():
            meant = case.reference.products.by_ndc(written)
            if meant is not None and dose.product is not None and meant.key != dose.product.key:
                yield claim_gap(
                    f"{written} is a package of {meant.display}",
                    about=(dose.id,),
                    because=f"the line is for {dose.product.display}",
                    fix="Scan the vial again",
                    owner=Owner.NURSE,
                    fields=(field, "drug"),
                )


@rule(stage=Stage.CHECK, applies=("doses",), cites=CROSSWALK)
def crosswalk_has_another_code(case: Case) -> Iterator[Finding]:
    """CMS bills this package with another code than the one on the line.

    The crosswalk of the quarter pairs each package with its code. Where it has the package under other codes only,
    code or package is wrong, and the payer denies the line.
    """
    for charge in case.of(Kind.DRUG, Kind.WASTE):
        codes = case.reference.crosswalk(frozenset({charge.ndc.code})) if charge.ndc else ()
        if charge.ndc and codes and charge.code not in codes:
            yield claim_gap(
                f"{charge.ndc.code} belongs to {', '.join(codes)}, not to {charge.code}",
                about=charge.administrations,
                because=f"the crosswalk of the day has this package under {', '.join(codes)} only",
                fix="Scan the vial again; where it is right, the code has to follow the package",
                owner=Owner.BILLER,
                fields=("ndc",),
            )


@rule(stage=Stage.CHECK, applies=("doses", "containers"), cites=CROSSWALK)
def ndc_not_in_crosswalk(case: Case) -> Iterator[Finding]:
    """The package is in no drug file, in no crosswalk and in no directory.

    It is new, or mistyped, and then the drug may be another one. A payer that wants the NDC denies a line whose package
    is not in FDA's directory. Where the directory is not imported the package is proven neither right nor wrong: the
    claim goes on, and a person looks.
    """
    for dose in case.doses:
        for field, written in _written(dose):
            if dose.product is not None and billing_forms(written) and not _is_listed(case, written):
                yield _unknown(case, dose, dose.product, field, written)


def _written(dose: Administration) -> Iterator[tuple[str, str]]:
    """The NDCs of a dose, each with its field."""
    if ndc := known(dose.ndc):
        yield "ndc", ndc
    yield from ((f"containers[{nth}].ndc", c.ndc) for nth, c in enumerate(dose.containers) if c.ndc)


def _unknown(case: Case, dose: Administration, product: Product, field: str, written: str) -> Finding:
    directory = case.reference.standing("ndc-packages").imported
    asked = "no drug file, CMS's crosswalk or FDA's directory" if directory else "no drug file and not CMS's crosswalk"
    has = f"{asked} has it; we know {len(product.packages)} packages of {product.display}"
    said = notice(
        f"Nobody knows the package {written}",
        about=(dose.id,),
        because=has if directory else f"{has}, and FDA's directory is not imported",
        fix="Scan the vial again. The number is right? Look it up in FDA's directory before the claim goes out",
        severity=Severity.CRITICAL if product.packages or directory else Severity.WARNING,
        fields=(field,),
    )
    return replace(said, gate=Gate.CLAIM) if directory and case.wants("ndc") else said


def _is_listed(case: Case, written: str) -> bool:
    """Whether a drug file, the crosswalk or FDA's directory of the day has the package."""
    listed = case.reference.products.by_ndc(written) is not None
    return listed or case.reference.knows_package(billing_forms(written))


@rule(stage=Stage.CHECK, wants="ndc", applies=("several doses", "containers"), cites=LOOP_2410)
def several_packages_one_code(case: Case) -> Iterator[Finding]:
    """One code came from several packages: each has its own line.

    A line of a claim can carry one NDC. Two packages need two lines, each with its own quantity.
    """
    if case.wants("several-packages"):
        return
    codes = [c.code for c in case.of(Kind.DRUG) if c.ndc is not None]
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        yield notice(
            f"{code} stands on {codes.count(code)} lines, one for each package",
            because="some plans want KP and KQ, or 76, on the later ones",
            fix="Look up how this plan tells them apart",
        )


@rule(stage=Stage.ADJUST, wants="several-packages", applies=("several doses", "containers"), cites=LOOP_2410)
def several_packages_told_apart(case: Case) -> Iterator[Outcome]:
    """Packages under one code are told apart the plan's way.

    Otherwise the second package reads as a duplicate of the first.
    """
    way = str(case.wants("several-packages"))
    for code in sorted({c.code for c in case.of(Kind.DRUG)}):
        lines = [c for c in case.of(Kind.DRUG) if c.code == code]
        for place, charge in enumerate(lines if len(lines) > 1 else ()):
            said = f"package {place + 1} of {len(lines)} with {code}"
            if way == "KP-KQ":
                yield Modifier(charge, "KQ" if place else "KP", because=said)
            elif place:
                yield Modifier(charge, way, because=said)
