"""Everything that a payer can want: the vocabulary of payer files, and its page in the manual."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemandPage:
    """What a demand means, and the values that it takes."""

    means: str
    values: str = "true, false"


DEMANDS: dict[str, DemandPage] = {
    "abn": DemandPage("The signed notice to the patient exists and is told with GA or GX"),
    "administration-codes": DemandPage(
        "The payer's own code for the act, by the drug's code", 'a table such as {"J0717": "96401"}'
    ),
    "anticancer-drug-for-other-disease": DemandPage(
        "The code for the act when an anticancer drug is given for another disease", '"96401", "96372"'
    ),
    "both-sides": DemandPage(
        "How a procedure on both sides of the body is billed",
        '"sides" (a line for each side), "50" (one line, one unit)',
    ),
    "bundles-injection": DemandPage("The act is paid within the visit, whatever the modifier"),
    "claim": DemandPage("It pays on a claim; without one the patient alone is billed"),
    "clinic-rate": DemandPage("Injections at an FQHC or rural health clinic are inside the visit's rate"),
    "coinsurance": DemandPage("The patient's part of the allowed amount", "a number, in percent"),
    "coinsurance-by-code": DemandPage(
        "The patient's part where a code has its own", 'a table from HCPCS code to percent, such as {"J2802": "18.399"}'
    ),
    "complexity-add-on": DemandPage("G2211 is not paid beside a visit with 25"),
    "counseled-vaccines": DemandPage(
        "How several counseled vaccines of one visit are counted", '"units" (of one line), "lines" (one line each)'
    ),
    "dialysis-bundle": DemandPage("ESA for a patient on dialysis belongs to the dialysis facility"),
    "discard-modifiers": DemandPage(
        "What is said about the rest of a single-dose vial",
        '"jw-jz" (the same as true), "jw-only", "round-up" (the opened vial is paid), "none" (the same as false)',
    ),
    "discount-drug-modifier": DemandPage("The modifier for a drug bought under 340B", '"TB", "JG", "UD"'),
    "distinct-modifiers": DemandPage(
        "Which family tells two acts apart: 59 always, or the exact one of the X family", '"59", "x"'
    ),
    "esa-labs": DemandPage("The last hemoglobin or hematocrit stands on an ESA claim"),
    "esa-modifiers": DemandPage("Exactly one of EA, EB and EC stands on an ESA line"),
    "esa-route-contractors": DemandPage(
        "Contractors that want JA (vein) or JB (under the skin) on an ESA line", "a list of contractors"
    ),
    "facility-bills-act": DemandPage("In a facility neither the act nor the drug is the practice's to bill"),
    "fee-schedule": DemandPage("Whose published prices are expected", '"medicare"'),
    "filing-days": DemandPage("Days from the date of service in which a claim can be filed", 'a number, or "1 year"'),
    "filing-starts": DemandPage(
        "Where this payer pays second: whether its time to file starts at the dose or at the first payer's answer",
        '"service", "answer"',
    ),
    "global-package": DemandPage(
        "After-care of an operation holds related injections", '"act" (the drug stays payable), "act-and-drug"'
    ),
    "good-faith-estimate": DemandPage("The patient pays alone and is owed an estimate"),
    "incident-to": DemandPage("What staff do is covered only as part of a practitioner's plan and supervision"),
    "line-modifiers": DemandPage(
        "Modifiers that this payer wants with a code, such as KX, FP or UD", 'a table such as {"J1050": "FP"}'
    ),
    "medical-necessity": DemandPage("The general test of reasonable and necessary care is applied"),
    "mue": DemandPage("Unit limits of a day are applied"),
    "ncci": DemandPage("Pairs of codes that are not paid together are applied"),
    "ndc": DemandPage("Every drug line needs the NDC with unit and quantity"),
    "ndc-units": DemandPage(
        "The qualifier that this payer wants beside the NDC, where it is not the package's own",
        'a table from HCPCS code to "UN", "ML", "GR", "F2" or "ME", such as {"J7192": "F2"}',
    ),
    "no-contraception": DemandPage("Contraception is not covered"),
    "noc-units": DemandPage("What one unit of an unclassified drug is", '"1", "containers"'),
    "obstetric-package": DemandPage(
        "Injections in pregnancy may be inside the pregnancy package", '"ask", "included", "none"'
    ),
    "prep-administration": DemandPage("The code for injecting a drug that prevents HIV", '"G0012"'),
    "prior-authorization": DemandPage("It approves some drugs beforehand, and denies them without"),
    "preventive-25": DemandPage("A preventive visit beside an injection carries 25"),
    "repeat-injections": DemandPage(
        "How the second injection of a visit is told from the first",
        '"59", "XE", "XP", "XS", "XU", "76", "units" (one line that counts them), "none"',
    ),
    "route-modifiers": DemandPage("Codes that carry JA (vein) or JB (under the skin)", "a list of HCPCS codes"),
    "self-administered-list": DemandPage("Drugs that patients usually give themselves are not covered"),
    "sequestration": DemandPage("What the payer cuts from its own part", "a number, in percent"),
    "several-packages": DemandPage(
        "How drug lines with one code from several packages are told apart", '"KP-KQ", "76", "59", "none"'
    ),
    "skin-test-reading": DemandPage("Whether reading a skin test is billed as a nurse visit", '"99211", "none"'),
    "snf-consolidated": DemandPage("During a Part A nursing-facility stay the facility bills"),
    "split-dose": DemandPage("How one ordered dose over several sticks is counted", '"per-dose", "per-injection"'),
    "supervision": DemandPage("What supervision staff need for an injection", '"direct", "general"'),
    "supplied-drug-line": DemandPage(
        "A drug that the practice did not buy is shown all the same", '"zero", "penny", "SL", "none"'
    ),
    "supplied-drug-contractors": DemandPage(
        "Contractors that want a drug the practice did not buy on the claim, at one cent", "a list of contractors"
    ),
    "supporting-results": DemandPage(
        "Drugs whose supporting result the payer looks for in the record",
        'a table from HCPCS code to result, such as {"J3420": "B12"}',
    ),
    "supporting-diagnosis": DemandPage(
        "Codes that are denied without a diagnosis the drug is known for; for others it is a question",
        "a list of HCPCS codes",
    ),
    "unsupervised-99211": DemandPage("Without a practitioner on site, 99211 is taken in place of the injection code"),
    "vaccine-administration": DemandPage(
        "Medicare's own codes for giving vaccines, and its limits", '"medicare", "none"'
    ),
    "virtual-modifier": DemandPage("Supervision by audio and video is told with FR"),
    "virtual-supervision": DemandPage(
        "Whether supervision by audio and video counts",
        '"accepted", "ask" (billed, and somebody is told to ask), "none"',
    ),
    "vitamin-visit-review": DemandPage("Vitamin B12 beside a visit with 25 is looked at closely"),
}
