"""Reasons: what some drugs need beside a diagnosis that fits: two results, a first visit, an acute pain."""

from __future__ import annotations

from collections.abc import Iterator

from billing.case import Case
from billing.codes import undotted
from billing.families import classes_of
from billing.outcomes import Charge, Finding, Kind, Owner, Until, claim_gap, notice
from billing.rules.rule import Stage, rule
from injections.checks.names import drug_names, names_any_of
from injections.days import written_day
from injections.facts import Administration

TESTOSTERONE = "MAC coverage articles on testosterone; Endocrine Society guideline (confirm by contractor)"
CONTRACEPTION = "ICD-10-CM guidelines, Z30: first prescription and surveillance"
RHO_D = "ICD-10-CM Z29.13, O36.0-, O26.89-, Z67.-: by plan (confirm)"
KETOROLAC = "Prescribing information: short-term treatment of acute pain only"


COPIED = "Contractors' advice on cloned documentation: each note stands for its own visit"
#: a shorter note says too little to be told from another
LEAST_NOTE = 60


def _lines(case: Case, word: str) -> Iterator[tuple[Charge, tuple[Administration, ...]]]:
    """Drug lines of a substance, by the name in its file."""
    for charge in case.of(Kind.DRUG):
        doses = case.doses_of(charge)
        if any(d.product is not None and word in d.product.name.casefold() for d in doses):
            yield charge, doses


@rule(stage=Stage.CHECK, wants="supporting-results", applies=("hormone", "controlled"), cites=TESTOSTERONE)
def two_low_levels(case: Case) -> Iterator[Finding]:
    """Testosterone for low levels stands on two low morning results.

    For gender-affirming care the plan's own rule counts instead.
    """
    for charge, doses in _lines(case, "testosterone"):
        levels = [lab for d in doses for lab in d.labs if "testosterone" in lab.name.casefold()]
        deficient = any(c.startswith(("E29", "E23")) for c in [undotted(code) for code in charge.diagnoses])
        if deficient and len(levels) < 2:
            yield notice(
                "Two low morning testosterone results are looked for",
                about=charge.administrations,
                because="one is charted" if levels else "none is charted",
                fix="Enter both results with their dates",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("labs",),
            )


@rule(stage=Stage.CHECK, wants="claim", applies=("contraceptive",), cites=CONTRACEPTION)
def first_or_later_contraceptive(case: Case) -> Iterator[Finding]:
    """The first contraceptive shot is Z30.013, each later one Z30.42.

    The two codes tell a first prescription from the watch over one that goes on. Payers compare them with earlier
    claims.
    """
    for charge, doses in _lines(case, "medroxyprogesterone"):
        names = tuple(name for d in doses for name in drug_names(d))
        before = [p for p in case.encounter.history if p.given < case.day]
        earlier = [p for p in before if names_any_of(p.drug, names)]
        codes = [undotted(code) for code in charge.diagnoses]
        if earlier and "Z30013" in codes:
            yield claim_gap(
                "Z30.013 is for the first injection",
                about=charge.administrations,
                because=f"an earlier dose was given on {written_day(max(p.given for p in earlier))}",
                fix="Code Z30.42 for a later injection",
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, wants="claim", applies=("immune-globulin",), cites=RHO_D)
def reason_for_rho_d(case: Case) -> Iterator[Finding]:
    """Rho(D) immune globulin needs its reason in blood group or pregnancy.

    The drug prevents one thing only, and the claim has to show that it could happen here.
    """
    accepted = ("Z2913", "O360", "O2689", "Z67", "O46", "O03", "O00", "D693")
    for charge, _ in _lines(case, "rho(d)"):
        if charge.diagnoses and not any(c.startswith(accepted) for c in [undotted(code) for code in charge.diagnoses]):
            yield claim_gap(
                "The diagnosis does not say why Rho(D) immune globulin was given",
                about=charge.administrations,
                because=f"{charge.code} is linked to {', '.join(charge.diagnoses)}",
                fix="Link Z29.13, or the pregnancy code that the plan lists",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, wants="claim", applies=("nsaid",), cites=KETOROLAC)
def chronic_pain_only(case: Case) -> Iterator[Finding]:
    """Ketorolac is for acute pain; chronic pain alone does not support it.

    The label allows it for a few days of acute pain. A payer that reads only chronic pain denies it.
    """
    for charge, doses in _lines(case, "ketorolac"):
        codes = [undotted(code) for code in charge.diagnoses]
        chronic = [c for c in codes if c.startswith(("G892", "G894"))]
        if chronic and len(chronic) == len(codes) and any("nsaid" in classes_of(d) for d in doses):
            yield notice(
                "Chronic pain alone does not support ketorolac",
                about=charge.administrations,
                because=f"{charge.code} is linked to {', '.join(charge.diagnoses)}",
                fix="Link the acute pain that was treated",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("diagnoses",),
            )


@rule(stage=Stage.CHECK, applies=("history",), cites=COPIED)
def note_is_copied(case: Case) -> Iterator[Finding]:
    """The note is word for word that of an earlier visit.

    Auditors take a copied note as no note at all: it does not show what was found on this day.
    """
    for dose in case.doses:
        words = " ".join(dose.note.split()).casefold()
        same = [p.given for p in case.encounter.history if " ".join(p.note.split()).casefold() == words]
        earlier = [day for day in same if day < case.day]
        if len(words) >= LEAST_NOTE and earlier:
            yield notice(
                f"The note of {dose.called} is the one of {written_day(max(earlier))}",
                about=(dose.id,),
                because=f"{len(words)} characters, word for word",
                fix="Write what was found and decided on this day",
                owner=Owner.PHYSICIAN,
                until=Until.CO_SIGN,
                fields=("note",),
            )
