"""What payers can want, in the order in which a biller thinks of it: every demand stands in one group."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "Giving a drug": (
        "split-dose",
        "repeat-injections",
        "distinct-modifiers",
        "administration-codes",
        "anticancer-drug-for-other-disease",
        "prep-administration",
        "both-sides",
    ),
    "The drug's line": (
        "discard-modifiers",
        "ndc",
        "ndc-units",
        "several-packages",
        "noc-units",
        "route-modifiers",
        "line-modifiers",
        "discount-drug-modifier",
        "supplied-drug-line",
        "supplied-drug-contractors",
    ),
    "Vaccines and skin tests": ("vaccine-administration", "counseled-vaccines", "skin-test-reading"),
    "Erythropoietin-like drugs (ESA)": ("esa-modifiers", "esa-labs", "esa-route-contractors", "dialysis-bundle"),
    "A visit beside the injection": (
        "preventive-25",
        "bundles-injection",
        "complexity-add-on",
        "vitamin-visit-review",
        "unsupervised-99211",
    ),
    "Supervision": ("supervision", "virtual-supervision", "virtual-modifier", "incident-to"),
    "Codes side by side": ("ncci", "mue", "global-package", "obstetric-package"),
    "Where it was given": ("facility-bills-act", "clinic-rate", "snf-consolidated"),
    "What is covered": (
        "prior-authorization",
        "medical-necessity",
        "supporting-diagnosis",
        "supporting-results",
        "self-administered-list",
        "no-contraception",
        "abn",
        "good-faith-estimate",
    ),
    "Filing and payment": (
        "claim",
        "filing-days",
        "filing-starts",
        "fee-schedule",
        "coinsurance",
        "coinsurance-by-code",
        "sequestration",
    ),
}

_GROUP_OF = {key: group for group, keys in GROUPS.items() for key in keys}
_PLACE_OF = {key: place for place, key in enumerate(_GROUP_OF)}


def group_of(demand: str) -> str:
    """The heading that a demand stands under; one that the manual does not know stands under "Other"."""
    return _GROUP_OF.get(demand, "Other")


def place_of(demand: str) -> int:
    """Where a demand stands among all."""
    return _PLACE_OF.get(demand, len(_PLACE_OF))
